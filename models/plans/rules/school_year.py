"""What becomes of a goal when a new school year begins (F81), and what its copy is called. Pure."""

import re
from enum import StrEnum

YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?P<mark>\s?[/–-]\s?)(?P<second>(?:19|20)?\d\d)(?!\d)")
"""«2025/2026», «2025/26», «2025–2026»."""


class Fate(StrEnum):
    STAYS = "stays"
    MOVES = "moves"
    GOES_ON = "goes_on"


def next_title(title: str) -> str:
    """The title with its school years counted up; all else, like «7. trinn», is for people to judge."""
    return YEARS.sub(_next, title)


def _next(found: re.Match[str]) -> str:
    first, second = found["first"], found["second"]
    follows = str(int(first) + 1)
    if not follows.endswith(second):
        return found[0]
    after = str(int(first) + 2)
    return f"{follows}{found['mark']}{after if len(second) == 4 else after[2:]}"
