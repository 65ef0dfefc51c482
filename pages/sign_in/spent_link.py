"""What a link that does not work says: the same whether it is used, too old, mangled or never was."""

from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from pages.rendering import render

STOPPED = "sign_in/stopped.html"


def spent_link(request: Request) -> Response:
    """For invitations: only who invited can make a new link."""
    facts = {"title": _("Lenken virker ikke"), "why": _("Lenken er brukt, for gammel eller ikke hel.")}
    facts |= {"ask": _("Be den som inviterte deg, om en ny lenke."), "url": "/login", "words": _("Til pålogging")}
    return render(request, STOPPED, status=404, **facts)


def spent_reset(request: Request) -> Response:
    """For forgotten passwords: one asks for a new link oneself."""
    facts = {"title": _("Lenken virker ikke"), "why": _("Lenken er brukt, for gammel eller ikke hel.")}
    facts |= {"ask": _("Be om en ny, så sender vi den på e-post."), "url": "/forgot-password"}
    return render(request, STOPPED, status=404, words=_("Be om ny lenke"), **facts)


def not_ready(request: Request) -> Response:
    """A code by mail after a password by mail would be one mailbox twice, and there is nothing but mail."""
    facts = {
        "title": _("Vi mangler mobilnummeret ditt"),
        "why": _("Lenken kom på e-post. Da må engangskoden komme på en annen måte, og vi har ikke noe nummer."),
        "ask": _("Be den som inviterte deg, om å legge inn mobilnummeret ditt. Åpne så lenken på nytt."),
        "url": "/login",
        "words": _("Til pålogging"),
    }
    return render(request, STOPPED, status=403, **facts)
