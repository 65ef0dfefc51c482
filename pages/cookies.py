"""Which cookies we set, why, and for how long (F29). None needs consent: nobody is followed or measured by them."""

from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.refusals import NotSignedIn
from pages.rendering import render
from pages.sign_in.cookies import CODE, TRIP, code_name, trip_name
from permissions.request import cookie_name, signed_in_viewer
from permissions.whence import CHOSEN

router = APIRouter(prefix="/cookies")

WHAT_FOR = {
    "session": (N_("Holder deg pålogget."), N_("Til du logger ut eller lukker nettleseren, og aldri over 12 timer")),
    CODE: (N_("Kjenner deg igjen mens du skriver inn engangskoden."), N_("10 minutter")),
    TRIP: (N_("Kjenner deg igjen når du kommer tilbake fra ID-porten."), N_("10 minutter")),
    "language": (N_("Husker hvilket språk du har valgt."), N_("1 år")),
    "medvirk_as_…": (
        N_("Husker at du ser en plan slik en annen deltaker ser den."),
        N_("Til du avslutter visningen, logger ut eller lukker nettleseren"),
    ),
    CHOSEN: (N_("Husker at du valgte språk før du logget på, så kontoen din får det."), N_("30 minutter")),
}


@router.get("")
async def show_cookies(request: Request) -> Response:
    with suppress(NotSignedIn):
        await signed_in_viewer(request)
    names = {"session": cookie_name(request), CODE: code_name(request), TRIP: trip_name(request)}
    shown = [(names.get(name, name), *map(_, said)) for name, said in WHAT_FOR.items()]
    return render(request, "cookies.html", cookies=shown)
