"""Words of the organisation."""

from enum import StrEnum


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
