"""How it is in an invented plan: life areas, «Sist jeg var her», and when the plan is to be gone through again."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from models.plans.rules.words import Mood
from models.rights import Element, PlanKind
from seed.cast import read_toml
from seed.fates import Course, Fate
from seed.told import ToldArea, ToldJournalEntry

FIRST_WEEKS = 40
LATELY = 150
"""Nobody invents what was said longer ago than this."""


class Lives:
    """`said` are the entries of «Sist jeg var her» to choose among, for each kind of plan."""

    def __init__(self, chance: Random, said: Mapping[PlanKind, Sequence[Mapping[str, str]]]) -> None:
        self.chance, self.said = chance, said
        self.texts: list[dict[str, Any]] = [line for lines in read_toml("life_areas.toml").values() for line in lines]

    def areas(self, story: str, days: Course) -> list[ToldArea]:
        """Those the story has, mapped in the plan's first weeks; none in a plan that is not in use yet."""
        if not days.is_finished:
            return []
        last = min(days.ends, days.opened + FIRST_WEEKS)
        return [
            ToldArea(Element(line["area"]), self.chance.randint(days.opened, last), line["text"])
            for line in self.texts
            if line["story"] == story
        ]

    def journal(self, kind: PlanKind, days: Course) -> list[ToldJournalEntry]:
        first = max(days.opened + 2, days.ends - LATELY)
        if not days.is_finished or first > days.ends:
            return []
        lines = self.chance.sample(self.said[kind], self.chance.randint(1, 3))
        return [
            ToldJournalEntry(self.chance.randint(first, days.ends), Mood(line["mood"]), line["text"]) for line in lines
        ]

    def revision(self, days: Course) -> int | None:
        """A few should have been gone through already."""
        if not days.is_finished or days.fate is Fate.CLOSED:
            return None
        return self.chance.randint(-12, 160)
