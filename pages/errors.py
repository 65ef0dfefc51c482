"""Every no, as a page in plain words that says what to do now."""

import logging
import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from models.i18n import N_, _
from models.journal import tell
from models.plans.rules.drafts import page_of
from models.plans.tables.kinds import KINDS
from models.refusals import SENTENCES, Conflict, Invalid, NotFound, NotSignedIn, Reason, Refused, TermsNotAccepted
from models.rich_text import plain
from models.rights import LIFE_AREAS
from pages.forms import posted
from pages.plans.asking import whom_to_ask
from pages.rendering import render
from pages.sign_in.id_porten import is_offered
from pages.sign_in.next_page import login_url
from permissions.request import current_viewer, log_refusal

ABSENT = (
    N_("Vi finner ikke siden"),
    N_("Den finnes ikke, eller den er ikke åpen for deg."),
    N_("Sjekk at adressen er riktig, eller spør den som ga deg lenken."),
)
ADVICE = {
    Reason.OTHER_PROFILE: N_("Velg «Bytt kommune eller profil» i menyen øverst, og prøv igjen."),
    Reason.OTHER_MUNICIPALITY: N_("Velg «Bytt kommune eller profil» i menyen øverst, og prøv igjen."),
    Reason.ADMINISTRATION_ONLY: N_("Deltakere og samtykke er åpne for deg til administrasjonen avsluttes."),
    Reason.ADMINISTRATION_CLOSED: N_("Er du ikke ferdig, så åpne den på nytt fra planregisteret."),
    Reason.TAKES_PART: N_("En annen lokal administrator i kommunen kan gjøre det."),
    Reason.NO_RIGHT: N_("Trenger du det i jobben din, så spør den lokale administratoren i kommunen."),
}
ASK = N_("Spør den som koordinerer planen, hvis du mener at dette er feil.")
MOST_FIELDS = 2_000
"""In the largest form of a plan: the rights to each of its items."""

WRITTEN = {*(name for kind in KINDS for name in kind.texts), *map(str, LIFE_AREAS), "purpose", "reason", "remark"}
"""The fields of a plan's forms that people write in; in a new plan's there are many goals."""
GOAL = re.compile(r"goal_\d+_(title|text)")
WRITTEN_AT = ("/plans/", "/coordination/")

CRASH = (
    N_("Noe gikk galt hos oss"),
    N_("Det er ikke du som har gjort noe feil. Ingenting ble lagret."),
    N_("Prøv igjen om litt. Fortsetter det, så si fra til kommunen og oppgi koden %(code)s."),
)


def install(app: FastAPI) -> None:
    """Give every refusal its page."""
    handlers: dict[type[Exception], Callable[..., Any]] = {
        NotSignedIn: sign_in_first,
        TermsNotAccepted: terms_first,
        Refused: refused,
        NotFound: absent,
        RequestValidationError: absent,
        HTTPException: by_status,
        Invalid: unusable,
        Conflict: changed_meanwhile,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def page(
    request: Request,
    status: int,
    title: str,
    explanation: str,
    advice: str | None = None,
    back: str = "/",
    written: Sequence[str] = (),
    step_up: str | None = None,
    stop_looking: str | None = None,
) -> Response:
    """`written` is what the person had typed, for them to copy: it is nowhere else. `step_up` leads to ID-porten, and
    `stop_looking` out of another's view of a plan (N2).

    A script that asked gets the why.
    """
    if wants_data(request):
        return JSONResponse({"message": explanation}, status_code=status)
    known = {"/": _("Til forsiden"), "/plans": _("Til planene"), "/terms": _("Til brukervilkårene")}
    words = known.get(back, _("Logg på"))
    error = {"title": title, "explanation": explanation, "advice": advice, "back_url": back, "back_words": words}
    error |= {"step_up": step_up, "stop_looking": stop_looking}
    return render(request, "errors/error.html", status=status, error=error, written=written)


def wants_data(request: Request) -> bool:
    """Whether one of our own scripts asks, and not somebody who will read a page."""
    return request.headers.get("accept", "").startswith("application/json")


async def typed(request: Request) -> list[str]:
    """The texts of a plan's form that was not taken in; where files are sent, nothing is written."""
    if request.method != "POST" or not request.url.path.startswith(WRITTEN_AT):
        return []
    if request.headers.get("content-type", "").startswith("multipart/"):
        return []
    data = await posted(request, MOST_FIELDS)
    names = [name for name in dict.fromkeys(data) if name in WRITTEN or GOAL.fullmatch(name)]
    return [text for name in names if (text := plain(str(data.get(name, ""))).strip())]


def form_address(request: Request) -> str:
    """The page of the form that was sent to a plan."""
    plan, place = request.url.path.split("/")[:3], request.url.path.split("/")[3:]
    return "/".join(plan) + page_of("/".join(["", *place]))


async def sign_in_first(request: Request, problem: NotSignedIn) -> Response:
    """Back to where they were going afterwards; what was written is shown, for only pages can be gone back to."""
    if request.method == "GET" and request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    if wants_data(request):
        return page(request, 401, _("Logg på igjen"), _("Du er logget ut."))
    if written := await typed(request):
        explanation = _("Du var borte en stund, og ble logget ut. Det du skrev, er ikke lagret.")
        advice = _("Ble et utkast lagret mens du skrev, finner du det i skjemaet når du har logget på igjen.")
        return page(request, 401, _("Logg på igjen"), explanation, advice, login_url(form_address(request)), written)
    address = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    return RedirectResponse(login_url(address + query), status_code=303)


async def terms_first(request: Request, problem: TermsNotAccepted) -> Response:
    """To the terms, and from there to where they were going."""
    if request.headers.get("hx-request"):
        return Response(status_code=403, headers={"HX-Redirect": "/terms"})
    if request.method != "GET" or wants_data(request):
        why = _("Les og godta brukervilkårene først. Ingenting ble lagret.")
        return page(request, 403, _("Godta brukervilkårene"), why, None, "/terms", await typed(request))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(login_url(request.url.path + query, "/terms"), status_code=303)


async def refused(request: Request, problem: Refused) -> Response:
    log_refusal(request, problem)
    advice, step_up = await advice_on(request, problem), await way_up(request, problem)
    title, why = _("Du kan ikke åpne dette nå"), _(SENTENCES[problem.reason])
    looking = f"/plans/{problem.plan_id}/as/end" if problem.reason is Reason.LOOKING_AS else None
    hint = None if step_up or looking else advice
    return page(request, 403, title, why, hint, "/plans", await typed(request), step_up, looking)


async def advice_on(request: Request, problem: Refused) -> str:
    if problem.reason in ADVICE:
        return _(ADVICE[problem.reason])
    return await whom_to_ask(request, problem.plan_id) or _(ASK)


async def way_up(request: Request, problem: Refused) -> str | None:
    """To ID-porten and back here, for who has signed in less surely than the municipality demands (F20)."""
    if problem.reason is not Reason.ASSURANCE_TOO_LOW or not await is_offered(request):
        return None
    return login_url(request.url.path if request.method == "GET" else None, "/login/idporten")


async def absent(request: Request, problem: Exception) -> Response:
    with suppress(NotSignedIn, TermsNotAccepted):
        await current_viewer(request)
    title, explanation, advice = map(_, ABSENT)
    return page(request, 404, title, explanation, advice, written=await typed(request))


async def by_status(request: Request, problem: HTTPException) -> Response:
    if problem.status_code == 404:
        return await absent(request, problem)
    if problem.status_code == 405:
        return page(request, 405, _("Dette kan ikke gjøres her"), _("Siden tar ikke imot det du sendte."))
    return not_taken(request, problem.status_code, _("Ingenting ble lagret."))


async def unusable(request: Request, problem: Invalid) -> Response:
    title, why = _("Vi kunne ikke bruke det du sendte"), " ".join(problem.fields.values())
    return page(request, 400, title, why, written=await typed(request))


async def changed_meanwhile(request: Request, problem: Conflict) -> Response:
    explanation = str(problem) or _("Noen andre endret dette etter at du åpnet det. Ingenting ble lagret.")
    title, advice = _("Noen andre lagret først"), _("Åpne det på nytt, og prøv igjen.")
    return page(request, 409, title, explanation, advice, written=await typed(request))


def not_taken(request: Request, status: int, why: str) -> Response:
    return page(request, status, _("Vi kunne ikke ta imot det du sendte"), why)


def crashed(request: Request, problem: Exception) -> Response:
    """The program's log gets the traceback under a code; the person gets only the code."""
    code = secrets.token_hex(4)
    tell(logging.getLogger("medvirk"), f"crash {code}", problem)
    title, explanation, advice = map(_, CRASH)
    return page(request, 500, title, explanation, advice % {"code": code})
