"""The door and its twin for lists let through the same plans: for anybody, anywhere, on any day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import or_
from sqlmodel import col, select, update

from models.accounts.proof import Viewer
from models.accounts.tables.account import Account
from models.base import HouseSession
from models.clock import SteppingClock, local_day
from models.database import Database
from models.organisation.tables import DataKey, Municipality
from models.people.tables import Person
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import NotFound, Reason, Refused
from models.rights import Assurance, PlanKind, Profile, Role
from permissions.door import open_plan
from permissions.scopes import visible_plans
from seed.cast import cast
from tests.conftest import NOW
from tests.hamlet import Hamlet

UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # the shapes are small, and the day is short
quietly = settings(max_examples=20, deadline=None, suppress_health_check=UNHURRIED, phases=NO_SHRINKING)


async def opens(session: HouseSession, viewer: Viewer, plan_id: UUID) -> bool:
    try:
        await open_plan(session, viewer, plan_id)
    except (NotFound, Refused):
        return False
    return True


async def by_the_list(session: HouseSession, viewer: Viewer) -> set[UUID]:
    return set(await session.scalars(visible_plans(viewer, local_day(session.clock.now()))))


async def around(session: HouseSession, viewer: Viewer) -> set[UUID]:
    """Plans worth a knock: those with a person of the viewer's, or a unit, whenever; and a few of strangers'."""
    theirs = or_(col(Person.account_id) == viewer.account_id, col(Participant.unit_id).is_not(None))
    taking_part = select(Participant.plan_id).outerjoin(Person, col(Person.id) == Participant.person_id).where(theirs)
    strangers = select(Plan.id).order_by(col(Plan.id)).limit(3)
    return set(await session.scalars(taking_part)) | set(await session.scalars(strangers))


async def agree(session: HouseSession, viewer: Viewer) -> set[UUID]:
    """What the viewer sees, by the list and by the door alike."""
    listed = await by_the_list(session, viewer)
    knocked = listed | await around(session, viewer)
    assert {plan_id for plan_id in knocked if await opens(session, viewer, plan_id)} == listed
    return listed


# ---- plans of all shapes --------------------------------------------------------------------------------------------

DAY = st.integers(-6, 6)
SPAN = st.tuples(DAY, st.none() | DAY).filter(lambda span: span[1] is None or span[0] <= span[1])


@dataclass(frozen=True)
class Entry:
    word: Any
    span: tuple[int, int | None]
    whose: int | None = None
    signed: bool = True
    provisional: bool = False
    cancelled: bool = False


@dataclass(frozen=True)
class Part:
    """How the viewer takes part: in their own name or through a unit they belong to for a time."""

    role: Role
    span: tuple[int, int | None]
    profile: Profile
    membership: tuple[int, int | None] | None
    is_staff: bool
    next_role: Role | None
    closed: bool
    awaits_approval: bool


@dataclass(frozen=True)
class Shape:
    state: PlanState
    demands: Assurance
    key_is_whole: bool
    parts: list[Part]
    bases: list[Entry]
    consents: list[Entry]


SELDOM = st.sampled_from([False, False, False, True])
whose = st.sampled_from([None, None, 0, 1])
parts = st.builds(
    Part,
    role=st.sampled_from(Role),
    span=SPAN,
    profile=st.sampled_from([Profile.WORK, Profile.WORK, Profile.PERSONAL]),
    membership=st.none() | SPAN,
    is_staff=st.sampled_from([True, True, False]),
    next_role=st.none() | st.sampled_from(Role),
    closed=st.booleans(),
    awaits_approval=SELDOM,
)
shapes = st.builds(
    Shape,
    state=st.sampled_from([PlanState.ACTIVE] * 4 + list(PlanState)),
    demands=st.sampled_from([Assurance.PASSWORD_AND_CODE] * 3 + [Assurance.HIGH]),
    key_is_whole=st.sampled_from([True] * 5 + [False]),
    parts=st.lists(parts, min_size=1, max_size=2),
    bases=st.lists(st.builds(Entry, st.sampled_from([Basis.CONSENT] * 3 + list(Basis)), SPAN, whose), max_size=3),
    consents=st.lists(
        st.builds(
            *(Entry, st.sampled_from([ConsentAct.GIVEN] * 2 + list(ConsentAct)), SPAN, whose),
            *(st.booleans(), SELDOM, SELDOM),
        ),
        max_size=4,
    ),
)


class Builder:
    """One plan of a shape, with Kari in it."""

    def __init__(self, session: HouseSession) -> None:
        self.hamlet = Hamlet(session)
        self.session = session

    def days(self, span: tuple[int, int | None]) -> dict[str, Any]:
        first, last = span
        today = self.hamlet.today
        return {"since": today + timedelta(first), "until": None if last is None else today + timedelta(last)}

    async def build(self, shape: Shape) -> None:
        municipality = await self.hamlet.municipality("Vik", shape.demands)
        kari = await self.hamlet.person(municipality, "Kari")
        plan = await self.hamlet.plan(municipality, state=shape.state, basis=None)
        taking_part = [await self.part(plan, municipality, kari, part) for part in shape.parts]
        for number, entry in enumerate(shape.bases, 1):
            of = self.of(taking_part, entry)
            await self.hamlet.basis(plan, entry.word, number, **self.days(entry.span), of=of)
        for number, entry in enumerate(shape.consents, 1):
            signers = ((taking_part[0], entry.signed),)
            of = self.of(taking_part, entry)
            made = await self.hamlet.consent(
                plan, number, act=entry.word, **self.days(entry.span), of=of, signers=signers
            )
            made.provisional = entry.provisional
            made.cancelled_at = self.session.clock.now() if entry.cancelled else None
        await self.session.flush()
        if not shape.key_is_whole:
            await self.session.execute(update(DataKey).where(col(DataKey.id) == plan.key_id).values(wrapped=None))

    @staticmethod
    def of(taking_part: list[Participant], entry: Entry) -> Participant | None:
        return None if entry.whose is None else taking_part[entry.whose % len(taking_part)]

    async def part(self, plan: Plan, municipality: Municipality, kari: Any, part: Part) -> Participant:
        who = kari
        if part.membership:
            who = await self.hamlet.unit(municipality, f"Skole {part.membership} {id(part)}")
            await self.hamlet.member(kari, who, **self.days(part.membership), is_staff=part.is_staff)
        made = await self.hamlet.participant(plan, who, part.role, **self.days(part.span))
        made.profile, made.awaits_approval = part.profile, part.awaits_approval
        await self.roles(made, part)
        return made

    async def roles(self, made: Participant, part: Part) -> None:
        """The role may pass to another two days in, and its span be closed when the participation ends."""
        span = (await self.session.scalars(select(RoleSpan).where(col(RoleSpan.participant_id) == made.id))).one()
        passes = made.valid_from + timedelta(days=2)
        if part.next_role and (made.valid_to is None or passes < made.valid_to):
            span.valid_to = passes
            owned: dict[str, Any] = {"municipality_id": made.municipality_id, "participant_id": made.id}
            span = await self.hamlet.put(RoleSpan(**owned, role=part.next_role, valid_from=passes))
        if part.closed:
            span.valid_to = made.valid_to
        await self.session.flush()


@pytest.mark.feature("N1")
@quietly
@given(shape=shapes, days=st.lists(st.integers(-8, 8), min_size=2, max_size=4, unique=True))
async def test_the_twins_agree_on_plans_of_all_shapes(
    database: Database,
    clock: SteppingClock,
    viewer_for: Callable[..., Awaitable[Viewer]],
    shape: Shape,
    days: list[int],
) -> None:
    clock.at = NOW
    async with database.writing() as session:
        await Builder(session).build(shape)
        kari = await viewer_for(session, "kari", profile=Profile.WORK)
        for day in days:
            clock.at = NOW + timedelta(days=day)
            await agree(session, kari)
            await agree(session, replace(kari, assurance=Assurance.HIGH))
            await agree(session, replace(kari, is_young=True))
            await agree(session, replace(kari, is_young=True, closed_to_young={PlanKind.IP: Reason.TOO_YOUNG}))
        await session.rollback()


# ---- the seeded town ------------------------------------------------------------------------------------------------


@pytest.fixture
async def town_people(town: Database) -> list[str]:
    """Everybody of the town who can sign in; the named cast stands first."""
    async with town.reading() as session:
        can = select(Account.user_name).where(col(Account.disabled_at).is_(None))
        names = list(await session.scalars(can.order_by(col(Account.user_name))))
    return sorted(names, key=lambda name: not name.endswith(".example"))


@quietly
@given(data=st.data())
async def test_the_twins_agree_in_the_whole_town(
    town: Database,
    clock: SteppingClock,
    viewer_for: Callable[..., Awaitable[Viewer]],
    town_people: list[str],
    data: st.DataObject,
) -> None:
    clock.at = NOW
    async with town.writing() as session:
        places = list(await session.scalars(select(Municipality.name)))
        viewer = await viewer_for(
            session,
            data.draw(st.sampled_from(town_people)),
            municipality=data.draw(st.sampled_from(places)),
            profile=data.draw(st.sampled_from(Profile)),
            assurance=data.draw(st.sampled_from(Assurance)),
        )
        clock.at = NOW + timedelta(days=data.draw(st.integers(-400, 400)))
        await agree(session, viewer)
        await session.rollback()


async def test_every_one_of_the_cast_sees_in_the_list_what_the_door_opens_today(
    town: Database, viewer_for: Callable[..., Awaitable[Viewer]]
) -> None:
    seen: dict[str, int] = {}
    async with town.writing() as session:
        for name in (member.user_name for member in cast()):
            for profile in Profile:
                viewer = await viewer_for(session, name, profile=profile)
                seen[name] = seen.get(name, 0) + len(await agree(session, viewer))
    assert sum(seen.values()) > 10


async def test_the_town_holds_every_state_of_a_plan(town: Database) -> None:
    async with town.reading() as session:
        assert set(await session.scalars(select(PlanSpan.state))) >= set(PlanState) - {PlanState.DELETED}
