"""What everything people write in a plan has in common: the page of a form, and the question before a deletion."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.plans.operations.drafts import drop_draft
from models.plans.proof import OpenPlan
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.refusals import Conflict, Invalid
from pages.drafts import FoundDraft, found, place_of
from pages.forms import HouseForm
from pages.plans.room import render_room
from pages.rendering import go


def texts_of(plan: OpenPlan, item: Item) -> dict[str, str]:
    """What people wrote of the item, by column; the first says which one it is."""
    return {column: unseal(plan.vault, item, column) for column in kind_of(item).texts}


def name_of(plan: OpenPlan, item: Item) -> str:
    return next(iter(texts_of(plan, item).values()))


def undo_token(item: Item) -> str:
    """Names the item's last change in an address, so that the page one comes to can offer to take it back."""
    return f"{kind_of(item).name}:{item.id}:{item.revision}"


@dataclass(frozen=True)
class FormPage:
    """A form on a page of its own, in one of the plan's rooms.

    `back` is where «Avbryt» leads, and where one comes after saving.

    `item` is what is being changed, if anything; `more` is what the template needs besides. `draft` is what the form
    was filled in with, if anything; saving the form drops it.
    """

    request: Request
    plan: OpenPlan
    room: str
    template: str
    form: HouseForm
    heading: str
    back: str
    item: Item | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    draft: FoundDraft | None = None

    async def save(self, operation: Callable[[], Awaitable[Any]], done: str) -> Response:
        """Run the operation and go on; or show the form again with what to mend and everything that was typed.

        The status of that page is 400 or 409, so nothing has been saved.
        """
        if not self.form.validate():
            return self.show(400)
        before = self.item.revision if self.item else 0
        try:
            made = await operation()
        except Invalid as invalid:
            self.form.refuse(invalid)
            return self.show(400)
        except Conflict:
            return self.show(409, conflict=self._words_now())
        await drop_draft(self.plan, place_of(self.request, self.plan))
        return go(_undoable(self.back, self.item or made, before), done)

    def show(self, status: int = 200, *, conflict: str | None = None) -> Response:
        """A draft that was begun before somebody else saved is shown beside what they saved."""
        if self.draft and self.item and self.draft.seen != self.item.revision:
            conflict = self._words_now()
        return render_room(
            *(self.request, self.plan, self.template, self.room),
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


def _undoable(back: str, item: Any, before: int) -> str:
    """The address with what can be undone on the page one comes to; the last change of nothing changes nothing."""
    if not isinstance(item, Item) or item.revision == before:
        return back
    return with_undo(back, item)


def with_undo(back: str, item: Item) -> str:
    """The address, which may end in #somewhere, of the page that offers to take back the item's last change."""
    page, mark, place = back.partition("#")
    return f"{page}{'&' if '?' in page else '?'}undo={undo_token(item)}{mark}{place}"


def ask(
    request: Request, plan: OpenPlan, room: str, item: Item, question: str, consequences: list[str], back: str
) -> Response:
    """Before anything is deleted: what goes with it, who loses sight of it, and how it is undone."""
    return render_room(
        *(request, plan, "plans/remove.html", room),
        heading=question,
        title=name_of(plan, item),
        consequences=consequences,
        cancel_url=back,
    )
