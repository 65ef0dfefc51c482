"""The door for jobs: a named, narrow set of rights for each, and the questions they may ask about plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.queries.people import role_today
from models.plans.rules.words import PlanState
from models.plans.tables.consent import Consent
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason, Refusal, Refused
from models.rights import Element, Profile, Role
from permissions.door import open_plan
from permissions.proofs import HouseRight, OpenHouse
from permissions.scopes import all_participations, consent_until, grounds
from permissions.signing import open_consent
from permissions.viewer import absent_viewer

JOBS: Mapping[str, frozenset[HouseRight]] = {
    "account-changes": frozenset({HouseRight.ACCOUNTS_CHANGE}),
    "age-watch": frozenset({HouseRight.AGES_WATCH}),
    "clear-short-lived": frozenset({HouseRight.SHORT_LIVED_CLEAR}),
    "consent-reminders": frozenset({HouseRight.CONSENTS_WATCH}),
    "coordinator-watch": frozenset({HouseRight.COORDINATORS_WATCH}),
    "deliver-notices": frozenset({HouseRight.NOTICES_DELIVER}),
    "destroy-plans": frozenset({HouseRight.PLANS_DESTROY}),
    "end-sessions": frozenset({HouseRight.SESSIONS_END}),
    "link-log": frozenset({HouseRight.LOG_LINK}),
    "link-stragglers": frozenset({HouseRight.LOG_LINK}),
    "revision-reminders": frozenset({HouseRight.REVISIONS_WATCH}),
    "tune-database": frozenset({HouseRight.DATABASE_TUNE}),
}
ITEMS: Mapping[Element, Any] = {
    Element.GOALS: Goal,
    Element.ACTIVITIES: Activity,
    Element.COMMENTS: Comment,
}
RENEWERS = (Role.COORDINATOR, Role.OWNER, Role.GUARDIAN)


def open_as_house(session: HouseSession, job: str) -> OpenHouse:
    """The proof of what a job may do; raises Refused for a job that was given nothing."""
    if job not in JOBS:
        raise Refused(Reason.NO_RIGHT)
    return OpenHouse(session, job, JOBS[job])


async def may_be_told(house: OpenHouse, account_id: UUID, notice: QueuedNotice) -> bool:
    """Whether the account could sign in now, open the plan, and see what the notice is about.

    Asks the same door as the account itself would, in either profile. Use a reading session.
    """
    house.demand(HouseRight.NOTICES_DELIVER)
    if notice.plan_id is None or notice.municipality_id is None:
        return notice.plan_id is None
    for profile in Profile:
        viewer = await absent_viewer(house.session, account_id, notice.municipality_id, profile)
        if viewer is None:
            return False
        if notice.kind is Notice.CONSENT_ASKED:
            if await _is_signer(house.session, viewer, notice.plan_id):
                return True
            continue
        try:
            plan = await open_plan(house.session, viewer, notice.plan_id)
        except Refusal:
            continue
        if await _sees(plan, notice.element, notice.item_id):
            return True
    return False


async def _is_signer(session: HouseSession, viewer: Viewer, plan_id: UUID) -> bool:
    """Who is asked to sign comes to the consent, though the plan is not open to them yet."""
    try:
        await open_consent(session, viewer, plan_id)
    except Refusal:
        return False
    return True


async def _sees(plan: OpenPlan, element: Element | None, item_id: UUID | None) -> bool:
    """The item and all it lies under are there, not in the recycle bin, and may be read."""
    if element is None or item_id is None:
        return True
    item = await plan.session.get(ITEMS[element], item_id)
    if item is None or item.plan_id != plan.plan_id or not plan.sees(item):
        return False
    chain = [await plan.session.get(ITEMS[kind], id_) for kind, id_ in item.guarded_by()]
    return all(place is not None and place.deleted_at is None for place in chain)


@dataclass(frozen=True)
class RunningOut:
    """A plan in which somebody's access ends with a consent, and the consent's last day."""

    plan_id: UUID
    municipality_id: UUID
    last_day: date


async def consents_running_out(house: OpenHouse, before: int, *, late: int = 0) -> list[RunningOut]:
    """Active plans where a consent that decides today has `before` days left, or up to `late` fewer.

    Left out: consents that something recorded already continues, and those shorter than the warning.
    """
    house.demand(HouseRight.CONSENTS_WATCH)
    today = local_day(house.session.clock.now())
    ends = [today + timedelta(days=before - step) for step in range(late + 1)]
    return [
        RunningOut(row.id, row.municipality_id, last_day)
        for last_day in ends
        for row in await house.session.execute(_ending(today, last_day, warned=last_day - timedelta(days=before)))
    ]


def _ending(today: date, last_day: date, *, warned: date) -> Any:
    candidates = pick(Consent.plan_id).where(col(Consent.valid_to) == last_day, col(Consent.valid_from) < warned)
    return (
        all_participations(today, Plan.id, Plan.municipality_id)
        .where(
            col(Plan.id).in_(candidates),
            col(PlanSpan.state) == PlanState.ACTIVE,
            col(RoleSpan.role) != Role.OWNER,
            holds(Participant.valid_from, Participant.valid_to, today),
            consent_until(today) == last_day,
            grounds(today),
            ~grounds(last_day + timedelta(days=1)),
        )
        .distinct()
    )


async def who_renews(house: OpenHouse, plan_id: UUID) -> set[UUID]:
    """The accounts of the plan's coordinators, owner and guardians."""
    house.demand(HouseRight.CONSENTS_WATCH)
    today = local_day(house.session.clock.now())
    renewers = (
        pick(Participant.id)
        .join(RoleSpan, role_today(today))
        .where(col(Participant.plan_id) == plan_id, col(RoleSpan.role).in_(RENEWERS))
    )
    return await accounts_of(house.session, list(await house.session.scalars(renewers)), today)
