"""Templates: one Jinja2 environment, and what every page is given."""

from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from models.accounts.proof import Viewer
from models.clock import local_day
from models.i18n import LANGUAGES, N_, _, clock_text, current_language, day_text, moment_text, ngettext, relative_day
from models.labels import label
from models.rich_text import plain, shown
from models.texts import headed
from pages.demonstration import is_demonstration
from permissions.menu import places
from permissions.sign_in.time_left import time_left

HERE = Path(__file__).parent

DONE = {
    "saved": N_("Lagret."),
    "added": N_("Lagt til."),
    "deleted": N_("Slettet."),
    "plan-made": N_("Planen er laget, og er et utkast som bare du ser."),
    "plan-ended": N_("Planen er avsluttet. Den kan leses, men ikke endres."),
    "plan-reopened": N_("Planen er åpnet igjen."),
    "plan-deleted": N_("Planen er slettet. Du kan hente den tilbake herfra i 30 dager."),
    "plan-restored": N_("Planen er hentet tilbake, og er som den var."),
    "kind-changed": N_("Plantypen er endret. Alt som er skrevet, er med videre."),
    "kept": N_("Lagret. Du kan fortsette når du vil."),
    "restored": N_("Hentet tilbake."),
    "moved": N_("Flyttet."),
    "historic": N_("Flyttet til historikken."),
    "school-year": N_("Det nye skoleåret er klart."),
    "undone": N_("Angret."),
    "missed-told": N_("Du har sagt fra."),
    "missed-taken-back": N_("Tatt tilbake."),
    "missed-answered": N_("Svaret er sendt."),
    "baton-offered": N_("Spørsmålet er sendt. Du har ansvaret til det er svart ja."),
    "baton-accepted": N_("Nå koordinerer du planen."),
    "baton-declined": N_("Du har takket nei. Den som spurte, får beskjed."),
    "baton-withdrawn": N_("Spørsmålet er trukket tilbake."),
    "stand-in-chosen": N_("Vikaren er valgt, og får beskjed."),
    "stand-in-ended": N_("Vikariatet er avsluttet."),
    "task-done": N_("Merket som ferdig."),
    "coordinator-appointed": N_("Nå koordinerer noen planen."),
    "waiting-added": N_("Personen er registrert."),
    "waiting-ended": N_("Avsluttet. Personen står ikke lenger på listen."),
    "signed-out": N_("Du er logget ut."),
    "linked": N_("Brukeren din er koblet til ID-porten. Neste gang logger du på med ID-porten alene."),
    "idle": N_("Du ble logget ut fordi du ikke hadde gjort noe på en stund."),
    "ended": N_("Du ble logget ut fordi du hadde vært pålogget i 12 timer."),
    "invited": N_("Invitasjonen er sendt."),
    "proposed": N_("Lagret. Den planen gjelder, eller en foresatt, må si ja før det virker."),
    "removed": N_("Deltakeren er ute av planen."),
    "without-access": N_("Samtykket er nullstilt. Deltakeren står på listen, men har ikke tilgang."),
    "left-plan": N_("Du er ute av planen."),
    "answered-yes": N_("Svaret er lagret: ja."),
    "answered-no": N_("Svaret er lagret: nei."),
    "proposal-withdrawn": N_("Spørsmålet er trukket tilbake."),
    "wished": N_("Ønsket er sendt til den som koordinerer planen."),
    "wish-refused": N_("Svaret er sendt til dem som ønsket det."),
    "wish-withdrawn": N_("Ønsket er trukket tilbake."),
    "join-confirmed": N_("Bekreftet. Nå kan personen logge på."),
    "join-refused": N_("Avvist. Ingen fikk tilgang."),
    "kept-apart": N_("De to holdes nå fra hverandre."),
    "apart-ended": N_("De to ser hverandre igjen."),
    "young-approved": N_("Nå kan barnet logge på."),
    "young-withdrawn": N_("Trukket tilbake. Planene er lukket for barnet."),
    "password-changed": N_("Passordet er byttet. Du er logget ut alle andre steder."),
    "user-name-changed": N_("Brukernavnet er byttet. Bruk det neste gang du logger på."),
    "email-changed": N_("E-postadressen er byttet. Du er logget ut alle andre steder."),
    "mobile-changed": N_("Mobilnummeret er byttet. Du er logget ut alle andre steder."),
    "email-removed": N_("E-postadressen er fjernet."),
    "mobile-removed": N_("Mobilnummeret er fjernet."),
    "channel-chosen": N_("Lagret. Neste kode kommer slik du valgte."),
    "code-sent": N_("Vi har sendt en ny kode."),
    "app-removed": N_("Appen er fjernet."),
    "one-signed-out": N_("Logget ut der."),
    "others-signed-out": N_("Du er logget ut alle andre steder."),
    "change-stopped": N_("Endringen er stoppet."),
    "administration-begun": N_("Administrasjonen er åpen i 60 minutter. Vi har sagt fra til dem planen gjelder."),
    "administration-ended": N_("Administrasjonen er avsluttet."),
    "rights-asked": N_("Lagret. Det som gir mer tilgang, er sendt til godkjenning, og gjelder når det er godtatt."),
    "basis-recorded": N_("Grunnlaget er lagret."),
    "consent-asked": N_("Forespørselen er sendt. Du ser her hvem som har svart."),
    "consent-recorded": N_("Samtykket er registrert."),
    "consent-reset": N_("Samtykket er nullstilt."),
    "consent-cancelled": N_("Forespørselen er trukket tilbake."),
    "consent-signed": N_("Takk. Du har samtykket."),
    "consent-declined": N_("Svaret er sendt. Du har ikke samtykket."),
    "consent-shortened": N_("Samtykket slutter tidligere nå. Den som koordinerer planen, får beskjed."),
    "renewal-asked": N_("Den som koordinerer planen, får beskjed om at du ønsker å fornye samtykket."),
    "unit-wished": N_("Ønsket er sendt til den som koordinerer planen."),
    "consent-withdrawn": N_("Samtykket er trukket tilbake. Den som koordinerer planen, får beskjed."),
    "plan-in-use": N_("Planen er tatt i bruk."),
    "password-chosen": N_("Passordet er lagret. Nå kan du logge på."),
}
"""What a page may say has just been done: `?done=` takes no other words than these."""

_today: ContextVar[date] = ContextVar("today")
"""The day being rendered: dates this year need no year, and near ones are said in words."""


def _day(moment: datetime | date) -> str:
    return day_text(moment, _today.get())


def _moment(moment: datetime) -> str:
    return moment_text(moment, _today.get())


def _relative_day(day: date) -> str:
    return relative_day(day, _today.get())


def _clock(moment: datetime) -> str:
    return _("kl. %(time)s") % {"time": clock_text(moment)}


def _number(value: object) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}") if isinstance(value, int) else str(value)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(shown=shown, plain=plain, headed=headed)
    environment.filters.update(clock=_clock, number=_number, day=_day, moment=_moment, relative_day=_relative_day)
    return environment


ENVIRONMENT = _environment()


def render(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """The page, in the language being spoken, with the frame filled in for whoever is signed in."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    _today.set(local_day(request.app.state.database.clock.now()))
    frame = {
        "lang": current_language(),
        "languages": list(LANGUAGES.items()),
        "address": _address(request),
        "demo": is_demonstration(request),
        "municipality": viewer.municipality_name if viewer else None,
        "viewer": _shown(viewer) if viewer else None,
        "session": time_left(viewer, request.app.state.database.clock.now()) if viewer else None,
        "places": places(viewer, request.url.path) if viewer and viewer.has_accepted_terms else None,
        "flash": _(DONE[done]) if (done := request.query_params.get("done")) in DONE else None,
        "undo": None,
        "form": None,
    }
    return HTMLResponse(ENVIRONMENT.get_template(name).render(frame | context), status_code=status)


def _shown(viewer: Viewer) -> dict[str, Any]:
    return {"name": viewer.name, "role": label(viewer.profile), "is_in": viewer.has_accepted_terms}


def _address(request: Request) -> str:
    """This page's path, to come back to; of a form that was posted, only a reload would be wrong."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def go(url: str, done: str | None = None) -> RedirectResponse:
    """After a change: 303, so that a reload repeats nothing."""
    page, mark, place = url.partition("#")
    if done:
        page += f"{'&' if '?' in page else '?'}done={done}"
    return RedirectResponse(page + mark + place, status_code=303)
