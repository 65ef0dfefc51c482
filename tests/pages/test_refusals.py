"""No, said plainly: what happens at a plan's door, and at addresses where there is nothing."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from models.base import pick
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import Municipality
from models.refusals import Conflict, Invalid
from pages.goals import comments
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of
from tests.pages.test_undo import undone

ROOMS = ("", "/timeline", "/goals", "/goals/new", f"/goals/{UUID(int=1)}")


@pytest.mark.parametrize("room", ROOMS)
async def test_an_expired_consent_is_refused_with_its_reason_and_nothing_else(
    sign_in: SignIn, ip: str, room: str
) -> None:
    page = await (await sign_in("utlopt")).get(ip + room)
    assert page.status == 403
    assert "Samtykket til at du deltar i planen, har gått ut." in page.words
    assert "Spør koordinatoren" in page.words
    assert "R.S." not in page.text


async def test_an_expired_consent_refuses_writing_too(sign_in: SignIn, ip: str) -> None:
    visitor = await sign_in("utlopt")
    assert (await visitor.post(f"{ip}/goals/new", {"title": "Hei", "life_area": ""})).status == 403


async def test_a_refusal_is_logged_with_who_where_and_why(sign_in: SignIn, town: Database, ip: str) -> None:
    await (await sign_in("utlopt")).get(ip)
    async with town.reading() as session:
        found = select(LogRow).where(LogRow.event == Event.PLAN_REFUSED).order_by(col(LogRow.at).desc())
        row = (await session.scalars(found)).first()
    assert row
    assert (str(row.plan_id), row.details) == (ip.rsplit("/", maxsplit=1)[-1], {"reason": "consent_expired"})


async def test_a_consent_works_to_the_end_of_its_last_day(sign_in: SignIn, clock: SteppingClock, ip: str) -> None:
    clock.move(timedelta(days=190))
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 200
    clock.move(timedelta(days=1))
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", ["koordinator@dalen.example", "rektor@fjordvik.example", "arkivar@fjordvik.example"])
async def test_anothers_plan_answers_as_one_that_does_not_exist(sign_in: SignIn, ip: str, name: str, room: str) -> None:
    stranger, nowhere = await sign_in(name), f"/plans/{uuid4()}"
    theirs, none = await stranger.get(ip + room), await stranger.get(nowhere + room)
    assert theirs.status == none.status == 404
    assert theirs.text.replace(ip, "") == none.text.replace(nowhere, "")
    assert dict(theirs.answer.headers) == dict(none.answer.headers)


@pytest.mark.parametrize("ending", ["/goals/new", f"/goals/{UUID(int=1)}/comments", f"/goals/{UUID(int=1)}/remove"])
async def test_writing_in_anothers_plan_answers_as_in_one_that_does_not_exist(
    sign_in: SignIn, ip: str, ending: str
) -> None:
    stranger, nowhere = await sign_in("koordinator@dalen.example"), f"/plans/{uuid4()}"
    asked = {"title": "Hei", "text": "Hei", "life_area": ""}
    theirs, none = await stranger.post(ip + ending, asked), await stranger.post(nowhere + ending, asked)
    assert theirs.status == none.status == 404
    assert theirs.text.replace(ip, "") == none.text.replace(nowhere, "")


async def test_the_other_municipalitys_plan_says_that_one_must_switch(sign_in: SignIn, ip_in_dalen: str) -> None:
    page = await (await sign_in("spesialist@helse.example")).get(ip_in_dalen)
    assert page.status == 403
    assert "Bytt kommune først." in page.words
    assert "Velg «Bytt kommune eller profil» i menyen øverst" in page.words
    assert page.has("//a[@href='/me/switch']")


async def test_the_other_profiles_plan_says_that_one_must_switch(guardian: Visitor, relay: str) -> None:
    switch = await guardian.get("/me/switch")
    chosen = dict(switch.one("//form[@action='/me/switch']").form_values()) | {"profile": "work"}
    await guardian.post("/me/switch", chosen)
    page = await guardian.get(relay)
    assert (page.status, "Bytt profil først." in page.words) == (403, True)


@pytest.mark.parametrize(
    "address",
    [
        *("/tull", "/plans/tull", "/plans/tull/goals", "/plans/", "/goals", "/static/tull.css", "/login/", "/meg"),
        *("/plans/../../etc/passwd", "/static/..%2f..%2fmain.py", "/openapi.json", "/docs", "/.env", "/%00", "/%C3%A6"),
    ],
)
async def test_an_unknown_address_is_not_found(visitor: Visitor, address: str) -> None:
    page = await visitor.get(address)
    assert page.status == 404
    assert "MEDVIRK" not in page.text
    assert page.tree is None or page.heading == "Vi finner ikke siden"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
async def test_an_unknown_method_is_not_taken(coordinator: Visitor, method: str) -> None:
    page = await coordinator.ask(method, "/plans")
    assert (page.status, page.heading) == (405, "Dette kan ikke gjøres her")


async def test_a_get_changes_nothing_where_only_a_post_is_taken(coordinator: Visitor, ip: str) -> None:
    for address in ("/logout", "/language", f"{ip}/undo"):
        assert (await coordinator.get(address)).status == 405


async def test_a_crash_shows_a_code_and_no_more(
    visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from pages.plans import listing  # noqa: PLC0415

    async def broken(*asked: object, **more: object) -> None:
        raise RuntimeError("R." + "S. is what was in the row")

    visitor = visit()
    await visitor.sign_in("koordinator@fjordvik.example")
    monkeypatch.setattr(listing, "list_plans", broken)
    answer = await visitor.browser.get("/plans")
    told = caplog.records[-1].getMessage()
    code = told.split(":")[0].split()[-1]
    assert (answer.status_code, code in answer.text, "RuntimeError" in answer.text) == (500, True, False)
    assert "R.S." not in answer.text + told
    assert answer.headers["cache-control"] == "no-store"


async def test_a_refusal_is_logged_in_the_plans_own_municipality(
    sign_in: SignIn, town: Database, ip_in_dalen: str
) -> None:
    await (await sign_in("spesialist@helse.example")).get(ip_in_dalen)
    async with town.reading() as session:
        dalen = await session.scalar(pick(Municipality.id).where(col(Municipality.name) == "Dalen"))
        found = pick(LogRow.municipality_id).where(
            col(LogRow.event) == Event.PLAN_REFUSED,
            col(LogRow.plan_id) == UUID(ip_in_dalen.rsplit("/", maxsplit=1)[-1]),
        )
        assert set(await session.scalars(found)) == {dalen}


WRITTEN = "Dette brukte jeg en hel kveld på."
GOAL = "Ut på sjøen igjen"


async def test_what_was_written_is_shown_to_who_was_signed_out_meanwhile(
    coordinator: Visitor, clock: SteppingClock, ip: str
) -> None:
    goal = (await coordinator.get(f"{ip}/goals")).links()
    address = next(link for link in goal if link.startswith(f"{ip}/goals/") and "#" not in link and "new" not in link)
    clock.move(timedelta(minutes=36))
    page = await coordinator.post(f"{address}/comments", {"text": WRITTEN})
    assert (page.status, WRITTEN in page.words, "er ikke lagret" in page.words) == (401, True, True)


async def test_what_was_written_about_something_deleted_meanwhile_is_shown(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.post(f"{ip}/goals/{uuid4()}/comments", {"text": WRITTEN})
    assert (page.status, WRITTEN in page.words) == (404, True)


async def test_a_comment_on_a_goal_that_another_has_just_deleted_is_shown_and_not_kept(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    """Whoever wrote it has it again, and nothing of it lies under the goal when that is brought back."""
    provider = await sign_in("tjenesteyter")
    seen, asked = await goal_of(provider, ip, GOAL), await goal_of(coordinator, ip, GOAL)
    gone = await coordinator.follow(await coordinator.send(await coordinator.get(asked.link("Slett målet"))))
    answer = await provider.send(seen, text=WRITTEN)
    assert (answer.status, WRITTEN in answer.words) == (404, True)
    await undone(coordinator, gone)
    assert WRITTEN not in (await goal_of(provider, ip, GOAL)).words


@pytest.mark.parametrize(("problem", "status"), [(Conflict(), 409), (Invalid(text="Nei."), 400)])
async def test_what_was_written_is_shown_to_who_came_too_late_by_a_hair(
    coordinator: Visitor, ip: str, monkeypatch: pytest.MonkeyPatch, problem: Exception, status: int
) -> None:
    """Between the goal being found and the comment being kept: on a database with several writers at once."""

    async def too_late(*asked: object, **more: object) -> None:
        raise problem

    goal = await goal_of(coordinator, ip, GOAL)
    monkeypatch.setattr(comments, "is_kept", too_late)
    page = await coordinator.send(goal, text=WRITTEN)
    assert (page.status, WRITTEN in page.words) == (status, True)


async def test_what_was_written_is_shown_to_who_may_no_longer_save_it(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("utlopt")).post(f"{ip}/goals/new", {"title": WRITTEN, "life_area": ""})
    assert (page.status, WRITTEN in page.words) == (403, True)
