"""The personal code: works once, for two hours, for the right human; guessing it is hopeless."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality, OpenProfile
from models.accounts.tables.account import Account, PersonalCode
from models.base import HouseSession
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.operations import new_vault
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.refusals import Invalid, NotFound, Refused
from models.rights import Duty, Right
from permissions.door import open_municipality, open_profile
from permissions.sign_in import personal_codes
from permissions.sign_in.personal_codes import LETTERS, LIFETIME, WRONG_AN_HOUR
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

BORN = date(1990, 5, 17)
NO_GOOD = "Koden virker ikke. Sjekk at den er skrevet riktig, eller be personen lage en ny."
TOO_MANY = "Det har vært for mange feil koder. Vent en time, og prøv igjen."


async def owner(session: HouseSession, born: date | None = BORN) -> OpenProfile:
    """Kari, known in Vik."""
    hamlet = Hamlet(session)
    person = await hamlet.person(await hamlet.municipality("Vik"), "Kari")
    person.birth_date = born
    return await open_profile(session, await viewer_for(session, "kari"))


async def editor(session: HouseSession, name: str = "editor", right: Right = Right.PEOPLE_EDIT) -> OpenMunicipality:
    """Somebody in Nes who may edit persons, and read reports."""
    hamlet = Hamlet(session)
    known = (await session.scalars(select(Municipality).where(col(Municipality.name) == "Nes"))).first()
    nes, account = known or await hamlet.municipality("Nes"), await hamlet.account(name)
    for duty in (Duty.PERSON_EDITOR, Duty.ANALYST):
        await hamlet.appoint(account, nes, duty)
    return await open_municipality(session, await viewer_for(session, name), right)


async def card(here: OpenMunicipality, born: date | None = BORN) -> Person:
    """A person card in Nes that nobody signs in to."""
    key = new_vault(here.session, here.municipality_id).key_id
    await here.session.flush()
    now, name = here.session.clock.now(), {"given_name": "Kari", "family_name": "Prøve"}
    made = Person(municipality_id=here.municipality_id, key_id=key, birth_date=born, added_at=now, **name)
    return await Hamlet(here.session).put(made)


async def sentence(here: OpenMunicipality, person: Person, code: str) -> str:
    with pytest.raises(Invalid) as no:
        await personal_codes.redeem(here, person, code)
    return no.value.fields["code"]


@pytest.mark.feature("F199")
async def test_it_joins_the_card_to_the_account_is_logged_and_told(database: Database) -> None:
    async with database.writing() as session:
        me, here = await owner(session), await editor(session)
        person = await card(here)
        code, _until = await personal_codes.make(me)
        await personal_codes.redeem(here, person, code)
        await session.flush()
        assert person.account_id == me.actor_id
        (used,) = await session.scalars(select(LogRow).where(col(LogRow.event) == Event.PERSONAL_CODE_USED))
        assert (used.municipality_id, used.details) == (here.municipality_id, {"person": str(person.id)})
        told = select(Delivery.account_id).join(QueuedNotice).where(col(QueuedNotice.kind) == Notice.JOIN_CONFIRMED)
        assert list(await session.scalars(told)) == [me.actor_id]


@pytest.mark.feature("F199")
async def test_it_is_ten_signs_that_cannot_be_mistaken_and_is_kept_nowhere(database: Database) -> None:
    async with database.writing() as session:
        me = await owner(session)
        code, until = await personal_codes.make(me)
        first, second = code.split(" ")
        assert (len(first), len(second), set(first + second) <= set(LETTERS)) == (5, 5, True)
        assert not set(LETTERS) & set("01OIL")
        assert until == session.clock.now() + LIFETIME == await personal_codes.works_until(me)
        (kept,) = await session.scalars(select(PersonalCode))
        assert first not in kept.code_index
        (made,) = await session.scalars(select(LogRow).where(col(LogRow.event) == Event.PERSONAL_CODE_MADE))
        assert made.details == {}


@pytest.mark.parametrize(
    "mangle", [str.lower, lambda code: code.replace(" ", ""), lambda code: f" {code[:5]}-{code[6:]} "]
)
async def test_it_may_be_typed_as_people_type(sqlite_database: Database, mangle: object) -> None:
    assert callable(mangle)
    async with sqlite_database.writing() as session:
        me, here = await owner(session), await editor(session)
        person = await card(here)
        await personal_codes.redeem(here, person, mangle((await personal_codes.make(me))[0]))
        assert person.account_id == me.actor_id


@pytest.mark.feature("F199")
@pytest.mark.parametrize(
    ("later", "works"), [(LIFETIME - timedelta(seconds=1), True), (LIFETIME, False), (timedelta(days=9), False)]
)
async def test_it_works_for_two_hours(
    sqlite_database: Database, clock: SteppingClock, later: timedelta, works: bool
) -> None:
    async with sqlite_database.writing() as session:
        me, here = await owner(session), await editor(session)
        person, (code, _until) = await card(here), await personal_codes.make(me)
        clock.move(later)
        assert bool(await personal_codes.works_until(me)) is works
        if works:
            await personal_codes.redeem(here, person, code)
        else:
            assert await sentence(here, person, code) == NO_GOOD


@pytest.mark.feature("F199")
async def test_it_works_once_and_a_new_one_kills_the_old(database: Database) -> None:
    async with database.writing() as session:
        me, here = await owner(session), await editor(session)
        (old, _), (new, _) = await personal_codes.make(me), await personal_codes.make(me)
        person, other = await card(here), await card(here)
        assert await sentence(here, person, old) == NO_GOOD
        await personal_codes.redeem(here, person, new)
        assert await sentence(here, other, new) == NO_GOOD
        assert await personal_codes.works_until(me) is None


@pytest.mark.parametrize("code", ["", "AAAAA AAAAA", "'; DROP TABLE person; --", "x" * 5000, "æøå", "\x00"])
async def test_no_other_code_works(sqlite_database: Database, code: str) -> None:
    async with sqlite_database.writing() as session:
        here = await editor(session)
        assert await sentence(here, await card(here), code) == NO_GOOD


async def test_the_code_of_a_closed_account_does_not_work(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        me, here = await owner(session), await editor(session)
        person, (code, _until) = await card(here), await personal_codes.make(me)
        (await session.get_one(Account, me.actor_id)).disabled_at = session.clock.now()
        assert await sentence(here, person, code) == NO_GOOD


async def test_a_card_or_an_account_that_is_joined_already_is_refused(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        me, here = await owner(session), await editor(session)
        person, other = await card(here), await card(here)
        await personal_codes.redeem(here, person, (await personal_codes.make(me))[0])
        code, _until = await personal_codes.make(me)
        assert await sentence(here, person, code) == "Personen er allerede koblet til en bruker."
        assert await sentence(here, other, code) == "Den som har laget koden, har allerede et personkort i kommunen."
        assert other.account_id is None


@pytest.mark.parametrize(
    ("theirs", "ours", "fits"),
    [(BORN, BORN, True), (None, BORN, True), (BORN, None, True), (BORN, date(1990, 5, 18), False)],
)
async def test_the_birth_dates_agree_when_both_are_known(
    sqlite_database: Database, theirs: date | None, ours: date | None, fits: bool
) -> None:
    async with sqlite_database.writing() as session:
        me, here = await owner(session, theirs), await editor(session)
        person, (code, _until) = await card(here, ours), await personal_codes.make(me)
        if fits:
            await personal_codes.redeem(here, person, code)
        else:
            said = await sentence(here, person, code)
            assert said == "Koden passer ikke til denne personen. Sjekk at du har valgt riktig person."
            assert await personal_codes.works_until(me)
        assert bool(person.account_id) is fits


async def test_ten_wrong_codes_in_an_hour_are_enough(database: Database, clock: SteppingClock) -> None:
    async with database.writing() as session:
        me, here = await owner(session), await editor(session)
        person, (code, _until) = await card(here), await personal_codes.make(me)
        for number in range(WRONG_AN_HOUR):
            assert await sentence(here, person, f"AAAAA {number}") == NO_GOOD
            await personal_codes.count_wrong(session, here.viewer)
        assert await sentence(here, person, code) == TOO_MANY
        await personal_codes.count_wrong(session, here.viewer)
        failed = select(LogRow.details).where(col(LogRow.event) == Event.SIGN_IN_FAILED)
        assert list(await session.scalars(failed)) == [{"step": "personal_code", "address": ""}] * WRONG_AN_HOUR
        await personal_codes.redeem(await editor(session, "another"), await card(here), code)
        clock.move(timedelta(hours=1))
        assert await sentence(here, person, code) == NO_GOOD


async def test_wrong_codes_over_many_hours_are_only_mistakes(sqlite_database: Database, clock: SteppingClock) -> None:
    async with sqlite_database.writing() as session:
        here = await editor(session)
        person = await card(here)
        for _number in range(3 * WRONG_AN_HOUR):
            await personal_codes.count_wrong(session, here.viewer)
            clock.move(timedelta(minutes=10))
        assert await sentence(here, person, "AAAAA AAAAA") == NO_GOOD


async def test_only_an_editor_of_the_cards_own_municipality_uses_it(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        me, here = await owner(session), await editor(session)
        reports = await open_municipality(session, here.viewer, Right.REPORTS_READ)
        code, _until = await personal_codes.make(me)
        with pytest.raises(Refused):
            await personal_codes.redeem(reports, await card(here), code)
        away = (await session.scalars(select(Person).where(col(Person.given_name) == "Kari").limit(1))).one()
        with pytest.raises(NotFound):
            await personal_codes.redeem(here, away, code)
