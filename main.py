"""The only entry: the commands, and the application they serve. Everything here is a thin call into a room."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from models.clock import Clock, SystemClock
from models.database import Database, make_engine
from models.migrating import DatabaseIsNewer, migrate
from models.refusals import Invalid, NotFound
from models.sealing import KeyRing, read_or_make
from models.settings import Settings
from permissions.sign_in.id_porten.client import connect
from permissions.sign_in.password_rule import PasswordRule
from permissions.sign_in.passwords import Passwords

LOOPBACK = ("127.0.0.1", "localhost", "::1")
cli = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Medvirk: planer som lages sammen.")


def group(name: str, words: str) -> typer.Typer:
    made = typer.Typer(no_args_is_help=True, help=words)
    cli.add_typer(made, name=name)
    return made


seeds = group("seed", "Fill the database.")
job_commands = group("jobs", "What is done by the clock.")
municipalities = group("municipality", "Municipalities.")
superadmins = group("superadmin", "Local superadministrators.")
audits = group("audit", "The log's hash chain.")
T = TypeVar("T")


class Stop(Exception):
    """A user's mistake: its sentence goes to stderr, and the exit code is 1."""


def key_ring(settings: Settings) -> KeyRing:
    """The ring the operator gave, else the one in the data folder, made on first run; production wants its own."""
    if settings.data_keys:
        return KeyRing.parse(settings.data_keys.get_secret_value())
    if settings.production:
        raise Stop("MEDVIRK_DATA_KEYS must be set in production.")
    return KeyRing.parse(read_or_make(settings.data_dir / "data_keys.json", KeyRing.fresh().dump()))


def open_database(settings: Settings, clock: Clock | None = None) -> Database:
    if settings.production and not settings.is_https:
        raise Stop("MEDVIRK_BASE_URL must begin with https:// in production.")
    if settings.demo and (settings.production or urlsplit(settings.base_url).hostname not in LOOPBACK):
        raise Stop("MEDVIRK_DEMO is only for this machine: MEDVIRK_BASE_URL must be a loopback address.")
    os.umask(0o077)  # what is made is for the operator alone: names and short names are not sealed
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Database(make_engine(settings.database_url), clock or SystemClock(), key_ring(settings))


def create_app(
    settings: Settings | None = None, *, clock: Clock | None = None, passwords: Passwords | None = None
) -> FastAPI:
    """The whole application. Tests hand in settings, a clock and cheap passwords; a server reads the environment."""
    from admin.desks import build_site  # heavy, and no other command needs them
    from pages.house import build

    settings = settings or Settings()
    database, id_porten = open_database(settings, clock), connect(settings)
    synthetic = settings.synthetic_people or settings.demo
    return build(
        settings,
        database,
        passwords or Passwords(rule=PasswordRule(settings.password_length)),
        lifespan=lambda app: _lifespan(app, settings, database),
        id_porten=id_porten,
        admin=build_site(synthetic_people=synthetic, id_porten=bool(id_porten), base_url=settings.base_url),
    )


@asynccontextmanager
async def _lifespan(app: FastAPI, settings: Settings, database: Database) -> AsyncIterator[None]:
    from models.organisation.queries import is_demonstration

    if settings.demo:
        async with database.reading() as session:
            app.state.demo = await is_demonstration(session)
    runner = _runner(settings, database) if settings.jobs else None
    if runner:
        runner.start()
        app.state.wake = runner.wake
    yield
    if runner:
        await runner.stop()
    await database.close()


def _runner(settings: Settings, database: Database) -> Any:
    from jobs.kit import make_kit
    from jobs.runner import Runner

    return Runner(make_kit(settings, database))


def run(work: Callable[[Settings, Database], Awaitable[T]]) -> T:
    """Do a command's work with the house's database; mistakes become one line on stderr and exit code 1."""

    async def working() -> T:
        settings = Settings()
        database = open_database(settings)
        try:
            return await work(settings, database)
        finally:
            await database.close()

    try:
        return asyncio.run(working())
    except DatabaseIsNewer as newer:
        problem = f"The database is newer than this Medvirk (migration {newer}). Upgrade Medvirk first."
    except NotFound as absent:
        problem = str(absent) or "There is no such thing."
    except (Stop, Invalid, ValidationError, ValueError, OSError) as mistake:
        problem = str(mistake)
    except SQLAlchemyError as broken:
        problem = f"The database could not be used ({type(broken).__name__}). Is it migrated, and is it there? "
        problem += "Try: python main.py doctor"
    typer.echo(" ".join(problem.split()), err=True)
    raise typer.Exit(1)


@cli.command()
def serve(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
    workers: Annotated[int, typer.Option(min=1)] = 1,
    jobs: Annotated[bool, typer.Option(help="Run the scheduled jobs too.")] = True,
) -> None:
    """Serve the web application and, unless --no-jobs, run the scheduled jobs."""
    os.environ.setdefault("MEDVIRK_BASE_URL", f"http://{host}:{port}")
    os.environ["MEDVIRK_JOBS"] = str(jobs)
    settings = run(_ready_to_serve)
    if settings.demo and host not in LOOPBACK:
        typer.echo("MEDVIRK_DEMO is only for this machine: serve on 127.0.0.1.", err=True)
        raise typer.Exit(1)
    logging.basicConfig(level=settings.log_level)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    typer.echo(f"Medvirk: {settings.base_url}")
    if settings.demo:
        from seed.cast import PASSWORD, cast

        typer.echo(f"Passord for alle i demobyen: {PASSWORD}")
        typer.echo("\n".join(f"  {one.user_name}" for one in cast()))
    uvicorn.run("main:create_app", factory=True, host=host, port=port, workers=workers, access_log=False,
                log_level=settings.log_level.lower(), server_header=False, proxy_headers=False)  # fmt: skip


async def _ready_to_serve(settings: Settings, database: Database) -> Settings:
    from models.migrating import is_newest

    if not await is_newest(database.engine):
        raise Stop("The database is not at the newest schema. Run: python main.py migrate")
    connect(settings)
    return settings


@cli.command(name="migrate")
def migrate_command() -> None:
    """Bring the database to the newest schema."""
    run(lambda _settings, database: migrate(database.engine))


@seeds.command()
def reference() -> None:
    """The rows any installation needs."""
    from seed.load import seed_reference

    run(lambda _settings, database: seed_reference(database))


@seeds.command()
def demo(
    plans: Annotated[int, typer.Option(min=0)] = 60,
    seed: int = 2026,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing when there is something already.")] = False,
) -> None:
    """The fictional town, in an empty database."""
    from seed.load import holds_anything
    from seed.town import seed_demo

    async def fill(_settings: Settings, database: Database) -> None:
        if if_empty and await holds_anything(database):
            return
        await seed_demo(database, Passwords(), plans=plans, seed=seed)

    run(fill)


@municipalities.command(name="add")
def add_municipality(name: str) -> None:
    """A new municipality, with the reference rows; one that is there already gets those it lacks."""
    from seed.load import seed_municipality

    async def add(_settings: Settings, database: Database) -> None:
        async with database.writing() as session:
            await seed_municipality(session, name)

    run(add)


@superadmins.command(name="add")
def add_superadmin(email: str, municipality: Annotated[str, typer.Option()]) -> None:
    """A municipality's local superadministrator; prints a one-time link with which to choose a password."""
    from permissions.sign_in.invitations import invite_superadministrator

    async def add(settings: Settings, database: Database) -> str:
        async with database.writing() as session:
            return settings.base_url + await invite_superadministrator(session, email, municipality)

    typer.echo(run(add))


@job_commands.command(name="list")
def list_jobs() -> None:
    """What is scheduled, and how it went last time."""
    from jobs.listing import listing

    typer.echo("\n".join(run(lambda settings, database: listing(_runner(settings, database)))))


@job_commands.command(name="run")
def run_job(name: str) -> None:
    """Run one job now."""
    from jobs.runner import CannotRun

    async def once(settings: Settings, database: Database) -> Any:
        try:
            return await _runner(settings, database).run_now(name)
        except CannotRun as why:
            raise Stop(str(why)) from None

    typer.echo(run(once))


@job_commands.command(name="serve")
def serve_jobs() -> None:
    """Run the jobs by the clock, without the web."""
    run(lambda settings, database: _runner(settings, database).serve())


@audits.command(name="verify")
def verify_audit() -> None:
    """Walk the log's hash chain; exit 1 with the first broken row."""
    from models.log.queries import Audit, verify

    async def walk(_settings: Settings, database: Database) -> Audit:
        async with database.reading() as session:
            return await verify(session)

    audit = run(walk)
    if audit.broken:
        typer.echo(f"Broken: {audit.broken}", err=True)
        raise typer.Exit(1)
    typer.echo(f"Whole: {audit.linked} rows linked, {audit.not_linked} not linked yet.")


@cli.command(name="access-matrix")
def publish_access_matrix(file: Path) -> None:
    """Write down who may do what, as the policy itself answers: FILE ends with .csv or .html."""
    from reports.access_matrix.file import write
    from seed.load import standard_roles

    try:
        write(file, standard_roles())
    except (ValueError, OSError) as mistake:
        typer.echo(str(mistake), err=True)
        raise typer.Exit(1) from None


@cli.command()
def doctor() -> None:
    """Check settings, database, disk, mail and clock: one line each; exit 1 when something is wrong."""
    from jobs.doctor import examine

    findings = run(examine)
    for finding in findings:
        typer.echo(f"{'ok ' if finding.well else 'BAD'} {finding.what}: {finding.words}")
    sys.exit(any(not finding.well for finding in findings))


if __name__ == "__main__":
    cli()
