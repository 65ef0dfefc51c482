"""The link with which somebody gets a first password: from the operator's command to the first sign-in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from models.accounts.rules import LinkPurpose
from models.accounts.tables.account import Account, Appointment
from models.base import pick, seal
from models.clock import SteppingClock
from models.database import Database
from models.organisation.queries import vault
from permissions.sign_in.invitations import invite_superadministrator
from permissions.sign_in.links import make_link
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
    terms = await visitor.get("/terms")
    plans = await visitor.follow(await visitor.send(terms, accepted="y"))
    assert plans.has("//a[@href='/admin/']")


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
    assert page.typed() == {"username": NAME, "password": "", "again": ""}


async def test_nobody_signs_in_before_a_password_is_chosen(visitor: Visitor, link: str) -> None:
    assert (await visitor.post("/login", {"username": NAME, "password": CHOSEN["password"]})).status == 401


@pytest.mark.parametrize("token", ["tull", "x" * 300, "%00", "%ED%A0%80"])
async def test_a_link_that_was_never_made_is_not_found(visitor: Visitor, token: str) -> None:
    assert (await visitor.get(f"/invitation/{token}")).status == 404


async def test_changing_language_keeps_the_link(visitor: Visitor, link: str) -> None:
    page = await visitor.get(link)
    back = page.one("//form[@action='/language']/input[@name='back']").get("value")
    assert (await visitor.post("/language", {"language": "nn", "back": back})).goes_to == link


async def test_the_operators_newest_link_signs_out_whoever_was_in_and_spends_other_links(
    visit: Callable[..., Visitor], town: Database, link: str
) -> None:
    await visit().post(link, CHOSEN)
    inside = visit()
    await inside.sign_in(NAME, CHOSEN["password"])
    async with town.writing() as session:
        links = [await invite_superadministrator(session, NAME, "Fjordvik") for _ in range(2)]
    assert (await inside.get("/plans")).goes_to == "/login"
    assert (await visit().get(links[0])).status == 404
    assert (await visit().post(links[1], CHOSEN)).status == 303


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


async def mailed(town: Database, mobile: str | None) -> str:
    """A link to Rektor that came by mail."""
    async with town.writing() as session:
        found = select(Account).where(Account.user_name == "rektor@fjordvik.example")
        account = (await session.scalars(found)).one()
        seal(await vault(session, account.key_id), account, mobile=mobile)
        return await make_link(session, account.id, LinkPurpose.FIRST_PASSWORD, mailed=True)


@pytest.mark.feature("F16")
async def test_after_a_link_by_mail_the_code_comes_by_sms(visitor: Visitor, town: Database) -> None:
    await visitor.send(await visitor.get(await mailed(town, "00000001")), **CHOSEN)
    login = {"username": "rektor@fjordvik.example", "password": CHOSEN["password"]}
    code = await visitor.follow(await visitor.post("/login", login))
    assert "på SMS til ••• 01" in code.words


@pytest.mark.feature("F16")
async def test_a_link_by_mail_to_who_has_nothing_but_mail_waits_for_a_mobile_number(
    visitor: Visitor, town: Database
) -> None:
    link = await mailed(town, None)
    assert ((await visitor.get(link)).status, (await visitor.post(link, CHOSEN)).status) == (403, 403)
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == "rektor@fjordvik.example"))).one()
        seal(await vault(session, account.key_id), account, mobile="00000001")
    assert (await visitor.post(link, CHOSEN)).goes_to == "/login?done=password-chosen"


async def test_a_link_handed_over_makes_up_for_a_password_by_mail(visitor: Visitor, town: Database, link: str) -> None:
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == NAME))).one()
        account.password_by_mail = True
    await visitor.post(link, CHOSEN)
    code = await visitor.follow(await visitor.post("/login", {"username": NAME, "password": CHOSEN["password"]}))
    assert "på e-post til n•••@fjordvik.example" in code.words


@pytest.mark.feature("F14")
@pytest.mark.parametrize("password", ["Superadmin-123", "Passord123456"])
async def test_a_password_that_says_who_one_is_or_that_others_guess_will_not_do(
    visitor: Visitor, link: str, password: str
) -> None:
    page = await visitor.post(link, {"password": password, "again": password})
    assert (page.status, page.error("password").startswith("Passordet ")) == (400, True)


@pytest.mark.parametrize("purpose", [LinkPurpose.RESET, LinkPurpose.JOIN])
async def test_a_link_that_was_made_for_something_else_chooses_no_first_password(
    visitor: Visitor, town: Database, purpose: LinkPurpose
) -> None:
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == "rektor@fjordvik.example"))).one()
        path = await make_link(session, account.id, purpose, mailed=True)
    answer = await visitor.post(f"/invitation/{path.rpartition('/')[2]}", CHOSEN)
    assert answer.status in (404, 409)
