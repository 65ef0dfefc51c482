"""«Samarbeid»: what each contributes, and the services around the plan (the statute's fourth and ninth points)."""

import pytest
from sqlalchemy import delete
from sqlmodel import select

from models.database import Database
from models.plans.tables.together import Contribution
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn

SCRIPT = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
async def nothing_written(town: Database) -> None:
    """As a plan is before anybody has written what they contribute."""
    async with town.writing() as session:
        await session.execute(delete(Contribution))


def card(page: Page, name: str) -> str:
    """The card with this heading."""
    (found,) = [words(one) for one in page.all("//article") if name in words(one.xpath(".//h4")[0])]
    return found


def link_of(page: Page, name: str, ending: str = "") -> str:
    (found,) = {
        link.get("href")
        for one in page.all("//article")
        if name in words(one.xpath(".//h4")[0])
        for link in one.xpath(".//a")
        if link.get("href").endswith("/remove") == (ending == "/remove")
    }
    return str(found)


async def test_everybody_is_shown_until_they_have_written(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/cooperation")
    cards = [words(one) for one in page.all("//section[@aria-labelledby='contributions']//article")]
    assert len(cards) > 4
    assert all("Ikke skrevet ennå" in one for one in cards)
    assert "(deg)" in cards[0]


async def test_who_may_only_read_writes_their_own(sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    page = await provider.get(f"{ip}/cooperation")
    form = await provider.get(page.link("Skriv hva du bidrar med"))
    assert "Hva bidrar du med?" in form.words
    page = await provider.follow(await provider.send(form, text="Trening to ganger i uka."))
    mine = card(page, "(deg)")
    assert "Trening to ganger i uka." in mine
    assert ("Endre" in mine, "Slett" in mine) == (True, False)
    others = [words(one) for one in page.all("//article") if "(deg)" not in words(one)]
    assert not any(word in one for one in others for word in ("Skriv ", "Endre", "Slett"))


async def test_the_coordinator_writes_for_somebody_and_it_is_said(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    page = await coordinator.get(f"{ip}/cooperation")
    form = await coordinator.get(link_of(page, "Rolf Erik Sundnes"))
    assert "Du skriver på vegne av Rolf Erik Sundnes, planeier." in form.words
    assert (await coordinator.send(form, text="Øver hver dag.")).status == 303
    owner = await sign_in("planeier")
    form = await owner.get(link_of(await owner.get(f"{ip}/cooperation"), "(deg)"))
    assert form.typed()["text"] == "Øver hver dag."
    page = await owner.follow(await owner.send(form, text="Jeg øver når jeg orker."))
    assert "Jeg øver når jeg orker." in card(page, "(deg)")


async def test_nobody_without_the_right_writes_for_others(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    theirs = link_of(await coordinator.get(f"{ip}/cooperation"), "Marte Sørdal")
    for name in ("tjenesteyter", "planeier", "assistent"):
        visitor = await sign_in(name)
        assert (await visitor.get(theirs)).status == 403, name
        assert (await visitor.post(theirs, {"text": "Nei"})).status == 403, name


async def test_two_who_write_the_same_at_once_lose_nothing(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    mine = (await provider.get(f"{ip}/cooperation")).link("Skriv hva du bidrar med")
    first, second = await provider.get(mine), await coordinator.get(mine)
    assert (await provider.send(first, text="Fra meg selv.")).status == 303
    clash = await coordinator.send(second, text="Fra koordinatoren.")
    assert clash.status == 409
    assert ("selv" in clash.words, clash.typed()["text"]) == (True, "Fra koordinatoren.")


async def test_a_form_sent_twice_is_taken_once(sign_in: SignIn, ip: str, town: Database) -> None:
    provider = await sign_in("tjenesteyter")
    form = await provider.get((await provider.get(f"{ip}/cooperation")).link("Skriv hva du bidrar med"))
    for _ in range(2):
        assert (await provider.send(form, text="Bare én gang")).status == 303
    async with town.reading() as session:
        [kept] = (await session.scalars(select(Contribution))).all()
    assert kept.revision == 1


@pytest.mark.parametrize(("text", "sentence"), [(" ", "Skriv hva som er bidraget."), ("a" * 200_000, "Teksten er")])
async def test_what_is_wrong_is_said_and_kept(sign_in: SignIn, ip: str, text: str, sentence: str) -> None:
    provider = await sign_in("tjenesteyter")
    form = await provider.get((await provider.get(f"{ip}/cooperation")).link("Skriv hva du bidrar med"))
    page = await provider.send(form, text=text)
    assert page.status == 400
    assert page.error("text").startswith(sentence)
    assert page.typed()["text"].strip() == text.strip()


async def test_what_was_deleted_can_be_taken_back_or_written_again(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/cooperation")
    form = await coordinator.get(link_of(page, "(deg)"))
    page = await coordinator.follow(await coordinator.send(form, text="Innkaller."))
    asked = await coordinator.get(link_of(page, "(deg)", "/remove"))
    assert "Marte Sørdal, Koordinator" in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert gone.has("//div[@role='status']//form")
    assert "Ikke skrevet ennå" in card(gone, "(deg)")
    again = await coordinator.get(link_of(gone, "(deg)"))
    assert (
        "Innkaller igjen." in (await coordinator.follow(await coordinator.send(again, text="Innkaller igjen."))).words
    )


async def test_nobody_elses_participant_is_found(coordinator: Visitor, ip: str, relay: str) -> None:
    mine = link_of(await coordinator.get(f"{ip}/cooperation"), "Rolf Erik Sundnes")
    for address in (mine.replace(ip, relay), f"{ip}/cooperation/contributions/{'0' * 8}-0000-0000-0000-{'0' * 12}"):
        for ending in ("", "/remove"):
            assert (await coordinator.get(address + ending)).status == 404
        assert (await coordinator.post(address, {"text": "Nei"})).status == 404


async def added(coordinator: Visitor, ip: str, **typed: str) -> Page:
    form = await coordinator.get((await coordinator.get(f"{ip}/cooperation")).link("Legg til en tjeneste"))
    return await coordinator.follow(await coordinator.send(form, **typed))


async def test_a_service_is_added_changed_and_taken_away(coordinator: Visitor, ip: str) -> None:
    texts = {"purpose": f"Arbeid {SCRIPT}", "contact": "Veileder Per"}
    page = await added(coordinator, ip, title="NAV Fjordvik", state="wanted", **texts)
    shown = card(page, "NAV Fjordvik")
    assert all(part in shown for part in ("Ønsket", f"Arbeid {SCRIPT}", "Kontakt: Veileder Per"))
    change = page.one("//article[.//h4='NAV Fjordvik']//a[contains(@href, '/change')]").get("href")
    form = await coordinator.get(change)
    assert form.typed()["state"] == "wanted"
    page = await coordinator.follow(await coordinator.send(form, state="established"))
    assert "I gang" in card(page, "NAV Fjordvik")
    asked = await coordinator.get(change.replace("/change", "/remove"))
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "NAV Fjordvik" not in gone.words


@pytest.mark.parametrize(
    ("typed", "field"), [({"title": " "}, "title"), ({"title": "NAV", "contact": "a" * 600}, "contact")]
)
async def test_a_service_that_is_wrong_is_not_saved(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str
) -> None:
    form = await coordinator.get(f"{ip}/cooperation/new")
    page = await coordinator.send(form, **typed)
    assert (page.status, bool(page.error(field))) == (400, True)
    odd = await coordinator.post(form.url, form.typed() | {"title": "NAV", "state": "maybe"})
    assert (odd.status, odd.error("state")) == (400, "Velg noe fra listen.")


@pytest.mark.parametrize("name", ["tjenesteyter", "planeier", "assistent"])
async def test_only_those_with_the_right_add_services(
    coordinator: Visitor, sign_in: SignIn, name: str, ip: str
) -> None:
    page = await added(coordinator, ip, title="NAV Fjordvik")
    change = page.one("//article[.//h4='NAV Fjordvik']//a[contains(@href, '/change')]").get("href")
    visitor = await sign_in(name)
    refusing = 404 if name == "assistent" else 403
    assert (await visitor.post(f"{ip}/cooperation/new", {"title": "Nei", "state": "wanted"})).status == 403
    assert (await visitor.get(change)).status == refusing
    assert (await visitor.post(change, {"title": "Nei", "state": "wanted", "seen": "1"})).status == refusing
    assert (await visitor.post(change.replace("/change", "/remove"), {"seen": "1"})).status == refusing


async def test_another_plans_service_is_not_there(coordinator: Visitor, ip: str, relay: str) -> None:
    page = await added(coordinator, ip, title="NAV Fjordvik")
    change = page.one("//article[.//h4='NAV Fjordvik']//a[contains(@href, '/change')]").get("href")
    assert (await coordinator.get(change.replace(ip, relay))).status == 404
