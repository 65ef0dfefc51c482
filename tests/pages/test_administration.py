"""A local administrator opens a plan's administration with a reason, for an hour, and sees no content (C11, F194)."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.clock import SteppingClock, local_day
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.plans.tables.baton import AdministrationVisit
from permissions.scopes import visible_plans
from tests.client import Page, Visitor, words
from tests.glance import unchanged
from tests.pages.conftest import SignIn
from tests.pages.test_doors import ROUTES, things
from tests.pages.test_doors import ask as ask_for
from tests.pages.test_participants_adding import add_teacher
from tests.plan_rows import end as end_plan
from tests.plan_rows import id_of, narrow
from tests.signing_in import viewer_for

__all__ = ["things"]
pytestmark = pytest.mark.feature("F194")
WHY = "Koordinatoren er syk, og skolen må legges til."
BEFORE = ("/plans/{plan_id}/administration",)
OPEN = ("/participants", "/consent", "/rights", "/invitations")
VERBS = ("record", "approve", "decline", "withdraw")
INSIDE = [line for line in ROUTES if line[1].startswith("/plans/{plan_id}") and line[1] not in BEFORE]
OUTSIDE = [line for line in INSIDE if not line[1].startswith(tuple(f"/plans/{{plan_id}}{room}" for room in OPEN))]
CONTENT = [line for line in OUTSIDE if "/administration/" not in line[1] and not line[1].endswith("/as/end")]


@pytest.fixture
async def administrator(sign_in: SignIn) -> Visitor:
    """Of individual plans and stafettlogger, who takes part in none of those that have names."""
    return await sign_in("admin.helse")


async def begin(visitor: Visitor, plan: str, why: str = WHY) -> Page:
    return await visitor.send(await visitor.get(f"{plan}/administration"), reason=why)


@pytest.fixture
async def begun(administrator: Visitor, ip: str) -> Visitor:
    assert (await begin(administrator, ip)).status == 303
    return administrator


async def ask(visitor: Visitor, line: tuple[str, str], things: dict[str, str]) -> Page:
    """What an address names and nobody has, is any id: no door may open before it is looked for."""
    return await ask_for(visitor, line, defaultdict(lambda: str(uuid4()), things), {})


async def rows(town: Database, table: type[Any], *such: Any) -> list[Any]:
    async with town.reading() as session:
        return list(await session.scalars(select(table).where(*such)))


async def test_the_register_leads_to_it(administrator: Visitor) -> None:
    answer = await administrator.browser.get("/admin/plans")
    assert "Administrer deltakere" in answer.text
    assert "/plans/${id}/administration" in answer.text


async def test_before_it_is_opened_one_is_told_what_it_means(administrator: Visitor, ip: str) -> None:
    page = await administrator.get(f"{ip}/administration")
    assert page.heading == "R.S."
    for told in (
        "60 minutter",
        "Du ser ikke innholdet",
        "Vi sier fra til planeieren og de foresatte med en gang",
        "loggen",
    ):
        assert told in page.words


@pytest.mark.feature("F122")
async def test_the_page_speaks_the_words_of_the_kind(administrator: Visitor, relay: str) -> None:
    page = await administrator.get(f"{relay}/administration")
    assert "du ikke får tak i stafettholderen" in page.words
    assert "koordinatoren" not in page.words


async def test_it_opens_the_participants_with_a_way_out_on_every_page(begun: Visitor, ip: str) -> None:
    page = await begun.get(f"{ip}/invitations")
    assert page.status == 200
    assert "Du administrerer planen til kl. 11.00 uten å være med i den." in page.words
    assert page.has(f"//form[@action='{ip}/administration/end']//button")
    assert "/admin/plans" in page.links()


async def test_the_rooms_that_are_offered_are_those_that_open(begun: Visitor, ip: str) -> None:
    page = await begun.get(f"{ip}/invitations")
    offered = [str(link) for link in page.all("//nav[contains(@class, 'rooms')]//a/@href")]
    assert offered
    assert {link.removeprefix(ip) for link in offered} <= set(OPEN)


@pytest.mark.parametrize("why", ["", "   ", "\u200b", "x" * 501, "y" * 200_000])
async def test_without_a_reason_that_can_be_read_it_stays_closed(administrator: Visitor, ip: str, why: str) -> None:
    page = await administrator.post(f"{ip}/administration", {"reason": why})
    assert page.status == 400
    assert "hvorfor" in page.error("reason")
    assert page.typed()["reason"] == why
    assert (await administrator.get(f"{ip}/invitations")).status == 404


async def test_no_room_with_content_opens_and_nothing_is_written(
    begun: Visitor, town: Database, ip: str, things: dict[str, str]
) -> None:
    assert len(CONTENT) > 80
    with unchanged(town):
        answers = [(line, await ask(begun, line, things)) for line in CONTENT]
    assert [(line, page.status) for line, page in answers if page.status != 403] == []
    said = [page.text for (_method, path), page in answers if "/as/" not in path]
    assert all("Innholdet er bare for dem som deltar" in text for text in said)


async def test_no_page_that_opens_tells_what_is_written_in_the_plan(
    begun: Visitor, coordinator: Visitor, ip: str, things: dict[str, str]
) -> None:
    goals = await coordinator.get(f"{ip}/goals")
    secret = [words(title) for title in goals.all("//article//h3/a")]
    assert secret
    reading = [line for line in INSIDE if line[0] == "GET" and line not in CONTENT]
    pages = [await ask(begun, line, things) for line in reading]
    assert any(page.status == 200 for page in pages)
    assert [(page.url, title) for page in pages for title in secret if title in page.text] == []


async def test_until_it_is_opened_the_plan_is_not_there(
    administrator: Visitor, town: Database, things: dict[str, str]
) -> None:
    with unchanged(town):
        answers = [(line, (await ask(administrator, line, things)).status) for line in INSIDE]
    assert [(line, status) for line, status in answers if status != 404] == []


async def test_it_takes_nobody_out_and_writes_down_no_answer_of_the_owners(
    begun: Visitor, coordinator: Visitor, town: Database, ip: str
) -> None:
    card = (await begun.get(f"{ip}/participants")).link("Torleif Vikan")
    await add_teacher(coordinator, ip)
    asked = (await coordinator.get(f"{ip}/participants")).link("Se spørsmålet")
    for address, offered in ((card, "Fjern fra planen"), (asked, "Svaret er gitt på papir eller muntlig")):
        assert offered in (await coordinator.get(address)).words
        assert offered not in (await begun.get(address)).words
    said = {"how": "remove", "answer": "yes", "method": "oral", "remark": "Rolf sa ja på møtet."}
    with unchanged(town):
        assert (await begun.get(f"{card}/remove")).status == 403
        for address in (f"{card}/remove", f"{card}/restore", *(f"{asked}/{verb}" for verb in VERBS)):
            assert (await begun.post(address, said)).status == 403
    assert (await coordinator.post(f"{asked}/record", said)).status == 303
    assert (await coordinator.post(f"{card}/remove", said)).status == 303


async def test_the_list_of_plans_does_not_know_it(begun: Visitor, town: Database, ip: str) -> None:
    assert ip not in (await begun.get("/plans?ended=y")).text
    async with town.writing() as session:
        viewer = await viewer_for(session, "admin.helse@fjordvik.example")
        assert id_of(ip) not in set(await session.scalars(visible_plans(viewer, local_day(session.clock.now()))))
        await session.rollback()


async def test_after_an_hour_it_is_closed_and_says_so(begun: Visitor, ip: str, clock: SteppingClock) -> None:
    clock.move(timedelta(minutes=30))
    assert (await begun.get(f"{ip}/invitations")).status == 200
    clock.move(timedelta(minutes=29, seconds=59))
    assert (await begun.get(f"{ip}/invitations")).status == 200
    clock.move(timedelta(seconds=1))
    page = await begun.get(f"{ip}/invitations")
    assert page.status == 403
    assert "er ikke åpen for deg lenger" in page.words
    assert (await begun.post(f"{ip}/invitations/{UUID(int=1)}", {"way": "mail"})).status == 403
    assert (await begin(begun, ip)).status == 303


async def test_whoever_is_done_closes_it(begun: Visitor, town: Database, ip: str) -> None:
    page = await begun.follow(await begun.post(f"{ip}/administration/end"))
    assert "Administrasjonen er avsluttet." in page.words
    assert (await begun.get(f"{ip}/invitations")).status == 403
    assert (await begun.post(f"{ip}/administration/end")).status == 403
    [logged] = await rows(town, LogRow, col(LogRow.event) == Event.ADMINISTRATION_ENDED)
    assert logged.plan_id == id_of(ip)


async def test_opening_it_twice_opens_it_once(begun: Visitor, town: Database, ip: str) -> None:
    page = await begun.get(f"{ip}/administration")
    assert "Administrasjonen er åpen for deg til kl. 11.00." in page.words
    assert (await begun.post(f"{ip}/administration", {"reason": "En gang til"})).status == 303
    [visit] = await rows(town, AdministrationVisit)
    [logged] = await rows(town, LogRow, col(LogRow.event) == Event.ADMINISTRATION_BEGUN)
    assert (visit.account_id, visit.plan_id) == (logged.actor_id, logged.plan_id)


async def test_the_reason_is_sealed(begun: Visitor, town: Database) -> None:
    [visit] = await rows(town, AdministrationVisit)
    assert WHY.encode() not in visit.reason


async def test_the_owner_is_told_at_once(begun: Visitor, town: Database) -> None:
    [notice] = await rows(town, QueuedNotice, col(QueuedNotice.kind) == Notice.PLAN_ADMINISTERED)
    told = {one.account_id for one in await rows(town, Delivery, col(Delivery.notice_id) == notice.id)}
    [owner] = await rows(town, Account, col(Account.user_name) == "planeier@fjordvik.example")
    [provider] = await rows(town, Account, col(Account.user_name) == "tjenesteyter@fjordvik.example")
    assert owner.id in told
    assert provider.id not in told


@pytest.mark.parametrize("reader", ["planeier", "koordinator"])
async def test_the_owner_and_the_coordinator_read_who_and_why(
    begun: Visitor, sign_in: SignIn, ip: str, reader: str
) -> None:
    visitor = await sign_in(reader)
    assert WHY in (await visitor.get(ip)).words
    page = await visitor.get(f"{ip}/administration/visits")
    assert WHY in page.words
    assert "Åpen til kl. 11.00" in page.words


async def test_a_guardian_reads_it_too(sign_in: SignIn, relay: str) -> None:
    await begin(await sign_in("admin.helse"), relay)
    assert WHY in (await (await sign_in("foresatt")).get(relay)).words


@pytest.mark.parametrize("reader", ["tjenesteyter", "assistent"])
async def test_others_in_the_plan_are_not_told_why(begun: Visitor, sign_in: SignIn, ip: str, reader: str) -> None:
    visitor = await sign_in(reader)
    assert WHY not in (await visitor.get(ip)).text
    assert (await visitor.get(f"{ip}/administration/visits")).status == 403


async def test_two_weeks_later_the_first_page_has_forgotten_and_the_list_has_not(
    begun: Visitor, sign_in: SignIn, clock: SteppingClock, ip: str
) -> None:
    clock.move(timedelta(days=14, minutes=1))
    visitor = await sign_in("planeier")
    assert WHY not in (await visitor.get(ip)).text
    assert "Avsluttet kl. 11.00" in (await visitor.get(f"{ip}/administration/visits")).words


async def test_when_nobody_has_been_in_the_list_says_what_would_happen(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("planeier")).get(f"{ip}/administration/visits")
    assert "Ingen har vært inne" in page.words


async def test_a_script_in_the_reason_is_words(administrator: Visitor, sign_in: SignIn, ip: str) -> None:
    await begin(administrator, ip, "<script>alert(1)</script>")
    page = await (await sign_in("planeier")).get(ip)
    assert "<script>alert(1)" not in page.text
    assert "<script>alert(1)</script>" in page.words


async def test_who_loses_the_right_loses_the_hour(begun: Visitor, town: Database, ip: str) -> None:
    async with town.writing() as session:
        account = (await session.scalars(select(AdministrationVisit.account_id))).one()
        for appointed in await session.scalars(select(Appointment).where(col(Appointment.account_id) == account)):
            await session.delete(appointed)
    assert (await begun.get(f"{ip}/invitations")).status == 404


async def test_the_plan_of_another_is_as_closed_as_before(begun: Visitor, relay: str) -> None:
    assert (await begun.get(f"{relay}/invitations")).status == 404


async def test_it_opens_when_the_basis_is_gone_and_when_the_plan_is_ended(
    sign_in: SignIn, town: Database, ip: str, relay: str
) -> None:
    await narrow(town, ip)
    await end_plan(town, relay)
    visitor = await sign_in("admin.helse")
    for plan in (ip, relay):
        await begin(visitor, plan)
        assert (await visitor.get(f"{plan}/invitations")).status == 200


async def test_looking_through_anothers_eyes_is_for_who_takes_part(
    begun: Visitor, town: Database, ip: str, things: dict[str, str]
) -> None:
    begun.browser.cookies[f"medvirk_as_{id_of(ip).hex}"] = things["participant_id"]
    page = await begun.get(f"{ip}/invitations")
    assert page.status == 200
    assert "Du ser planen slik" not in page.words
