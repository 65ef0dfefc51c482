"""A participant's rights in one plan, decided by who may (F125): less from now on, more when the owner says yes."""

from collections.abc import Collection, Sequence

from models.plans.operations.proposals import propose_wider
from models.plans.operations.rights import apply
from models.plans.proof import OpenPlan
from models.plans.queries.rights import asks_owner, other_coordinators, standing_of
from models.plans.rules.rights import Wish, news, problems, wider, wished, written
from models.plans.tables.participants import Participant
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level


async def change(plan: OpenPlan, participant: Participant, seen: int, wishes: Sequence[Wish]) -> bool:
    """Whether some of it is for the owner to say. Raises Refused, Invalid, or Conflict when somebody changed the rights
    after revision `seen` of them."""
    plan.demand(Element.RIGHTS, Level.CHANGE)
    if participant.plan_id != plan.plan_id:
        raise NotFound
    if participant.rights_revision != seen:
        raise Conflict
    theirs = await standing_of(plan, participant)
    wanted = news(theirs, wishes)
    is_own = participant.person_id is not None and participant.person_id == plan.viewer.person_id
    mine = (theirs,) if is_own else plan.standings  # who stands in for a while, keeps nothing of it
    if wrong := problems(theirs, wanted, mine, await other_coordinators(plan, participant)):
        raise Invalid(**wrong)
    asked = wider(theirs, wanted) if await asks_owner(plan, participant) else []
    waiting = {wish.element for wish in asked}
    now = [wish for wish in wanted if wish not in asked and not _leans_on(wish, waiting)]
    await apply(plan, participant, [(wish.element, wish.item_id, wish.level) for wish in now])
    if asked:
        await propose_wider(plan, participant, written(asked, wished(theirs, wanted)))
    return bool(asked)


def _leans_on(wish: Wish, waiting: Collection[Element]) -> bool:
    """An item that is to be as its element, which is to be opened: to follow it now would close what is open."""
    return wish.item is not None and wish.level is None and wish.element in waiting
