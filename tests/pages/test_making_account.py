"""Step 4: an account now, the one that is there, or none; and what the municipality says of children (F184, C17)."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import Invitation
from models.base import pick
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.organisation.rules import UnderAge
from models.organisation.tables import AgePolicy
from models.people.tables import Person
from models.plans.tables.plan import Plan
from models.rights import PlanKind
from tests.client import Page, Visitor
from tests.pages.newcomers import at_account, card, look_for, number_of, onwards

pytestmark = [pytest.mark.feature("F184"), pytest.mark.feature("F51")]
CHILD = {"given_name": "Nora", "family_name": "Vik", "birth_date": "2016-02-29"}


@pytest.fixture(autouse=True)
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø», grown up."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def of_new(visitor: Visitor, start: str, **typed: str) -> Page:
    """Step 4 of a plan for somebody who gets a card."""
    page = await visitor.follow(await look_for(visitor, "Nora Vik", "2016-02-29"))
    page = await visitor.follow(await onwards(visitor, page, **CHILD | typed))
    page = await visitor.follow(await onwards(visitor, page, start=start))
    return await visitor.follow(await onwards(visitor, page))


async def finish(visitor: Visitor, page: Page, **typed: str) -> Page:
    return await onwards(visitor, await visitor.follow(await onwards(visitor, page, **typed)))


async def counts(town: Database) -> tuple[int, int]:
    async with town.reading() as session:
        return len((await session.scalars(select(Plan))).all()), len((await session.scalars(select(Account))).all())


async def test_an_account_is_made_and_the_link_mailed_when_the_plan_is_made(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    page = await at_account(coordinator)
    before = await counts(town)
    page = await coordinator.follow(
        await onwards(coordinator, page, way="mail", email="bo@vik.example", mobile="40000000")
    )
    assert "Ja, send en lenke på e-post" in page.words
    assert await counts(town) == before
    page = await onwards(coordinator, page)
    assert page.goes_to.endswith("?done=plan-made")
    async with town.reading() as session:
        (invitation,) = await session.scalars(select(Invitation).where(col(Invitation.person_id) == newcomer))
        person = await session.get(Person, newcomer)
        assert person
        assert (invitation.mailed, invitation.account_id) == (True, person.account_id)
        assert (await session.scalars(pick(QueuedNotice.id).where(col(QueuedNotice.kind) == Notice.INVITED))).all()


async def test_a_link_to_hand_over_is_in_the_answer_and_nowhere_else(coordinator: Visitor, town: Database) -> None:
    page = await finish(coordinator, await at_account(coordinator), way="hand", email="bo@vik.example")
    assert page.status == 200
    assert "Du ser lenken bare denne ene gangen" in page.words
    link = page.one("//p[@class='written']").text_content()
    assert "Velg et passord" in (await coordinator.get(link.removeprefix("http://medvirk.example"))).words
    assert (await counts(town))[0]


async def test_no_account_is_the_choice_unless_another_is_made(coordinator: Visitor, town: Database) -> None:
    before = await counts(town)
    assert (await finish(coordinator, await at_account(coordinator))).status == 303
    assert await counts(town) == (before[0] + 1, before[1])


@pytest.mark.parametrize(
    ("typed", "field", "part"),
    [
        ({"way": "mail"}, "email", "Skriv e-postadressen"),
        ({"way": "mail", "email": "bo@vik.example"}, "mobile", "skriv et mobilnummer"),
        ({"way": "mail", "email": "bo", "mobile": "40000000"}, "email", "Skriv hele e-postadressen"),
        ({"way": "hand"}, "email", "Skriv en e-postadresse eller et mobilnummer"),
        ({"way": "hand", "mobile": "40000000", "username": "a b"}, "username", "mellom 3 og 200 tegn"),
        ({"way": "join_mail", "email": "bo@vik.example"}, "way", "Velg noe fra listen"),
        ({"way": "magic"}, "way", "Velg noe fra listen"),
    ],
)
async def test_an_invitation_that_cannot_be_is_said_beside_its_field(
    coordinator: Visitor, typed: dict[str, str], field: str, part: str
) -> None:
    page = await onwards(coordinator, await at_account(coordinator), **typed)
    assert (page.status, part.lower() in page.error(field).lower()) == (400, True)
    assert page.typed()["email"] == typed.get("email", "")


async def test_a_user_name_that_is_taken_makes_nothing_at_all(coordinator: Visitor, town: Database) -> None:
    page = await at_account(coordinator)
    before = await counts(town)
    page = await finish(coordinator, page, way="hand", email="laerer@fjordvik.example")
    assert (page.status, "Brukernavnet er opptatt" in page.summary()) == (400, True)
    assert await counts(town) == before
    page = await coordinator.get(page.url.replace("/summary", "/account"))
    page = await finish(coordinator, page, username="bo.vik")
    assert page.status == 200


async def test_who_has_an_account_keeps_it_and_is_asked_nothing(coordinator: Visitor, town: Database) -> None:
    _, number = await number_of(town, "planeier@fjordvik.example")
    page = await coordinator.follow(await look_for(coordinator, number=number))
    page = await coordinator.follow(await onwards(coordinator, page, start="sl"))
    page = await coordinator.follow(await onwards(coordinator, page))
    assert "har allerede en bruker" in page.words
    assert not page.has("//input[@type='radio']")
    before = await counts(town)
    assert (await finish(coordinator, page, way="hand", email="x@vik.example")).status == 303
    assert (await counts(town))[1] == before[1]


# ---- children -------------------------------------------------------------------------------------------------------


async def policy(town: Database, kind: PlanKind, rule: UnderAge) -> None:
    async with town.writing() as session:
        for row in await session.scalars(select(AgePolicy).where(col(AgePolicy.kind) == kind)):
            row.under_15 = rule


@pytest.mark.feature("F23")
@pytest.mark.parametrize(
    ("rule", "said", "asked"),
    [
        (UnderAge.NO_SIGN_IN, "Kommunen lar ikke barn under 15 år logge på", False),
        (UnderAge.GUARDIAN_APPROVES, "En foresatt må godta at barnet logger på", True),
        (UnderAge.SIGN_IN, "Med en egen bruker kan personen", True),
    ],
)
async def test_of_a_child_the_municipality_decides(
    coordinator: Visitor, town: Database, rule: UnderAge, said: str, asked: bool
) -> None:
    await policy(town, PlanKind.IUP, rule)
    page = await of_new(coordinator, "iup")
    assert said in page.words
    assert page.has("//input[@name='way'][@type='radio']") is asked


@pytest.mark.feature("F23")
async def test_a_child_who_may_not_sign_in_is_not_invited_whatever_is_sent(
    coordinator: Visitor, town: Database
) -> None:
    await policy(town, PlanKind.SL, UnderAge.NO_SIGN_IN)
    page = await of_new(coordinator, "sl")
    before = await counts(town)
    assert (await finish(coordinator, page, way="hand", email="nora@vik.example")).status == 303
    assert await counts(town) == (before[0] + 1, before[1])


async def test_a_child_that_is_not_born_gets_no_account(coordinator: Visitor) -> None:
    page = await of_new(coordinator, "sl", birth_date="", expected_date="2027-02-01")
    assert "Barnet er ikke født, og får ingen bruker nå." in page.words
    assert (await finish(coordinator, page)).status == 303


async def test_what_the_new_card_says_is_proposed_for_the_account(coordinator: Visitor) -> None:
    typed: dict[str, Any] = {"birth_date": "1990-01-01", "email": "nora@vik.example", "mobile": "41111111"}
    page = await of_new(coordinator, "ip", **typed)
    assert (page.typed()["email"], page.typed()["mobile"]) == ("nora@vik.example", "41111111")


@pytest.mark.feature("F17")
@pytest.mark.feature("F184")
async def test_who_has_a_user_elsewhere_is_not_to_get_another(coordinator: Visitor) -> None:
    told = "Har personen en bruker i en annen kommune? Ikke lag en ny."
    page = await coordinator.follow(await look_for(coordinator, "Ny Bruker", "1980-01-01"))
    for typed in ({}, {"start": "ip"}, {}):
        page = await coordinator.follow(await onwards(coordinator, page, **typed))
    assert told in page.words
