"""The page one signs in on, and the words for who must wait or cannot be sent a code."""

from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _, ngettext
from pages.rendering import render
from pages.sign_in.forms import LoginForm
from pages.sign_in.id_porten import is_offered
from pages.sign_in.linking import is_waiting
from pages.sign_in.next_page import login_url
from pages.status import messages_now
from permissions.sign_in.attempts import Locked
from permissions.sign_in.ways import NoWay


async def login_page(request: Request, form: LoginForm, status: int = 200) -> Response:
    """Sends its form to the first step, also when it is shown after the second."""
    facts = {"id_porten": await is_offered(request), "service_messages": await messages_now(request)}
    facts |= {"action": login_url(request.query_params.get("next")), "linking": await is_waiting(request)}
    return render(request, "sign_in/login.html", status=status, form=form, **facts)


def wait_words(request: Request, locked: Locked) -> str:
    left = max(1, ceil((locked.until - request.app.state.database.clock.now()).total_seconds()))
    if locked.for_the_day:
        return _("For mange feil passord i dag. Prøv igjen i morgen, eller velg et nytt med «Glemt passordet?».")
    if locked.by_address:
        return _("For mange mislykkede forsøk fra nettverket ditt.") + " " + again_in(left)
    return _("For mange forsøk.") + " " + again_in(left)


def again_in(seconds: int) -> str:
    """The seconds, or the minutes when there are many."""
    if seconds <= 60:
        words = ngettext("Prøv igjen om %(count)s sekund.", "Prøv igjen om %(count)s sekunder.", seconds)
        return words % {"count": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("Prøv igjen om %(count)s minutt.", "Prøv igjen om %(count)s minutter.", minutes) % {
        "count": minutes
    }


def enough_words() -> str:
    """The account has had its codes for today."""
    return _("Det har vært for mange forsøk i dag. Prøv igjen i morgen, eller be kommunen om hjelp.")


def no_way_words(no_way: NoWay) -> str:
    if no_way.by_mail:
        return _(
            "Du laget passordet med en lenke på e-post. Da kan ikke koden også komme på e-post. "
            "Be kommunen om en ny invitasjon."
        )
    return _("Vi har verken e-postadresse eller mobilnummer å sende koden til. Be kommunen om hjelp.")
