"""Step 3: what the plan is made with and begins with (F182, F183), perhaps by a template of the municipality."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.datastructures import MultiDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.base import HouseSession
from models.i18n import _
from models.plans.queries.plan_templates import Offered, offered_templates, read_template
from models.plans.rules.making import MOST_GOALS, USUAL, Part, Start, offered
from models.refusals import Conflict, Invalid, NotFound
from models.rights import LIFE_AREAS, PlanKind
from models.templates.queries import prepared_texts
from models.templates.rules import TextKind
from pages.errors import wants_data
from pages.forms import posted
from pages.making.begun import Here, Making, Step, answers, at, keep, seen_in
from pages.making.content_form import ContentForm, content_form, prefilled, rows_in
from pages.making.step_page import StepPage
from pages.rendering import go, render

router = APIRouter(prefix="/plans/new/{begun_id}")
ROWS = 3
"""Empty rows for goals, at first and whenever somebody asks for more."""


@router.get("/content")
async def show_content(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        templates = await offered_templates(here, making.start.kind)
        form = form_of(making, templates)
        return await page(making, form, templates).first_shown(checker(making, form))

    return await at(request, here, begun_id, Step.CONTENT, show)


@router.post("/content")
async def keep_content(request: Request, here: Here, begun_id: UUID) -> Response:
    data = await posted(request)

    async def save(making: Making) -> Response:
        templates = await offered_templates(here, making.start.kind)
        form = form_of(making, templates, answers(data))
        shown = page(making, form, templates)
        act = str(data.get("act", ""))
        if act in ("more", "template") or act.startswith("remove-"):
            return await _change_rows(making, shown, data, act)
        return await shown.take(data, checker(making, form))

    return await at(request, here, begun_id, Step.CONTENT, save)


@router.get("/texts/{text_kind}")
async def show_prepared(request: Request, here: Here, begun_id: UUID, text_kind: TextKind) -> Response:
    """The municipality's prepared texts for the kind of plan; as JSON for `static/editor.js`."""

    async def show(making: Making) -> Response:
        place = _Place(here.session, here.municipality_id, making.start.kind)
        texts = await prepared_texts(place, text_kind)
        if wants_data(request):
            return JSONResponse([{"name": text.name, "body": text.body} for text in texts])
        return render(request, "making/prepared.html", texts=texts, back_url=f"{making.url}/content")

    return await at(request, here, begun_id, Step.CONTENT, show)


@dataclass(frozen=True)
class _Place:
    """Where the prepared texts are asked for: there is no plan yet."""

    session: HouseSession
    municipality_id: UUID
    kind: PlanKind


def form_of(making: Making, templates: list[Offered], sent: Mapping[str, list[str]] | None = None) -> ContentForm:
    """The form as it was sent, or kept, or with what is usual ticked."""
    typed = _offered(making.start, sent or making.begun.answers.get(Step.CONTENT))
    rows = min(max(rows_in(typed or {}), ROWS), MOST_GOALS)
    data = MultiDict([(name, value) for name, values in typed.items() for value in values]) if typed else None
    form = content_form(rows)(data, parts=[part.value for part in USUAL[making.start]])
    form.offer(making.start, templates)
    for field in form.rich_texts:
        kind = TextKind.LIFE_AREA if field.name in set(LIFE_AREAS) else TextKind.GOALS
        field.prepared_at = f"{making.url}/texts/{kind}"
    return form


def checker(making: Making, form: ContentForm) -> Callable[[], Awaitable[None]]:
    async def check() -> None:
        form.check(making.start)

    return check


def page(making: Making, form: ContentForm, templates: list[Offered]) -> StepPage:
    more = {
        "templates": templates,
        "goals": form.goals() if Part.GOALS in offered(making.start) else [],
        "areas": form.areas(),
        "may_add": len(form.rows) < MOST_GOALS,
    }
    return StepPage(making, Step.CONTENT, "making/content.html", form, _("Hva skal planen inneholde?"), more)


def _offered(start: Start, typed: Mapping[str, list[str]] | None) -> dict[str, list[str]] | None:
    """What was ticked for another kind of plan, and this one has not, is let go."""
    if typed is None:
        return None
    known = {part.value for part in offered(start)}
    return dict(typed) | {"parts": [one for one in typed.get("parts", []) if one in known]}


async def _change_rows(making: Making, shown: StepPage, data: Any, act: str) -> Response:
    """More rows, one row less, or a template put in: what was typed is kept with it, finished or not."""
    sent = dict(answers(data))
    try:
        if act == "template":
            sent = await _with_template(making, sent)
        elif act == "more":
            rows = max(rows_in(sent), ROWS)
            for row in range(rows, min(rows + ROWS, MOST_GOALS)):
                sent |= {f"goal_{row}_title": [""], f"goal_{row}_text": [""]}
        else:
            sent = _without(sent, act.removeprefix("remove-"))
        await keep(making, Step.CONTENT, sent, passed=False, seen=seen_in(data))
    except Invalid as invalid:
        shown.form.refuse(invalid)
        return shown.show(400)
    except Conflict:
        return shown.clashed()
    return go(f"{making.url}/content#goals")


async def _with_template(making: Making, sent: dict[str, list[str]]) -> dict[str, list[str]]:
    try:
        chosen = UUID((sent.get("template") or [""])[0])
        template = await read_template(making.here, making.start.kind, chosen)
    except (ValueError, NotFound):
        raise Invalid(template=_("Velg en mal fra listen.")) from None
    return prefilled(sent, template.parts, template.texts)


def _without(sent: dict[str, list[str]], number: str) -> dict[str, list[str]]:
    """The rows after the one that is taken away move up."""
    rows = rows_in(sent)
    left = [row for row in range(rows) if str(row + 1) != number]
    known = {name: values for name, values in sent.items() if not name.startswith("goal_")}
    for new, row in enumerate(left):
        for part in ("title", "text"):
            known[f"goal_{new}_{part}"] = sent.get(f"goal_{row}_{part}", [""])
    return known
