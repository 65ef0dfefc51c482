"""Nothing but what is listed as public opens to a stranger, and nothing opens before the terms are accepted (F28).

Over every route there is, with the addresses of things that do exist, so that only the door can be what says no.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account, TermsAcceptance
from models.accounts.tables.identity import JoinRequest
from models.base import HouseSession
from models.database import Database
from models.people.tables import Person
from models.plans.rules.words import CooperationState, EvaluationKind, MeasureKind
from models.plans.tables.begun import BegunPlan
from models.plans.tables.consent import Consent
from models.plans.tables.goals import Activity, Comment, Goal, Measurement
from models.plans.tables.life import JournalEntry, LifeArea, SubjectPlan
from models.plans.tables.participants import Participant
from models.plans.tables.together import Cooperation, Evaluation
from permissions.sign_in import sessions
from tests.admin.conftest import signed_in
from tests.client import Page, Visitor
from tests.glance import glance, unchanged
from tests.house.sources import listed
from tests.waiting import waiting

LIST = Path(__file__).parents[1] / "house" / "routes.txt"
ROUTES = [(line.split(" ")[0], line.split(" ")[1]) for line in LIST.read_text(encoding="utf-8").splitlines()]
PUBLIC = {(line.split(" ")[0], line.split(" ")[1]) for line in listed("public_routes.txt")}
BEFORE_TERMS = {
    ("POST", "/terms"): "accepting them",
    ("GET", "/session"): "the session ends for who reads the terms slowly too; tells only when",
    ("GET", "/session/warning"): "the same",
    ("POST", "/session/continue"): "the same",
    ("GET", "/login/link"): "a step of signing in; tells nothing but that nobody waits",
    ("POST", "/login/link"): "the same",
}
TYPED = {"title": "Hei", "text": "Hei", "life_area": "", "accepted": "y", "current": "x", "place": "/goals/new"}
FILE = {"files": {"picture": ("bilde.jpg", b"\xff\xd8\xff", "image/jpeg")}}
BODIES: Mapping[str, dict[str, Any]] = {
    "/me/picture/change": FILE,
    "/plans/{plan_id}/goals/{goal_id}/picture/change": FILE,
    "/plans/{plan_id}/consent/new/paper": {"files": {"scan": ("ark.jpg", b"\xff\xd8\xff", "image/jpeg")}},
    "/plans/{plan_id}/draft": {"json": {"place": "/goals/new", "fields": {"title": "Hei"}}},
}
"""What is sent to those that take no plain form."""

ADMIN = ["/admin/", "/admin/people", "/admin/people/list", "/admin/accounts/list", "/admin/units/list", "/admin/none"]
ASKING = [{}, {"accept": "text/html"}, {"accept": "application/json"}, {"hx-request": "true"}]


async def first(session: HouseSession, table: Any, *such: Any) -> UUID:
    found: Any = (await session.scalars(select(table).where(*such).limit(1))).one()
    return UUID(str(found.id))


async def items(session: HouseSession, plan: UUID, owned: dict[str, Any], whose: dict[str, Any]) -> dict[str, UUID]:
    """One item of each kind; those that nobody in the town need have written are written here."""
    goal, a_day = await first(session, Goal, col(Goal.plan_id) == plan), date(2026, 11, 1)
    point = Measurement(**owned, **whose, goal_id=goal, kind=MeasureKind.MEASURED, day=a_day, value=1)
    period = {"period_from": a_day, "period_to": a_day}
    back = Evaluation(**owned, **whose, **period, kind=EvaluationKind.REFLECTION, rating=3)
    service = Cooperation(**owned, state=CooperationState.WANTED)
    session.add_all([point, back, service])
    await session.flush()
    return {
        "goal_id": goal,
        "item_id": goal,
        "measurement_id": point.id,
        "evaluation_id": back.id,
        "service_id": service.id,
        "activity_id": await first(session, Activity, col(Activity.plan_id) == plan),
        "comment_id": await first(session, Comment, col(Comment.plan_id) == plan),
        "area_id": await first(session, LifeArea, col(LifeArea.plan_id) == plan),
        "entry_id": await first(session, JournalEntry, col(JournalEntry.plan_id) == plan),
        "consent_id": await first(session, Consent, col(Consent.plan_id) == plan),
        "line_id": await first(session, SubjectPlan, col(SubjectPlan.plan_id) == plan),
    }


async def begun(session: HouseSession, municipality_id: UUID) -> UUID:
    """A plan that the coordinator has begun to make."""
    coordinator = await first(session, Account, col(Account.user_name) == "koordinator@fjordvik.example")
    now = session.clock.now()
    row = BegunPlan(municipality_id=municipality_id, account_id=coordinator, begun_at=now, saved_at=now, content=None)
    session.add(row)
    await session.flush()
    return row.id


@pytest.fixture
async def things(town: Database, ip: str) -> dict[str, str]:
    """One of each that an address may name, in the IP of which the coordinator sees everything."""
    plan = UUID(ip.removeprefix("/plans/"))
    async with town.writing() as session:
        person = (await session.scalars(select(Person).where(col(Person.account_id).is_not(None)).limit(1))).one()
        assert person.account_id
        row = {"person_id": person.id, "account_id": person.account_id, "plan_id": plan}
        asking = JoinRequest(municipality_id=person.municipality_id, asked_at=session.clock.now(), **row)
        session.add(asking)
        taking_part = select(Participant).where(
            col(Participant.plan_id) == plan, col(Participant.person_id).is_not(None)
        )
        one, other = (await session.scalars(taking_part.order_by(col(Participant.id)).limit(2))).all()
        participant = one.id
        owned = {"municipality_id": person.municipality_id, "plan_id": plan, "added_at": session.clock.now()}
        whose = {"author_id": person.id, "participant_id": participant}
        found = await items(session, plan, owned, whose) | await waiting(session, one, other, person.account_id)
        found |= {
            **dict.fromkeys(("plan_id", "vacant_id", "deleted_id"), plan),
            "participant_id": participant,
            "person_id": person.id,
            "request_id": asking.id,
            "begun_id": await begun(session, person.municipality_id),
            "session_id": (await sessions.begin(session, person.account_id, SignInMethod.EMAIL)).session_id,
        }
    words = {"text_kind": "goals", "kind": "goal", "number": "1", "column": "email", "element": "goals"}
    return {name: str(value) for name, value in found.items()} | words | {"name": "plans-per-coordinator"}


def address(path: str, things: Mapping[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda hole: things[hole[1]], path)


async def ask(visitor: Visitor, line: tuple[str, str], things: Mapping[str, str], headers: Mapping[str, str]) -> Page:
    method, path = line
    body = BODIES.get(path, {"data": TYPED}) if method == "POST" else {}
    return await glance(visitor, method, address(path, things), **body, headers=dict(headers))


def is_no(page: Page, onward: str) -> bool:
    """Sent to `onward`, or refused; a script is sent there too."""
    if page.status == 303:
        return page.goes_to.split("?")[0] == onward
    return page.status in (401, 403, 404) and page.answer.headers.get("hx-redirect", onward) == onward


@pytest.mark.parametrize("headers", ASKING, ids=str)
async def test_nothing_but_what_is_public_opens_to_a_stranger(
    visitor: Visitor, town: Database, things: dict[str, str], headers: dict[str, str]
) -> None:
    closed = [line for line in ROUTES if line not in PUBLIC]
    assert len(closed) > 80
    with unchanged(town):
        answers = [(line, await ask(visitor, line, things, headers)) for line in closed]
    assert [(line, page.status, page.goes_to) for line, page in answers if not is_no(page, "/login")] == []


@pytest.mark.parametrize("path", ADMIN)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_nothing_of_the_registers_opens_to_a_stranger(visitor: Visitor, method: str, path: str) -> None:
    answer = await visitor.browser.request(method, path, headers={"accept": "text/html"})
    assert answer.status_code in (303, 401)
    assert answer.headers.get("location", "/login").startswith("/login")


@pytest.fixture
async def newcomer(town: Database, visit: Callable[..., Visitor], things: dict[str, str]) -> Visitor:
    """The coordinator, to whom all of the IP is open once the terms of today are accepted."""
    async with town.writing() as session:
        await session.execute(update(TermsAcceptance).values(version="2020-01"))
    visitor = visit()
    visitor.browser.cookies["medvirk"] = await signed_in(town, "koordinator@fjordvik.example")
    return visitor


@pytest.mark.feature("F28")
@pytest.mark.parametrize("headers", ASKING, ids=str)
async def test_nothing_opens_before_the_terms_are_accepted(
    newcomer: Visitor, town: Database, things: dict[str, str], headers: dict[str, str]
) -> None:
    held = [line for line in ROUTES if line not in PUBLIC and line not in BEFORE_TERMS]
    with unchanged(town):
        answers = [(line, await ask(newcomer, line, things, headers)) for line in held]
    assert [(line, page.status, page.goes_to) for line, page in answers if not leads_to_terms(page)] == []


def leads_to_terms(page: Page) -> bool:
    """Itself, by a link on a page that says so, or in the answer that a script reads."""
    if page.status == 303 or "hx-redirect" in page.answer.headers:
        return (page.goes_to or page.answer.headers["hx-redirect"]).split("?")[0] == "/terms"
    if page.tree is None:
        return page.status == 403 and "brukervilkårene" in page.text
    return page.status == 403 and page.heading == "Godta brukervilkårene" and "/terms" in page.links()


@pytest.mark.feature("F28")
@pytest.mark.parametrize("path", ADMIN)
async def test_nothing_of_the_registers_opens_before_the_terms_are_accepted(newcomer: Visitor, path: str) -> None:
    answer = await newcomer.browser.get(path, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/terms")


def test_the_exceptions_are_routes() -> None:
    assert BEFORE_TERMS.keys() <= set(ROUTES)
    assert set(ROUTES) >= PUBLIC
