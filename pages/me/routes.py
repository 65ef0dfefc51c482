"""Where the viewer is: choosing municipality and profile (F37, F53, F201)."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.labels import label
from models.refusals import NotFound
from models.rights import Profile
from pages.forms import posted
from pages.rendering import go, render
from pages.sign_in.cookies import with_own_eyes
from pages.sign_in.next_page import HOME, safe_next
from permissions.request import current_session, current_viewer
from permissions.sign_in import places

router = APIRouter(prefix="/me")


@router.get("/switch")
async def show_places(request: Request) -> Response:
    viewer, session = await current_viewer(request), await current_session(request)
    offered = [
        {
            "municipality_id": place.municipality_id,
            "municipality": place.municipality,
            "profile": place.profile.value,
            "profile_words": label(place.profile),
            "plans": place.plans,
            "here": (place.municipality_id, place.profile) == (viewer.municipality_id, viewer.profile),
        }
        for place in await places.places(session, viewer.account_id)
    ]
    wanted = request.query_params.get("next")
    return render(request, "me/switch.html", offered=offered, wanted=safe_next(wanted) if wanted else None)


@router.post("/switch")
async def switch_place(request: Request) -> Response:
    viewer, session, data = await current_viewer(request), await current_session(request), await posted(request)
    try:
        chosen = UUID(str(data.get("municipality"))), Profile(str(data.get("profile")))
    except ValueError:
        raise NotFound from None
    await places.switch(session, viewer, *chosen)
    answer = go(safe_next(str(data.get("next", HOME))))
    with_own_eyes(request, answer)
    return answer
