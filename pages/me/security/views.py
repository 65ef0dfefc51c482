"""How a sign-in is said to its person."""

from typing import Any

from models.i18n import N_, _
from models.labels import label
from models.log.rules import Event
from permissions.sign_in.own_sessions import SignIn

FAILED = {
    "password": N_("Feil passord"),
    "code": N_("Feil engangskode"),
    "again": N_("Feil passord da noe skulle endres"),
}
STOPPED = {
    Event.SIGN_IN_LOCKED: N_("Sperret en liten stund etter for mange feil"),
    Event.SIGN_IN_STOPPED: N_("Sperret for i dag etter for mange forsøk"),
}


def shown_sign_in(one: SignIn) -> dict[str, Any]:
    """`well` when somebody came in."""
    if one.method:
        words = label(one.method)
    else:
        words = _(STOPPED.get(one.event) or FAILED.get(one.step or "", N_("Kom ikke inn")))
    return {"at": one.at, "well": one.method is not None, "words": words, "address": one.address}
