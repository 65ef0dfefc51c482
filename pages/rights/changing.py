"""Deciding what one participant sees and may do (F125): part for part, or item for item."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from models.i18n import _
from models.labels import LABELS, inside, label
from models.plans.operations.changing_rights import change
from models.plans.queries import rights as queries
from models.plans.rules.rights import SINGLE, Wish
from models.plans.tables.item import Item
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element
from pages.forms import HouseForm, posted, seen_revision
from pages.plans.room import render_room
from pages.rendering import go
from pages.rights.decision import Asked, Decision
from pages.rights.forms import decided_elements, element_form, element_wishes, item_form, item_wishes
from pages.rights.views import in_use, item_name
from pages.rights.words import GROUP_NAMES, level_words, meanings

router = APIRouter(prefix="/plans/{plan_id}/rights/{participant_id}")
MOST_FIELDS = 2_000
Group = tuple[str, list[Item]]
"""What items lie under, and the items."""


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
    groups = await _items(decision, element)
    return _items_page(decision, element, item_form(decision.plan, element, decision.theirs, _all(groups)), groups)


@router.post("/change/{element}")
async def change_items(decision: Decision, element: Element) -> Response:
    groups, sent = await _items(decision, element), await posted(decision.request, MOST_FIELDS)
    form = item_form(decision.plan, element, decision.theirs, items := _all(groups), sent)
    return await _save(
        *(decision, form, seen_revision(sent)),
        lambda: item_wishes(element, form, items),
        lambda status, now: _items_page(decision, element, form, groups, status, now),
    )


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


async def _items(decision: Asked, element: Element) -> list[Group]:
    if element not in SINGLE or element not in decision.plan.elements:
        raise NotFound
    items = await queries.single_items(decision.plan, element)
    if element is not Element.ACTIVITIES:
        return [("", items)]
    under = groupby(items, key=lambda activity: activity.goal_id)
    goals = {goal.id: item_name(decision.plan, goal) for goal in await queries.goals_over(decision.plan, items)}
    return [(goals[goal_id], list(activities)) for goal_id, activities in under]


def _all(groups: Sequence[Group]) -> list[Item]:
    return [item for _name, items in groups for item in items]


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
        is_single=False,
        has_calendar=Element.CALENDAR in decision.plan.elements,
    )


def _items_page(
    decision: Asked,
    element: Element,
    form: HouseForm,
    groups: Sequence[Group],
    status: int = 200,
    was_late: bool = False,
) -> Response:
    now = {}
    for item in _all(groups):
        level = decision.theirs.items.get((element, item.id))
        words = level_words(element, decision.theirs.level(element))["words"]
        now[Wish(element, None, item).field] = words if level is None else level_words(element, level)["words"]
    told = {"name": decision.name, "what": inside(_(LABELS[Element][element]))}
    return _page(
        *(decision, form, _("%(what)s enkeltvis for %(name)s") % (told | {"what": label(element)})),
        status=status,
        groups=[
            {"name": name, "fields": [form[Wish(element, None, item).field] for item in items]}
            for name, items in groups or [("", [])]
        ],
        now=_apart(form, now) if was_late else None,
        is_single=True,
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
        asks_owner=decision.asks_owner,
        meanings=meanings(),
        **more,
    )
