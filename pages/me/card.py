"""Min informasjon (F36, F38, F39, F41): one's own card in the municipality one is in, the same page for everybody."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.labels import label
from models.people import operations, queries
from models.people.queries import OwnCard
from models.refusals import Conflict, Invalid
from pages.forms import posted
from pages.me.forms import CardForm
from pages.rendering import go, render
from pages.sign_in.cookies import A_YEAR, set_cookie
from permissions.request import opened_profile, session_token
from permissions.sign_in.sessions import remember_language

router = APIRouter(prefix="/me")


@router.get("")
async def show_card(request: Request) -> Response:
    me = await opened_profile(request)
    if me.viewer.person_id is None:
        return render(request, "me/no_card.html")
    card = await queries.own_card(me)
    return _page(request, card, CardForm(obj=card.contact, language=me.viewer.language))


@router.post("")
async def change_card(request: Request) -> Response:
    data = await posted(request)
    me, form = await opened_profile(request), CardForm(data)
    if not form.validate():
        return _page(request, await queries.own_card(me), form, 400)
    try:
        await operations.change_own(me, form.contact(), str(data.get("seen", "")))
    except Invalid as invalid:
        form.refuse(invalid)
        return _page(request, await queries.own_card(me), form, 400)
    except Conflict:
        card = await queries.own_card(me)
        return _page(request, card, form, 409, conflict=_in_words(card))
    return await _saved(request, me, form.language.data)


async def _saved(request: Request, me: OpenProfile, language: str) -> Response:
    answer = go("/me", "saved")
    if language != me.viewer.language:
        await remember_language(me.session, session_token(request) or "", language)
        set_cookie(request, answer, "language", language, A_YEAR)
    return answer


def _page(
    request: Request, card: OwnCard, form: CardForm, status: int = 200, *, conflict: dict[str, Any] | None = None
) -> Response:
    shown = {"card": card, "gender": label(card.gender), "seen": card.contact.mark, "conflict": conflict}
    return render(request, "me/card.html", status=status, form=form, **shown)


def _in_words(card: OwnCard) -> dict[str, Any]:
    """What the card says by now, for who wrote over an older version of it."""
    contact = card.contact
    return {"email": (contact.email, contact.email_visible), "mobile": (contact.mobile, contact.mobile_visible)}
