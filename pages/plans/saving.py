"""What everything people write in a plan has in common: the page of a form, and the question before a deletion."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.i18n import _, day_text
from models.labels import label
from models.plans.operations.drafts import drop_draft
from models.plans.proof import OpenPlan
from models.plans.queries.drafts import words_in
from models.plans.queries.items import is_kept
from models.plans.rules.measuring import in_words
from models.plans.tables.goals import Measurement
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.plans.tables.life import LifeArea
from models.refusals import Conflict, Invalid
from models.rich_text import plain
from pages.drafts import FoundDraft, found, place_of
from pages.forms import HouseForm, posted, seen_revision
from pages.plans.clash import Clash, take_theirs
from pages.plans.clash import clash as clash_of
from pages.plans.once import id_of
from pages.plans.room import address, render_room
from pages.rendering import go


def texts_of(plan: OpenPlan, item: Item) -> dict[str, str]:
    """What people wrote of the item, by column; the first says which one it is."""
    return {column: unseal(plan.vault, item, column) for column in kind_of(item).texts}


def name_of(plan: OpenPlan, item: Item) -> str:
    if isinstance(item, Measurement):
        return f"{in_words(item.kind, item.value)}, {day_text(item.day, plan.today)}"
    return label(item.area) if isinstance(item, LifeArea) else plain(next(iter(texts_of(plan, item).values())))


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
        sent = await posted(self.request) if self.item else {}
        if self.item and seen_revision(sent) == self.item.revision:
            take_theirs(self.plan, self.item, self.form, sent)
        if not self.form.validate():
            return self.show(400)
        if self.item is None and await is_kept(self.plan, self.new_id):
            return go(self.back, done)
        before = self.item.revision if self.item else 0
        try:
            made = await operation()
        except Invalid as invalid:
            self.form.refuse(invalid)
            return self.show(400)
        except Conflict as conflict:
            return self.show(409, clash=await self._clash(str(conflict), seen_revision(sent)))
        await drop_draft(self.plan, place_of(self.request, self.plan))
        return go(_undoable(self.back, self.item or made, before), done)

    @property
    def new_id(self) -> UUID:
        """For the operation to give what it adds, so that a form that is sent twice adds one."""
        return id_of(self.plan, place_of(self.request, self.plan), self.form)

    def show(self, status: int = 200, *, clash: Clash | None = None) -> Response:
        """A draft that was begun before somebody else saved is shown beside what they saved."""
        if self.draft and self.item and self.draft.seen != self.item.revision:
            clash = clash_of(self.plan, self.item, self.form, self.draft.began_with)
        self.form.offer_prepared(address(self.plan))
        return render_room(
            *(self.request, self.plan, self.template, self.room),
            status=status,
            form=self.form,
            heading=self.heading,
            cancel_url=self.back,
            seen=self.item.revision if self.item else None,
            conflict=clash,
            place=place_of(self.request, self.plan),
            draft=self.draft,
            **self.more,
        )

    async def _clash(self, sentence: str, seen: int) -> Clash:
        """Beside what the item says now, for somebody who wrote over revision `seen` of it."""
        if not self.item or sentence:
            return Clash([], sentence or _("Noen andre endret dette mens du skrev. Ingenting ble lagret."))
        return clash_of(self.plan, self.item, self.form, await words_in(self.plan, self.item.id, seen))


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


@dataclass(frozen=True)
class Question:
    """Before an item is put away: what goes with it, who loses sight of it, and how it is undone.

    `back` is where «Avbryt» leads; `after` is where one comes when it is done, if not there. `title` is what the item
    is called, if it is not its first text.
    """

    request: Request
    plan: OpenPlan
    room: str
    item: Item
    question: str
    consequences: list[str]
    back: str
    after: str = ""
    template: str = "plans/remove.html"
    title: str = ""

    def show(self, status: int = 200) -> Response:
        """With status 409 it is asked once more, and said what the item says now."""
        return render_room(
            *(self.request, self.plan, self.template, self.room),
            status=status,
            heading=self.question,
            title=self.title or name_of(self.plan, self.item),
            consequences=self.consequences,
            cancel_url=self.back,
            seen=self.item.revision,
            now=list(texts_of(self.plan, self.item).values()) if status == 409 else None,
        )

    async def answer(self, operation: Callable[[], Awaitable[Any]], done: str = "deleted") -> Response:
        """Do it and go on; or ask again when somebody changed the item after the question was asked."""
        try:
            await operation()
        except Conflict:
            return self.show(409)
        return go(with_undo(self.after or self.back, self.item), done)


def ask(
    request: Request, plan: OpenPlan, room: str, item: Item, question: str, consequences: list[str], back: str
) -> Response:
    """A `Question` that is asked; who answers it makes it anew."""
    return Question(request, plan, room, item, question, consequences, back).show()
