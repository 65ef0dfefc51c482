"""What an operator asks when something seems wrong: settings, database, disk, mail, keys and clock, a line each."""

import shutil
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from anyio import to_thread
from pydantic import SecretStr
from sqlalchemy import func, select, text
from sqlmodel import col

from jobs.channels.sms import make_sms
from models.base import pick
from models.database import Database
from models.log.tables import LogLink, LogRow
from models.migrating import is_newest
from models.notices.rules import DeliveryState
from models.notices.tables import Delivery
from models.organisation.tables import JobLease
from models.settings import Settings
from permissions.sign_in.id_porten.client import connect

LEAST_SPACE = 500_000_000
LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    """One line; `well` False makes the command end with 1."""

    what: str
    well: bool
    words: str


async def examine(settings: Settings, database: Database) -> list[Finding]:
    """Every check, whatever the others say: one that raises has found something wrong."""
    checks: tuple[tuple[str, Callable[[Settings, Database], Awaitable[tuple[bool, str]]]], ...] = (
        *(("schema", _schema), ("database clock", _clock), ("disk", _disk), ("keys", _keys), ("mail", _mail)),
        *(("sms", _sms), ("id-porten", _id_porten), ("notices", _notices), ("jobs", _jobs), ("log chain", _chain)),
    )
    return _settings(settings) + [await _checked(name, check, settings, database) for name, check in checks]


async def _checked(name: str, check: Any, settings: Settings, database: Database) -> Finding:
    try:
        return Finding(name, *await check(settings, database))
    except Exception as error:
        return Finding(name, False, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")


def _settings(settings: Settings) -> list[Finding]:
    """Every setting by its variable; secrets only as set or not."""
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    return [Finding(f"MEDVIRK_{name.upper()}", True, _shown(name, value)) for name, value in values.items()]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return "set"
    if name == "database_url":
        parts = urlsplit(str(value))
        return str(value).replace(f":{parts.password}@", ":***@") if parts.password else str(value)
    return "not set" if value is None else str(value)


async def _schema(_settings: Settings, database: Database) -> tuple[bool, str]:
    newest = await is_newest(database.engine)
    return newest, "newest" if newest else "old or empty: run python main.py migrate"


async def _clock(_settings: Settings, database: Database) -> tuple[bool, str]:
    """Codes and consents go by the clock; the database's and ours must agree."""
    now = (
        "extract(epoch from now())"
        if database.engine.dialect.name == "postgresql"
        else "(julianday('now') - 2440587.5) * 86400"
    )
    async with database.reading() as session:
        theirs = float(await session.scalar(text(f"SELECT {now}")) or 0)
    apart = abs(theirs - database.clock.now().timestamp())
    return apart < 5, f"{apart:.1f} seconds apart"


async def _disk(settings: Settings, _database: Database) -> tuple[bool, str]:
    free = shutil.disk_usage(settings.data_dir).free
    return free > LEAST_SPACE, f"{free // 1_000_000} MB free"


async def _keys(settings: Settings, _database: Database) -> tuple[bool, str]:
    path = settings.data_dir / "data_keys.json"
    if settings.data_keys:
        return True, "from the environment"
    mode = path.stat().st_mode & 0o777
    return mode == 0o600, f"{path}, mode {mode:o}; keep a copy apart from the backups"


async def _mail(settings: Settings, _database: Database) -> tuple[bool, str]:
    if not settings.smtp_url:
        return True, f"no server set: written to {settings.data_dir / 'mail'}"
    parts = urlsplit(settings.smtp_url.get_secret_value())
    address = parts.hostname or "", parts.port or (465 if parts.scheme == "smtps" else 25)
    (await to_thread.run_sync(lambda: socket.create_connection(address, timeout=5))).close()
    return True, f"{address[0]}:{address[1]} answers"


async def _sms(settings: Settings, _database: Database) -> tuple[bool, str]:
    """Whether the provider is there; whether it takes the token is known only by sending."""
    make_sms(settings)
    if not settings.sms_provider:
        return True, f"no provider set: written to {settings.data_dir / 'sms'}"
    parts = urlsplit(settings.sms_url or "")
    address = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    (await to_thread.run_sync(lambda: socket.create_connection(address, timeout=5))).close()
    return True, f"{settings.sms_provider} at {address[0]}:{address[1]} answers"


async def _id_porten(settings: Settings, _database: Database) -> tuple[bool, str]:
    """Whether it answers, and we can read its keys; whether it knows us is known only by signing in."""
    client = connect(settings)
    if client is None:
        return True, "not set: no button on the sign-in page"
    keys = len(list(await client.issuer.keys()))
    return keys > 0, f"{client.issuer.address} answers with {keys} keys; we sign with {client.key.kid}"


async def _notices(_settings: Settings, database: Database) -> tuple[bool, str]:
    late = select(func.count()).where(
        col(Delivery.state).in_((DeliveryState.WAITING, DeliveryState.SENDING)),
        col(Delivery.due_at) < database.clock.now() - LATE,
    )
    async with database.reading() as session:
        count = await session.scalar(late) or 0
    return not count, f"{count} late"


async def _jobs(_settings: Settings, database: Database) -> tuple[bool, str]:
    async with database.reading() as session:
        last = await session.scalar(select(func.max(JobLease.ended_at)))
        failed = (await session.scalars(pick(JobLease.name).where(col(JobLease.outcome).startswith("failed")))).all()
    if failed:
        return False, f"failed last time: {', '.join(sorted(failed))}; see the program's log"
    if last is None:
        return True, "none has run yet"
    silent = database.clock.now() - last
    return silent < LATE, f"the last ended {int(silent.total_seconds())} seconds ago"


async def _chain(_settings: Settings, database: Database) -> tuple[bool, str]:
    """Only how far it has come: `audit verify` walks it."""
    async with database.reading() as session:
        rows = await session.scalar(select(func.count()).select_from(LogRow)) or 0
        linked = await session.scalar(select(func.count()).select_from(LogLink)) or 0
    return True, f"{rows - linked} of {rows} rows not linked yet"
