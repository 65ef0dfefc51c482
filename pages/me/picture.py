"""One's own picture (F40): seen, chosen and taken away."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.people import operations, queries
from pages.forms import posted_with_file
from pages.portrait import PictureForm
from pages.rendering import go, render
from permissions.request import opened_profile, session_token
from permissions.viewer import viewer_of

router = APIRouter(prefix="/me/picture")
JPEG = "image/jpeg"


@router.get("")
async def show_picture(request: Request) -> Response:
    return Response(await queries.own_picture(await opened_profile(request)), media_type=JPEG)


@router.get("/change")
async def choose_picture(request: Request) -> Response:
    card = await queries.own_card(await opened_profile(request))
    return render(request, "me/picture.html", form=PictureForm(), card=card)


@router.post("/change")
async def set_picture(request: Request) -> Response:
    """Nobody but who is signed in sets us to work; and the work is done before the writing begins."""
    form = PictureForm(await posted_with_file(request))
    async with request.app.state.database.reading() as session:
        await viewer_of(session, session_token(request) or "")
    jpeg = await form.made()
    me = await opened_profile(request)
    if jpeg is None:
        card = await queries.own_card(me)
        return render(request, "me/picture.html", status=400, form=form, card=card)
    await operations.set_picture(me, jpeg)
    return go("/me", "saved")


@router.get("/remove")
async def ask_about_picture(request: Request) -> Response:
    card = await queries.own_card(await opened_profile(request))
    return render(request, "me/picture_remove.html", card=card) if card.has_picture else go("/me")


@router.post("/remove")
async def remove_picture(request: Request) -> Response:
    await operations.remove_picture(await opened_profile(request))
    return go("/me", "deleted")
