"""In which role and for how long somebody may take part in a plan, and who says so on the owner's behalf. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.i18n import _
from models.organisation.rules import OF_AGE
from models.plans.rules.consents import Stretch
from models.rights import Role
from models.texts import says_something

JOINING = (Role.GUARDIAN, Role.PROVIDER, Role.OTHER)
"""What a person can be added as, or become: who coordinates is handed the baton."""

FOR_UNITS = (Role.PROVIDER, Role.OTHER)
NETWORK = (Role.GUARDIAN, Role.OTHER)
"""What the owner may wish that somebody of their own becomes (F110)."""

ADULT = 18
LONGEST = 100
FURTHEST = timedelta(days=20 * 365)


@dataclass(frozen=True)
class Place:
    """What is said of somebody in this plan alone; both days are included."""

    days: Stretch
    position: str = ""
    workplace: str = ""


def who_decides(owner_age: int | None, *, has_account: bool) -> frozenset[Role]:
    """Who says yes or no to whom takes part (F8, C14): the owner from 15, guardians while the owner is a child, or has
    no way of signing in. Below zero for the unborn; None for an adult whose birth date nobody has written down."""
    roles = set()
    if has_account and (owner_age is None or owner_age >= OF_AGE):
        roles.add(Role.OWNER)
    if not has_account or (owner_age is not None and owner_age < ADULT):
        roles.add(Role.GUARDIAN)
    return frozenset(roles)


def is_as_wished(wished_name: str, wished_role: Role, name: str, role: Role) -> bool:
    """Whether somebody is who the owner's side asked for, as far as a name tells, in the role they asked for.

    «Bestemor Berit» may be Berit Sundnes; «Berit Sundnes» is neither Berit Berg nor Knut Sundnes.
    """
    named, called = ([word.strip(",.").casefold() for word in one.split()] for one in (wished_name, name))
    shared = [word for word in named if word in called]
    by_family_name_alone = len(named) > 1 and shared == called[-1:]
    return role is wished_role and named[-1:] == shared[-1:] and bool(shared) and not by_family_name_alone


def wish_problem(name: str, relation: str, contact: str, role: Role) -> dict[str, str]:
    """What is wrong with whom the owner's side wishes to have along, as a sentence beside each field."""
    texts = {"name": name, "relation": relation, "contact": contact}
    found = {field: _("Bruk høyst 100 tegn.") for field, text in texts.items() if len(text) > LONGEST}
    if not says_something(name):
        found["name"] = _("Skriv navnet.")
    if role not in NETWORK:
        found["role"] = _("Velg noe fra listen.")
    return found


def problem(place: Place, today: date, *, begun: bool = False) -> dict[str, str]:
    """What is wrong, as a sentence beside each field; who has `begun` keeps the day they began."""
    first, last, found = place.days.first, place.days.last, {}
    if not begun and first < today:
        found["begins"] = _("Første dag kan ikke være før i dag.")
    if first > today + FURTHEST:
        found["begins"] = _("Velg en dag i løpet av de neste 20 årene.")
    if last and last < max(first, today):
        found["last"] = _("Siste dag kan ikke være før første dag, eller før i dag.")
    if last and last > today + FURTHEST:
        found["last"] = _("Velg en dag i løpet av de neste 20 årene.")
    for field, text in (("position", place.position), ("workplace", place.workplace)):
        if len(text.strip()) > LONGEST:
            found[field] = _("Bruk høyst 100 tegn.")
    return found


def mark(participant: Any) -> str:
    """Tells whether the participant is still what somebody was shown."""
    return "|".join(str(getattr(participant, name) or "-") for name in ("position", "workplace", "valid_to"))
