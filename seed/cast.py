"""The named people of the town. Tests and the start-up text import them from here; who does what is in `scripts`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.people.rules import Gender, full_name
from models.rights import Duty, PlanKind

PASSWORD = "Medvirk-demo-2026"  # noqa: S105 - everybody's, in a town where nobody is real
TEXTS = Path(__file__).parent / "texts"
GENDERS = {"f": Gender.FEMALE, "m": Gender.MALE}


@dataclass(frozen=True)
class Member:
    """One person card. `user_name` is empty for those who never sign in; `is_support` marks who is promised to none,
    `is_aside` who is welcomed without changing what chance gives the others."""

    user_name: str
    key: str
    given_name: str
    family_name: str
    birth_date: date
    gender: Gender
    municipality: str
    unit: str
    position: str
    duties: tuple[tuple[Duty, PlanKind | None], ...]
    is_support: bool
    is_aside: bool

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


def read_toml(name: str) -> dict[str, Any]:
    with (TEXTS / name).open("rb") as file:
        return tomllib.load(file)


@cache
def script() -> dict[str, Any]:
    """The whole of `cast.toml`."""
    return read_toml("cast.toml")


@cache
def people() -> tuple[Member, ...]:
    """Everybody who can sign in, one for each municipality they work in, then the owners who cannot."""
    return tuple(_member(told) for told in (*script()["people"], *script()["owners"]))


@cache
def cast() -> tuple[Member, ...]:
    """Those of the contract, each once, in its order."""
    found: dict[str, Member] = {}
    for member in people():
        if member.user_name and not member.is_support:
            found.setdefault(member.user_name, member)
    return tuple(found.values())


def _member(told: dict[str, Any]) -> Member:
    user_name = told.get("user_name", "")
    return Member(
        user_name=user_name,
        key=told.get("key", user_name),
        given_name=told["given_name"],
        family_name=told["family_name"],
        birth_date=told["birth_date"],
        gender=GENDERS[told["gender"]],
        municipality=told["municipality"],
        unit=told["unit"],
        position=told["position"],
        duties=tuple(_duties(told.get("duties", []))),
        is_support=told.get("support", False),
        is_aside=told.get("aside", False),
    )


def _duties(told: list[dict[str, Any]]) -> list[tuple[Duty, PlanKind | None]]:
    return [(Duty(each["duty"]), PlanKind(kind) if kind else None) for each in told for kind in each["kinds"] or [None]]
