"""Fødselsnummer, D-number and ages: pure rules about persons."""

from datetime import date
from enum import StrEnum

WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


def is_national_id(text: str, *, synthetic: bool) -> bool:
    """Whether eleven digits can be a fødselsnummer or D-number, by the rule of 2032 (first sum 0-3, second 0).

    Synthetic numbers (month + 80, or + 65) count only when `synthetic`; birth date and gender are never read from it.
    """
    if len(text) != 11 or not text.isascii() or not text.isdigit():
        return False
    digits = [int(digit) for digit in text]
    first = sum(weight * digit for weight, digit in zip(WEIGHTS_1, digits, strict=False)) % 11
    second = sum(weight * digit for weight, digit in zip(WEIGHTS_2, digits, strict=True)) % 11
    return first <= 3 and second == 0 and _is_day(int(text[:2]), int(text[2:4]), synthetic=synthetic)


def _is_day(day: int, month: int, *, synthetic: bool) -> bool:
    day = day - 40 if day > 40 else day
    shifted = month - 80 if month > 80 else month - 65 if month > 65 else month
    if shifted != month and not synthetic:
        return False
    return 1 <= day <= 31 and 1 <= shifted <= 12


def age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def full_name(given: str, family: str) -> str:
    return f"{given} {family}".strip()
