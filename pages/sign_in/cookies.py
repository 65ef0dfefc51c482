"""The cookies of signing in: no page can read them, and with https no other site can plant one that opens anything."""

from starlette.requests import Request
from starlette.responses import Response

from permissions.request import LOOKING, cookie_name
from permissions.sign_in.id_porten.trips import Trip
from permissions.sign_in.sessions import Begun
from permissions.whence import CHOSEN

A_YEAR = 525_600
CHOICE_LASTS = 30
CODE = "medvirk_code"
TRIP = "medvirk_trip"
TRIP_LASTS = 10


def set_cookie(request: Request, answer: Response, name: str, value: str, minutes: int | None = None) -> None:
    """Without `minutes` it lasts as long as the browser is open."""
    age = minutes * 60 if minutes else None
    answer.set_cookie(name, value, max_age=age, path="/", secure=request.app.state.https, httponly=True, samesite="lax")


def let_in(request: Request, answer: Response, begun: Begun) -> None:
    """Give the browser its new session, and the account's language: by now that which was chosen on the way in."""
    set_cookie(request, answer, cookie_name(request), begun.token)
    set_cookie(request, answer, "language", begun.language, A_YEAR)
    with_own_eyes(request, answer)
    if CHOSEN in request.cookies:
        answer.delete_cookie(CHOSEN, path="/", secure=request.app.state.https)


def with_own_eyes(request: Request, answer: Response) -> None:
    """Whoever is next in this browser, or in this place, sees every plan as themselves (N2)."""
    for name in [name for name in request.cookies if name.startswith(LOOKING)]:
        answer.delete_cookie(name, path="/", secure=request.app.state.https)


def trip_of(request: Request) -> Trip | None:
    """The trip to ID-porten that this browser is on."""
    secret = request.cookies.get(trip_name(request))
    return Trip(secret) if secret else None


def set_trip(request: Request, answer: Response, trip: Trip) -> None:
    set_cookie(request, answer, trip_name(request), trip.secret, TRIP_LASTS)


def forget_trip(request: Request, answer: Response) -> None:
    answer.delete_cookie(trip_name(request), path="/", secure=request.app.state.https)


def code_name(request: Request) -> str:
    return _guarded(request, CODE)


def trip_name(request: Request) -> str:
    return _guarded(request, TRIP)


def _guarded(request: Request, name: str) -> str:
    """With https the browser itself guards it, as it does the session's."""
    return f"__Host-{name}" if request.app.state.https else name
