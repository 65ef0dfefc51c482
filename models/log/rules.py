"""The closed vocabulary of the log: what can happen, and which details each event may carry."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from models.base import HouseSession
from models.rights import Element


class Event(StrEnum):
    """`subject.what_happened`, then the names of the details it must carry: no more, no fewer.

    Details are never free text from a plan, a name or a fødselsnummer.
    """

    fields: frozenset[str]

    def __new__(cls, value: str, *fields: str) -> "Event":
        member = str.__new__(cls, value)
        member._value_ = value
        member.fields = frozenset(fields)
        return member

    ABOUT_CHANGED = "about.changed", "fields"
    ACCOUNT_ADDED = "account.added", "account"
    ADMINISTRATION_BEGUN = "administration.begun"
    ADMINISTRATION_ENDED = "administration.ended"
    ACTIVITY_ADDED = "activity.added"
    ACTIVITY_CHANGED = "activity.changed", "fields"
    ACTIVITY_DELETED = "activity.deleted"
    ACTIVITY_MISSED = "activity.missed"
    ACTIVITY_MOVED = "activity.moved"
    ACTIVITY_RESTORED = "activity.restored"
    APPOINTED = "appointment.made", "account", "duty", "kind", "valid_from", "valid_to"
    APPOINTMENT_ENDED = "appointment.ended", "account", "duty", "kind"
    APP_ADDED = "sign_in_app.added"
    APP_REMOVED = "sign_in_app.removed"
    CHANGE_APPROVED = "account_change.approved", "account"
    CHANGE_ASKED = "account_change.asked", "account", "kind", "reason"
    CHANGE_MADE = "account_change.made", "account", "kind"
    CHANGE_REFUSED = "account_change.refused", "account"
    CHANGE_STOPPED = "account_change.stopped"
    CODE_CHANNEL_CHOSEN = "code_channel.chosen", "channel"
    COMMENT_ADDED = "comment.added"
    COMMENT_CHANGED = "comment.changed", "fields"
    COMMENT_DELETED = "comment.deleted"
    COMMENT_RESTORED = "comment.restored"
    CONSENT_ASKED = "consent.asked", "signers", "valid_from", "valid_to"
    CONSENT_CANCELLED = "consent.cancelled"
    CONSENT_READ = "consent.read"
    CONSENT_RECORDED = "consent.recorded", "method", "valid_from", "valid_to"
    CONSENT_RENEWAL_WANTED = "consent.renewal_wanted", "valid_to"
    CONSENT_SHORTENED = "consent.shortened", "valid_to"
    CONSENT_SIGNED = "consent.signed"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONTACT_CHANGED = "contact.changed", "fields"
    CONTRIBUTION_ADDED = "contribution.added"
    CONTRIBUTION_CHANGED = "contribution.changed", "fields"
    CONTRIBUTION_DELETED = "contribution.deleted"
    CONTRIBUTION_RESTORED = "contribution.restored"
    COOPERATION_ADDED = "cooperation.added"
    COOPERATION_CHANGED = "cooperation.changed", "fields"
    COOPERATION_DELETED = "cooperation.deleted"
    COOPERATION_RESTORED = "cooperation.restored"
    COORDINATION_CONSENTED = "coordination.consented", "person", "method"
    COORDINATION_ENDED = "coordination.ended", "person"
    COORDINATOR_APPOINTED = "coordinator.appointed", "person", "coordinator"
    COORDINATOR_WANTED = "coordinator.wanted", "person"
    EVALUATION_ADDED = "evaluation.added"
    EVALUATION_CHANGED = "evaluation.changed", "fields"
    EVALUATION_DELETED = "evaluation.deleted"
    EVALUATION_RESTORED = "evaluation.restored"
    GOAL_ADDED = "goal.added"
    GOAL_CHANGED = "goal.changed", "fields"
    GOAL_DELETED = "goal.deleted"
    GOAL_FROM_HISTORY = "goal.from_history"
    GOAL_MOVED = "goal.moved"
    GOAL_PICTURE_REMOVED = "goal_picture.removed"
    GOAL_PICTURE_SET = "goal_picture.set"
    GOAL_RESTORED = "goal.restored"
    GOAL_TO_HISTORY = "goal.to_history"
    HANDOVER_ACCEPTED = "handover.accepted", "participant"
    HANDOVER_DECLINED = "handover.declined"
    HANDOVER_OFFERED = "handover.offered", "participant"
    HANDOVER_WITHDRAWN = "handover.withdrawn"
    IDENTITY_ENDED = "identity.ended", "reason"
    IDENTITY_LINKED = "identity.linked"
    IDENTITY_REFUSED = "identity.refused", "reason"
    INVITED = "invitation.made", "person", "mailed"
    JOINED = "person.joined", "person", "how"
    JOIN_ASKED = "join.asked", "person"
    JOIN_CONFIRMED = "join.confirmed", "person"
    JOIN_REFUSED = "join.refused", "person"
    JOURNAL_ADDED = "journal.added"
    JOURNAL_CHANGED = "journal.changed", "fields"
    JOURNAL_DELETED = "journal.deleted"
    JOURNAL_RESTORED = "journal.restored"
    KEPT_APART = "kept_apart.begun", "first", "second"
    KEPT_APART_ENDED = "kept_apart.ended", "first", "second"
    LANGUAGE_CHOSEN = "language.chosen", "language"
    LEGAL_BASIS_RECORDED = "legal_basis.recorded", "basis"
    LIFE_AREA_ADDED = "life_area.added"
    LIFE_AREA_CHANGED = "life_area.changed", "fields"
    LIFE_AREA_DELETED = "life_area.deleted"
    LIFE_AREA_RESTORED = "life_area.restored"
    MEASUREMENT_ADDED = "measurement.added"
    MEASUREMENT_CHANGED = "measurement.changed", "fields"
    MEASUREMENT_DELETED = "measurement.deleted"
    MEASUREMENT_RESTORED = "measurement.restored"
    MUNICIPALITY_ADDED = "municipality.added"
    NOTICE_GIVEN_UP = "notice.given_up", "channel", "attempts"
    PARTICIPANT_ADDED = "participant.added", "role"
    PARTICIPANT_CHANGED = "participant.changed", "participant", "fields"
    PARTICIPANT_REMOVED = "participant.removed", "participant"
    PARTICIPANT_RESTORED = "participant.restored", "participant"
    PASSWORD_CHANGED = "password.changed"
    PASSWORD_CHOSEN = "password.chosen"
    PASSWORD_FORGOTTEN = "password.forgotten"
    PERSONAL_CODE_MADE = "personal_code.made"
    PERSONAL_CODE_USED = "personal_code.used", "person"
    PERSON_ADDED = "person.added", "person"
    PERSON_CHANGED = "person.changed", "person", "fields"
    PICTURE_REMOVED = "picture.removed"
    PICTURE_SET = "picture.set"
    PLACE_CHOSEN = "place.chosen", "profile"
    PLAN_CHANGED = "plan.changed", "fields"
    PLAN_CREATED = "plan.created", "kind"
    PLAN_DELETED = "plan.deleted", "reason"
    PLAN_DESTROYED = "plan.destroyed"
    PLAN_KIND_CHANGED = "plan.kind_changed", "before", "after"
    PLAN_OPENED = "plan.opened", "room"
    PLAN_REFUSED = "plan.refused", "reason"
    PLAN_RESTORED = "plan.restored"
    PLAN_REVISED = "plan.revised"
    PLAN_SEEN_AS = "plan.seen_as", "participant"
    PLAN_STATE_CHANGED = "plan.state_changed", "before", "after"
    PROFILE_CHANGED = "profile.changed", "fields"
    PROPOSAL_ANSWERED = "proposal.answered", "participant", "answer", "method"
    PROPOSAL_MADE = "proposal.made", "participant", "kind"
    PROPOSAL_WITHDRAWN = "proposal.withdrawn", "participant"
    RECOVERY_CODES_MADE = "recovery_codes.made"
    REGISTER_ADDED = "register.added", "register", "row"
    REGISTER_CHANGED = "register.changed", "register", "row", "fields"
    REGISTER_EXPORTED = "register.exported", "register", "rows"
    REGISTER_REFUSED = "register.refused", "reason"
    REPORT_READ = "report.read", "report", "format"
    RIGHTS_CHANGED = "rights.changed", "participant", "elements"
    ROLE_CHANGED = "role.changed", "participant", "role"
    SCHOOL_YEAR_TURNED = "school_year.turned", "moved", "copied"
    SESSIONS_ENDED = "sessions.ended", "count"
    SIGNED_IN = "sign_in.done", "method", "address"
    SIGNED_OUT = "sign_in.ended"
    SIGN_IN_FAILED = "sign_in.failed", "step", "address"
    SIGN_IN_LOCKED = "sign_in.locked", "address"
    SIGN_IN_STOPPED = "sign_in.stopped"
    SUBSTITUTE_CHOSEN = "substitute.chosen", "participant", "valid_from", "valid_to"
    SUBJECT_PLAN_ADDED = "subject_plan.added"
    SUBJECT_PLAN_CHANGED = "subject_plan.changed", "fields"
    SUBJECT_PLAN_DELETED = "subject_plan.deleted"
    SUBJECT_PLAN_RESTORED = "subject_plan.restored"
    TASK_DONE = "task.done", "kind"
    TASK_MADE = "task.made", "kind"
    TERMS_ACCEPTED = "terms.accepted", "version"
    USER_NAME_CHANGED = "user_name.changed"
    YOUNG_SIGN_IN_APPROVED = "young_sign_in.approved", "person"
    YOUNG_SIGN_IN_WITHDRAWN = "young_sign_in.withdrawn", "person"


class WrongDetails(TypeError):
    """An event was recorded with other details than it declares."""


class Scope(Protocol):
    """What a proof must show to be written about: the log knows neither plans nor municipalities."""

    @property
    def session(self) -> HouseSession: ...
    @property
    def municipality_id(self) -> UUID | None: ...
    @property
    def plan_id(self) -> UUID | None: ...
    @property
    def actor_id(self) -> UUID | None: ...


class Item(Protocol):
    """Something in a plan that has a place of its own: a goal, an activity, a comment."""

    @property
    def id(self) -> UUID: ...

    def guarded_by(self) -> tuple[tuple[Element, UUID], ...]:
        """Itself first, then each parent: nobody sees a child without its parents."""
        ...


def check(event: Event, details: Mapping[str, object]) -> None:
    if event.fields != details.keys():
        raise WrongDetails(f"{event} takes {sorted(event.fields)}, not {sorted(details)}")


def plain(details: Mapping[str, object]) -> dict[str, Any]:
    """The details as the log keeps them: days, moments and ids as text."""
    kept: dict[str, Any] = json.loads(_canonical(details))
    return kept


def digest(salt: bytes, details: Mapping[str, object]) -> bytes:
    """What the chain holds of the details: they can be erased later without breaking it."""
    return sha256(salt + _canonical(details)).digest()


def link_hash(previous: bytes, facts: Mapping[str, Any]) -> bytes:
    """The hash that binds one log row to all before it in its chain."""
    return sha256(previous + _canonical(facts)).digest()


def _canonical(facts: Mapping[str, object]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), default=_text).encode()


def _text(value: object) -> str:
    match value:
        case bytes():
            return value.hex()
        case datetime():
            return value.isoformat()
        case _:
            return str(value)
