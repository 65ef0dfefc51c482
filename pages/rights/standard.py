"""Giving one participant the standard of their role again (F126)."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from models.labels import label
from models.plans.operations.changing_rights import change
from models.plans.queries import rights as queries
from models.plans.rules.rights import Wish
from models.refusals import Conflict, Invalid
from models.rights import Level
from pages.forms import HouseForm, posted, seen_revision
from pages.plans.room import render_room
from pages.rendering import go
from pages.rights.decision import Asked, Decision
from pages.rights.forms import decided_elements
from pages.rights.words import level_words

router = APIRouter(prefix="/plans/{plan_id}/rights/{participant_id}")


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
        asks_owner=decision.asks_owner,
        role=decision.role,
        changes=changes,
        singles=sum(1 for wish in wishes if wish.item),
        cancel_url=decision.back,
        seen=decision.participant.rights_revision,
        was_late=status == 409,
        problems=problems,
    )
