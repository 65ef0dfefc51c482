"""Inviting a participant: the room of the coordinator, the link, and the way in (F16)."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import Invitation
from models.database import Database
from models.notices.tables import Delivery
from models.people.tables import Person
from tests.client import Page, Visitor
from tests.pages.conftest import ADDRESS, SignIn
from tests.plan_rows import end as end_plan

NAME, MAIL, MOBILE = "Iver Aasheim", "iver@post.example", "00000001"
PASSWORD = "Trygg-fjord-i-natt-7"


@pytest.fixture
async def head(sign_in: SignIn) -> Visitor:
    """The coordinator of the IOP, in which the pupil has no account."""
    return await sign_in("rektor")


@pytest.fixture
async def form(head: Visitor, iop: str) -> Page:
    room = await head.get((await head.get(iop)).link("Inviter deltakere"))
    return await head.get(room.link(f"Inviter: {NAME}"))


def link_of(page: Page) -> str:
    (link,) = re.findall(rf"{ADDRESS}(/invitation/[\w-]+)", page.words)
    return str(link)


async def accounts(town: Database) -> set[str]:
    async with town.reading() as session:
        return set(await session.scalars(select(Account.user_name)))


@pytest.mark.feature("F16")
async def test_a_link_that_is_handed_over_is_shown_once_with_a_drawing_and_leads_in(
    head: Visitor, form: Page, visit: Callable[..., Visitor], iop: str
) -> None:
    shown = await head.send(form, way="hand", email=MAIL, username="iver")
    assert (shown.status, shown.has("//div[@role='img']/*[local-name()='svg']")) == (200, True)
    assert "Logg på med brukernavnet iver." in shown.words
    link = link_of(shown)
    assert link not in (await head.get(f"{iop}/invitations")).text
    pupil = visit()
    page = await pupil.get(link)
    assert page.has("//input[@value='iver']")
    await pupil.follow(await pupil.send(page, password=PASSWORD, again=PASSWORD))
    await pupil.sign_in("iver", PASSWORD)
    room = await head.get(f"{iop}/invitations")
    assert f"{NAME}, Elev Har bruker" in room.words


@pytest.mark.feature("F16")
async def test_a_mailed_link_is_on_no_page(head: Visitor, form: Page, town: Database) -> None:
    sent = await head.send(form, way="mail", email=MAIL, mobile=MOBILE)
    room = await head.follow(sent)
    assert "Invitasjonen er sendt." in room.words
    assert "Lenken virker til fredag 27. november kl. 10.00" in room.words
    assert "/invitation/" not in room.text
    async with town.reading() as session:
        assert len(list(await session.scalars(select(Delivery).where(col(Delivery.payload).is_not(None))))) >= 1


async def test_a_mailbox_is_never_both_link_and_code(head: Visitor, form: Page, town: Database) -> None:
    page = await head.send(form, way="mail", email=MAIL)
    assert page.status == 400
    assert page.error("mobile").startswith("Lenken og kodene kan ikke gå til samme e-post.")
    assert page.typed()["email"] == MAIL
    assert MAIL not in await accounts(town)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "iver"}, "email"),
        ({"mobile": "12"}, "mobile"),
        ({"username": "rektor@fjordvik.example"}, "username"),
        ({"username": "iver aasheim"}, "username"),
        ({"username": "x" * 201}, "username"),
        ({"way": "by pigeon"}, "way"),
        ({"way": "join_mail"}, "way"),
        ({"way": ""}, "way"),
    ],
)
async def test_what_cannot_be_used_is_said_beside_the_field_and_kept(
    head: Visitor, form: Page, town: Database, typed: dict[str, str], field: str
) -> None:
    before = await accounts(town)
    page = await head.post(form.url, {"way": "hand", "email": MAIL, "mobile": "", "username": ""} | typed)
    assert page.status == 400
    assert page.error(field)
    assert await accounts(town) == before


@pytest.mark.feature("F16")
async def test_inviting_anew_ends_the_first_link(head: Visitor, form: Page, visit: Callable[..., Visitor]) -> None:
    first = link_of(await head.send(form, way="hand", email=MAIL))
    again = await head.get(form.url)
    second = link_of(await head.send(again, way="hand", email=MAIL))
    assert (await visit().get(first)).status >= 400
    assert (await visit().get(second)).status == 200


async def test_who_has_an_account_is_not_offered_an_invitation(head: Visitor, iop: str, town: Database) -> None:
    room = await head.get(f"{iop}/invitations")
    assert [each for each in room.links() if "/invitations/" in each] == [room.link(f"Inviter: {NAME}")]
    home = await head.get(iop)
    assert "Inviter deltakere" in home.words
    async with town.reading() as session:
        assert list(await session.scalars(select(Invitation))) == []


@pytest.mark.parametrize("name", ["laerer", "foresatt"])
async def test_who_may_not_change_participants_finds_no_door(sign_in: SignIn, form: Page, iop: str, name: str) -> None:
    visitor = await sign_in(name)
    assert "Inviter deltakere" not in (await visitor.get(iop)).words
    assert (await visitor.get(f"{iop}/invitations")).status == 403
    address = urlsplit(form.url).path
    assert (await visitor.get(address)).status == 403
    assert (await visitor.post(address, {"way": "hand", "email": MAIL})).status == 403


async def test_another_plans_participant_is_not_found(
    head: Visitor, coordinator: Visitor, form: Page, ip: str, iop: str
) -> None:
    participant = urlsplit(form.url).path.rpartition("/")[2]
    assert (await coordinator.get(f"{ip}/invitations/{participant}")).status == 404
    typed = {"way": "hand", "email": MAIL}
    assert (await coordinator.post(f"{ip}/invitations/{participant}", typed)).status == 404
    assert (await coordinator.post(f"{iop}/invitations/{participant}", typed)).status == 404


@pytest.mark.parametrize("place", ["requests/{id}", "requests/{id}/confirm", "requests/{id}/refuse", "{id}"])
async def test_what_was_never_there_is_not_found(head: Visitor, iop: str, town: Database, place: str) -> None:
    async with town.reading() as session:
        some_id = (await session.scalars(select(Person.id))).first()
    address = f"{iop}/invitations/{place.format(id=some_id)}"
    ask = head.post if place.endswith(("confirm", "refuse")) else head.get
    assert (await ask(address)).status == 404


@pytest.mark.feature("F17")
async def test_who_has_a_user_elsewhere_is_not_to_get_another(form: Page) -> None:
    assert "Har personen en bruker i en annen kommune? Ikke lag en ny." in form.words


@pytest.mark.feature("F104")
async def test_who_is_missing_can_be_added_from_the_invitations(head: Visitor, town: Database, iop: str) -> None:
    room = await head.get(f"{iop}/invitations")
    assert (await head.get(room.link("Legg til deltaker"))).status == 200
    await end_plan(town, iop)
    assert not (await head.get(f"{iop}/invitations")).has("//main//a[normalize-space()='Legg til deltaker']")
