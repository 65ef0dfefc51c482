"""Plans that are made up: one story each from `goals.toml`, told by people drawn by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from models.organisation.rules import UnitKind
from models.people.rules import Gender, age
from models.rights import PlanKind, Role
from seed.cast import GENDERS, read_toml
from seed.fates import ONE_LEFT_OUT, Course, Fate, bases, consents, course
from seed.goals import Speakers, tell_goals
from seed.lives import Lives
from seed.people import Folk, Names, Place
from seed.rows import Rows
from seed.told import YESTERDAY, Human, Part, ToldPlan

TWO_YEARS = 728
ADULT = 18
SIGNS_FROM = 16
"""Younger owners have somebody who signs for them."""
HEALTH = (UnitKind.HEALTH_SERVICE, UnitKind.HOME_SERVICE)
SCHOOL_STARTS = 6
AROUND = {
    UnitKind.KINDERGARTEN: (UnitKind.KINDERGARTEN, UnitKind.PPT, UnitKind.HEALTH_STATION),
    UnitKind.SCHOOL: (UnitKind.SCHOOL, UnitKind.PPT, UnitKind.CHILD_WELFARE),
    UnitKind.HEALTH_STATION: (UnitKind.HEALTH_STATION, UnitKind.CHILD_WELFARE, UnitKind.SOCIAL_SERVICE),
}
"""Who else takes part in a plan that is coordinated from a kindergarten, a school or a health station."""


def workplaces(kind: PlanKind, years: int) -> tuple[Sequence[UnitKind], Sequence[UnitKind]]:
    """Where the coordinator works, and where the providers do, by the kind of plan and the owner's age."""
    if kind is PlanKind.IP:
        return HEALTH, (*HEALTH, UnitKind.SOCIAL_SERVICE)
    home = UnitKind.SCHOOL if years >= SCHOOL_STARTS else UnitKind.KINDERGARTEN
    if kind is PlanKind.SL and not 1 < years < ADULT:
        home = UnitKind.HEALTH_STATION
    return (home,), AROUND[home]


class Inventor:
    """Tells new plans. `goals` asks for at least so many in each; a story that has fewer begins again."""

    def __init__(self, rows: Rows, folk: Folk, goals: int = 0) -> None:
        self.rows, self.folk, self.goals = rows, folk, goals
        self.chance, self.names = rows.chance, Names(rows.chance)
        self.texts, about = read_toml("goals.toml"), read_toml("about.toml")
        self.about = {line["story"]: line["text"] for kind in PlanKind for line in about[kind]["about"]}
        self.lives = Lives(rows.chance, {kind: about[kind]["status"] for kind in PlanKind})
        self.stories = {kind: cycle(self._stories(kind)) for kind in PlanKind}

    def plan(self, place: Place, kind: PlanKind, fate: Fate) -> ToldPlan:
        """A new owner's plan in the municipality."""
        story = next(self.stories[kind])
        facts = self.texts["stories"][story]
        born = self._born(*facts["ages"])
        owner, guardians = self._family(place, born, facts)
        days = course(fate, kind, self._longest(born), self.chance)
        work = workplaces(kind, age(born, self.rows.today))
        parts = [*self._helpers(place, work, days), Part(self.rows.new_id(), Role.OWNER, days.made, owner)]
        parts += [self._part(Role.GUARDIAN, days.made, human, days) for human in guardians]
        speaking = owner.account_id is not None and age(born, self.rows.today) >= SIGNS_FROM
        signers = tuple(part for part in parts if part.role is (Role.OWNER if speaking else Role.GUARDIAN))
        left_out = next((part for part in parts if fate in ONE_LEFT_OUT and part.sees_to < days.ends), None)
        return ToldPlan(
            municipality_id=place.municipality_id,
            kind=kind,
            unit_id=next(part.human.unit_id for part in parts if part.human and part.role is Role.COORDINATOR),
            short_name=f"{owner.given_name[0]}.{owner.family_name[0]}.",
            about=self.about[story],
            made=days.made,
            period=(days.made, max(days.last, days.made + 365)),
            states=days.states,
            parts=parts,
            bases=bases(days, left_out),
            consents=consents(days, signers, left_out, self.chance),
            goals=tell_goals(self._lines(kind, story), Speakers(parts, left_out), days, self.chance),
            areas=self.lives.areas(story, days),
            journal=self.lives.journal(kind, days),
            revision=self.lives.revision(days),
            ends=days.ends,
        )

    def _stories(self, kind: PlanKind) -> list[str]:
        found = [name for name, facts in self.texts["stories"].items() if facts["kind"] == kind]
        return self.chance.sample(found, len(found))

    def _lines(self, kind: PlanKind, story: str) -> Sequence[Mapping[str, Any]]:
        own = [line for line in self.texts[kind] if line["story"] == story]
        wanted = self.chance.randint(self.goals, 2 * self.goals) if self.goals else len(own)
        return list(islice(cycle(own), wanted))

    def _born(self, youngest: int, oldest: int) -> date:
        """So that the owner is within the story's ages today."""
        days = self.chance.randint(max(120, youngest * 366), (oldest + 1) * 365 - 1)
        return self.rows.day(-days)

    def _longest(self, born: date) -> int:
        """No plan is older than half its owner."""
        return min(TWO_YEARS, (self.rows.today - born).days // 2)

    def _family(self, place: Place, born: date, facts: Mapping[str, Any]) -> tuple[Human, list[Human]]:
        gender = GENDERS[facts["gender"]] if "gender" in facts else None
        owner = self._human(place, born, gender=gender, account=facts["account"])
        older = [self._older(born) for _ in range(self.chance.randint(1, 2) if facts["guardian"] else 0)]
        return owner, [self._human(place, earlier, family=owner.family_name) for earlier in older]

    def _older(self, born: date) -> date:
        return born - timedelta(days=self.chance.randint(22 * 365, 38 * 365))

    def _human(
        self, place: Place, born: date, *, family: str = "", gender: Gender | None = None, account: bool = True
    ) -> Human:
        card = self.names.card(born, family=family, gender=gender)
        return self.folk.welcome(place, self.folk.with_user_name(card, place) if account else card)

    def _helpers(self, place: Place, work: tuple[Sequence[UnitKind], Sequence[UnitKind]], days: Course) -> list[Part]:
        """The coordinators first, then two or three providers, and sometimes a whole unit."""
        home, around = work
        chosen = self.chance.choice(place.working_in(home))
        near = [human for human in place.working_in(around) if human is not chosen]
        near.sort(key=lambda human: human.unit_id != chosen.unit_id)
        others = [*near[:1], *self.chance.sample(near[1:], min(self.chance.randint(2, 3), len(near) - 1))]
        parts = [self._part(Role.PROVIDER, days.opened - 2, human, days) for human in others[:-1]]
        parts += self._unit(place, around, days)
        if days.fate in ONE_LEFT_OUT:
            stops = -self.chance.randint(2, 15)
            parts.append(Part(self.rows.new_id(), Role.PROVIDER, days.opened, others[-1], sees_to=stops))
        return [*self._coordinators(chosen, others[-1], days), *parts]

    def _coordinators(self, first: Human, second: Human, days: Course) -> list[Part]:
        if days.fate is not Fate.RUNNING or days.opened > -60 or self.chance.random() > 1 / 3:
            return [Part(self.rows.new_id(), Role.COORDINATOR, days.made, first)]
        handover = self.chance.randint(days.opened + 30, -10)
        before = Part(self.rows.new_id(), Role.COORDINATOR, days.made, first, left=handover)
        if self.chance.random() < 1 / 2:
            before = replace(before, role=Role.PROVIDER, first_role=Role.COORDINATOR, role_since=handover, left=None)
        after = Part(self.rows.new_id(), Role.COORDINATOR, handover - 14, second)
        return [replace(after, first_role=Role.PROVIDER, role_since=handover), before]

    def _unit(self, place: Place, kinds: Sequence[UnitKind], days: Course) -> list[Part]:
        found = [unit for unit in place.open_units if unit.kind in kinds]
        if not found or not days.is_finished or self.chance.random() > 1 / 4:
            return []
        unit = self.chance.choice(found)
        members = tuple(human for human in place.staff if human.unit_id == unit.id)
        sees_to = min(YESTERDAY, days.last)
        return [Part(self.rows.new_id(), Role.PROVIDER, days.opened, None, unit.id, members, sees_to=sees_to)]

    def _part(self, role: Role, joined: int, human: Human, days: Course) -> Part:
        return Part(self.rows.new_id(), role, joined, human, sees_to=min(YESTERDAY, days.last))
