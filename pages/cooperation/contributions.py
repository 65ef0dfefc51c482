"""What a participant contributes: one form for each, whether it is written yet or not."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import contributions as operations
from models.plans.operations.demands import demand_change, demand_contributor, demand_delete
from models.plans.proof import OpenPlan
from models.plans.queries.contributions import contributor, visible_contribution
from models.plans.queries.people import Somebody, people
from models.plans.tables.participants import Participant
from models.plans.tables.together import Contribution
from models.refusals import NotFound
from pages.cooperation.forms import ContributionForm
from pages.cooperation.routes import ROOM, Plan
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.plans.room import address
from pages.plans.saving import FormPage, Question, draft_here, texts_of
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/cooperation/contributions/{participant_id}")


async def find_contributor(plan: Plan, participant_id: UUID) -> Participant:
    return await contributor(plan, participant_id)


async def find_contribution(plan: Plan, participant_id: UUID) -> Contribution | None:
    return await visible_contribution(plan, participant_id)


TheContributor = Annotated[Participant, Depends(find_contributor)]
Written = Annotated[Contribution | None, Depends(find_contribution)]


async def find_written(written: Written) -> Contribution:
    if written is None:
        raise NotFound
    return written


TheContribution = Annotated[Contribution, Depends(find_written)]


@router.get("")
async def edit_contribution(request: Request, plan: Plan, who: TheContributor, written: Written) -> Response:
    _demand(plan, who, written)
    draft = await draft_here(request, plan)
    form = ContributionForm(draft and draft.typed, data=texts_of(plan, written) if written else None)
    return (await _page(request, plan, who, form, written, draft)).show()


@router.post("")
async def save_contribution(request: Request, plan: Plan, who: TheContributor, written: Written) -> Response:
    """A form that was sent twice before it was answered comes here as new while it is written already."""
    _demand(plan, who, written)
    data = await posted(request)
    form, seen = ContributionForm(data), seen_revision(data)
    page = await _page(request, plan, who, form, written)
    if written and not seen and written.id == page.new_id:
        return go(page.back, "added")
    if written:
        return await page.save(lambda: operations.change(plan, written, seen, form.text.data or ""), "saved")
    return await page.save(lambda: operations.add(plan, who, form.text.data or "", page.new_id), "added")


@router.get("/remove")
async def ask_about_contribution(request: Request, plan: Plan, written: TheContribution) -> Response:
    return (await _question(request, plan, written)).show()


@router.post("/remove")
async def remove_contribution(request: Request, plan: Plan, written: TheContribution) -> Response:
    question, seen = await _question(request, plan, written), seen_revision(await posted(request))
    return await question.answer(lambda: operations.delete(plan, written, seen))


def _demand(plan: OpenPlan, who: Participant, written: Contribution | None) -> None:
    """Nobody is shown the form, filled in or not, who may not save it."""
    if written:
        demand_change(plan, written)
    else:
        demand_contributor(plan, who.id)


async def _question(request: Request, plan: OpenPlan, written: Contribution) -> Question:
    demand_delete(plan, written)
    who = await _named(plan, written.participant_id)
    gone = [_("Ingen ser teksten lenger."), _("Du kan hente den tilbake igjen med «Angre».")]
    asked, title = _("Vil du slette det som står her?"), f"{who.name}, {who.role}"
    return Question(request, plan, ROOM, written, asked, gone, _back(plan), title=title)


async def _named(plan: OpenPlan, participant_id: UUID) -> Somebody:
    return next(one for one in await people(plan) if one.participant_id == participant_id)


def _back(plan: OpenPlan) -> str:
    return f"{address(plan)}/cooperation"


async def _page(
    request: Request,
    plan: OpenPlan,
    who: Participant,
    form: ContributionForm,
    written: Contribution | None,
    draft: FoundDraft | None = None,
) -> FormPage:
    own = any(standing.participant_id == who.id for standing in plan.standings)
    named = await _named(plan, who.id)
    heading = _("Hva bidrar du med?") if own else _("Hva bidrar %(name)s med?") % {"name": named.name}
    more = {"own": own, "who": {"name": named.name, "role": named.role}}
    template = "cooperation/contribution_form.html"
    return FormPage(request, plan, ROOM, template, form, heading, _back(plan), written, more, draft)
