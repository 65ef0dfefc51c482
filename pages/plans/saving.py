"""What goals, activities and comments have in common: the page of a form, and the question before a deletion."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.plans.operations.drafts import drop_draft
from models.plans.operations.keeping import Kept
from models.plans.proof import OpenPlan
from models.plans.tables.goals import Activity, Comment, Goal
from models.refusals import Conflict, Invalid
from pages.drafts import FoundDraft, found, place_of
from pages.forms import HouseForm
from pages.plans.room import render_room
from pages.rendering import go

TEXTS: Mapping[type, tuple[str, ...]] = {
    Goal: ("title", "description"),
    Activity: ("title", "description", "extent"),
    Comment: ("text",),
}
"""What people write of an item; the first says which one it is."""


def texts_of(plan: OpenPlan, item: Kept) -> dict[str, str]:
    return {column: unseal(plan.vault, item, column) for column in TEXTS[type(item)]}


def name_of(plan: OpenPlan, item: Kept) -> str:
    return next(iter(texts_of(plan, item).values()))


@dataclass(frozen=True)
class FormPage:
    """A form on a page of its own. `back` is where «Avbryt» leads, and where one comes after saving.

    `item` is what is being changed, if anything; `more` is what the template needs besides. `draft` is what the form
    was filled in with, if anything; saving the form drops it.
    """

    request: Request
    plan: OpenPlan
    template: str
    form: HouseForm
    heading: str
    back: str
    item: Kept | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    draft: FoundDraft | None = None

    async def save(self, operation: Callable[[], Awaitable[Any]], done: str) -> Response:
        """Run the operation and go on; or show the form again with what to mend and everything that was typed.

        The status of that page is 400 or 409, so nothing has been saved.
        """
        if not self.form.validate():
            return self.show(400)
        try:
            await operation()
        except Invalid as invalid:
            self.form.refuse(invalid)
            return self.show(400)
        except Conflict:
            return self.show(409, conflict=self._words_now())
        await drop_draft(self.plan, place_of(self.request, self.plan))
        return go(self.back, done)

    def show(self, status: int = 200, *, conflict: str | None = None) -> Response:
        """A draft that was begun before somebody else saved is shown beside what they saved."""
        if self.draft and self.item and self.draft.seen != self.item.revision:
            conflict = self._words_now()
        return render_room(
            *(self.request, self.plan, self.template, "goals"),
            status=status,
            form=self.form,
            heading=self.heading,
            cancel_url=self.back,
            seen=self.item.revision if self.item else None,
            conflict=conflict,
            place=place_of(self.request, self.plan),
            draft=self.draft,
            **self.more,
        )

    def _words_now(self) -> str:
        """What the item says now, for somebody who wrote over an older version of it."""
        return "\n\n".join(text for text in texts_of(self.plan, self.item).values() if text) if self.item else ""


async def draft_here(request: Request, plan: OpenPlan) -> FoundDraft | None:
    """The viewer's draft of the form at this address."""
    return await found(plan, place_of(request, plan))


def ask(request: Request, plan: OpenPlan, item: Kept, question: str, consequences: list[str], back: str) -> Response:
    """Before anything is deleted: what goes with it, who loses sight of it, and how it is undone."""
    return render_room(
        *(request, plan, "goals/remove.html", "goals"),
        heading=question,
        title=name_of(plan, item),
        consequences=consequences,
        cancel_url=back,
    )
