"""The terms of use (F28): read by anybody, accepted once for each version by those who sign in."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from wtforms import BooleanField
from wtforms.validators import InputRequired

from models.accounts.proof import Viewer
from models.accounts.rules import TERMS
from models.i18n import N_, current_language
from models.refusals import NotSignedIn
from pages.forms import HouseForm, posted
from pages.rendering import go, render
from pages.sign_in.next_page import login_url, safe_next
from permissions.request import current_session, signed_in_viewer
from permissions.sign_in.terms import accept

router = APIRouter(prefix="/terms")


class TermsForm(HouseForm):
    accepted = BooleanField(
        N_("Jeg har lest og godtar brukervilkårene"), [InputRequired(N_("Kryss av for at du godtar vilkårene."))]
    )


@router.get("")
async def show_terms(request: Request) -> Response:
    try:
        viewer = await signed_in_viewer(request)
    except NotSignedIn:
        viewer = None
    return _page(request, viewer, TermsForm())


@router.post("")
async def accept_terms(request: Request) -> Response:
    viewer, form = await signed_in_viewer(request), TermsForm(await posted(request))
    if not form.validate():
        return _page(request, viewer, form, 400)
    await accept(await current_session(request), viewer, current_language())
    return go(safe_next(request.query_params.get("next")))


def _page(request: Request, viewer: Viewer | None, form: TermsForm, status: int = 200) -> Response:
    """The text is a template of its own for each version and language: old versions stay as they were accepted."""
    asks = viewer is not None and not viewer.has_accepted_terms
    action = login_url(request.query_params.get("next"), "/terms")
    text = f"terms/{TERMS}/{current_language()}.html"
    return render(request, "terms/terms.html", status=status, form=form, asks=asks, action=action, text=text)
