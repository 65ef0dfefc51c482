"""Who was in a plan, and when: sign-ins and openings, so that «sist jeg var her» has something to tell."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.log.rules import Event
from models.log.tables import Opening
from models.plans.rules.words import PlanState
from models.rights import Role
from seed.plans import Written
from seed.told import YESTERDAY, Human, Part, ToldPlan

ROOMS = ("home", "timeline", "goals", "participants", "consent")
TRIES = 4
"""Two visits within an hour are one: so many more are tried than are wanted, before a short stretch is full."""


@dataclass(frozen=True)
class Stretch:
    """The days in which somebody could open the plan."""

    human: Human | Part
    first: int
    last: int


def write_visits(written: Written, log_rows: int) -> None:
    """Everybody's latest visit, and chance ones until about `log_rows` rows are in the log, sign-ins counted."""
    stretches, chance = list(_stretches(written.told)), written.rows.chance
    seen: set[tuple[object, ...]] = set()
    for stretch in stretches:
        _visit(written, stretch, max(stretch.first, stretch.last - chance.randrange(4)), seen)
    for _ in range(TRIES * log_rows if stretches else 0):
        if written.logged >= log_rows:
            break
        stretch = chance.choice(stretches)
        _visit(written, stretch, chance.randint(stretch.first, stretch.last), seen)


def _stretches(told: ToldPlan) -> Iterator[Stretch]:
    opened = next((first for state, first in told.states if state is PlanState.ACTIVE), None)
    for part in told.parts:
        alone = part.first_role or part.role is Role.COORDINATOR
        first = 1 + (part.joined if alone else max(part.joined, opened or 0))
        last = min(part.sees_to, YESTERDAY, YESTERDAY if part.left is None else part.left - 1)
        people: tuple[Part | Human, ...] = (part, *part.members)
        for human in people:
            if human.account_id and first <= last:
                yield Stretch(human, first, last)


def _visit(written: Written, stretch: Stretch, day: int, seen: set[tuple[object, ...]]) -> None:
    """Sign in and open a few rooms within minutes; the same room twice within the hour is not told."""
    rows, at, account_id = written.rows, written.rows.at(day, 6, 22), stretch.human.account_id
    municipality = {"municipality_id": written.told.municipality_id}
    rows.log(at, Event.SIGNED_IN, place={**municipality, "actor_id": account_id}, method="email", address="")
    written.logged += 1
    hour = at.replace(minute=0)
    for room in ROOMS[: rows.chance.randint(1, len(ROOMS))]:
        if (account_id, room, hour) not in seen:
            seen.add((account_id, room, hour))
            rows.put(Opening, **written.owned, account_id=account_id, room=room, hour=hour, at=at)
            written.log(at, stretch.human, Event.PLAN_OPENED, room=room)
