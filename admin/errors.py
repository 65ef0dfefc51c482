"""Every no with its real status and a plain sentence: beside the field, above the form, or as a page."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError, IntegrityError
from starlette.exceptions import HTTPException

from admin.shell import message
from models.i18n import N_, _
from models.journal import tell
from models.refusals import SENTENCES, Conflict, Invalid, NotFound, NotSignedIn, Refused, TermsNotAccepted
from permissions.request import log_refusal

LOG = logging.getLogger("medvirk.admin")
FORM = N_("Noe i skjemaet må rettes.")
BY_STATUS = {
    400: N_("Det som ble sendt, kunne ikke leses."),
    401: N_("Du er ikke logget på lenger. Logg på og prøv igjen."),
    403: N_("Du har ikke tilgang til dette."),
    404: N_("Vi finner ikke det du leter etter."),
    405: N_("Dette går det ikke an å gjøre her."),
    409: N_("Dette finnes fra før, eller er i bruk et annet sted. Ingenting er lagret."),
    413: N_("Dette er for stort til å lagres."),
    500: N_("Noe gikk galt hos oss. Prøv igjen om litt."),
}
ADVICE = N_("Trenger du det i jobben din, så spør den lokale administratoren i kommunen.")
CHANGED = N_("Noen andre endret dette mens du holdt på. Last inn siden på nytt og prøv igjen.")
BY_FIELD = {
    "missing": N_("Fyll ut dette feltet."),
    "string_too_long": N_("Bruk høyst {max_length} tegn."),
    "string_too_short": N_("Bruk minst {min_length} tegn."),
    "enum": N_("Velg en av dem som står i listen."),
    "int_parsing": N_("Skriv et helt tall."),
    "date_from_datetime_parsing": N_("Skriv en dato, for eksempel 20.11.2026."),
    "date_parsing": N_("Skriv en dato, for eksempel 20.11.2026."),
    "datetime_from_date_parsing": N_("Skriv en dato og et klokkeslett, for eksempel 20.11.2026 10.00."),
    "datetime_parsing": N_("Skriv en dato og et klokkeslett, for eksempel 20.11.2026 10.00."),
    "less_than_equal": N_("Verdien kan høyst være {le}."),
    "greater_than_equal": N_("Verdien må være minst {ge}."),
}


def answer(request: Request, status: int, sentence: str = "", fields: Mapping[str, str] | None = None) -> Response:
    """The no as a page for a browser that asked for one, else in the form amis reads."""
    text = sentence or _(BY_STATUS.get(status, BY_STATUS[400 if status < 500 else 500]))
    if status == 401 and wants_page(request):
        return RedirectResponse(f"/login?next={request.url.path}", status_code=303)
    if wants_page(request):
        return HTMLResponse(message(request, text, _(ADVICE) if status == 403 else ""), status)
    return JSONResponse({"status": status, "msg": text, "errors": dict(fields or {})}, status)


def wants_page(request: Request) -> bool:
    return request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")


def field_sentence(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind.endswith("_type") and error.get("input") is None:
        kind = "missing"
    return _(BY_FIELD.get(kind, N_("Verdien kan ikke brukes."))).format(**error.get("ctx", {}))


def _field_of(error: Mapping[str, Any]) -> str:
    """Where it is about one of several things in a field, the field."""
    return next(str(part) for part in reversed(error["loc"]) if isinstance(part, str))


def _unreadable(request: Request, error: Any) -> Response:
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return answer(request, 400)
    fields = {_field_of(one): field_sentence(one) for one in found}
    return answer(request, 422, _(FORM), fields)


def _broken(request: Request, error: Exception) -> Response:
    tell(LOG, "admin", error)
    return answer(request, 500)


def _refused(request: Request, error: Refused) -> Response:
    log_refusal(request, error)
    return answer(request, 403, _(SENTENCES[error.reason]))


def _terms_first(request: Request, error: Exception) -> Response:
    if wants_page(request):
        return RedirectResponse(f"/terms?next={request.url.path}", status_code=303)
    return answer(request, 403, _("Les og godta brukervilkårene først."))


ANSWERS: dict[type[Exception], Any] = {
    NotSignedIn: lambda request, error: answer(request, 401),
    TermsNotAccepted: _terms_first,
    Refused: _refused,
    NotFound: lambda request, error: answer(request, 404),
    Conflict: lambda request, error: answer(request, 409, str(error) or _(CHANGED)),
    Invalid: lambda request, error: answer(request, 422, _(FORM), error.fields),
    HTTPException: lambda request, error: answer(request, error.status_code),
    IntegrityError: lambda request, error: answer(request, 409),
    DataError: lambda request, error: answer(request, 422, _(FORM)),
}


def refusal(request: Request, error: Exception) -> Response:
    """A refusal raised anywhere below, as an answer."""
    kind = next((kind for kind in type(error).__mro__ if kind in ANSWERS), None)
    made: Response = ANSWERS[kind](request, error) if kind else _broken(request, error)
    return made


def register(app: FastAPI) -> None:
    """Nothing leaves without one of ours: no database text, no traceback, no status 200 with a failure inside."""
    app.add_exception_handler(RequestValidationError, _unreadable)
    for kind in ANSWERS:
        app.add_exception_handler(kind, refusal)
    app.add_exception_handler(Exception, _broken)
