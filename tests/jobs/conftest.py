"""A plan with a few people, a mail server, and the kit of a worker."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from jobs.channels.email import FolderPost, SmtpPost
from jobs.channels.sms import FolderSms
from jobs.kit import Kit
from models.accounts.rules import CodeChannel
from models.accounts.tables.account import Account
from models.base import HouseSession, seal
from models.clock import SteppingClock
from models.database import Database
from models.notices.tables import Delivery
from models.organisation.queries import vault
from models.plans.operations import goals
from models.plans.rules.words import Basis
from models.plans.tables.goals import Goal
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan
from models.rights import Role
from tests.hamlet import Hamlet
from tests.jobs.post_office import PostOffice

BASE_URL = "https://medvirk.example"
SENDER = "Medvirk <ikke-svar@medvirk.example>"
TITLE, DESCRIPTION = "Sove hele natten", "Ringer 31125712345 når det blir for mye"


@dataclass
class Home:
    """A plan that rests on consent: Kari coordinates, Per owns it, Gro is his guardian, Tor provides a service."""

    plan: Plan
    people: dict[str, Participant]
    accounts: dict[str, UUID]


PEOPLE = {"Kari": Role.COORDINATOR, "Per": Role.OWNER, "Gro": Role.GUARDIAN, "Tor": Role.PROVIDER}


async def give_address(session: HouseSession, account_id: UUID, address: str | None) -> None:
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    seal(await vault(session, account.key_id), account, email=address)


async def give_mobile(session: HouseSession, account_id: UUID, mobile: str) -> None:
    """Codes go there from now on."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    seal(await vault(session, account.key_id), account, mobile=mobile)
    account.code_channel = CodeChannel.SMS


async def add_goal(session: HouseSession, home: Home) -> Goal:
    """Kari adds a goal: Per, Gro and Tor are to be told."""
    opened = await Hamlet(session).opened(home.plan, "kari")
    return await goals.add(opened, title=TITLE, description=DESCRIPTION)


async def deliveries(database: Database) -> list[Delivery]:
    async with database.reading() as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.id)))  # type: ignore[arg-type]


@pytest.fixture
async def home(database: Database) -> Home:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        town = await hamlet.municipality()
        plan = await hamlet.plan(town, basis=Basis.CONSENT)
        await hamlet.consent(plan, until=date(2027, 6, 30))
        people, accounts = {}, {}
        for name, role in PEOPLE.items():
            person = await hamlet.person(town, name)
            assert person.account_id
            await give_address(session, person.account_id, f"{name.lower()}@vik.example")
            people[name] = await hamlet.participant(plan, person, role)
            accounts[name] = person.account_id
    return Home(plan, people, accounts)


@pytest.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open()
    yield office
    await office.close()


@pytest.fixture
def kit(database: Database, post_office: PostOffice, tmp_path: Path) -> Kit:
    post = SmtpPost(post_office.url, SENDER, "medvirk.example")
    return Kit(database, post, FolderSms(tmp_path / "sms"), BASE_URL)


@pytest.fixture
def folder_kit(database: Database, tmp_path: Path) -> Kit:
    post = FolderPost(tmp_path / "mail", SENDER, "medvirk.example")
    return Kit(database, post, FolderSms(tmp_path / "sms"), BASE_URL)


@pytest.fixture
def later(clock: SteppingClock) -> Callable[..., None]:
    """`later(minutes=6)` moves the house's clock."""

    def move(**step: float) -> None:
        clock.move(timedelta(**step))

    return move
