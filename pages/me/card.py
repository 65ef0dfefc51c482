"""Min informasjon (F36, F38, F39, F41): one's own card in the municipality one is in, the same page for everybody."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.accounts.queries import own_appointments
from models.clock import local_day
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
        return render(request, "me/no_card.html", duties=await _duties(me))
    card = await queries.own_card(me)
    return await _page(request, me, card, CardForm(obj=card.contact, language=me.viewer.language))


@router.post("")
async def change_card(request: Request) -> Response:
    data = await posted(request)
    me, form = await opened_profile(request), CardForm(data)
    if not form.validate():
        return await _page(request, me, await queries.own_card(me), form, 400)
    try:
        await operations.change_own(me, form.contact(), str(data.get("seen", "")))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, me, await queries.own_card(me), form, 400)
    except Conflict:
        card = await queries.own_card(me)
        return await _page(request, me, card, form, 409, conflict=_in_words(card))
    return await _saved(request, me, form.language.data)


async def _saved(request: Request, me: OpenProfile, language: str) -> Response:
    answer = go("/me", "saved")
    if language != me.viewer.language:
        await remember_language(me.session, session_token(request) or "", language)
        set_cookie(request, answer, "language", language, A_YEAR)
    return answer


async def _page(
    request: Request,
    me: OpenProfile,
    card: OwnCard,
    form: CardForm,
    status: int = 200,
    *,
    conflict: dict[str, Any] | None = None,
) -> Response:
    shown = {"card": card, "gender": label(card.gender), "seen": card.contact.mark, "conflict": conflict}
    return render(request, "me/card.html", status=status, form=form, duties=await _duties(me), **shown)


async def _duties(me: OpenProfile) -> list[dict[str, Any]]:
    """What the municipality has appointed one to; the first day only when it is to come."""
    today = local_day(me.session.clock.now())
    return [
        {
            "words": ", ".join(label(word) for word in (one.duty, one.plan_kind) if word),
            "first": one.valid_from if one.valid_from > today else None,
            "last": one.valid_to - timedelta(days=1) if one.valid_to else None,
        }
        for one in await own_appointments(me)
    ]


def _in_words(card: OwnCard) -> dict[str, Any]:
    """What the card says by now, for who wrote over an older version of it."""
    contact = card.contact
    return {"email": (contact.email, contact.email_visible), "mobile": (contact.mobile, contact.mobile_visible)}
