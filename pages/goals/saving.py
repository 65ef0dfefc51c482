"""Saving a form: what goals, activities and comments have in common when a rule says no."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from models.base import unseal
from models.plans.operations.keeping import Kept
from models.plans.proof import OpenPlan
from models.refusals import Conflict, Invalid
from pages.forms import HouseForm
from pages.rendering import go

Show = Callable[[int, bool], Response]


async def save(form: HouseForm, operation: Callable[[], Awaitable[Any]], show: Show, then: str, done: str) -> Response:
    """Run the operation and go on; or show the form again with what to mend and everything that was typed.

    `show(status, conflict)` makes that page. Its status is 400 or 409, so nothing has been saved.
    """
    if not form.validate():
        return show(400, False)
    try:
        await operation()
    except Invalid as invalid:
        form.refuse(invalid)
        return show(400, False)
    except Conflict:
        return show(409, True)
    return go(then, done)


def words_now(plan: OpenPlan, item: Kept, *columns: str) -> str:
    """What an item says now, for somebody who wrote over an older version of it."""
    return "\n\n".join(text for column in columns if (text := unseal(plan.vault, item, column)))
