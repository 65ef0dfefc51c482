"""The lens: whatever the rights of the two are, what is seen through it is seen by both (N2)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.database import Database
from models.plans.proof import OpenPlan
from models.plans.rules.chains import Chain
from models.plans.tables.kinds import KINDS
from models.refusals import Reason
from models.rights import Element, Level, Role
from permissions.door import open_plan
from permissions.looking import look_as
from tests.hamlet import Hamlet, refused
from tests.permissions.test_twins import quietly
from tests.signing_in import viewer_for

ELEMENTS = sorted({element for kind in KINDS for element in kind.elements} | {Element.MESSAGES, Element.PRINT})
GOALS = [UUID(int=number) for number in range(1, 4)]
ACTIVITIES = [UUID(int=number) for number in range(11, 14)]
OTHERS = [UUID(int=number) for number in range(21, 24)]
PLACES: list[Chain] = [
    *(((Element.GOALS, goal),) for goal in GOALS),
    *(((Element.ACTIVITIES, one), (Element.GOALS, goal)) for one, goal in zip(ACTIVITIES, GOALS, strict=True)),
    *(((Element.COMMENTS, one), (Element.GOALS, goal)) for one, goal in zip(OTHERS, GOALS, strict=True)),
    *(((element, one),) for element in (Element.SUBJECT_PLANS, Element.EVALUATION, Element.JOURNAL) for one in OTHERS),
    *(((element, UUID(int=31)),) for element in (Element.HEALTH, Element.HOUSING)),
]
ITEMS = sorted({place[0] for place in PLACES})

NAMES = ("kari", "per")
levels = st.sampled_from(Level)
rights = st.tuples(
    st.dictionaries(st.sampled_from(ELEMENTS), levels, max_size=8), st.dictionaries(st.sampled_from(ITEMS), levels)
)


class Place:
    """An item, as far as rights go."""

    def __init__(self, chain: Chain) -> None:
        self.id, self.chain = chain[0][1], chain

    def guarded_by(self) -> Chain:
        return self.chain


async def _opened(hamlet: Hamlet, mine: Any, theirs: Any, role: Role) -> tuple[OpenPlan, OpenPlan, OpenPlan]:
    """The looker's plan, the other's own, and what the first sees with the other's eyes."""
    municipality = await hamlet.municipality()
    kari, per = [await hamlet.person(municipality, name) for name in ("Kari", "Per")]
    plan = await hamlet.plan(municipality)
    parts = []
    for person, kind, (elements, items) in ((kari, Role.COORDINATOR, mine), (per, role, theirs)):
        part = await hamlet.participant(plan, person, kind, **{one.value: level for one, level in elements.items()})
        for (element, item_id), level in items.items():
            await hamlet.grant(part, element, item_id, level)
        parts.append(part)
    own, other = [await open_plan(hamlet.session, await viewer_for(hamlet.session, one), plan.id) for one in NAMES]
    return own, other, await look_as(own, parts[1].id)


def read(plan: OpenPlan) -> set[Any]:
    elements = {element for element in Element if plan.allows(element, Level.READ)}
    return elements | {chain for chain in PLACES if plan.sees(Place(chain))}


def doing(plan: OpenPlan) -> Sequence[Any]:
    over = [level for level in Level if level > Level.READ]
    own = [(element, level) for element in Element for level in over if plan.allows(element, level)]
    return own + [chain for chain in PLACES for level in over if plan.allows(chain[0][0], level, Place(chain))]


@pytest.mark.feature("N2")
@quietly
@given(mine=rights, theirs=rights, role=st.sampled_from([Role.PROVIDER, Role.OTHER, Role.COORDINATOR]))
async def test_what_is_seen_through_the_lens_is_seen_by_both_and_nothing_can_be_done(
    database: Database, mine: Any, theirs: Any, role: Role
) -> None:
    async with database.writing() as session:
        own, other, lens = await _opened(Hamlet(session), mine, theirs, role)
        assert read(lens) == read(own) & read(other)
        assert doing(lens) == []
        assert not [element for element in Element if lens.reaches(element) and not own.reaches(element)]
        await session.rollback()


@pytest.mark.feature("N2")
async def test_a_unit_is_seen_as_one_who_works_there(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        await hamlet.participant(plan, await hamlet.person(municipality, "Kari"), Role.COORDINATOR)
        school = await hamlet.participant(plan, await hamlet.unit(municipality), Role.PROVIDER, health=Level.NONE)
        lens = await look_as(await open_plan(session, await viewer_for(session, "kari"), plan.id), school.id)
        assert lens.looking_as == "Vik skole"
        assert lens.viewer.person_id is None
        assert lens.allows(Element.GOALS, Level.READ)
        assert not lens.allows(Element.HEALTH, Level.READ)


@pytest.mark.feature("N2")
async def test_who_may_not_read_about_rights_has_no_lens(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        them = await hamlet.participant(plan, await hamlet.person(municipality, "Per"), Role.PROVIDER)
        await hamlet.participant(plan, await hamlet.person(municipality, "Gro"), Role.GUARDIAN, rights=Level.NONE)
        opened = await open_plan(session, await viewer_for(session, "gro"), plan.id)
        assert await refused(look_as(opened, them.id)) is Reason.LEVEL_TOO_LOW
