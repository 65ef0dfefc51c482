"""Two who take part in the same plan and are never to see anything of each other (N15)."""

from models.log.rules import Event
from models.people.tables import KeptApart
from models.plans.rules.words import PlanState
from models.rights import PlanKind, Role
from seed.plans import Written
from seed.told import YESTERDAY, Part, ToldPlan

SINCE = -20


def write_apart(written: Written) -> bool:
    """Keeps the two guardians apart, where the plan is a stafettlogg in use with two who can both see it now."""
    pair = _guardians(written.told)
    if pair is None:
        return False
    first, second = (part.human.person_id for part in pair if part.human)
    rows, coordinator = written.rows, written.told.coordinator(SINCE)
    with rows.aside():
        at = rows.at(SINCE)
        owned = {"municipality_id": written.told.municipality_id}
        people = {"first_id": first, "second_id": second}
        rows.put(KeptApart, **owned, **people, made_at=at, made_by=coordinator.account_id)
        written.log(at, coordinator, Event.KEPT_APART, first=str(first), second=str(second))
    return True


def _guardians(told: ToldPlan) -> tuple[Part, Part] | None:
    in_use = told.kind is PlanKind.SL and told.states[-1][0] is PlanState.ACTIVE and told.made < SINCE
    found = [part for part in told.parts if part.role is Role.GUARDIAN and part.account_id and _sees(part)]
    return (found[0], found[1]) if in_use and len(found) == 2 else None


def _sees(part: Part) -> bool:
    return part.left is None and part.joined < SINCE and part.sees_to >= YESTERDAY
