"""Who waits for a coordinator in the town, a plan whose coordinator has gone, and a baton on its way to somebody.

Told after everything else, by chances of its own: the town is otherwise the same with or without it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from models.accounts.tables.account import Account
from models.base import HouseSession, seal
from models.log.rules import Event
from models.plans.rules.words import ConsentMethod, CoordinatorKind, PlanState
from models.plans.tables.baton import CoordinatorWanted, Handover
from models.rights import PlanKind, Role
from seed.cast import GENDERS
from seed.people import Card, Folk, Place
from seed.plans import Written
from seed.rows import Rows
from seed.told import YESTERDAY, Part, ToldPlan

WAITING = (
    ("Selma", "Rognvik", 2021, CoordinatorKind.CHILD_COORDINATOR, -19, None),
    ("Noor", "Haidari", 2024, CoordinatorKind.CHILD_COORDINATOR, -41, ConsentMethod.PAPER),
    ("Arvid", "Støylen", 1958, CoordinatorKind.COORDINATOR, -8, ConsentMethod.ORAL),
)
"""Name, year of birth, what they ask for, when they asked, and how it was consented to, if it was."""
APPOINTED = "Noor"
ASKED, GONE = -3, -6
NOTE = "Jeg begynner i ny stilling. Du kjenner saken godt, og familien ønsker at det blir deg."


def write_waiting(rows: Rows, folk: Folk, place: Place, recorder: UUID, child_coordinator: UUID) -> None:
    """`recorder` is the account of koordinerende enhet, `child_coordinator` the person who was appointed."""
    with rows.aside():
        for given, family, year, kind, asked, method in WAITING:
            born = rows.day(0).replace(year=year, month=5, day=17)
            child = folk.welcome(place, Card(given, family, born, rows.chance.choice(list(GENDERS.values()))))
            is_appointed = given == APPOINTED
            rows.put(
                CoordinatorWanted,
                municipality_id=place.municipality_id,
                person_id=child.person_id,
                kind=kind,
                asked_on=rows.day(asked),
                recorded_at=rows.at(asked),
                recorded_by=recorder,
                consent_method=method,
                consent_on=rows.day(asked + 2) if method else None,
                appointed_id=child_coordinator if is_appointed else None,
                appointed_on=rows.day(asked + 5) if is_appointed else None,
            )
            owned = {"municipality_id": place.municipality_id, "actor_id": recorder}
            rows.log(rows.at(asked), Event.COORDINATOR_WANTED, place=owned, person=str(child.person_id))


def write_offer(written: Written) -> bool:
    """The coordinator has asked a provider to take over, where the plan is for a child in kindergarten and in use."""
    told = written.told
    giver, receiver = _holder(told), _provider(told)
    if told.kind is not PlanKind.IUP or not _in_use(told) or giver is None or receiver is None:
        return False
    rows = written.rows
    with rows.aside():
        at = rows.at(ASKED)
        offer = rows.make(
            Handover,
            **written.owned,
            from_id=giver.id,
            to_id=receiver.id,
            stays_as=Role.PROVIDER,
            offered_at=at,
            offered_by=giver.account_id,
        )
        seal(written.vault, offer, note=NOTE)
        written.log(at, giver, Event.HANDOVER_OFFERED, participant=str(receiver.id))
    return True


async def close_account(
    session: HouseSession, rows: Rows, plans: Sequence[ToldPlan], place: Place, named: Collection[UUID | None]
) -> None:
    """Of somebody in the municipality who coordinates, and takes part in as few plans as any: they have left, and
    nobody took over. `named` are the accounts that are promised to somebody."""
    parts = Counter(account for told in plans for part in told.parts for account in _accounts(part))
    here = (told for told in plans if told.municipality_id == place.municipality_id and _in_use(told))
    holders = [holder.account_id for holder in map(_holder, here) if holder and holder.account_id not in named]
    if holders:
        left = update(Account).where(col(Account.id) == min(holders, key=lambda account: parts[account]))
        await session.execute(left.values(disabled_at=rows.at(GONE)))


def _accounts(part: Part) -> list[UUID | None]:
    return [part.account_id, *(member.account_id for member in part.members)]


def _holder(told: ToldPlan) -> Part | None:
    """Who coordinates the plan, when it has always been the same, of those who were made up."""
    found = [part for part in told.parts if part.is_coordinator(YESTERDAY) and part.first_role is None]
    return found[0] if len(found) == 1 and found[0].human else None


def _provider(told: ToldPlan) -> Part | None:
    able = (part for part in told.parts if part.role is Role.PROVIDER and part.account_id and part.left is None)
    return next((part for part in able if part.sees_to >= YESTERDAY), None)


def _in_use(told: ToldPlan) -> bool:
    return told.states[-1][0] is PlanState.ACTIVE and told.ends >= YESTERDAY
