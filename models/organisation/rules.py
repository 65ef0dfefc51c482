"""Words of the organisation, and what a municipality may decide about signing in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.i18n import _
from models.rights import Assurance, PlanKind


class UnitKind(StrEnum):
    """Where people work and children belong (F186)."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    HEALTH_STATION = "health_station"
    HEALTH_SERVICE = "health_service"
    HOME_SERVICE = "home_service"
    CHILD_WELFARE = "child_welfare"
    SOCIAL_SERVICE = "social_service"
    PPT = "ppt"
    SPECIALIST = "specialist"
    OTHER = "other"


class UnderAge(StrEnum):
    """What a municipality lets those under 15 do, for each kind of plan (F23, C17)."""

    NO_SIGN_IN = "no_sign_in"
    GUARDIAN_APPROVES = "guardian_approves"
    SIGN_IN = "sign_in"


class OwnerApproval(StrEnum):
    """How the owner's word on a new participant or wider rights is given (C14)."""

    IN_APP = "in_app"
    EITHER = "either"


OF_AGE = 15
"""Years: until that birthday the highest level is not demanded, and the municipality says what is open (F23, C17)."""

UNDER_15: Mapping[PlanKind, UnderAge] = {
    PlanKind.IP: UnderAge.GUARDIAN_APPROVES,
    PlanKind.IOP: UnderAge.NO_SIGN_IN,
    PlanKind.IUP: UnderAge.GUARDIAN_APPROVES,
    PlanKind.SL: UnderAge.NO_SIGN_IN,
}
"""What holds until the municipality says otherwise (C17)."""


class Severity(StrEnum):
    """How much a service message matters to who reads it (F31)."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


LEAST_IDLE, MOST_IDLE = 10, 60
"""Minutes (C2)."""


@dataclass(frozen=True)
class SignInRules:
    """What a municipality decides about signing in to it, and about how the owner's word is given (C10, C14)."""

    demands: Assurance
    id_porten: bool
    idle_minutes: int
    digital_consent: bool
    owner_approval: OwnerApproval


def mistakes(wanted: SignInRules, *, configured: bool, comes_back: bool) -> dict[str, str]:
    """What cannot be decided, as a sentence beside each field."""
    high = wanted.demands is Assurance.HIGH
    found = (
        (
            "id_porten",
            wanted.id_porten and not configured,
            _("ID-porten er ikke satt opp på denne serveren. Be den som drifter Medvirk, om å gjøre det først."),
        ),
        (
            "demands",
            high and not wanted.id_porten,
            _("Høyeste sikkerhetsnivå krever at ID-porten er slått på."),
        ),
        (
            "demands",
            high and not comes_back,
            _("Da kommer du ikke inn selv. Slå på ID-porten, koble brukeren din til ID-porten, og prøv igjen."),
        ),
        (
            "idle_minutes",
            not LEAST_IDLE <= wanted.idle_minutes <= MOST_IDLE,
            _("Velg mellom 10 og 60 minutter."),
        ),
    )
    wrong: dict[str, str] = {}
    for field, is_wrong, sentence in found:
        if is_wrong:
            wrong.setdefault(field, sentence)
    return wrong
