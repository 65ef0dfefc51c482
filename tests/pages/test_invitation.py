"""The link with which somebody gets a first password: from the operator's command to the first sign-in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col

from models.accounts.tables.account import Account, Appointment
from models.base import pick
from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.invitations import invite_superadministrator
from tests.client import Visitor

NAME = "ny.superadmin@fjordvik.example"
WEAK = ("Kort-1", "bare-små-bokstaver-1", "BARE-STORE-BOKSTAVER-1", "Ingen-siffer-her")
CHOSEN = {"password": "Et-godt-passord-7", "again": "Et-godt-passord-7"}


@pytest.fixture
async def link(town: Database) -> str:
    async with town.writing() as session:
        return await invite_superadministrator(session, NAME, "Fjordvik")


@pytest.mark.feature("F16")
@pytest.mark.feature("F207")
async def test_the_invited_chooses_a_password_and_signs_in(visitor: Visitor, link: str) -> None:
    page = await visitor.get(link)
    login = await visitor.follow(await visitor.send(page, **CHOSEN))
    assert "Passordet er lagret. Nå kan du logge på." in login.words
    await visitor.sign_in(NAME, CHOSEN["password"])
    assert (await visitor.get("/plans")).has("//a[@href='/admin/']")


async def test_the_link_works_once(visitor: Visitor, link: str) -> None:
    await visitor.send(await visitor.get(link), **CHOSEN)
    assert (await visitor.get(link)).status == 404
    other = {"password": "Et-annet-passord-8", "again": "Et-annet-passord-8"}
    assert (await visitor.post(link, other)).status == 404
    assert (await visitor.sign_in(NAME, CHOSEN["password"])).status == 303


async def test_the_link_works_for_a_week(visitor: Visitor, link: str, clock: SteppingClock) -> None:
    clock.move(timedelta(days=7))
    assert (await visitor.get(link)).status == 404
    assert (await visitor.post(link, CHOSEN)).status == 404


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        *(({"password": weak}, "password", "Bruk minst 12 tegn") for weak in WEAK),
        ({"again": "Noe-annet-enn-det-7"}, "again", "De to passordene er ikke like."),
        ({"again": ""}, "again", "Skriv passordet en gang til."),
        ({"password": "Aa1" + "x" * 198}, "password", "Passordet kan være på høyst 200 tegn."),
    ],
)
async def test_a_password_that_will_not_do(
    visitor: Visitor, link: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = await visitor.post(link, CHOSEN | typed)
    assert (page.status, page.error(field).startswith(sentence)) == (400, True)
    assert set(page.typed().values()) == {""}


async def test_nobody_signs_in_before_a_password_is_chosen(visitor: Visitor, link: str) -> None:
    assert (await visitor.post("/login", {"username": NAME, "password": CHOSEN["password"]})).status == 401


@pytest.mark.parametrize("token", ["tull", "x" * 300, "%00", "%ED%A0%80"])
async def test_a_link_that_was_never_made_is_not_found(visitor: Visitor, token: str) -> None:
    assert (await visitor.get(f"/invitation/{token}")).status == 404


async def test_changing_language_keeps_the_link(visitor: Visitor, link: str) -> None:
    page = await visitor.get(link)
    back = page.one("//form[@action='/language']/input[@name='back']").get("value")
    assert (await visitor.post("/language", {"language": "nn", "back": back})).goes_to == link


async def test_a_new_password_signs_out_whoever_was_in_and_spends_other_links(
    visit: Callable[..., Visitor], town: Database, link: str
) -> None:
    await visit().post(link, CHOSEN)
    inside = visit()
    await inside.sign_in(NAME, CHOSEN["password"])
    async with town.writing() as session:
        links = [await invite_superadministrator(session, NAME, "Fjordvik") for _ in range(2)]
    await visit().post(links[0], CHOSEN)
    assert (await inside.get("/plans")).goes_to == "/login"
    assert (await visit().get(links[1])).status == 404


async def test_who_is_appointed_already_is_not_appointed_twice(town: Database, link: str) -> None:
    async with town.writing() as session:
        await invite_superadministrator(session, NAME, "Fjordvik")
        found = (
            pick(func.count())
            .select_from(Appointment)
            .join(Account, col(Account.id) == Appointment.account_id)
            .where(col(Account.user_name) == NAME)
        )
        assert await session.scalar(found) == 1
