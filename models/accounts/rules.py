"""Words of accounts and signing in. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.i18n import _
from models.rights import Duty, PlanKind

TERMS = "2026-11"
"""The terms of use that everybody accepts once (F28): a new version here, and everybody is asked again."""

USER_NAME = range(3, 201)
"""How many signs a user name has."""
SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzæøåäöüéáčđŋšŧž0123456789._+-@'")
"""No other letters: what looks like another name must not be one."""


class CodeChannel(StrEnum):
    """How an account gets its one-time codes (F12): sent, or made by an app on the person's own phone."""

    EMAIL = "email"
    SMS = "sms"
    APP = "app"


class CodePurpose(StrEnum):
    """What typing a code proves: who signs in, or that a new address is the person's own."""

    SIGN_IN = "sign_in"
    CONTACT = "contact"


class SignInMethod(StrEnum):
    """How somebody came in: the second step after the password, or ID-porten."""

    EMAIL = "email"
    SMS = "sms"
    APP = "app"
    RECOVERY_CODE = "recovery_code"
    ID_PORTEN = "id_porten"


class LinkPurpose(StrEnum):
    """What a single-use link is for."""

    FIRST_PASSWORD = "first_password"
    RESET = "reset"
    JOIN = "join"


class FlowPurpose(StrEnum):
    """Why somebody was sent to ID-porten: to sign in, to link the account they are in, or to answer an invitation."""

    SIGN_IN = "sign_in"
    LINK = "link"
    JOIN = "join"


class ChangeKind(StrEnum):
    """What another person may ask to have changed on an account; two must agree."""

    CONTACTS = "contacts"
    RELINK = "relink"
    INVITE = "invite"


class ChangeReason(StrEnum):
    """Why; logged, so never free text."""

    NEW_ADDRESS = "new_address"
    LOST_ACCESS = "lost_access"
    NEW_NATIONAL_ID = "new_national_id"
    WRONG_PERSON = "wrong_person"


class ChangeState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    STOPPED = "stopped"
    DONE = "done"


def user_name_mistake(name: str, email: str) -> str:
    """Why the account with this address cannot have the name; empty when it can.

    A name that is an address must be one's own: others find accounts by it.
    """
    if len(name) not in USER_NAME or not set(name) <= SIGNS:
        return _("Bruk mellom 3 og 200 tegn: bokstaver, tall og . _ + - @, uten mellomrom.")
    if "@" in name and name != email.lower():
        return _("Et brukernavn med @ må være brukerens egen e-postadresse.")
    return ""


YEARS = range(2020, 2100)
"""The years an appointment may be about."""


@dataclass(frozen=True)
class NewAppointment:
    """What somebody is to be appointed to. `last` is the last day of it; None is until somebody ends it."""

    duty: Duty
    kind: PlanKind | None
    first: date
    last: date | None = None

    @property
    def until(self) -> date | None:
        return self.last + timedelta(days=1) if self.last else None

    def meets(self, first: date, until: date | None) -> bool:
        """Whether a day is in both; one that was ended before it began has no days."""
        return first < (until or date.max) and self.first < (until or date.max) and first < (self.until or date.max)


def appointment_mistakes(new: NewAppointment, today: date, held: Iterable[tuple[date, date | None]]) -> dict[str, str]:
    """Why it cannot be, by field; `held` are the days of what the account has of the same duty and kind of plan.

    Superadministrators are the operator's, never a screen's (F207).
    """
    years = {"valid_from": new.first, "last_day": new.last}
    odd = [name for name, day in years.items() if day and day.year not in YEARS]
    if odd:
        return dict.fromkeys(odd, _("Skriv en dato i dette hundreåret."))
    administers = new.duty is Duty.ADMINISTRATOR
    found = (
        (
            "duty",
            new.duty is Duty.SUPERADMINISTRATOR,
            _("Superadministratorer oppnevnes av dem som drifter Medvirk, ikke her."),
        ),
        ("plan_kind", administers and new.kind is None, _("Velg plantypen administratoren har ansvar for.")),
        (
            "plan_kind",
            not administers and new.kind is not None,
            _("Bare lokale administratorer har én plantype. La feltet stå tomt."),
        ),
        ("valid_from", new.first < today, _("Velg i dag eller en senere dag.")),
        ("last_day", new.last is not None and new.last < new.first, _("Den siste dagen kan ikke være før den første.")),
        (
            "valid_from",
            any(new.meets(*days) for days in held),
            _("Personen er oppnevnt til dette i disse dagene. Avslutt den oppnevningen, eller velg andre dager."),
        ),
    )
    return {field: sentence for field, is_wrong, sentence in reversed(found) if is_wrong}
