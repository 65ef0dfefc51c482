"""Words of the organisation."""

from collections.abc import Mapping
from enum import StrEnum

from models.rights import PlanKind


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
