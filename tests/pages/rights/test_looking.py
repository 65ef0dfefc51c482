"""Seeing the plan as another participant sees it: exactly that, and nothing can be done meanwhile (N2)."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow, Opening
from models.plans.tables.drafts import Draft
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.glance import unchanged, walk
from tests.pages.conftest import SignIn
from tests.pages.rights.conftest import Of, first_goal
from tests.plan_rows import give, id_of

pytestmark = pytest.mark.feature("N2")
OFFERS = re.compile(r"/(new|change|remove|order|school-year|measure|missed|cancel|check-in|revised)(/|\?|#|$)")
WAYS_IN = ("", "/timeline", "/goals", "/life-areas", "/more", "/history", "/bin", "/promises", "/evaluation", "/about")


async def look(visitor: Visitor, plan: str, participant: str) -> Page:
    return await visitor.follow(await visitor.post(f"{plan}/as/{participant}"))


async def test_the_banner_says_whose_eyes_and_leads_back(coordinator: Visitor, ip: str, of: Of) -> None:
    theirs = await coordinator.get(f"{ip}/rights/{await of(ip, 'assistent')}")
    page = await coordinator.follow(
        await coordinator.post(theirs.one("//form[contains(@action, '/as/')]").get("action"))
    )
    assert "Du ser planen slik" in page.words
    assert "Ingenting kan endres her." in page.words
    back = await coordinator.follow(
        await coordinator.post(page.one("//form[contains(@action, '/as/end')]").get("action"))
    )
    assert "Du ser planen slik" not in back.words
    assert "Administrer planen" in back.words


async def test_the_page_is_theirs(coordinator: Visitor, sign_in: SignIn, ip: str, of: Of) -> None:
    assistant = await (await sign_in("assistent")).get(f"{ip}/goals")
    await look(coordinator, ip, await of(ip, "assistent"))
    lens = await coordinator.get(f"{ip}/goals")
    assert goals_on(lens) == goals_on(assistant)
    assert (await coordinator.get(f"{ip}/evaluation")).status == 403


def goals_on(page: Page) -> list[str]:
    return sorted({one for one in page.links() if re.fullmatch(r"/plans/[0-9a-f-]{36}/goals/[0-9a-f-]{36}", one)})


@pytest.mark.parametrize("name", ["assistent", "tjenesteyter", "planeier"])
async def test_no_room_offers_to_change_anything(
    coordinator: Visitor, ip: str, of: Of, town: Database, name: str
) -> None:
    await look(coordinator, ip, await of(ip, name))
    with unchanged(town):
        found = await walk(coordinator, ip, [ip + place for place in WAYS_IN])
    assert len(found) > 20
    offered = {
        address: [one for one in page.links() if one.startswith(ip) and OFFERS.search(one)]
        + [
            one.get("action") or "here"
            for one in page.all("//div[@id='main']//form[@method='post']")
            if not leads_out(one)
        ]
        for address, page in found.items()
        if page.tree is not None
    }
    assert {address: ways for address, ways in offered.items() if ways} == {}
    assert all(
        "Du ser planen slik" in page.words for page in found.values() if page.status == 200 and page.tree is not None
    )


def leads_out(form: Any) -> bool:
    """Back to oneself, or on to somebody else's eyes."""
    return "/as/" in (form.get("action") or "")


async def test_what_is_sent_meanwhile_is_refused_with_a_way_out(
    coordinator: Visitor, ip: str, of: Of, town: Database
) -> None:
    goal = await first_goal(town, ip)
    await look(coordinator, ip, await of(ip, "tjenesteyter"))
    for address, sent in (
        ("/goals/new", {"title": "Nytt mål"}),
        (f"/goals/{goal}/change", {"title": "Annet", "seen": "1"}),
        ("/about/change", {"text": "Annet"}),
        ("/settings", {"shown": "about"}),
        (f"/rights/{await of(ip, 'assistent')}/change", {"goals": "4", "seen": "0"}),
        ("/draft", {"place": "/goals/new", "title": "Utkast"}),
    ):
        page = await coordinator.post(ip + address, sent)
        assert page.status == 403, address
        assert "Avslutt visningen" in page.words
    out = await coordinator.post(page.one("//form[contains(@action, '/as/end')]").get("action"))
    assert out.status == 303
    assert (await coordinator.get(f"{ip}/goals/new")).status == 200


async def test_nothing_of_theirs_alone_is_shown(
    coordinator: Visitor, sign_in: SignIn, ip: str, of: Of, town: Database
) -> None:
    """No draft, and not when they were here last."""
    provider, goal = await sign_in("tjenesteyter"), await first_goal(town, ip)
    draft = {"place": f"/goals/{goal}/comments", "fields": {"text": "Halvferdig tanke"}}
    await provider.ask("POST", f"{ip}/draft", json=draft)
    async with town.reading() as session:
        assert (await session.scalars(select(Draft).where(col(Draft.plan_id) == id_of(ip)))).all()
    await look(coordinator, ip, await of(ip, "tjenesteyter"))
    for place in ("", "/timeline", "/journal", "/goals", f"/goals/{goal}"):
        page = await coordinator.get(ip + place)
        assert "Halvferdig" not in page.text
        assert "Sist du var her" not in page.words
        assert not page.has("//*[@class='rooms__new']")
        assert "første besøk" not in page.words


async def test_it_is_logged_as_the_lookers_and_counts_as_nobodys_visit(
    coordinator: Visitor, ip: str, of: Of, town: Database
) -> None:
    them = await of(ip, "assistent")
    async with town.reading() as session:
        before = (await session.scalars(select(Opening).where(col(Opening.plan_id) == id_of(ip)))).all()
    await look(coordinator, ip, them)
    await coordinator.get(f"{ip}/goals")
    async with town.reading() as session:
        after = (await session.scalars(select(Opening).where(col(Opening.plan_id) == id_of(ip)))).all()
        seen = select(LogRow).where(col(LogRow.plan_id) == id_of(ip), col(LogRow.event) == Event.PLAN_SEEN_AS)
        (logged,) = (await session.scalars(seen)).all()
    assert logged.details == {"participant": them}
    new = [row for row in after if row.id not in {one.id for one in before}]
    assert {row.account_id for row in new} == {logged.actor_id}
    assert {row.room for row in new} == {"rights", "as-home", "as-goals"}


async def test_the_cookie_is_for_the_plan_alone_and_closed_to_scripts(coordinator: Visitor, ip: str, of: Of) -> None:
    answer = (await coordinator.post(f"{ip}/as/{await of(ip, 'assistent')}")).answer
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if "medvirk_as_" in one]
    assert "Path=/;" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie
    assert "medvirk_as_…" in (await coordinator.get("/cookies")).words


async def test_who_signs_out_sees_the_plan_as_themselves_next_time(coordinator: Visitor, ip: str, of: Of) -> None:
    await look(coordinator, ip, await of(ip, "assistent"))
    await coordinator.follow(await coordinator.post("/logout"))
    assert not [name for name in coordinator.browser.cookies if name.startswith("medvirk_as_")]
    await coordinator.sign_in("koordinator@fjordvik.example")
    assert "Du ser planen slik" not in (await coordinator.get(ip)).words


async def test_who_signs_in_after_somebody_whose_time_was_up_has_their_own_eyes(
    coordinator: Visitor, ip: str, of: Of, clock: SteppingClock
) -> None:
    await look(coordinator, ip, await of(ip, "assistent"))
    clock.move(timedelta(hours=13))
    await coordinator.sign_in("planeier@fjordvik.example")
    assert not [name for name in coordinator.browser.cookies if name.startswith("medvirk_as_")]


@pytest.mark.feature("F201")
async def test_who_goes_to_another_place_has_their_own_eyes_there(guardian: Visitor, relay: str) -> None:
    page = await guardian.get(f"{relay}/rights")
    (theirs, *_rest) = [one for one in page.links() if re.search(r"/rights/[0-9a-f-]{36}$", one)]
    await guardian.follow(await guardian.post(theirs.replace("/rights/", "/as/")))
    switch = await guardian.get("/me/switch")
    (form,) = switch.all("//div[@id='main']//form[@action='/me/switch']")
    (button,) = form.xpath(".//button")
    await guardian.follow(
        await guardian.post("/me/switch", dict(form.form_values()) | {"profile": button.get("value")})
    )
    assert not [name for name in guardian.browser.cookies if name.startswith("medvirk_as_")]


@pytest.mark.parametrize("name", ["tjenesteyter", "assistent"])
async def test_who_may_not_ask_may_not_look(sign_in: SignIn, ip: str, of: Of, name: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.post(f"{ip}/as/{await of(ip, 'planeier')}")).status == 403
    visitor.browser.cookies.set(f"medvirk_as_{id_of(ip).hex}", await of(ip, "koordinator"))
    page = await visitor.get(ip)
    assert "Du ser planen slik" not in page.words
    assert "Administrer planen" not in page.words


async def test_nobody_looks_with_the_eyes_of_another_plan(coordinator: Visitor, ip: str, iop: str, of: Of) -> None:
    stranger = await of(iop, "rektor")
    assert (await coordinator.post(f"{ip}/as/{stranger}")).status == 404
    assert (await coordinator.post(f"{iop}/as/{stranger}")).status == 404
    assert (await coordinator.post(f"{ip}/as/{UUID(int=1)}")).status == 404
    for wrong in (stranger, "x", ""):
        coordinator.browser.cookies.set(f"medvirk_as_{id_of(ip).hex}", wrong)
        assert "Du ser planen slik" not in (await coordinator.get(ip)).words


async def test_whom_the_plan_is_closed_to_sees_nothing_and_the_page_says_why(
    coordinator: Visitor, ip: str, of: Of
) -> None:
    page = await coordinator.post(f"{ip}/as/{await of(ip, 'utlopt')}")
    assert page.status == 403
    assert "for den er stengt" in page.words
    assert "har gått ut" in page.words


async def test_the_owner_never_sees_more_with_the_coordinators_eyes(
    sign_in: SignIn, ip: str, of: Of, town: Database
) -> None:
    goal, owner = await first_goal(town, ip), await sign_in("planeier")
    await give(town, ip, "planeier@fjordvik.example", Element.GOALS, Level.NONE, goal)
    page = await look(owner, ip, await of(ip, "koordinator"))
    assert "Du ser planen slik" in page.words
    assert (await owner.get(f"{ip}/goals/{goal}")).status == 404
    assert str(goal) not in (await owner.get(f"{ip}/goals")).text
    assert "Administrer planen" not in (await owner.get(ip)).words


async def test_the_guardian_does_not_learn_a_hidden_contact_with_the_owners_eyes(
    sign_in: SignIn, relay: str, of: Of
) -> None:
    guardian = await sign_in("foresatt")
    before = words((await guardian.get(f"{relay}/subject-plans")).one("//main"))
    page = await guardian.get(f"{relay}/rights")
    for address in [one for one in page.links() if re.search(r"/rights/[0-9a-f-]{36}$", one)]:
        sent = await guardian.post(address.replace("/rights/", "/as/"))
        if sent.status != 303:
            continue
        seen = await guardian.get(f"{relay}/subject-plans")
        if seen.status == 200:
            mine = set(before.split())
            assert not {word for word in words(seen.one("//main")).split() if "@" in word or word.isdigit()} - mine
    await guardian.post(f"{relay}/as/end")
