"""The goals of an invented plan: its story's texts, with days, statuses and speakers."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from models.plans.rules.words import ActivityStatus
from models.rights import Element, Role
from seed.fates import Course
from seed.told import Part, ToldActivity, ToldComment, ToldGoal


class Speakers:
    """Who answers when a story names a role."""

    def __init__(self, parts: Sequence[Part], left_out: Part | None) -> None:
        self.parts = [part for part in parts if part.human and part is not left_out]

    def who(self, role: Role, day: int, turn: int) -> Part:
        """The coordinator of that day; of providers and guardians each has a turn."""
        if role is Role.COORDINATOR:
            return next((part for part in self.parts if part.is_coordinator(day)), self.parts[0])
        there = [part for part in self.parts if part.role is role and part.joined <= day and part.first_role is None]
        return there[turn % len(there)] if there else self.who(Role.COORDINATOR, day, turn)


def tell_goals(lines: Sequence[Mapping[str, Any]], speakers: Speakers, days: Course, chance: Random) -> list[ToldGoal]:
    """One goal for each line, spread over the plan's days."""
    start = days.opened if days.is_finished else days.made
    room = max(0, days.ends - start)
    return [
        _goal(
            line, turn, start + turn * room // (len(lines) + 2) + chance.randint(0, room // 8), speakers, days, chance
        )
        for turn, line in enumerate(lines)
    ]


def _goal(line: Mapping[str, Any], turn: int, day: int, speakers: Speakers, days: Course, chance: Random) -> ToldGoal:
    activities = [_activity(each, turn, day, speakers, days, chance) for each in line["activities"]]
    return ToldGoal(
        key=f"{line['story']} {turn}",
        title=line["title"],
        description=line["description"],
        area=Element(line["area"]),
        day=day,
        progress=_progress(activities, day, days, chance),
        activities=activities,
        comments=_comments(line["comments"], turn, day, speakers, days, chance) if days.is_finished else (),
    )


def _progress(activities: Sequence[ToldActivity], day: int, days: Course, chance: Random) -> int:
    """Nothing in the first days; then more, the more that is done."""
    if not days.is_finished or days.ends - day < 15:
        return 0
    done = sum(activity.status is ActivityStatus.DONE for activity in activities)
    return 100 if done == len(activities) else 60 * done // len(activities) // 5 * 5 + 5 * chance.randint(1, 7)


def _activity(
    line: Mapping[str, Any], turn: int, goal_day: int, speakers: Speakers, days: Course, chance: Random
) -> ToldActivity:
    day = min(days.ends, goal_day + chance.randint(0, 20))
    due = day + chance.randint(30, 400)
    return ToldActivity(
        title=line["title"],
        description=line["description"],
        extent=line["extent"],
        responsible=speakers.who(Role(line["responsible_role"]), day, turn),
        status=_status(day, due, days, chance),
        day=day,
        due=due,
    )


def _status(day: int, due: int, days: Course, chance: Random) -> ActivityStatus:
    """Most that should be done is done; a little is late, and a little was given up."""
    if not days.is_finished or days.ends - day < 10:
        return ActivityStatus.PLANNED
    if due <= days.ends:
        likely = [ActivityStatus.DONE] * 8 + [ActivityStatus.UNDER_WAY, ActivityStatus.CANCELLED]
    else:
        likely = [ActivityStatus.UNDER_WAY] * 3 + [ActivityStatus.PLANNED]
    return chance.choice(likely)


def _comments(
    lines: Sequence[Mapping[str, Any]], turn: int, goal_day: int, speakers: Speakers, days: Course, chance: Random
) -> list[ToldComment]:
    """In the story's order, each on a day of its own; a short stretch has room for the first ones only."""
    open_days = range(goal_day + 1, days.ends + 1)
    chosen = sorted(chance.sample(open_days, min(len(lines), len(open_days))))
    said = zip(lines, chosen, strict=False)
    return [ToldComment(speakers.who(Role(line["role"]), day, turn), day, line["text"]) for line, day in said]
