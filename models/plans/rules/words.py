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


class Part(StrEnum):
    """What a plan is made with or without: elements that are of no use one by one go together."""

    GOALS = "goals"
    LIFE_AREAS = "life_areas"
    EVALUATION = "evaluation"
    SUBJECT_PLANS = "subject_plans"
    JOURNAL = "journal"
    MESSAGES = "messages"
    CALENDAR = "calendar"
    DOCUMENTS = "documents"
    LOG = "log"


class ProposalKind(StrEnum):
    """What the owner is asked about (C14)."""

    JOIN = "join"
    WIDEN = "widen"


class ProposalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HandoverState(StrEnum):
    """The baton is held until somebody has accepted it (N7)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TaskKind(StrEnum):
    """What a plan's coordinator is asked to see to."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_SHORTENED = "consent_shortened"
    CONSENT_RENEWAL = "consent_renewal"
    NEW_CONSENT = "new_consent"
    GUARDIAN_REVIEW = "guardian_review"
    PARTICIPANT_LEFT = "participant_left"


class DeleteReason(StrEnum):
    """Why a plan is deleted although it is not archived (C12)."""

    MADE_BY_MISTAKE = "made_by_mistake"
    NEVER_USED = "never_used"
    KEPT_ELSEWHERE = "kept_elsewhere"
    OTHER = "other"


class CoordinatorKind(StrEnum):
    """What somebody waits for, or has: a coordinator, or a child's coordinator for the whole family."""

    COORDINATOR = "coordinator"
    CHILD_COORDINATOR = "child_coordinator"


FINISHED = (ActivityStatus.DONE, ActivityStatus.CANCELLED)


PERSONAL_ROLES = (Role.OWNER, Role.GUARDIAN)


def profile_of(role: Role) -> Profile:
    """The profile a participation lies under unless somebody chooses otherwise (F37)."""
    return Profile.PERSONAL if role in PERSONAL_ROLES else Profile.WORK
