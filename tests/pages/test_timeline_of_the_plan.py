"""What befell the plan itself stands on its timeline: ended, opened again, of another kind, and who coordinates it."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import col

from models.clock import SteppingClock, local_day
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_baton import answer_address, ask, part_of
from tests.pages.test_participants import card_of
from tests.plan_rows import give, id_of

pytestmark = [pytest.mark.feature("F156"), pytest.mark.feature("N10")]
OWNER = "planeier@fjordvik.example"


def entries(page: Page) -> list[str]:
    """Below today."""
    shown = [words(line) for line in page.all("//ol[@class='timeline']/li[a or contains(@class, 'mark')]")]
    return [line for line in shown[shown.index("I dag") + 1 :] if not line.startswith("Sist du var her")]


async def end_and_open(coordinator: Visitor, plan: str) -> None:
    for deed in ("end", "reopen"):
        form = await coordinator.get(f"{plan}/settings/{deed}")
        assert (await coordinator.send(form)).status == 303


@pytest.mark.feature("F189")
async def test_that_it_ended_and_opened_again_is_told_with_who_did_it(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    await end_and_open(coordinator, ip)
    page = await (await sign_in("planeier")).get(f"{ip}/timeline")
    ended, opened = sorted(entries(page)[:2])
    assert ended.startswith("Planen er avsluttet")
    assert opened.startswith("Planen er åpnet igjen")
    assert all("Marte Sørdal, Koordinator" in line for line in (opened, ended))
    assert page.has("//a[contains(., 'Planen er avsluttet')]//span[@class='entry__dot']/svg")


@pytest.mark.feature("F189")
async def test_it_is_readable_in_the_ended_plan(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    await coordinator.send(await coordinator.get(f"{ip}/settings/end"))
    assert "Planen er avsluttet" in entries(await (await sign_in("tjenesteyter")).get(f"{ip}/timeline"))[0]


@pytest.mark.feature("F191")
async def test_another_kind_is_told_with_what_it_was(coordinator: Visitor, guardian: Visitor, relay: str) -> None:
    form = await coordinator.get(f"{relay}/settings/kind/IP")
    assert (await coordinator.send(form, agreed="y")).status == 303
    told = " ".join(entries(await guardian.get(f"{relay}/timeline")))
    assert "Planen har fått en annen plantype Nytt Fra stafettlogg til individuell plan" in told


async def test_who_may_not_read_about_the_plan_is_told_nothing_of_it(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    owner = await sign_in("planeier")
    await give(town, ip, OWNER, Element.PLAN, Level.NONE)
    before = entries(await owner.get(f"{ip}/timeline"))
    await end_and_open(coordinator, ip)
    assert entries(await owner.get(f"{ip}/timeline")) == before


@pytest.mark.feature("N7")
async def test_who_took_over_is_told_to_those_who_may_know_who_takes_part(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    await (await sign_in("tjenesteyter")).post(await answer_address(town, ip, "accept"))
    owner, line = await sign_in("planeier"), "Har sagt ja til å koordinere planen"
    assert any(one.startswith(line) and "Torleif Vikan" in one for one in entries(await owner.get(f"{ip}/timeline")))
    await give(town, ip, OWNER, Element.PARTICIPANTS, Level.NONE)
    assert line not in (await owner.get(f"{ip}/timeline")).words


@pytest.mark.feature("N7")
async def test_a_substitute_is_told(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, clock: SteppingClock
) -> None:
    today: date = local_day(clock.now())
    who = str(await part_of(town, ip, "tjenesteyter@fjordvik.example"))
    await coordinator.post(f"{ip}/baton/substitute", {"who": who, "first_day": str(today), "last_day": str(today)})
    told = entries(await (await sign_in("planeier")).get(f"{ip}/timeline"))
    assert any(one.startswith("Det er valgt en vikar til å koordinere planen") for one in told)


async def test_what_is_erased_from_the_log_leaves_a_line_that_says_no_more(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await end_and_open(coordinator, ip)
    async with town.writing() as session:
        mine = col(LogRow.plan_id) == id_of(ip), col(LogRow.event) == Event.PLAN_STATE_CHANGED
        await session.execute(update(LogRow).where(*mine).values(details=None, salt=None))
    page = await coordinator.get(f"{ip}/timeline")
    assert page.status == 200
    assert sum("Planens tilstand er endret" in one for one in entries(page)) == 2


async def test_who_leaves_has_not_taken_a_consent_back(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    card = await card_of(provider := await sign_in("tjenesteyter"), ip, "Torleif Vikan")
    assert (await provider.send(await provider.get(f"{card.url}/remove"))).status == 303
    told = " ".join(entries(await coordinator.get(f"{ip}/timeline")))
    assert "Samtykke trukket tilbake" not in told
