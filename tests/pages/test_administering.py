"""«Administrer planen» (F187-F189): what it is called and made with, ending it, and taking it up again."""

import asyncio
from datetime import date

import pytest
from lxml import html

from models.database import Database
from models.plans.rules.making import Part
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import end, give, narrow, set_plan

ENDINGS = ("/facts", "/parts", "/end", "/reopen", "/kind", "/kind/SL", "/delete")


async def send_parts(visitor: Visitor, form: Page, parts: list[str], **more: str) -> Page:
    return await visitor.post(form.url, form.typed() | {"parts": parts} | more)


def chosen(page: Page) -> list[str]:
    return [str(box) for box in page.all("//input[@name='parts'][@checked]/@value")]


@pytest.mark.feature("F187")
async def test_everything_the_plan_was_made_with_can_be_found_and_changed(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/settings")
    for said in ("Kortnavn: R.S.", "Enhet", "Planperiode", "Mål og aktiviteter", "Neste revisjon", "Plantype"):
        assert said.replace(":", "") in page.words.replace(":", "")
    links = page.links()
    for ending in ("facts", "parts", "kind", "end", "delete", "revised"):
        assert f"{ip}/settings/{ending}" in links
    for room in ("participants", "consent", "rights"):
        assert f"{ip}/{room}" in links


@pytest.mark.feature("F188")
@pytest.mark.feature("F49")
async def test_name_and_period_are_changed(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/facts")
    saved = await coordinator.send(form, short_name="R.S. 2", period_from="2026-01-01", period_to="2026-06-30")
    page = await coordinator.follow(saved)
    assert "Lagret." in page.words
    assert page.heading == "R.S. 2"
    assert "torsdag 1. januar til tirsdag 30. juni" in page.words
    seen = await (await sign_in("planeier")).get(ip)
    assert seen.heading == "R.S. 2"
    assert "Aktiv" in seen.words


@pytest.mark.feature("F50")
@pytest.mark.parametrize("name", ["Rolf", "Plan for Sundnes", " ", "x" * 41, "<script>alert(1)</script>Rolf"])
async def test_a_name_that_will_not_do_is_said_beside_the_field(coordinator: Visitor, ip: str, name: str) -> None:
    page = await coordinator.send(await coordinator.get(f"{ip}/settings/facts"), short_name=name)
    assert page.status == 400
    assert page.error("short_name")
    assert page.typed()["short_name"] == name
    assert (await coordinator.get(f"{ip}/settings")).heading == "R.S."


async def test_a_script_in_a_name_is_only_letters(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/facts")
    await coordinator.send(form, short_name="<script>alert(1)</script>")
    assert (await coordinator.get(f"{ip}/settings")).heading == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-06-30", "2026-06-29", "period_to"),
        ("tull", "", "period_from"),
        ("", "99999-01-01", "period_to"),
        ("0001-01-01", "", "period_from"),
        ("2026-02-30", "", "period_from"),
    ],
)
async def test_a_period_that_cannot_be_is_said_beside_the_field(
    coordinator: Visitor, ip: str, first: str, last: str, field: str
) -> None:
    form = await coordinator.get(f"{ip}/settings/facts")
    page = await coordinator.send(form, period_from=first, period_to=last)
    assert page.status == 400
    assert page.error(field)
    assert (page.typed()["period_from"], page.typed()["period_to"]) == (first, last)


@pytest.mark.parametrize("unit", ["tull", "00000000-0000-0000-0000-000000000000", "'; DROP TABLE plan; --"])
async def test_a_unit_that_is_none_is_said_beside_the_field(coordinator: Visitor, ip: str, unit: str) -> None:
    form = await coordinator.get(f"{ip}/settings/facts")
    page = await coordinator.post(f"{ip}/settings/facts", form.typed() | {"unit_id": unit})
    assert page.status == 400
    assert page.error("unit_id") == "Velg en enhet fra listen."


async def test_the_plan_is_moved_to_another_unit_of_the_municipality(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/facts")
    unit, name = next(
        (option.get("value"), words(option))
        for option in form.all("//select[@name='unit_id']/option[@value!=''][not(@selected)]")
    )
    await coordinator.send(form, unit_id=unit)
    assert f"Enhet {name}" in (await coordinator.get(f"{ip}/settings")).words


async def test_who_saves_after_another_is_told_what_it_says_now(coordinator: Visitor, ip: str) -> None:
    mine, theirs = [await coordinator.get(f"{ip}/settings/facts") for _ in range(2)]
    await coordinator.send(theirs, short_name="THEIRS")
    page = await coordinator.send(mine, period_to="2027-01-01")
    assert page.status == 409
    assert "Noen andre lagret mens du holdt på" in page.words
    assert "Kortnavn THEIRS" in page.words
    assert page.typed()["short_name"] == "THEIRS"
    assert page.typed()["period_to"] == "2027-01-01"
    assert (await coordinator.send(page)).status == 303
    after = await coordinator.get(f"{ip}/settings")
    assert after.heading == "THEIRS"
    assert "fredag 1. januar 2027" in after.words


async def test_what_one_wrote_oneself_is_kept_beside_what_another_saved(coordinator: Visitor, ip: str) -> None:
    mine, theirs = [await coordinator.get(f"{ip}/settings/facts") for _ in range(2)]
    await coordinator.send(theirs, short_name="THEIRS")
    page = await coordinator.send(mine, short_name="MINE")
    assert (page.status, page.typed()["short_name"]) == (409, "MINE")
    assert "Kortnavn THEIRS" in page.words


@pytest.mark.parametrize("seen", ["", "tull", "[]", "{}", "null", "1" * 5000, '{"short_name": ["x"]}'])
@pytest.mark.parametrize("ending", ["/facts", "/parts", ""])
async def test_a_mark_that_is_mangled_saves_nothing(coordinator: Visitor, ip: str, ending: str, seen: str) -> None:
    form = await coordinator.get(f"{ip}/settings{ending}")
    page = await coordinator.post(form.url, form.typed() | {"seen": seen, "parts": list(Part)})
    assert page.status == 409


async def test_two_at_the_same_moment_do_not_both_get_their_way(coordinator: Visitor, ip: str) -> None:
    forms = [await coordinator.get(f"{ip}/settings/facts") for _ in range(2)]
    sent = [
        coordinator.browser.post(form.url, data=form.typed() | {"short_name": name})
        for form, name in zip(forms, ("AA", "BB"), strict=True)
    ]
    assert sorted(answer.status_code for answer in await asyncio.gather(*sent)) == [303, 409]


async def test_the_first_page_of_the_administration_tells_too(coordinator: Visitor, ip: str) -> None:
    mine, theirs = [await coordinator.get(f"{ip}/settings") for _ in range(2)]
    await coordinator.post(theirs.url, theirs.typed() | {"shown": ["about"], "revise_on": "2027-03-01"})
    page = await coordinator.post(mine.url, mine.typed() | {"shown": ["goals"]})
    assert page.status == 409
    assert "Neste revisjon mandag 1. mars 2027" in page.words
    assert page.typed()["revise_on"] == "2027-03-01"


@pytest.mark.feature("F188")
async def test_a_part_is_taken_off_after_it_is_said_what_is_hidden_and_put_on_again(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    form = await coordinator.get(f"{ip}/settings/parts")
    had = chosen(form)
    left = [part for part in had if part != "goals"]
    asked = await send_parts(coordinator, form, left)
    assert asked.status == 400
    assert "Dette blir skjult for alle i planen" in asked.words
    assert "Mål og aktiviteter" in words(asked.one("//div[@data-color='warning']"))
    assert "Enkelt samspill" in asked.words
    assert (await provider.get(f"{ip}/goals")).status == 200
    assert (await send_parts(coordinator, asked, left, hides="y")).status == 303
    assert (await provider.get(f"{ip}/goals")).status == 403
    assert "Enkelt samspill" in (await provider.get(ip)).words
    back = await coordinator.get(f"{ip}/settings/parts")
    assert (await send_parts(coordinator, back, had)).status == 303
    assert (await provider.get(f"{ip}/goals")).status == 200


async def test_a_yes_to_one_part_is_no_yes_to_another(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/parts")
    had = chosen(form)
    asked = await send_parts(coordinator, form, [part for part in had if part != "journal"])
    page = await send_parts(coordinator, asked, [part for part in had if part != "goals"], hides="y")
    assert page.status == 400
    assert page.error("hides")
    assert chosen(await coordinator.get(f"{ip}/settings/parts")) == had


async def test_a_part_that_is_none_is_refused(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/parts")
    page = await send_parts(coordinator, form, ["goals", "secrets"])
    assert page.status == 400
    assert page.error("parts")


async def test_what_the_coordinator_may_not_read_is_not_counted(coordinator: Visitor, town: Database, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/parts")
    left = [part for part in chosen(form) if part != "journal"]
    await give(town, ip, "koordinator@fjordvik.example", Element.JOURNAL, Level.NONE)
    asked = await send_parts(coordinator, form, left)
    assert "du kan se" not in words(asked.one("//div[@data-color='warning']"))


@pytest.mark.feature("F189")
async def test_a_plan_is_ended_after_it_is_said_what_that_means_and_opened_again(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    page = await coordinator.get((await coordinator.get(f"{ip}/settings")).link("Avslutt planen"))
    assert "Ingen kan skrive, endre eller slette noe i planen." in page.words
    after = await coordinator.follow(await coordinator.send(page))
    assert "Planen er avsluttet. Den kan leses, men ikke endres." in after.words
    assert (await provider.get(f"{ip}/goals")).status == 200
    assert (await provider.post(f"{ip}/goals/new", {"title": "Nytt"})).status == 403
    assert "Avsluttet" in (await provider.get(ip)).words
    for ending in ("/facts", "/parts", "/kind", "/kind/SL"):
        assert (await coordinator.get(f"{ip}/settings{ending}")).status == 403
    again = await coordinator.get(after.link("Åpne planen igjen"))
    opened = await coordinator.follow(await coordinator.send(again))
    assert "Planen er åpnet igjen." in opened.words
    assert (await coordinator.get(f"{ip}/goals/new")).status == 200


async def test_asking_to_end_what_is_ended_leads_back(coordinator: Visitor, town: Database, ip: str) -> None:
    assert (await coordinator.get(f"{ip}/settings/reopen")).goes_to == f"{ip}/settings"
    await end(town, ip)
    assert (await coordinator.get(f"{ip}/settings/end")).goes_to == f"{ip}/settings"
    assert (await coordinator.post(f"{ip}/settings/end")).status == 303


async def test_whoever_opens_a_plan_without_a_basis_is_told(coordinator: Visitor, town: Database, ip: str) -> None:
    await narrow(town, ip)
    await end(town, ip)
    assert "Grunnlaget for planen gjelder ikke lenger." in (await coordinator.get(f"{ip}/settings/reopen")).words


@pytest.mark.parametrize("name", ["planeier", "tjenesteyter", "assistent"])
async def test_only_who_coordinates_comes_in(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for ending in ENDINGS:
        assert (await visitor.get(f"{ip}/settings{ending}")).status == 403
        if ending != "/kind":
            assert (await visitor.post(f"{ip}/settings{ending}", {"seen": "{}"})).status == 403


@pytest.mark.parametrize("name", ["foresatt", "rektor", "koordinator@dalen.example", "superadmin"])
async def test_who_is_not_in_the_plan_finds_nothing(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for ending in ENDINGS:
        assert (await visitor.get(f"{ip}/settings{ending}")).status == 404
        if ending != "/kind":
            assert (await visitor.post(f"{ip}/settings{ending}", {"seen": "{}"})).status == 404


async def test_a_guardian_administers_nothing(guardian: Visitor, relay: str) -> None:
    for ending in ENDINGS:
        assert (await guardian.get(f"{relay}/settings{ending}")).status == 403


async def test_200_kilobytes_are_not_taken_in(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/facts")
    page = await coordinator.post(form.url, form.typed() | {"short_name": "x" * 200_000})
    assert page.status in (400, 413)


async def test_a_period_that_is_over_is_shown_in_the_list_and_ends_nothing(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await set_plan(town, ip, period_to=date(2026, 1, 1))
    listed = html.tostring((await coordinator.get("/plans")).tree, encoding="unicode")
    assert "Perioden er over" in listed
    assert (await coordinator.get(f"{ip}/goals/new")).status == 200
