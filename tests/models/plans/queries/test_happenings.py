"""What the timeline tells and the news count: everything one may read, and nothing else."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.database import Database
from models.plans.proof import OpenPlan, Standing
from models.plans.queries import timeline
from models.plans.tables.item import Item
from models.plans.tables.kinds import KINDS
from models.refusals import Reason
from models.rights import CHOSEN_ELEMENTS, Element, Level, Role
from tests.models.plans.queries.village import build, counted, names, told

pytestmark = [pytest.mark.feature("F156"), pytest.mark.feature("N1")]
GUARDS = sorted({element for kind in KINDS for element in kind.elements})
LEVEL = st.sampled_from([Level.NONE, Level.READ, Level.READ, Level.CHANGE])


@dataclass(frozen=True)
class Stand:
    levels: dict[Element, Level]
    items: dict[int, Level]
    narrowed: bool


stands = st.builds(
    Stand,
    levels=st.fixed_dictionaries(dict.fromkeys(GUARDS, LEVEL)),
    items=st.dictionaries(st.integers(0, 13), LEVEL, max_size=5),
    narrowed=st.sampled_from([False, False, False, True]),
)


def standing(plan: OpenPlan, stand: Stand, items: list[Item]) -> Standing:
    own = {items[number].guarded_by()[0]: level for number, level in stand.items.items()}
    narrowed = Reason.NO_LEGAL_BASIS if stand.narrowed else None
    return Standing(plan.participant_id, Role.PROVIDER, stand.levels, own, narrowed)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(
    shapes=st.lists(st.lists(stands, min_size=1, max_size=2), min_size=4, max_size=8),
    off=st.sets(st.sampled_from(sorted(CHOSEN_ELEMENTS)), max_size=3),
)
async def test_what_is_told_and_counted_is_what_may_be_read(
    database: Database, shapes: list[list[Stand]], off: set[Element]
) -> None:
    async with database.writing() as session:
        village = await build(session)
        items = await village.everything()
        for shape in shapes:
            seen_by = tuple(standing(village.plan, stand, items) for stand in shape)
            plan = replace(village.plan, standings=seen_by, elements=frozenset(Element) - off)
            visible = names([item for item in items if plan.sees(item)])
            assert await told(plan) == visible
            assert await counted(plan) == visible
            assert await timeline.how_many_happened(plan) == len(await timeline.happened(plan, most=200))
        await session.rollback()
