"""Deciding what one participant sees and may do (F125): part for part, item for item, or back to the standard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.labels import LABELS, inside, label
from models.plans.operations.changing_rights import change
from models.plans.proof import OpenPlan, Standing
from models.plans.queries import rights as queries
from models.plans.rules.rights import SINGLE, Wish
from models.plans.tables.item import Item
from models.plans.tables.participants import Participant
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level
from pages.forms import HouseForm, posted, seen_revision
from pages.plans.room import address, render_room, room
from pages.rendering import go
from pages.rights.forms import decided_elements, element_form, element_wishes, item_form, item_wishes
from pages.rights.routes import demand_reader
from pages.rights.views import Look, in_use, look
from pages.rights.words import GROUP_NAMES, level_words

router = APIRouter(prefix="/plans/{plan_id}/rights/{participant_id}")
MOST_FIELDS = 2_000


@dataclass(frozen=True)
class Asked:
    """Whose rights are decided: the row, what they are called, and what they may now."""

    request: Request
    look: Look
    participant: Participant
    name: str
    role: str
    theirs: Standing

    @property
    def plan(self) -> OpenPlan:
        return self.look.plan

    @property
    def back(self) -> str:
        return f"{address(self.plan)}/rights/{self.participant.id}"

    @property
    def standard(self) -> dict[Element, Level]:
        return dict(self.look.standards.get(self.theirs.role, {}))


async def asked(request: Request, plan: Annotated[OpenPlan, Depends(room("rights"))], participant_id: UUID) -> Asked:
    demand_reader(plan)
    plan.demand(Element.RIGHTS, Level.CHANGE)
    participant, everybody = await queries.find_participant(plan, participant_id), await look(plan)
    one, sight = everybody.of(participant.id)
    return Asked(request, everybody, participant, one.name, one.role, sight.standing)


Decision = Annotated[Asked, Depends(asked)]


@router.get("/change")
async def show_elements(decision: Decision) -> Response:
    form = element_form(decision.plan, decision.theirs, decision.standard, decision.role)
    return _elements(decision, form)


@router.post("/change")
async def change_elements(decision: Decision) -> Response:
    plan, theirs, sent = decision.plan, decision.theirs, await posted(decision.request)
    form = element_form(plan, theirs, decision.standard, decision.role, sent)
    return await _save(
        *(decision, form, seen_revision(sent)),
        lambda: element_wishes(plan, form, theirs),
        lambda status, now: _elements(decision, form, status, now),
    )


@router.get("/change/{element}")
async def show_items(decision: Decision, element: Element) -> Response:
    items = await _items(decision, element)
    return _items_page(decision, element, item_form(decision.plan, element, decision.theirs, items), items)


@router.post("/change/{element}")
async def change_items(decision: Decision, element: Element) -> Response:
    items, sent = await _items(decision, element), await posted(decision.request, MOST_FIELDS)
    form = item_form(decision.plan, element, decision.theirs, items, sent)
    return await _save(
        *(decision, form, seen_revision(sent)),
        lambda: item_wishes(element, form, items),
        lambda status, now: _items_page(decision, element, form, items, status, now),
    )


@router.get("/standard")
async def ask_about_standard(decision: Decision) -> Response:
    return await _standard_page(decision)


@router.post("/standard")
async def back_to_standard(decision: Decision) -> Response:
    """Single items that the viewer may not read stay as they are."""
    sent, form = await posted(decision.request), HouseForm()
    wishes = await _standard_wishes(decision)
    try:
        waits = await change(decision.plan, decision.participant, seen_revision(sent), wishes)
    except Conflict:
        return await _standard_page(decision, 409)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _standard_page(decision, 400, list(dict.fromkeys(form.form_errors)))
    return go(decision.back, "rights-asked" if waits else "saved")


async def _save(
    decision: Asked,
    form: HouseForm,
    seen: int,
    wishes: Callable[[], Sequence[Wish]],
    again: Callable[[int, bool], Response],
) -> Response:
    """Nothing is saved of a form that is wrong somewhere, or that somebody was quicker than."""
    if not form.validate():
        return again(400, False)
    try:
        waits = await change(decision.plan, decision.participant, seen, wishes())
    except Invalid as invalid:
        form.refuse(invalid)
        return again(400, False)
    except Conflict:
        return again(409, True)
    return go(decision.back, "rights-asked" if waits else "saved")


async def _items(decision: Asked, element: Element) -> list[Item]:
    if element not in SINGLE or element not in decision.plan.elements:
        raise NotFound
    return await queries.single_items(decision.plan, element)


def _elements(decision: Asked, form: HouseForm, status: int = 200, was_late: bool = False) -> Response:
    groups = [
        {"name": _(GROUP_NAMES[name]), "fields": [form[one.value] for one in elements if one.value in form]}
        for name, elements in in_use(decision.plan).items()
    ]
    now = {one.value: level_words(one, decision.theirs.level(one))["words"] for one in decided_elements(decision.plan)}
    return _page(
        *(decision, form, _("Hva skal %(name)s se og gjøre?") % {"name": decision.name}),
        status=status,
        groups=groups,
        now=_apart(form, now) if was_late else None,
        singles=[(label(one), f"{decision.back}/change/{one}") for one in SINGLE if one in decision.plan.elements],
        has_calendar=Element.CALENDAR in decision.plan.elements,
    )


def _items_page(
    decision: Asked, element: Element, form: HouseForm, items: Sequence[Item], status: int = 200, was_late: bool = False
) -> Response:
    now = {}
    for item in items:
        level = decision.theirs.items.get((element, item.id))
        words = level_words(element, decision.theirs.level(element))["words"]
        now[Wish(element, None, item).field] = words if level is None else level_words(element, level)["words"]
    told = {"name": decision.name, "what": inside(_(LABELS[Element][element]))}
    return _page(
        *(decision, form, _("%(what)s enkeltvis for %(name)s") % (told | {"what": label(element)})),
        status=status,
        groups=[{"name": "", "fields": [form[name] for name in now]}],
        now=_apart(form, now) if was_late else None,
        singles=[],
        has_calendar=False,
    )


def _apart(form: HouseForm, now: dict[str, str]) -> dict[str, str]:
    """What is set now, beside each field that says something else."""
    return {name: words for name, words in now.items() if form[name].data != form[name].object_data}


def _page(decision: Asked, form: HouseForm, heading: str, *, status: int, **more: Any) -> Response:
    return render_room(
        *(decision.request, decision.plan, "rights/change.html", "rights"),
        status=status,
        form=form,
        heading=heading,
        cancel_url=decision.back,
        seen=decision.participant.rights_revision,
        whose=decision.name,
        **more,
    )


async def _standard_wishes(decision: Asked) -> list[Wish]:
    plan, theirs, standard = decision.plan, decision.theirs, decision.standard
    seen = {item.id: item for item in await queries.seen_items(plan, {item_id for _element, item_id in theirs.items})}
    single = [Wish(element, None, seen[item_id]) for element, item_id in theirs.items if item_id in seen]
    return [Wish(one, standard.get(one, Level.NONE)) for one in decided_elements(plan)] + single


async def _standard_page(decision: Asked, status: int = 200, problems: Sequence[str] = ()) -> Response:
    theirs, standard = decision.theirs, decision.standard
    wishes = await _standard_wishes(decision)
    changes = [
        {
            "name": label(wish.element),
            "now": level_words(wish.element, theirs.level(wish.element))["words"],
            "then": level_words(wish.element, standard.get(wish.element, Level.NONE))["words"],
        }
        for wish in wishes
        if wish.item is None and theirs.level(wish.element) != wish.level
    ]
    return render_room(
        *(decision.request, decision.plan, "rights/standard.html", "rights"),
        status=status,
        whose=decision.name,
        role=decision.role,
        changes=changes,
        singles=sum(1 for wish in wishes if wish.item),
        cancel_url=decision.back,
        seen=decision.participant.rights_revision,
        was_late=status == 409,
        problems=problems,
    )
