"""Which notices exist, how they travel, and how long to wait between tries. Pure."""

from datetime import timedelta
from enum import StrEnum


class Notice(StrEnum):
    """What a person can be told. A notice says that something happened, never what (F136)."""

    ACTIVITY_ADDED = "activity_added"
    ACTIVITY_MISSED = "activity_missed"
    ADDED_TO_PLAN = "added_to_plan"
    APPOINTED = "appointed"
    APPOINTMENT_ENDED = "appointment_ended"
    APP_CHANGED = "app_changed"
    CHANGE_APPROVED = "change_approved"
    CODES_STOPPED = "codes_stopped"
    COMMENT_ADDED = "comment_added"
    CONSENT_ASKED = "consent_asked"
    CONSENT_EXPIRES = "consent_expires"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONTACT_CHANGED = "contact_changed"
    CONTACT_CODE = "contact_code"
    COORDINATOR_CHANGED = "coordinator_changed"
    COORDINATOR_MISSING = "coordinator_missing"
    GOAL_ADDED = "goal_added"
    HANDOVER_ANSWERED = "handover_answered"
    HANDOVER_OFFERED = "handover_offered"
    IDENTITY_LINKED = "identity_linked"
    INVITED = "invited"
    JOIN_ASKED = "join_asked"
    JOIN_CONFIRMED = "join_confirmed"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    PASSWORDS_STOPPED = "passwords_stopped"
    PLAN_ACTIVATED = "plan_activated"
    PLAN_ADMINISTERED = "plan_administered"
    PROPOSAL_ANSWERED = "proposal_answered"
    PROPOSAL_MADE = "proposal_made"
    REVISION_DUE = "revision_due"
    SIGN_IN_CODE = "sign_in_code"
    TASK_MADE = "task_made"


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    IN_APP = "in_app"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""The growing waits after each failed try; after the last the delivery is given up."""

CLAIM = timedelta(minutes=5)
"""How long a claimed delivery is its worker's own before another may take it up."""


def wait_after(attempts: int) -> timedelta | None:
    """The wait before the next try after `attempts` failed ones; None when there have been enough."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
