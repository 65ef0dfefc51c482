"""How a sign-in is said to its person."""

from collections.abc import Mapping
from typing import Any

from models.i18n import N_, _
from models.labels import label
from models.log.rules import Event
from permissions.sign_in.failures import Step
from permissions.sign_in.own_sessions import SignIn

FAILED: Mapping[str | None, str] = {
    Step.PASSWORD: N_("Feil passord"),
    Step.WAY: N_("Riktig passord, men vi kunne ikke sende noen kode"),
    Step.CODE: N_("Feil engangskode"),
    Step.AGAIN: N_("Feil passord da noe skulle endres"),
    Step.RESET: N_("Feil brukernavn da passordet skulle velges på nytt"),
    Step.CONTACT_CODE: N_("Feil kode for ny e-post eller mobil"),
    Step.PERSONAL_CODE: N_("Feil personlig kode"),
    Step.ID_PORTEN: N_("Svaret fra ID-porten kunne ikke brukes"),
}
UNKNOWN = N_("Vi vet ikke lenger hvorfor")
STOPPED = {
    Event.SIGN_IN_LOCKED: N_("Sperret en liten stund etter for mange feil"),
    Event.SIGN_IN_STOPPED: N_("Sperret for i dag etter for mange forsøk"),
}


def shown_sign_in(one: SignIn) -> dict[str, Any]:
    """`well` when somebody came in."""
    words = label(one.method) if one.method else _(STOPPED.get(one.event) or FAILED.get(one.step, UNKNOWN))
    return {"at": one.at, "well": one.method is not None, "words": words, "address": one.address}
