"""Ansvarsgruppa (F9): who takes part, their cards, and what is changed in them."""

import pytest
from sqlmodel import col, update

from models.database import Database
from models.people.tables import Person
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import end, give, narrow

PROVIDER = "Torleif Vikan"


async def card_of(visitor: Visitor, plan: str, name: str) -> Page:
    return await visitor.get((await visitor.get(f"{plan}/participants")).link(name))


def groups(page: Page) -> dict[str, list[str]]:
    sections = page.all("//main//section[.//ul[contains(@class, 'rows')]]")
    return {
        words(section.xpath("./h3")[0]): [
            words(name) for name in section.xpath(".//a[contains(@class, 'person__name')]")
        ]
        for section in sections
    }


@pytest.mark.feature("F9")
@pytest.mark.feature("F98")
@pytest.mark.feature("F109")
async def test_everybody_stands_in_the_group_of_their_role(coordinator: Visitor, ip: str, relay: str) -> None:
    assert groups(await coordinator.get(f"{ip}/participants")) == {
        "Planeier": ["Rolf Erik Sundnes"],
        "Koordinator": ["Marte Sørdal"],
        "Andre deltakere": ["Dag Fremstad", "Leila Torvund", PROVIDER, "Linn Thuy Nguyen"],
    }
    heads = list(groups(await coordinator.get(f"{relay}/participants")))
    assert heads == ["Planeier", "Foresatte og verger", "Stafettholder", "Andre deltakere"]


@pytest.mark.feature("F98")
async def test_the_list_tells_work_contribution_and_access(coordinator: Visitor, ip: str) -> None:
    shown = (await coordinator.get(f"{ip}/participants")).words
    assert "Fysioterapeut, Fysio- og ergoterapitjenesten i Fjordvik" in shown
    assert "Trening to ganger i uka og veiledning hjemme." in shown
    assert "Samtykket gikk ut i går" in shown
    assert "Har tilgang til" in shown


@pytest.mark.parametrize("name", ["tjenesteyter", "assistent"])
async def test_who_may_not_ask_sees_names_and_no_access(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    page = await visitor.get(f"{ip}/participants")
    assert PROVIDER in page.words
    for hidden in ("Samtykket gikk ut", "Har tilgang til", "Legg til deltaker", "Hvem ser hva", "Sjekkliste"):
        assert hidden not in page.words
    card = await card_of(visitor, ip, "Dag Fremstad")
    assert "Samtykket gikk ut" not in card.words
    assert not [each for each in card.links() if each.endswith(("/change", "/role", "/remove"))]


async def test_who_may_not_know_who_takes_part_is_told_so(sign_in: SignIn, town: Database, ip: str) -> None:
    await give(town, ip, "assistent@fjordvik.example", Element.PARTICIPANTS, Level.NONE)
    assert (await (await sign_in("assistent")).get(f"{ip}/participants")).status == 403


@pytest.mark.feature("F99")
@pytest.mark.feature("F102")
async def test_the_card_says_what_is_shared_and_what_is_of_this_plan(coordinator: Visitor, ip: str) -> None:
    card = await card_of(coordinator, ip, PROVIDER)
    assert [words(each) for each in card.all("//main//section//h3")] == ["Personen", "Kontakt", "I denne planen"]
    tags = [words(each) for each in card.all("//main//section//*[contains(@class, 'ds-tag')]")]
    assert tags == ["Gjelder i alle planer", "Gjelder i alle planer", "Gjelder bare her"]
    assert "Endre personkortet under Personer" in card.words


@pytest.mark.feature("F102")
async def test_position_workplace_and_time_are_changed_for_this_plan_alone(
    coordinator: Visitor, ip: str, relay: str
) -> None:
    card = await card_of(coordinator, ip, PROVIDER)
    form = await coordinator.get(card.link("Endre stilling"))
    typed = {"position": "Treningsleder <b>", "workplace": "Havna", "last": "2026-12-24"}
    saved = await coordinator.follow(await coordinator.send(form, **typed))
    assert "Lagret." in saved.words
    assert "Stilling Treningsleder <b>" in saved.words
    assert "til og med torsdag 24. desember" in saved.words


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        *(({"last": "2026-11-19"}, "last"), ({"last": "9999-12-31"}, "last"), ({"last": "snart"}, "last")),
        *(({"position": "x" * 101}, "position"), ({"workplace": "x" * 200_000}, "workplace")),
    ],
)
async def test_what_cannot_be_is_said_beside_the_field_and_kept(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str
) -> None:
    card = await card_of(coordinator, ip, PROVIDER)
    form = await coordinator.get(card.link("Endre stilling"))
    page = await coordinator.send(form, **typed)
    assert page.status == 400
    assert page.error(field)
    assert page.typed()[field] == typed[field]


async def test_who_saves_last_is_told_and_nothing_is_lost(coordinator: Visitor, ip: str) -> None:
    card = await card_of(coordinator, ip, PROVIDER)
    first = await coordinator.get(card.link("Endre stilling"))
    await coordinator.send(first, position="Første")
    page = await coordinator.send(first, position="Andre")
    assert page.status == 409
    assert "Stilling: Første" in page.words.replace("Stilling Første", "Stilling: Første")
    assert page.typed()["position"] == "Andre"
    assert (await coordinator.follow(await coordinator.send(page))).status == 200


@pytest.mark.parametrize("ending", ["", "/change", "/role", "/remove"])
async def test_another_plans_participant_is_not_found(
    coordinator: Visitor, sign_in: SignIn, ip: str, iop: str, relay: str, ending: str
) -> None:
    mine = (await card_of(coordinator, ip, PROVIDER)).url.rpartition("/")[2]
    assert (await coordinator.get(f"{relay}/participants/{mine}{ending}")).status == 404
    head = await sign_in("rektor")
    assert (await head.get(f"{iop}/participants/{mine}{ending}")).status == 404
    assert (await head.get(f"{ip}/participants/{mine}{ending}")).status == 404
    if ending:
        typed = {"position": "x", "role": "other", "how": "remove", "seen": "0"}
        assert (await coordinator.post(f"{relay}/participants/{mine}{ending}", typed)).status == 404


@pytest.mark.parametrize("name", ["tjenesteyter", "planeier", "assistent"])
@pytest.mark.parametrize("ending", ["/change", "/role", "/remove", "/restore"])
async def test_only_who_changes_participants_may(
    coordinator: Visitor, sign_in: SignIn, ip: str, name: str, ending: str
) -> None:
    theirs = (await card_of(coordinator, ip, "Leila Torvund")).url.rpartition("/")[2]
    visitor = await sign_in(name)
    address = f"{ip}/participants/{theirs}{ending}"
    assert (await visitor.post(address, {"position": "x", "role": "other", "how": "remove"})).status == 403


@pytest.mark.feature("F126")
async def test_another_role_is_warned_of_and_more_waits_for_the_owner(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    card = await card_of(coordinator, ip, "Linn Thuy Nguyen")
    form = await coordinator.get(card.link("Endre rolle"))
    assert "må planeieren eller en foresatt si ja til det først" in form.words
    saved = await coordinator.follow(await coordinator.send(form, role="provider"))
    assert "Den planen gjelder, eller en foresatt, må si ja" in saved.words
    assert "Rolle Tjenesteyter" in saved.words
    owner = await sign_in("planeier")
    home = await owner.get(ip)
    asked = await owner.get(home.link("Kan Linn Thuy Nguyen få mer tilgang?"))
    assert "Kommentarer: Les, endre, ny" in asked.words
    assert "Sjøen" not in asked.words


@pytest.mark.parametrize("role", ["owner", "coordinator", "boss", ""])
async def test_a_role_that_is_not_offered_is_refused(coordinator: Visitor, ip: str, role: str) -> None:
    form = await coordinator.get((await card_of(coordinator, ip, PROVIDER)).link("Endre rolle"))
    page = await coordinator.post(form.url, form.typed() | {"role": role})
    assert page.status == 400
    assert page.error("role")


@pytest.mark.feature("F107")
async def test_taking_somebody_out_is_asked_about_done_and_taken_back(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    card = await card_of(coordinator, ip, PROVIDER)
    question = await coordinator.get(card.link("Fjern fra planen"))
    assert f"Samtykket til at {PROVIDER} deltar, blir nullstilt." in question.words
    gone = await coordinator.follow(await coordinator.send(question, how="remove"))
    assert "Deltakeren er ute av planen." in gone.words
    assert not [names for names in groups(gone).values() if PROVIDER in names]
    assert PROVIDER in gone.words
    provider = await sign_in("tjenesteyter")
    assert (await provider.get(ip)).status == 403
    back = await coordinator.follow(await coordinator.post(gone.one("//form[contains(@action, '/restore')]/@action")))
    assert "Angret." in back.words
    assert (await provider.get(ip)).status == 200


@pytest.mark.feature("F106")
async def test_somebody_is_kept_on_the_list_without_access(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    question = await coordinator.get((await card_of(coordinator, ip, PROVIDER)).link("Fjern fra planen"))
    kept = await coordinator.follow(await coordinator.send(question, how="keep"))
    assert "Uten tilgang: samtykket er trukket tilbake" in kept.words
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403
    assert PROVIDER in groups(await coordinator.get(f"{ip}/participants"))["Andre deltakere"]


@pytest.mark.parametrize("how", ["", "destroy"])
async def test_what_is_to_happen_must_be_chosen(coordinator: Visitor, ip: str, how: str) -> None:
    question = await coordinator.get((await card_of(coordinator, ip, PROVIDER)).link("Fjern fra planen"))
    assert (await coordinator.post(question.url, {"how": how})).status == 400


async def test_a_provider_may_leave(sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    question = await provider.get((await card_of(provider, ip, PROVIDER)).link("Forlat planen"))
    left = await provider.follow(await provider.send(question))
    assert "Du er ute av planen." in left.words
    assert (await provider.get(ip)).status == 403


@pytest.mark.parametrize("name", ["Marte Sørdal", "Rolf Erik Sundnes"])
async def test_the_last_coordinator_and_the_owner_stay(coordinator: Visitor, ip: str, name: str) -> None:
    card = await card_of(coordinator, ip, name)
    assert not [each for each in card.links() if each.endswith("/remove")]
    assert (await coordinator.post(f"{card.url}/remove", {"how": "remove"})).status == 400
    if name == "Marte Sørdal":
        assert "Gi stafettpinnen videre først." in card.words


@pytest.mark.feature("F215")
async def test_the_checklist_tells_how_far_each_has_come(
    coordinator: Visitor, sign_in: SignIn, relay: str, iop: str
) -> None:
    page = await coordinator.get(f"{relay}/participants")
    assert "Sjekkliste for det første møtet" in page.words
    assert "Tiril Aasheim Har ikke fått lenke Inviter" in page.words
    assert "Sunniva Aasheim Har sett planen" in page.words


async def test_an_ended_plan_can_be_read_and_left_and_nothing_more(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await end(town, ip)
    page = await coordinator.get(f"{ip}/participants")
    assert "Legg til deltaker" not in page.words
    card = await card_of(coordinator, ip, PROVIDER)
    endings = {each.rpartition("/")[2] for each in card.links() if each.startswith(card.url)} - {""}
    assert not endings & {"change", "role"}
    assert (await coordinator.get(f"{card.url}/change")).status == 403
    assert (await coordinator.get(f"{card.url}/role")).status == 403
    assert (await coordinator.get(f"{ip}/participants/new")).status == 403
    assert (await coordinator.post(f"{card.url}/remove", {"how": "remove"})).status == 303


async def test_a_plan_without_a_basis_still_shows_who_is_in_it_to_who_may_mend_it(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    await narrow(town, ip)
    page = await coordinator.get(f"{ip}/participants")
    assert "Uten tilgang: planen mangler grunnlag" in page.words
    assert "Trening to ganger i uka" not in page.words
    assert (await (await sign_in("tjenesteyter")).get(f"{ip}/participants")).status == 403


@pytest.mark.feature("F39")
async def test_contacts_are_shown_as_each_has_chosen(coordinator: Visitor, town: Database, ip: str) -> None:
    async with town.writing() as session:
        await session.execute(
            update(Person).where(col(Person.family_name) == "Vikan").values(email_visible=False, mobile_visible=False)
        )
    card = await card_of(coordinator, ip, PROVIDER)
    assert "Viser verken e-post eller mobil til de andre i planen." in card.words
    assert not [each for each in card.links() if each.startswith(("mailto:", "tel:"))]


async def test_who_is_not_in_the_plan_finds_nothing(sign_in: SignIn, ip: str) -> None:
    for name in ("rektor", "koordinator@dalen.example", "superadmin"):
        visitor = await sign_in(name)
        assert (await visitor.get(f"{ip}/participants")).status == 404
        assert (await visitor.post(f"{ip}/participants/new", {"name": "Kari"})).status == 404


async def test_what_a_guardian_works_with_is_nothing_the_others_are_told(sign_in: SignIn, iop: str) -> None:
    page = await (await sign_in("laerer")).get(f"{iop}/participants")
    assert "Sunniva Aasheim Foresatt/pårørende" in page.words
    assert "Miljøterapeut" not in page.words
    assert "Elev · Elev" not in page.words
