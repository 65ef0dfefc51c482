"""Words of accounts and signing in. Pure."""

from enum import StrEnum

from models.i18n import _

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
