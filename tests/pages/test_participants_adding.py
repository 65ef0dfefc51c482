"""Adding participants: search first, then a known person, a new one or a unit; and the owner's word (F8, C14)."""

import pytest
from sqlalchemy import func
from sqlmodel import col, select, update

from models.base import pick
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.rules import OwnerApproval
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.plans.tables.participants import Participant
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import id_of

TEACHER = "Ingvild Moltu"


async def count(town: Database, table: type[Person] | type[Participant]) -> int:
    async with town.reading() as session:
        return await session.scalar(pick(func.count()).select_from(table)) or 0


async def search(visitor: Visitor, plan: str, **sought: str) -> Page:
    page = await visitor.get((await visitor.get(f"{plan}/participants")).link("Legg til deltaker"))
    return await visitor.send(page, **sought)


async def add_teacher(visitor: Visitor, plan: str, **typed: str) -> Page:
    form = await visitor.get((await search(visitor, plan, name="ingvild molt")).link(f"Velg {TEACHER}"))
    return await visitor.send(form, **{"role": "provider"} | typed)


async def newcomer(sign_in: SignIn, name: str) -> Visitor:
    """Somebody who comes to see what the town's script keeps from them: they are let in by the test."""
    visitor = await sign_in(name)
    visitor.hidden = ()
    return visitor


@pytest.mark.feature("F100")
async def test_search_first_and_a_hit_shows_name_and_workplace_alone(coordinator: Visitor, ip: str) -> None:
    page = await search(coordinator, ip, name="INGVILD")
    assert page.status == 200
    assert f"1 person funnet {TEACHER} Nordre Fjordvik barneskole Velg" in page.words
    assert "laerer@" not in page.text


@pytest.mark.feature("F100")
async def test_when_nobody_fits_a_new_person_is_made(coordinator: Visitor, ip: str, town: Database) -> None:
    page = await search(coordinator, ip, name="Finnes Ikkje")
    assert "Ingen personer funnet Du må opprette en ny person." in page.words
    form = await coordinator.get(page.link("Neste"))
    assert [words(each) for each in form.all("//main//section//h3")] == ["Personen", "Kontakt", "I denne planen"]
    before = await count(town, Person)
    sent = await coordinator.send(form, given_name="Bera", family_name="Berg", role="other")
    assert "Venter på svar" in (await coordinator.follow(sent)).words
    assert await count(town, Person) == before + 1


@pytest.mark.feature("F39")
async def test_a_new_person_needs_nothing_but_a_name_and_a_form_sent_twice_adds_one(
    coordinator: Visitor, ip: str, town: Database
) -> None:
    form = await coordinator.get(f"{ip}/participants/new/person")
    typed = form.typed() | {"given_name": "Bera", "family_name": "<script>x</script>", "role": "other"}
    for _ in range(2):
        assert (await coordinator.post(form.url, typed)).status == 303
    async with town.reading() as session:
        found = await session.scalars(select(Person).where(col(Person.given_name) == "Bera"))
        assert len(list(found)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        *(({"given_name": ""}, "given_name"), ({"family_name": "  "}, "family_name"), ({"role": ""}, "role")),
        *(({"role": "owner"}, "role"), ({"role": "coordinator"}, "role"), ({"mobile": "12"}, "mobile")),
        *(({"email": "bera"}, "email"), ({"begins": "2026-11-19"}, "begins"), ({"last": "2026-11-01"}, "last")),
        *(({"birth_date": "2027-01-01"}, "birth_date"), ({"position": "x" * 200_000}, "position")),
    ],
)
async def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_half_saved(
    coordinator: Visitor, ip: str, town: Database, typed: dict[str, str], field: str
) -> None:
    before = await count(town, Person), await count(town, Participant)
    form = await coordinator.get(f"{ip}/participants/new/person")
    whole = form.typed() | {"given_name": "Bera", "family_name": "Berg", "role": "other"} | typed
    page = await coordinator.post(form.url, whole)
    assert page.status == 400
    assert page.error(field)
    assert (await count(town, Person), await count(town, Participant)) == before


@pytest.mark.parametrize("sought", [{"name": "ab"}, {"name": ""}, {"national_id": "12345"}, {"birth_date": "i går"}])
async def test_too_little_to_search_for_is_refused(coordinator: Visitor, ip: str, sought: dict[str, str]) -> None:
    page = await search(coordinator, ip, **sought)
    assert page.status == 400
    assert page.summary()


async def test_a_number_that_was_searched_for_is_shown_to_nobody(coordinator: Visitor, ip: str) -> None:
    page = await search(coordinator, ip, national_id="11111")
    assert "11111" not in page.text


@pytest.mark.feature("F101")
async def test_who_only_owns_a_plan_is_not_found_by_name(coordinator: Visitor, ip: str) -> None:
    assert "Ingen personer funnet" in (await search(coordinator, ip, name="Iver Aasheim")).words
    assert "1 person funnet Sunniva Aasheim" in (await search(coordinator, ip, name="Sunniva")).words


@pytest.mark.feature("F103")
@pytest.mark.feature("F8")
async def test_the_owner_says_yes_before_anybody_comes_in(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    added = await coordinator.follow(await add_teacher(coordinator, ip, position="Lærer", last="2027-06-20"))
    assert "Den planen gjelder, eller en foresatt, må si ja" in added.words
    teacher, owner = await newcomer(sign_in, "laerer"), await sign_in("planeier")
    assert (await teacher.get(ip)).status == 403
    assert TEACHER not in (await (await sign_in("tjenesteyter")).get(f"{ip}/participants")).words
    asked = await owner.get((await owner.get(ip)).link(f"Kan {TEACHER} bli med i planen?"))
    assert "til og med søndag 20. juni 2027" in asked.words
    yes = asked.one("//form[contains(@action, '/approve')]")
    seen = yes.xpath(".//input[@name='seen']/@value")[0]
    page = await owner.follow(await owner.post(yes.get("action"), {"seen": seen}))
    assert "Svaret er lagret: ja." in page.words
    assert (await teacher.get(ip)).status == 200
    async with town.reading() as session:
        told = pick(QueuedNotice.kind).join(Delivery, col(Delivery.notice_id) == QueuedNotice.id)
        kinds = set(await session.scalars(told.where(col(QueuedNotice.plan_id) == id_of(ip))))
    assert {Notice.PROPOSAL_MADE, Notice.ADDED_TO_PLAN, Notice.PROPOSAL_ANSWERED} <= kinds
    assert (await owner.post(yes.get("action"), {"seen": seen})).status == 303


async def test_a_no_leaves_them_outside(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    await add_teacher(coordinator, ip)
    owner = await sign_in("planeier")
    asked = await owner.get((await owner.get(f"{ip}/participants")).link("Les mer og svar"))
    no = await owner.follow(await owner.post(asked.one("//form[contains(@action, '/decline')]/@action")))
    assert "Svaret er lagret: nei." in no.words
    assert (await (await sign_in("laerer")).get(ip)).status == 403


async def test_a_coordinator_writes_down_what_was_said_and_only_where_that_is_allowed(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    await add_teacher(coordinator, ip)
    asked = await coordinator.get((await coordinator.get(f"{ip}/participants")).link("Se spørsmålet"))
    wrong = await coordinator.post(f"{asked.url}/record", {"answer": "yes", "method": "oral", "remark": ""})
    assert (wrong.status, wrong.error("remark")) == (400, "Skriv hvem som svarte, og når.")
    said = {"answer": "yes", "method": "oral", "remark": "Rolf sa ja på møtet."}
    async with town.writing() as session:
        await session.execute(update(Municipality).values(owner_approval=OwnerApproval.IN_APP))
    assert "på papir eller muntlig" not in (await coordinator.get(asked.url)).words
    assert (await coordinator.post(f"{asked.url}/record", said)).status == 400
    async with town.writing() as session:
        await session.execute(update(Municipality).values(owner_approval=OwnerApproval.EITHER))
    assert (await coordinator.post(f"{asked.url}/record", said)).status == 303
    assert (await (await newcomer(sign_in, "laerer")).get(ip)).status == 200


async def test_questions_are_only_for_who_asks_and_who_answers(
    coordinator: Visitor, sign_in: SignIn, ip: str, relay: str
) -> None:
    await add_teacher(coordinator, ip)
    asked = (await coordinator.get(f"{ip}/participants")).link("Se spørsmålet")
    provider, guardian = await sign_in("tjenesteyter"), await sign_in("foresatt")
    for visitor, address in (
        (provider, asked),
        (guardian, asked),
        (guardian, asked.replace(ip, relay)),
        (coordinator, asked.replace(ip, relay)),
    ):
        assert (await visitor.get(address)).status == 404
        for deed in ("approve", "decline", "withdraw", "record"):
            typed = {"answer": "yes", "method": "oral", "remark": "Ja"}
            assert (await visitor.post(f"{address}/{deed}", typed)).status == 404
    assert (await coordinator.post(f"{asked}/approve")).status == 403


async def test_the_question_can_be_taken_back(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    await add_teacher(coordinator, ip)
    asked = (await coordinator.get(f"{ip}/participants")).link("Se spørsmålet")
    page = await coordinator.follow(await coordinator.post(f"{asked}/withdraw"))
    assert "Spørsmålet er trukket tilbake." in page.words
    assert TEACHER not in [words(each) for each in page.all("//section//a")]


async def test_where_the_plan_rests_on_a_decision_nobody_is_asked(sign_in: SignIn, iop: str) -> None:
    head = await sign_in("rektor")
    form = await head.get((await search(head, iop, name="Torleif")).link("Velg Torleif Vikan"))
    assert "Lagt til." in (await head.follow(await head.send(form, role="provider"))).words
    assert (await (await newcomer(sign_in, "tjenesteyter")).get(iop)).status == 200


async def test_a_unit_takes_part_instead_of_somebody_by_name(sign_in: SignIn, iop: str) -> None:
    head, nurse = await sign_in("rektor"), await newcomer(sign_in, "helsesykepleier")
    form = await head.get((await head.get(f"{iop}/participants/new")).link("Legg til en enhet"))
    (unit,) = [each.get("value") for each in form.all("//option") if "helsestasjon" in words(each)]
    added = await head.follow(await head.send(form, unit_id=unit))
    card = await head.get(added.link("Fjordvik helsestasjon"))
    assert "Hodan Elvestad" in card.words
    assert (await nurse.get(iop)).status == 200
    again = await head.post(form.url, form.typed() | {"unit_id": unit})
    assert again.status == 400


@pytest.mark.feature("F110")
async def test_the_owner_wishes_for_somebody_and_the_coordinator_carries_it_out(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    owner = await sign_in("planeier")
    form = await owner.get((await owner.get(f"{ip}/participants")).link("Foreslå noen"))
    await owner.follow(await owner.send(form, name="Berit Sundnes", relation="søster", contact="berit@sundnes.example"))
    page = await coordinator.get((await coordinator.get(ip)).link("Ønske om en ny deltaker: Berit Sundnes"))
    found = await coordinator.get(page.link("Legg til: Berit Sundnes"))
    none = await coordinator.post(found.url, found.typed())
    made = await coordinator.get(none.link("Neste"))
    assert (made.typed()["given_name"], made.typed()["position"]) == ("Berit", "søster")
    added = await coordinator.follow(await coordinator.send(made))
    assert "Lagt til." in added.words
    assert "Venter på svar" not in added.words
    assert not added.has("//a[contains(@href, 'wish=')]")


@pytest.mark.parametrize("name", ["tjenesteyter", "assistent", "koordinator"])
async def test_nobody_else_wishes(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{ip}/participants/wish")).status == 403
    assert (await visitor.post(f"{ip}/participants/wish", {"name": "Berit", "role": "other"})).status == 403


@pytest.mark.parametrize("ending", ["/new", "/new/person", "/new/unit"])
@pytest.mark.parametrize("name", ["tjenesteyter", "planeier", "assistent"])
async def test_only_who_adds_participants_may(sign_in: SignIn, ip: str, name: str, ending: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{ip}/participants{ending}")).status == 403
    typed = {"name": "Kari", "given_name": "A", "family_name": "B", "role": "other"}
    assert (await visitor.post(f"{ip}/participants{ending}", typed)).status == 403


async def test_an_unknown_wish_or_person_is_not_found(coordinator: Visitor, ip: str) -> None:
    for ending in ("new?wish=tull", f"new?wish={id_of(ip)}", f"new/{id_of(ip)}", f"proposals/{id_of(ip)}"):
        assert (await coordinator.get(f"{ip}/participants/{ending}")).status == 404
