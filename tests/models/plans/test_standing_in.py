"""Standing in and handing over, where no page is needed to see the rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.database import Database
from models.plans.operations import handovers, standing_in
from models.plans.operations.handovers import NewOffer
from models.plans.queries.handovers import stand_ins
from models.plans.rules.consents import Stretch
from models.plans.rules.handovers import AHEAD, problem
from models.refusals import Invalid
from models.rights import Role
from tests.hamlet import Hamlet

pytestmark = pytest.mark.feature("N7")
TODAY = date(2026, 11, 20)
days = st.integers(-500, 900).map(lambda step: TODAY + timedelta(days=step))
stretches = st.builds(Stretch, days, st.none() | days)


@given(stretches, st.lists(stretches, max_size=4))
def test_what_is_accepted_is_whole_ahead_and_apart_from_the_others(wanted: Stretch, taken: list[Stretch]) -> None:
    if problem(wanted, taken, TODAY):
        return
    assert wanted.last is not None
    assert TODAY <= wanted.first <= wanted.last
    assert wanted.first <= TODAY + AHEAD
    assert wanted.last <= wanted.first + AHEAD
    for one in taken:
        assert one.first > wanted.last or (one.last is not None and one.last < wanted.first)


async def test_who_stands_in_offers_nothing(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        kari, tor, siv = [await hamlet.person(municipality, name) for name in ("Kari", "Tor", "Siv")]
        await hamlet.participant(plan, kari, Role.COORDINATOR)
        standing, other = [await hamlet.participant(plan, one, Role.PROVIDER) for one in (tor, siv)]
        opened = await hamlet.opened(plan, "kari")
        await standing_in.choose(opened, standing, Stretch(hamlet.today, hamlet.today))
        assert [one.person_id for one in await stand_ins(opened)] == [tor.id]
        by_tor = await hamlet.opened(plan, "tor")
        assert by_tor.role is Role.COORDINATOR
        with pytest.raises(Invalid, match="Du er vikar"):
            await handovers.offer(by_tor, NewOffer(other, None))


async def test_the_last_who_can_sign_in_does_not_stop(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        kari, tor = [await hamlet.person(municipality, name) for name in ("Kari", "Tor")]
        coordinator = await hamlet.participant(plan, kari, Role.COORDINATOR)
        provider = await hamlet.participant(plan, tor, Role.PROVIDER)
        opened = await hamlet.opened(plan, "kari")
        await standing_in.choose(opened, provider, Stretch(hamlet.today, hamlet.today))
        coordinator.valid_to = hamlet.today
        await session.flush()
        by_tor = await hamlet.opened(plan, "tor")
        (mine,) = await stand_ins(by_tor)
        with pytest.raises(Invalid, match="Ingen andre"):
            await standing_in.end(by_tor, mine)
