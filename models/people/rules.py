"""Fødselsnummer, D-number, contacts and ages: pure rules about persons."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from models.i18n import _

WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
LONGEST_EMAIL = 200
LONGEST_NAME = 100
SYNTHETIC = (80, 65, 40)
"""What the month is raised by in numbers that nobody has."""
LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Card:
    """All that a person card says; an unborn child has an expected date instead of a birth date."""

    given_name: str
    family_name: str
    birth_date: date | None = None
    expected_date: date | None = None
    gender: Gender = Gender.UNKNOWN
    national_id: str | None = None
    email: str | None = None
    mobile: str | None = None


@dataclass(frozen=True)
class OwnContact:
    """What people decide themselves on their own card: contacts, and which of them others in their plans see (F38)."""

    email: str | None = None
    mobile: str | None = None
    email_visible: bool = False
    mobile_visible: bool = False

    @property
    def mark(self) -> str:
        """Tells whether it is still what somebody was shown; of letters, so that it is never taken for a number."""
        return sha256(repr(sorted(asdict(self).items())).encode()).hexdigest().translate(LETTERS)


def is_national_id(text: str, *, synthetic: bool) -> bool:
    """Whether eleven digits can be a fødselsnummer or D-number, by the rule of 2032 (first sum 0-3, second 0).

    Synthetic numbers (month + 80, + 65 or + 40) count only when `synthetic`; neither birth date nor gender is read from
    it.
    """
    if len(text) != 11 or not text.isascii() or not text.isdigit():
        return False
    digits = [int(digit) for digit in text]
    first = sum(weight * digit for weight, digit in zip(WEIGHTS_1, digits, strict=False)) % 11
    second = sum(weight * digit for weight, digit in zip(WEIGHTS_2, digits, strict=True)) % 11
    return first <= 3 and second == 0 and _is_day(int(text[:2]), int(text[2:4]), synthetic=synthetic)


def _is_day(day: int, month: int, *, synthetic: bool) -> bool:
    day = day - 40 if day > 40 else day
    shifted = month - next((shift for shift in SYNTHETIC if month > shift), 0)
    if shifted != month and not synthetic:
        return False
    return 1 <= day <= 31 and 1 <= shifted <= 12


def age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day somebody becomes so many years, as `age` counts; the first of March for who was born on a leap day."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def full_name(given: str, family: str) -> str:
    return f"{given} {family}".strip()


def masked(national_id: str) -> str:
    """The birth digits only: enough to recognise a number one knows already."""
    return f"{national_id[:6]}*****" if national_id else ""


def is_email(text: str) -> bool:
    """One plain address, without a name in front and the signs that only such names and lists have."""
    if len(text) > LONGEST_EMAIL or set(text) & set('<>()[]\\,;:"'):
        return False
    return re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text) is not None


def is_mobile(text: str) -> bool:
    """Eight digits, or a country code and more; spaces are free."""
    return re.fullmatch(r"\d{8}|(\+|00)\d{8,15}", text.replace(" ", "")) is not None


def mistakes(card: Card, today: date, *, synthetic: bool) -> dict[str, str]:
    """What is wrong with the card, as a sentence beside each field."""
    too_late, twice = card.birth_date and card.birth_date > today, card.birth_date and card.expected_date
    bad_number = card.national_id and not is_national_id(card.national_id, synthetic=synthetic)
    found = (
        ("given_name", not card.given_name.strip(), _("Fyll ut dette feltet.")),
        ("family_name", not card.family_name.strip(), _("Fyll ut dette feltet.")),
        ("given_name", len(card.given_name) > LONGEST_NAME, _("Bruk høyst 100 tegn.")),
        ("family_name", len(card.family_name) > LONGEST_NAME, _("Bruk høyst 100 tegn.")),
        ("birth_date", too_late, _("Fødselsdatoen kan ikke være fram i tid. Er barnet ikke født, så fyll ut termin.")),
        ("expected_date", twice, _("Fyll ut enten fødselsdato eller termin, ikke begge.")),
        ("national_id", bad_number, _("Dette er ikke et gyldig fødselsnummer eller D-nummer.")),
    )
    return {field: sentence for field, wrong, sentence in found if wrong} | contact_mistakes(card.email, card.mobile)


def contact_mistakes(email: str | None, mobile: str | None) -> dict[str, str]:
    """Both may be left out (F39)."""
    wrong = {}
    if email and not is_email(email):
        wrong["email"] = _("Skriv hele e-postadressen, med @ og det som står etter.")
    if mobile and not is_mobile(mobile):
        wrong["mobile"] = _("Skriv åtte sifre, eller begynn med landkoden.")
    return wrong
