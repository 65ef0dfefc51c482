"""A guardian decides whether a child signs in, and the child is told why plans are closed (F23)."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.organisation.rules import UnderAge
from models.organisation.tables import AgePolicy
from models.people.tables import Person, YoungSignIn
from models.rights import PlanKind
from tests.client import Visitor
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("F23")
CHILD = "Iver Aasheim"


@pytest.fixture
async def asked(town: Database) -> None:
    """Fjordvik asks guardians before a pupil signs in to an IOP."""
    async with town.writing() as session:
        of_pupils = update(AgePolicy).where(col(AgePolicy.kind) == PlanKind.IOP)
        await session.execute(of_pupils.values(under_15=UnderAge.GUARDIAN_APPROVES))


@pytest.fixture
async def young_owner(town: Database) -> None:
    """The owner of the IP is twelve."""
    async with town.writing() as session:
        theirs = select(Account.id).where(col(Account.user_name) == "planeier@fjordvik.example")
        found = update(Person).where(col(Person.account_id).in_(theirs))
        await session.execute(found.values(birth_date=date(2014, 5, 17)))


async def test_a_guardian_says_yes_and_takes_it_back(guardian: Visitor, iop: str, asked: None) -> None:
    home = await guardian.get(iop)
    assert f"{CHILD} er under 15 år og kan bare logge på hvis en foresatt sier ja." in home.words
    page = await guardian.get(home.link("Les mer og bestem deg"))
    assert "Det gjelder fram til 15-årsdagen, fredag 9. mars 2029." in page.words
    page = await guardian.follow(await guardian.send(page))
    assert "Nå kan barnet logge på." in page.words
    assert f"{CHILD} kan logge på" in page.words
    page = await guardian.get((await guardian.get(iop)).link("Se eller trekk tilbake"))
    page = await guardian.follow(await guardian.send(page))
    assert f"Kan {CHILD} logge på?" in page.words


async def test_nothing_is_asked_where_pupils_do_not_sign_in(guardian: Visitor, iop: str) -> None:
    assert "er under 15 år" not in (await guardian.get(iop)).words
    assert (await guardian.get(f"{iop}/young")).status == 404
    assert (await guardian.post(f"{iop}/young/approve")).status == 404


@pytest.mark.parametrize("name", ["rektor", "laerer"])
async def test_others_in_the_plan_are_not_asked(sign_in: SignIn, iop: str, asked: None, name: str) -> None:
    visitor = await sign_in(name)
    assert "er under 15 år" not in (await visitor.get(iop)).words
    assert (await visitor.get(f"{iop}/young")).status == 403
    for deed in ("approve", "withdraw"):
        assert (await visitor.post(f"{iop}/young/{deed}")).status == 403


async def test_strangers_find_no_such_plan(coordinator: Visitor, iop: str, asked: None, town: Database) -> None:
    assert (await coordinator.post(f"{iop}/young/approve")).status == 404
    async with town.reading() as session:
        assert list(await session.scalars(select(YoungSignIn))) == []


async def test_a_child_reads_why_the_plans_are_closed(sign_in: SignIn, young_owner: None, ip: str) -> None:
    child = await sign_in("planeier")
    page = await child.get("/plans")
    assert "Du kan ikke åpne planene dine ennå" in page.words
    assert "En foresatt må godta at du logger på, siden du er under 15 år." in page.words
    refused = await child.get(ip)
    assert (refused.status, "En foresatt må godta" in refused.words) == (403, True)


async def test_grown_ups_with_an_empty_list_read_nothing_about_age(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    await visitor.sign_in("analytiker@fjordvik.example")
    assert "15 år" not in (await visitor.get("/plans")).words
