"""When ID-porten was no way in: one page, one sentence that says why, and the ways that are still open."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from pages.rendering import render
from pages.sign_in.cookies import forget_trip
from pages.sign_in.next_page import login_url, safe_next
from permissions.sign_in.id_porten.identities import Obstacle
from permissions.sign_in.id_porten.tokens import Problem


@dataclass(frozen=True)
class No:
    """`levels` adds which electronic IDs can be used, and why others cannot (F22)."""

    title: str
    why: str
    status: int = 400
    levels: bool = False


NOT_DONE = N_("Du ble ikke logget på")
NOT_LINKED = N_("Vi kunne ikke koble sammen")

LOST = No(NOT_DONE, N_("Påloggingen ble begynt et annet sted, er brukt før eller tok mer enn ti minutter."))
CANCELLED = No(NOT_DONE, N_("Du avbrøt hos ID-porten."))
NO_ANSWER = No(NOT_DONE, N_("Vi kunne ikke bruke svaret fra ID-porten. Prøv igjen."))
UNREACHABLE = No(NOT_DONE, N_("Vi får ikke kontakt med ID-porten akkurat nå. Prøv igjen om litt."), status=503)
TOO_MANY = No(NOT_DONE, N_("For mange har prøvd fra nettverket ditt. Prøv igjen om fem minutter."), status=429)

PROBLEMS = {
    Problem.UNTRUSTED: NO_ANSWER,
    Problem.LEVEL_TOO_LOW: No(
        NOT_DONE, N_("Du må bruke en elektronisk ID på høyeste sikkerhetsnivå."), status=403, levels=True
    ),
    Problem.NO_NATIONAL_ID: No(
        NOT_DONE, N_("Den elektroniske ID-en du brukte, har ikke norsk fødselsnummer eller D-nummer."), status=403
    ),
}
OBSTACLES = {
    Obstacle.NOT_OFFERED: No(
        NOT_DONE, N_("Kommunen din bruker ikke ID-porten. Logg på med brukernavn og passord."), status=403
    ),
    Obstacle.CLOSED: No(NOT_DONE, N_("Brukeren din er stengt. Spør kommunen hvis du mener det er feil."), status=403),
    Obstacle.OTHER_NUMBER: No(
        NOT_LINKED,
        N_("Fødselsnummeret fra ID-porten er et annet enn det kommunen har på deg. Be kommunen om hjelp."),
        status=403,
    ),
    Obstacle.HAS_ANOTHER: No(
        NOT_LINKED,
        N_("Brukeren er koblet til et annet fødselsnummer. Har du fått nytt, så be kommunen om ny kobling."),
        status=403,
    ),
    Obstacle.IS_ANOTHERS: No(
        NOT_LINKED,
        N_("Du har allerede koblet ID-porten til en annen bruker. Logg ut, og logg på med ID-porten."),
        status=403,
    ),
    Obstacle.TOO_LONG_AGO: No(
        NOT_LINKED,
        N_("Det er en stund siden du logget på. Logg ut, logg på igjen, og koble sammen med en gang etterpå."),
        status=403,
    ),
}


def turned_away(request: Request, no: No, next_: str | None = None) -> Response:
    """The trip is over; the person may begin another, or sign in with a password."""
    onward = safe_next(next_)
    answer = render(
        request,
        "sign_in/id_porten.html",
        status=no.status,
        title=_(no.title),
        why=_(no.why),
        levels=no.levels,
        address=login_url(onward),
        again_url=login_url(onward, "/login/idporten"),
        login_url=login_url(onward),
    )
    forget_trip(request, answer)
    return answer
