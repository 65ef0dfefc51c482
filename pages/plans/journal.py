"""«Sist jeg var her» (F55): the entries by day, and where they are written."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response
from wtforms import RadioField, TextAreaField

from models.clock import local_day
from models.i18n import N_, _
from models.labels import label
from models.plans.operations import journal as operations
from models.plans.operations.demands import demand_change, demand_delete
from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.queries import journal as queries
from models.plans.queries.journal import EntryRead
from models.plans.rules.journal import TEXT
from models.plans.rules.words import Mood, PlanState
from models.plans.tables import kinds
from models.plans.tables.life import JournalEntry
from models.rights import Element, Level, Role
from pages.drafts import FoundDraft
from pages.forms import HouseForm, posted, seen_revision
from pages.goals.views import Shelf, shelf_of
from pages.plans.owner import owner_card
from pages.plans.pictures import picture_address
from pages.plans.room import address, render_room, room
from pages.plans.saving import FormPage, Question, draft_here, texts_of

router = APIRouter(prefix="/plans/{plan_id}/journal")
Plan = Annotated[OpenPlan, Depends(room("journal"))]
PAGE = 20
BEGINNING = 80
NO_MOOD = "none"


def _mood(text: str) -> Mood | None:
    return Mood(text) if text not in ("", NO_MOOD) else None


class JournalForm(HouseForm):
    mood = RadioField(N_("Hvordan går det?"), coerce=_mood)
    text = TextAreaField(
        N_("Fortell med egne ord"),
        description=N_("Alle som kan lese denne delen av planen, ser det du skriver."),
        render_kw={"rows": 6, "maxlength": TEXT},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mood.choices = [*((mood.value, label(mood)) for mood in Mood), (NO_MOOD, _("Vil ikke velge"))]

    def values(self) -> dict[str, Any]:
        return {"mood": self.mood.data, "text": self.text.data or ""}


async def the_entry(plan: Plan, entry_id: UUID) -> JournalEntry:
    """Found for the viewer, or not at all."""
    entry: JournalEntry = await items.find(plan, kinds.JOURNAL, entry_id)
    return entry


TheEntry = Annotated[JournalEntry, Depends(the_entry)]


@router.get("")
async def show_journal(request: Request, plan: Plan, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    if not plan.reaches(Element.JOURNAL):
        plan.demand(Element.JOURNAL, Level.READ)
    everything = await queries.visible(plan)
    count = max(1, -(-len(everything) // PAGE))
    number = min(page, count)
    chosen = await queries.entries(plan, everything[(number - 1) * PAGE : number * PAGE])
    shelf = await shelf_of(plan)
    return render_room(
        *(request, plan, "plans/journal.html", "home"),
        owner=owner_card(plan, shelf.everybody),
        days=_days(shelf, chosen),
        new_url=new_address(plan),
        pager={"number": number, "count": count, "base": f"{address(plan)}/journal?page="},
    )


@router.get("/new")
async def new_entry(request: Request, plan: Plan) -> Response:
    draft = await draft_here(request, plan)
    return _page(request, plan, JournalForm(draft and draft.typed), draft=draft).show()


@router.post("/new")
async def add_entry(request: Request, plan: Plan) -> Response:
    form = JournalForm(await posted(request))
    page = _page(request, plan, form)
    return await page.save(lambda: operations.add(plan, **form.values(), new_id=page.new_id), "added")


@router.get("/{entry_id}/change")
async def edit_entry(request: Request, plan: Plan, entry: TheEntry) -> Response:
    draft = await draft_here(request, plan)
    written = texts_of(plan, entry) | {"mood": entry.mood or NO_MOOD}
    return _page(request, plan, JournalForm(draft and draft.typed, data=written), entry, draft).show()


@router.post("/{entry_id}/change")
async def change_entry(request: Request, plan: Plan, entry: TheEntry) -> Response:
    data = await posted(request)
    form = JournalForm(data)
    page = _page(request, plan, form, entry)
    return await page.save(lambda: operations.change(plan, entry, seen_revision(data), **form.values()), "saved")


@router.get("/{entry_id}/remove")
async def ask_about_entry(request: Request, plan: Plan, entry: TheEntry) -> Response:
    demand_delete(plan, entry)
    return _question(request, plan, entry).show()


@router.post("/{entry_id}/remove")
async def remove_entry(request: Request, plan: Plan, entry: TheEntry) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, entry).answer(lambda: operations.delete(plan, entry, seen))


def _question(request: Request, plan: OpenPlan, entry: JournalEntry) -> Question:
    """The beginning of the words tells which one it is; a face without words tells it too."""
    text = " ".join(texts_of(plan, entry)["text"].split())
    title = f"{text[:BEGINNING].strip()} …" if len(text) > BEGINNING else text
    asked, gone = (
        _("Vil du slette det som står her?"),
        [_("Ingen ser det lenger. Du kan hente det tilbake med «Angre».")],
    )
    back = f"{address(plan)}/journal"
    return Question(
        request, plan, "home", entry, asked, gone, back, title=title or (label(entry.mood) if entry.mood else "")
    )


def new_address(plan: OpenPlan) -> str | None:
    """Where the viewer may write; None for all others."""
    return f"{address(plan)}/journal/new" if plan.allows(Element.JOURNAL, Level.NEW) else None


def card(shelf: Shelf, entry: EntryRead) -> dict[str, Any]:
    """An entry as it is shown; `on_behalf` when somebody else than the owner wrote it."""
    plan, author = shelf.plan, shelf.name(entry.participant_id)
    is_mine = plan.wrote(entry.author_id) and plan.state is not PlanState.INACTIVE
    return {
        "id": entry.id,
        "url": f"{address(plan)}/journal/{entry.id}",
        "name": author.name if author else "",
        "role": author.role if author else "",
        "on_behalf": author is None or author.speaks_for_owner,
        "picture": picture_address(plan, author),
        "at": entry.added_at,
        "changed": entry.changed_at,
        "mood": entry.mood.value if entry.mood else None,
        "mood_words": label(entry.mood) if entry.mood else None,
        "text": entry.text,
        "new": shelf.is_new(entry) and entry.author_id != plan.viewer.person_id,
        "may_change": is_mine,
        "may_delete": is_mine or plan.allows(Element.JOURNAL, Level.DELETE, entry),
    }


def _days(shelf: Shelf, entries: Sequence[EntryRead]) -> list[dict[str, Any]]:
    by_day = groupby(entries, lambda entry: local_day(entry.added_at))
    return [{"day": day, "entries": [card(shelf, entry) for entry in of_day]} for day, of_day in by_day]


def _page(
    request: Request,
    plan: OpenPlan,
    form: JournalForm,
    entry: JournalEntry | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    if entry:
        demand_change(plan, entry)
    else:
        plan.demand(Element.JOURNAL, Level.NEW)
    heading = _("Endre det du skrev") if entry else _("Fortell hvordan det går")
    more = {"on_behalf": plan.role is not Role.OWNER}
    back = f"{address(plan)}/journal"
    return FormPage(request, plan, "home", "plans/journal_form.html", form, heading, back, entry, more, draft)
