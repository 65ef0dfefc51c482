"""Seeing a plan exactly as another participant sees it, read-only (N2).

Nobody sees more that way than they see themselves: what is hidden from the one who looks, stays hidden.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import pick
from models.people.rules import full_name
from models.people.tables import Person
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.people import people
from models.plans.rules.words import profile_of
from models.plans.tables.participants import Participant
from models.refusals import NotFound, Reason, Refused
from models.rights import Element, Level
from permissions.sights import Sight, sights

NOBODY = UUID(int=0)


async def look_as(plan: OpenPlan, participant_id: UUID) -> OpenPlan:
    """The plan as the participant sees it. Raises NotFound for who does not take part, and Refused with the reason
    when the plan is closed to them, or to questions from this viewer."""
    plan.demand(Element.RIGHTS, Level.READ)
    if plan.administered_until:
        raise Refused(Reason.ADMINISTRATION_ONLY, plan.plan_id, plan.municipality_id)
    found = {one.participant_id: one for one in await sights(plan)}
    sight, name = found.get(participant_id), await _name(plan, participant_id)
    if sight is None or name is None:
        raise NotFound
    if not sight.is_in:
        raise Refused(sight.verdict.narrowed or sight.verdict.reason, plan.plan_id, plan.municipality_id)
    seen_by = await _viewer(plan, participant_id, sight)
    known: dict[str, Any] = {**vars(plan), "viewer": seen_by, "looking_as": name, "looker_id": plan.viewer.person_id}
    return OpenPlan(**known | {"standings": (_capped(sight.standing, plan),), "consent_until": sight.consent_until})


async def _name(plan: OpenPlan, participant_id: UUID) -> str | None:
    return next((one.name for one in await people(plan) if one.participant_id == participant_id), None)


def _capped(theirs: Standing, plan: OpenPlan) -> Standing:
    """Their levels, none higher than the looker's own: on elements, and on every item that either has a level on."""
    mine = next((one for one in plan.standings if not one.narrowed), plan.standings[0])
    levels = {element: _lower(theirs.level(element), _own(mine, element)) for element in Element}
    items: Mapping[tuple[Element, UUID], Level] = {
        place: _lower(theirs.level(*place), _own(mine, *place)) for place in {*theirs.items, *mine.items}
    }
    return replace(theirs, levels=levels, items=items)


def _own(mine: Standing, element: Element, item_id: UUID | None = None) -> Level:
    return Level.NONE if mine.narrowed else mine.level(element, item_id)


def _lower(one: Level, other: Level) -> Level:
    return min(one, other)


async def _viewer(plan: OpenPlan, participant_id: UUID, sight: Sight) -> Viewer:
    """Them, as far as a page asks who is reading: without their account, which their drafts and visits lie under, in
    nobody's session, and with no rights outside the plan."""
    found = (
        pick(Person.id, Person.given_name, Person.family_name)
        .join(Participant, col(Participant.person_id) == Person.id)
        .where(col(Participant.id) == participant_id)
    )
    row: Any = (await plan.session.execute(found)).first()
    known: dict[str, Any] = {**vars(plan.viewer), "profile": profile_of(sight.role), "rights": {}, "session_id": NOBODY}
    name = full_name(row.given_name, row.family_name) if row else ""
    who = {"account_id": NOBODY, "person_id": row.id if row else None, "name": name}
    return Viewer(**known | who)
