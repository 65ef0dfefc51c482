"""Min informasjon: one's own card, the same page for everybody."""

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.people.tables import Person
from models.rights import Duty
from seed.cast import cast
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_bad_input import MARKUP

OWNER, GUARDIAN = "planeier", "foresatt"
SHOWN = {"email": "rolf@privat.example", "mobile": "00 00 00 01"}


def told(page: Page) -> dict[str, str]:
    return {words(row.xpath("./dt")[0]): words(row.xpath("./dd")[0]) for row in page.all("//main//dl/div")}


@pytest.mark.feature("F36")
async def test_one_sees_what_the_municipality_knows_with_the_number_masked(sign_in: SignIn) -> None:
    page = await (await sign_in(OWNER)).get("/me")
    assert page.heading == "Min informasjon"
    assert page.has("//h2[text()='Rolf Erik Sundnes']")
    assert told(page) == {"Født": "18.06.1974", "Kjønn": "Mann", "Fødselsnummer": "188674*****"}
    assert "Si fra til koordinatoren" in page.words


@pytest.mark.feature("F36")
@pytest.mark.feature("F41")
@pytest.mark.parametrize("name", [OWNER, GUARDIAN, "koordinator", "utlopt"])
async def test_everybody_changes_their_own_contacts_on_the_same_page(sign_in: SignIn, name: str) -> None:
    visitor = await sign_in(name)
    page = await visitor.get("/me")
    assert page.typed()["email"] == f"{name}@fjordvik.example"
    saved = await visitor.follow(await visitor.send(page, **SHOWN))
    assert "Lagret." in saved.words
    assert {field: saved.typed()[field] for field in SHOWN} == SHOWN


@pytest.mark.feature("F38")
@pytest.mark.feature("F39")
async def test_each_contact_is_private_until_it_is_shown_and_may_be_left_out(sign_in: SignIn) -> None:
    visitor = await sign_in(OWNER)
    page = await visitor.get("/me")
    assert not page.has("//input[@type='checkbox'][@checked]")
    page = await visitor.follow(await visitor.send(page, email="", mobile="", mobile_visible="y"))
    assert page.all("//input[@type='checkbox'][@checked]/@name") == ["mobile_visible"]
    assert (page.typed()["email"], page.typed()["mobile"]) == ("", "")


async def test_it_says_that_codes_go_elsewhere_and_leads_there(sign_in: SignIn) -> None:
    page = await (await sign_in(OWNER)).get("/me")
    assert "Engangskodene sendes ikke hit" in page.words
    assert "/me/security" in page.links()


async def test_the_sign_in_contacts_are_others_and_stay_as_they_are(sign_in: SignIn, town: Database) -> None:
    visitor = await sign_in(OWNER)
    mine = select(Account).where(col(Account.user_name) == f"{OWNER}@fjordvik.example")
    async with town.reading() as session:
        before = (await session.scalars(mine)).one().email
    await visitor.send(await visitor.get("/me"), **SHOWN)
    async with town.reading() as session:
        assert (await session.scalars(mine)).one().email == before


@pytest.mark.feature("F30")
async def test_the_language_is_changed_there_too_and_remembered(sign_in: SignIn, town: Database) -> None:
    visitor = await sign_in(OWNER)
    page = await visitor.follow(await visitor.send(await visitor.get("/me"), language="nn"))
    assert page.one("/html/@lang") == "nn"
    async with town.reading() as session:
        mine = select(Account.language).where(col(Account.user_name) == f"{OWNER}@fjordvik.example")
        assert (await session.scalars(mine)).one() == "nn"


async def test_the_log_tells_which_fields_and_not_what_they_hold(sign_in: SignIn, town: Database) -> None:
    visitor = await sign_in(OWNER)
    await visitor.send(await visitor.get("/me"), email_visible="y", **SHOWN)
    async with town.reading() as session:
        (row,) = await session.scalars(select(LogRow).where(col(LogRow.event) == Event.PROFILE_CHANGED))
    assert row.details == {"fields": ["email", "email_visible", "mobile"]}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        *(
            ("email", text, "Skriv hele e-postadressen, med @ og det som står etter.")
            for text in ("rolf", "rolf@", "rolf@privat", "a b@c.example", *MARKUP, "x" * 300 + "@p.example")
        ),
        *(
            ("mobile", text, "Skriv åtte sifre, eller begynn med landkoden.")
            for text in ("123", "ring meg", "0000000a", *MARKUP, "+" + "0 " * 20)
        ),
        ("language", "fr", "Velg noe fra listen."),
    ],
)
async def test_what_cannot_be_is_kept_with_a_sentence_beside_it(
    sign_in: SignIn, field: str, typed: str, sentence: str
) -> None:
    visitor = await sign_in(OWNER)
    form = await visitor.get("/me")
    page = await visitor.post("/me", form.typed() | {"email": "ny@privat.example", "email_visible": "y", field: typed})
    assert (page.status, page.error(field)) == (400, sentence)
    assert page.typed()["email"] == (typed if field == "email" else "ny@privat.example")
    assert field == "language" or page.typed()[field] == typed
    assert page.has("//input[@name='email_visible'][@checked]")
    assert not page.has("//script[not(@src)] | //img[@src='x']")


async def test_two_tabs_do_not_overwrite_each_other_unseen(sign_in: SignIn) -> None:
    visitor = await sign_in(OWNER)
    first, second = await visitor.get("/me"), await visitor.get("/me")
    await visitor.send(first, mobile="00000001", mobile_visible="y")
    page = await visitor.send(second, email="ny@privat.example")
    assert (page.status, page.typed()["email"]) == (409, "ny@privat.example")
    assert "Mobil: 00000001 (vises til de andre)" in page.words
    assert (await visitor.get("/me")).typed()["mobile"] == "00000001"
    assert (await visitor.send(page)).status == 303


@pytest.mark.parametrize("seen", ["", "0", "tull", "x" * 5000])
async def test_a_form_that_has_lost_what_it_showed_saves_nothing(sign_in: SignIn, seen: str) -> None:
    visitor = await sign_in(OWNER)
    form = await visitor.get("/me")
    assert (await visitor.post("/me", form.typed() | {"seen": seen, "email": "ny@privat.example"})).status == 409


async def test_who_has_no_card_in_the_municipality_is_told_so(sign_in: SignIn, town: Database) -> None:
    async with town.writing() as session:
        mine = (Account.user_name == "planeier@dalen.example",)
        account = (await session.scalars(select(Account).where(*mine))).one()
        here = (await session.scalars(select(Person).where(col(Person.account_id).is_not(None)).limit(1))).one()
        fjordvik = next(one for one in cast() if one.user_name == "planeier@fjordvik.example")
        found = select(Person.municipality_id).where(col(Person.family_name) == fjordvik.family_name).limit(1)
        place = (await session.scalars(found)).one()
        assert here
        session.add(
            Appointment(
                municipality_id=place, account_id=account.id, duty=Duty.ANALYST, valid_from=town.clock.now().date()
            )
        )
    visitor = await sign_in("planeier@dalen.example")
    switch = await visitor.get("/me/switch")
    (form,) = switch.all("//form[@action='/me/switch'][.//button[contains(., 'Fjordvik')]]")
    await visitor.post("/me/switch", dict(form.form_values()) | {"profile": "work"})
    page = await visitor.get("/me")
    assert (page.status, "Du har ikke noe personkort i Fjordvik" in page.words) == (200, True)
    for address in ("/me", "/me/picture/remove"):
        assert (await visitor.post(address, {"language": "nb"})).status == 404
    assert (await visitor.get("/me/picture/change")).status == 404


@pytest.mark.parametrize("address", ["/me", "/me/picture", "/me/picture/change", "/me/personal-code"])
async def test_nobody_who_is_not_signed_in_gets_there(visitor: Visitor, address: str) -> None:
    assert (await visitor.get(address)).goes_to.startswith("/login")
    assert (await visitor.post(address)).status in (303, 400, 405)
