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

    ACCOUNT_ADDED = "account.added", "account"
    ACTIVITY_ADDED = "activity.added"
    ACTIVITY_CHANGED = "activity.changed", "fields"
    ACTIVITY_DELETED = "activity.deleted"
    ACTIVITY_RESTORED = "activity.restored"
    APP_ADDED = "sign_in_app.added"
    APP_REMOVED = "sign_in_app.removed"
    APPOINTED = "appointment.made", "account", "duty"
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
    CONSENT_RECORDED = "consent.recorded", "method", "valid_from", "valid_to"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONTACT_CHANGED = "contact.changed", "fields"
    GOAL_ADDED = "goal.added"
    GOAL_CHANGED = "goal.changed", "fields"
    GOAL_DELETED = "goal.deleted"
    GOAL_RESTORED = "goal.restored"
    IDENTITY_ENDED = "identity.ended", "reason"
    IDENTITY_LINKED = "identity.linked"
    IDENTITY_REFUSED = "identity.refused", "reason"
    INVITED = "invitation.made", "person", "mailed"
    JOIN_ASKED = "join.asked", "person"
    JOIN_CONFIRMED = "join.confirmed", "person"
    JOIN_REFUSED = "join.refused", "person"
    JOINED = "person.joined", "person", "how"
    LANGUAGE_CHOSEN = "language.chosen", "language"
    LEGAL_BASIS_RECORDED = "legal_basis.recorded", "basis"
    MUNICIPALITY_ADDED = "municipality.added"
    NOTICE_GIVEN_UP = "notice.given_up", "channel", "attempts"
    PARTICIPANT_ADDED = "participant.added", "role"
    PASSWORD_CHANGED = "password.changed"
    PASSWORD_CHOSEN = "password.chosen"
    PASSWORD_FORGOTTEN = "password.forgotten"
    PERSON_ADDED = "person.added", "person"
    PERSON_CHANGED = "person.changed", "person", "fields"
    PERSONAL_CODE_MADE = "personal_code.made"
    PERSONAL_CODE_USED = "personal_code.used", "person"
    PICTURE_REMOVED = "picture.removed"
    PICTURE_SET = "picture.set"
    PLACE_CHOSEN = "place.chosen", "profile"
    PLAN_CREATED = "plan.created", "kind"
    PLAN_OPENED = "plan.opened", "room"
    PLAN_REFUSED = "plan.refused", "reason"
    PROFILE_CHANGED = "profile.changed", "fields"
    RECOVERY_CODES_MADE = "recovery_codes.made"
    REGISTER_REFUSED = "register.refused", "reason"
    REGISTER_ADDED = "register.added", "register", "row"
    REGISTER_CHANGED = "register.changed", "register", "row", "fields"
    REGISTER_EXPORTED = "register.exported", "register", "rows"
    REPORT_READ = "report.read", "report", "format"
    SESSIONS_ENDED = "sessions.ended", "count"
    SIGN_IN_LOCKED = "sign_in.locked", "address"
    SIGN_IN_FAILED = "sign_in.failed", "step", "address"
    SIGN_IN_STOPPED = "sign_in.stopped"
    SIGNED_IN = "sign_in.done", "method", "address"
    SIGNED_OUT = "sign_in.ended"
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
