"""Keeping two people apart (N15): from then on neither sees that the other takes part, in any plan."""

from sqlalchemy import and_, or_, update
from sqlmodel import col

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.people.tables import KeptApart
from models.plans.proof import OpenPlan
from models.plans.queries.apart import Pair, pairs
from models.plans.queries.people import Somebody
from models.plans.rules.apart import problem
from models.refusals import Invalid
from models.rights import Element, Level


async def keep_apart(plan: OpenPlan, first: Somebody, second: Somebody) -> KeptApart:
    """In the whole municipality, until it is ended. Raises Invalid. The two are not told."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    if first.person_id is None or second.person_id is None:
        raise Invalid(second_id=_("Velg to personer."))
    known = {one.persons for one in await pairs(plan)}
    if wrong := problem(first.person_id, second.person_id, known, plan.readers):
        raise Invalid(**wrong)
    made = KeptApart(
        municipality_id=plan.municipality_id,
        first_id=first.person_id,
        second_id=second.person_id,
        made_at=plan.session.clock.now(),
        made_by=plan.actor_id,
    )
    plan.session.add(made)
    await plan.session.flush()
    log.record(plan, Event.KEPT_APART, first=str(made.first_id), second=str(made.second_id))
    return made


async def end(plan: OpenPlan, pair: Pair) -> None:
    """They see each other again, also where the same was said twice: in two plans at once, say."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    row = pair.row
    same = or_(
        and_(col(KeptApart.first_id) == row.first_id, col(KeptApart.second_id) == row.second_id),
        and_(col(KeptApart.first_id) == row.second_id, col(KeptApart.second_id) == row.first_id),
    )
    ended = {"ended_at": plan.session.clock.now(), "ended_by": plan.actor_id}
    await plan.session.execute(update(KeptApart).where(same, col(KeptApart.ended_at).is_(None)).values(**ended))
    log.record(plan, Event.KEPT_APART_ENDED, first=str(row.first_id), second=str(row.second_id))
