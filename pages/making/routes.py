"""«Lag plan»: what one has begun, and beginning anew; and throwing away what was begun."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenMunicipality
from models.i18n import _
from models.plans.operations.begun import discard_begun
from models.plans.queries.begun import all_begun
from models.plans.rules.making import Start
from models.refusals import Invalid
from pages.finding import FindPersonForm
from pages.forms import posted
from pages.making.begun import WORDS, Here, Making, Step, at, owner_of
from pages.making.person import begin_with
from pages.making.words import start_words
from pages.rendering import go, render

router = APIRouter(prefix="/plans/new")


@router.get("")
async def show_begun(request: Request, here: Here) -> Response:
    return await _page(request, here, FindPersonForm())


@router.post("")
async def begin(request: Request, here: Here) -> Response:
    """Looks nobody up in an address: a fødselsnummer must not lie in the browser's history."""
    form = FindPersonForm(await posted(request))
    try:
        return await begin_with(request, here, form) or await _page(request, here, form, 400)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, here, form, 400)


@router.get("/{begun_id}/discard")
async def ask_about_discarding(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        return render(request, "making/discard.html", url=making.url, owner_name=making.name)

    return await at(request, here, begun_id, Step.PERSON, show)


@router.post("/{begun_id}/discard")
async def discard(request: Request, here: Here, begun_id: UUID) -> Response:
    async def drop(making: Making) -> Response:
        await discard_begun(here, making.begun)
        return go("/plans/new", "deleted")

    return await at(request, here, begun_id, Step.PERSON, drop)


async def _page(request: Request, here: OpenMunicipality, form: FindPersonForm, status: int = 200) -> Response:
    """A fødselsnummer is shown to nobody, not even to who just typed it."""
    form.national_id.data = ""
    known = [one for one in await all_begun(here) if not one.is_only_asked] if status == 200 else []
    rows = [_row(Making(request, here, one, await owner_of(here, one))) for one in known]
    return render(request, "making/start.html", status=status, form=form, begun=rows)


def _row(making: Making) -> dict[str, Any]:
    said = making.begun.one(Step.PLAN, "start")
    step = making.missing() or Step.SUMMARY
    return {
        "name": making.name or _("Ny person"),
        "kind_name": start_words(Start(said)) if said in set(Start) else None,
        "saved_at": making.begun.saved_at,
        "number": list(Step).index(step) + 1,
        "count": len(Step),
        "step": _(WORDS[step]),
        "url": making.onwards(),
        "discard_url": f"{making.url}/discard",
    }
