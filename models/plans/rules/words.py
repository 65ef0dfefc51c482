"""Words of the plans, and which of them mean what."""

from enum import StrEnum

from models.rights import Profile, Role


class PlanState(StrEnum):
    """utkast → venter på signatur → aktiv → inaktiv (C10); deleted plans wait to be destroyed (C12)."""

    DRAFT = "draft"
    AWAITING_SIGNATURES = "awaiting_signatures"
    ACTIVE = "active"
    INACTIVE = "inactive"
    DELETED = "deleted"


class Basis(StrEnum):
    """What access rests on (C21): only the first needs a consent."""

    CONSENT = "consent"
    DECISION = "decision"
    STATUTORY_TASK = "statutory_task"


class ConsentMethod(StrEnum):
    DIGITAL = "digital"
    PAPER = "paper"
    ORAL = "oral"


class ConsentAct(StrEnum):
    """The consent ledger is append-only: it is given, and later perhaps withdrawn."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class ActivityStatus(StrEnum):
    """F71, and cancelled, since plans change."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"


class MeasureKind(StrEnum):
    """What a point on the way to a goal is (N24): measured by somebody, or the owner's own feeling."""

    MEASURED = "measured"
    CHECK_IN = "check_in"


class Mood(StrEnum):
    """How the owner is, beside «Sist jeg var her» (F55)."""

    HAPPY = "happy"
    CALM = "calm"
    TIRED = "tired"
    SAD = "sad"
    WORRIED = "worried"
    ANGRY = "angry"


class EvaluationKind(StrEnum):
    """Who looks back, and on what (F209, F83)."""

    REFLECTION = "reflection"
    GOAL = "goal"
    YEARLY = "yearly"


class CooperationState(StrEnum):
    """Whether the cooperation with another service is there already (the statute's ninth point)."""

    ESTABLISHED = "established"
    WANTED = "wanted"


class HomeBlock(StrEnum):
    """What the coordinator may show or hide on the plan's first page (F59)."""

    ABOUT = "about"
    JOURNAL = "journal"
    NEWS = "news"
    COMING = "coming"
    MESSAGES = "messages"
    GOALS = "goals"
    VISITORS = "visitors"
    COMPLETENESS = "completeness"


FINISHED = (ActivityStatus.DONE, ActivityStatus.CANCELLED)


PERSONAL_ROLES = (Role.OWNER, Role.GUARDIAN)


def profile_of(role: Role) -> Profile:
    """The profile a participation lies under unless somebody chooses otherwise (F37)."""
    return Profile.PERSONAL if role in PERSONAL_ROLES else Profile.WORK
