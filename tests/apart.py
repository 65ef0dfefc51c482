"""People who are kept apart (N15): what an answer to one of them must never hold of the other, read from the rows and
not from the policy."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession, pick, unseal
from models.database import Database
from models.organisation.queries import vault
from models.people.tables import KeptApart, Person
from models.plans.tables.participants import Participant


async def secrets_from(database: Database, user_name: str) -> set[str]:
    """Names, addresses and ids of those whom the account with this user name is kept apart from now."""
    async with database.reading() as session:
        return {secret for other in await _others(session, user_name) for secret in await _told(session, other)}


async def _others(session: HouseSession, user_name: str) -> list[Person]:
    return list(await session.scalars(OTHERS, {"user_name": user_name}))


def _asked() -> Select[tuple[Person]]:
    me, other = aliased(Person), aliased(Person)
    pair = or_(
        and_(col(KeptApart.first_id) == me.id, col(KeptApart.second_id) == other.id),
        and_(col(KeptApart.second_id) == me.id, col(KeptApart.first_id) == other.id),
    )
    return (
        select(other)
        .select_from(KeptApart)
        .join(me, or_(col(KeptApart.first_id) == me.id, col(KeptApart.second_id) == me.id))
        .join(Account, col(Account.id) == me.account_id)
        .join(other, pair)
        .where(col(Account.user_name) == bindparam("user_name"), col(KeptApart.ended_at).is_(None))
    )


OTHERS = _asked()
"""Made once: it is asked after every request of every test."""


async def _told(session: HouseSession, other: Person) -> list[str]:
    parts = await session.scalars(pick(Participant.id).where(col(Participant.person_id) == other.id))
    return [*_names(other), *map(str, _ids(other, list(parts))), *await _addresses(session, other)]


def _names(other: Person) -> Iterator[str]:
    yield other.name
    yield f"{other.family_name}, {other.given_name}"


def _ids(other: Person, participants: list[UUID]) -> Iterator[Any]:
    yield from (other.id, *participants)
    if other.account_id:
        yield other.account_id


async def _addresses(session: HouseSession, other: Person) -> list[str]:
    opened = await vault(session, other.key_id)
    said = [unseal(opened, other, name) for name in ("email", "mobile")]
    account = await session.get(Account, other.account_id) if other.account_id else None
    if account:
        opened = await vault(session, account.key_id)
        said += [account.user_name, *(unseal(opened, account, name) for name in ("email", "mobile"))]
    return [each for each in said if each]


def leaks(said: str, secrets: set[str]) -> list[str]:
    """Those of the secrets that stand in an answer, however it is written there."""
    plain = " ".join(said.split())
    bare = plain.replace(" ", "").replace("-", "").lower()
    ids = [secret for secret in secrets if secret.replace("-", "").replace(" ", "").lower() in bare]
    return sorted({*ids, *(secret for secret in secrets if secret in plain)})
