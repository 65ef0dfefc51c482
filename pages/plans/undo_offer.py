"""«Angre»: the page one comes to after a change offers to take it back, to who may."""

from uuid import UUID

from models.plans.operations.undoing import demand_undo
from models.plans.proof import OpenPlan
from models.plans.queries.undoable import LastChange, last_change
from models.plans.tables.kinds import BY_NAME
from models.refusals import NotFound, Refusal


async def undo_address(plan: OpenPlan, token: str) -> str | None:
    """Where to post to take back the change that the token names (`saving.undo_token`); None unless the viewer may."""
    try:
        change = await named_change(plan, token)
        demand_undo(plan, change)
    except Refusal:
        return None
    return f"/plans/{plan.plan_id}/undo?change={change.now.kind.name}:{change.item.id}:{change.now.number}"


async def named_change(plan: OpenPlan, token: str) -> LastChange:
    """Raises NotFound for what is no token of ours, else as `last_change`."""
    name, _colon, rest = token.partition(":")
    text, _colon, number = rest.partition(":")
    if name not in BY_NAME or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFound
    try:
        item_id = UUID(text)
    except ValueError:
        raise NotFound from None
    return await last_change(plan, BY_NAME[name], item_id, int(number))
