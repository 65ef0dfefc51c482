"""«Om meg selv» on a page of its own, and where it is written (F54)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.plans.operations import about as operations
from models.plans.proof import OpenPlan
from models.plans.queries import about as queries
from models.plans.queries import people
from models.plans.tables.life import About
from models.rights import Element, Level, Role
from pages.drafts import FoundDraft
from pages.forms import HouseForm, RichTextField, posted, seen_revision
from pages.plans.owner import owner_card
from pages.plans.room import address, render_room, room
from pages.plans.saving import FormPage, draft_here

router = APIRouter(prefix="/plans/{plan_id}/about")
Plan = Annotated[OpenPlan, Depends(room("about"))]


class AboutForm(HouseForm):
    text = RichTextField(
        N_("Om meg selv"),
        description=N_("Hva er viktig for meg? Hva liker jeg, hva er vanskelig, og hva hjelper?"),
        render_kw={"rows": 12},
    )


@router.get("")
async def show_about(request: Request, plan: Plan) -> Response:
    plan.demand(Element.ABOUT, Level.READ, queries.place(plan))
    about = await queries.find(plan)
    return render_room(
        *(request, plan, "plans/about.html", "home"),
        owner=owner_card(plan, await people.people(plan)),
        about=await queries.read(plan),
        changed=(about.changed_at or about.added_at) if about else None,
        change_url=change_address(plan),
        versions_url=f"{address(plan)}/history/about/{plan.plan_id}",
    )


@router.get("/change")
async def edit_about(request: Request, plan: Plan) -> Response:
    draft = await draft_here(request, plan)
    form = AboutForm(draft and draft.typed, data={"text": await queries.read(plan)})
    return _page(request, plan, form, await queries.find(plan), draft).show()


@router.post("/change")
async def change_about(request: Request, plan: Plan) -> Response:
    data = await posted(request)
    form = AboutForm(data)
    page = _page(request, plan, form, await queries.find(plan))
    return await page.save(lambda: operations.write(plan, seen_revision(data), form.text.data or ""), "saved")


def change_address(plan: OpenPlan) -> str | None:
    """Where the viewer may write it; None for all others."""
    may_change = plan.allows(Element.ABOUT, Level.CHANGE, queries.place(plan))
    return f"{address(plan)}/about/change" if may_change else None


def _page(
    request: Request, plan: OpenPlan, form: AboutForm, about: About | None, draft: FoundDraft | None = None
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    plan.demand(Element.ABOUT, Level.CHANGE, queries.place(plan))
    heading = _("Endre «Om meg selv»") if about else _("Skriv «Om meg selv»")
    back, more = f"{address(plan)}/about", {"on_behalf": plan.role is not Role.OWNER}
    return FormPage(request, plan, "home", "plans/about_form.html", form, heading, back, about, more, draft)
