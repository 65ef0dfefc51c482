"""The completeness meter (N6): filled in step by step, and for each viewer only from what they may read."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from models.base import seal
from models.plans.operations import activities, contributions, cooperation, evaluations, goals
from models.plans.operations.activities import ActivityContent
from models.plans.operations.cooperation import CooperationContent
from models.plans.proof import OpenPlan
from models.plans.queries.completeness import completeness, summary
from models.plans.queries.findings import find_out
from models.plans.rules.completeness import Verdict
from models.plans.rules.evaluations import EvaluationContent
from models.plans.rules.words import ActivityStatus, ConsentAct, CooperationState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.goals import Goal
from models.plans.tables.life import About, LifeArea
from models.plans.tables.participants import Grant
from models.plans.tables.plan import Plan
from models.refusals import Reason
from models.rights import Element, Level, PlanKind
from models.templates.rules import Check
from models.templates.tables import ContentPoint
from seed.load import content_points
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("N6")


@pytest.fixture(autouse=True)
async def demanded(here: Here) -> None:
    """What every municipality begins with."""
    here.session.add_all(content_points(here.municipality.id))
    await here.session.flush()


async def holds(plan: OpenPlan, check: Check) -> bool | None:
    return (await find_out(plan, {check})).holds[check]


async def lacks(plan: OpenPlan, check: Check) -> list[str]:
    return [lack.name for lack in (await find_out(plan, {check})).lacks[check]]


def item(here: Here, table: Any, **values: Any) -> Any:
    now = here.session.clock.now()
    return table(municipality_id=here.municipality.id, plan_id=here.plan.id, added_at=now, **values)


async def test_an_empty_ip_has_who_takes_part_and_nothing_more(here: Here) -> None:
    kari = await here.opened_by("Kari")
    whole = await completeness(kari)
    assert whole
    assert [one.point.title for one in whole.of(Verdict.FULFILLED)] == [
        "Hvem som deltar i arbeidet med planen",
        "Hvem som er koordinator og har ansvar for samordning og framdrift",
    ]
    assert (whole.meter, await summary(kari)) == ((2, 9), (2, 9))


async def test_an_ip_that_has_it_all_is_nine_of_nine(here: Here) -> None:
    kari = await here.opened_by("Kari")
    goal = await goals.add(kari, title="Sove")
    whole = ActivityContent("Legge seg", "Slik gjør vi det", "Hver kveld", responsible_id=here.participants["Pål"].id)
    await activities.add(kari, goal, whole)
    area = item(here, LifeArea, area=Element.HEALTH)
    seal(kari.vault, area, text="Sover lite")
    await here.hamlet.put(area)
    for name in ("Kari", "Pål", "Gro", "Ola"):
        await contributions.add(kari, here.participants[name], "Noe")
    here.plan.period_from, here.plan.period_to = date(2026, 1, 1), date(2026, 12, 31)
    here.plan.revise_on = date(2026, 12, 1)
    await here.hamlet.consent(here.plan)
    await cooperation.add(kari, CooperationContent("NAV", CooperationState.WANTED))
    assert await summary(kari) == (9, 9)


@pytest.mark.parametrize(("kind", "count"), [(PlanKind.IP, 9), (PlanKind.IOP, 4), (PlanKind.IUP, 5), (PlanKind.SL, 6)])
async def test_every_kind_has_points_with_a_source(here: Here, kind: PlanKind, count: int) -> None:
    points = (await here.session.scalars(select(ContentPoint).where(col(ContentPoint.kind) == kind))).all()
    assert len(points) == count
    assert all(point.source and point.checked for point in points)


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (PlanKind.IP, "forskrift om individuell plan ved ytelse av velferdstjenester"),
        (PlanKind.IOP, "opplæringslova § 11-10"),
        (PlanKind.IOP, "opplæringslova § 11-11"),
        (PlanKind.IUP, "barnehageloven § 32"),
    ],
)
async def test_the_sources_are_those_of_the_law(here: Here, kind: PlanKind, source: str) -> None:
    found = select(ContentPoint.source).where(col(ContentPoint.kind) == kind)
    assert source in set(await here.session.scalars(found))


async def test_the_municipality_decides_what_is_demanded(here: Here) -> None:
    await here.session.execute(update(ContentPoint).where(col(ContentPoint.numbered) > 2).values(in_use=False))
    await here.session.execute(update(ContentPoint).where(col(ContentPoint.numbered) == 2).values(checked=[]))
    whole = await completeness(await here.opened_by("Kari"))
    assert whole
    assert ([one.verdict for one in whole.judged], whole.meter) == ([Verdict.MISSING, Verdict.FOR_PEOPLE], (0, 1))


async def test_another_municipalitys_points_are_its_own(here: Here) -> None:
    other = await here.hamlet.municipality("Nes")
    here.session.add(ContentPoint(municipality_id=other.id, kind=PlanKind.IP, numbered=1, title="Nes", source="Nes"))
    await here.session.flush()
    whole = await completeness(await here.opened_by("Kari"))
    assert whole
    assert "Nes" not in {one.point.title for one in whole.judged}


async def test_nothing_is_demanded_of_a_plan_without_goals(here: Here) -> None:
    here.plan.elements = sorted({element.value for element in Element} - {"goals"})
    await here.session.flush()
    plan = await here.opened_by("Kari")
    assert (await completeness(plan), await summary(plan)) == (None, None)


async def test_a_part_that_is_not_in_use_is_missing(here: Here) -> None:
    here.plan.elements = ["goals"]
    await here.session.flush()
    plan = await here.opened_by("Kari")
    found = (await find_out(plan, set(Check))).holds
    off = {Check.LIFE_AREAS, Check.MEASURES, Check.HOW, Check.DEADLINES, Check.EVALUATION}
    assert {check: found[check] for check in off} == dict.fromkeys(off, False)


NEEDS = {
    Check.GOALS: Element.GOALS,
    Check.PARTICIPANTS: Element.PARTICIPANTS,
    Check.COORDINATOR: Element.PARTICIPANTS,
    Check.CONTRIBUTIONS: Element.COOPERATION,
    Check.MEASURES: Element.ACTIVITIES,
    Check.HOW: Element.ACTIVITIES,
    Check.DEADLINES: Element.ACTIVITIES,
    Check.CONSENT: Element.CONSENT,
    Check.BASIS: Element.CONSENT,
    Check.COOPERATION: Element.COOPERATION,
    Check.EVALUATION: Element.EVALUATION,
    Check.ABOUT: Element.ABOUT,
}


@pytest.mark.parametrize(("check", "element"), NEEDS.items())
async def test_who_may_not_read_it_is_told_neither_yes_nor_no(here: Here, check: Check, element: Element) -> None:
    mine = Grant.participant_id == here.participants["Kari"].id, Grant.element == element
    await here.session.execute(update(Grant).where(*mine).values(level=Level.NONE))
    assert await holds(await here.opened_by("Kari"), check) is None


async def test_goals_one_may_not_see_do_not_count(here: Here) -> None:
    kari = await here.opened_by("Kari")
    goal = await goals.add(kari, title="Sove")
    assert await holds(kari, Check.GOALS) is True
    await here.hamlet.grant(here.participants["Gro"], Element.GOALS, goal.id, Level.NONE)
    assert await holds(await here.opened_by("Gro"), Check.GOALS) is False


async def test_goals_in_history_and_deleted_ones_do_not_count(here: Here) -> None:
    kari = await here.opened_by("Kari")
    first, second = await goals.add(kari, title="Sove"), await goals.add(kari, title="Spise")
    await activities.add(kari, first, ActivityContent("Legge seg"))
    await goals.delete(kari, second)
    first.historic_at = here.session.clock.now()
    await here.session.flush()
    assert (await holds(kari, Check.GOALS), await lacks(kari, Check.HOW)) == (False, [])


async def test_one_life_area_is_enough_and_none_is_said_only_by_who_reads_them_all(here: Here) -> None:
    kari = await here.opened_by("Kari")
    assert await holds(kari, Check.LIFE_AREAS) is False
    mine = Grant.participant_id == here.participants["Gro"].id, Grant.element == Element.HOUSING
    await here.session.execute(update(Grant).where(*mine).values(level=Level.NONE))
    assert await holds(await here.opened_by("Gro"), Check.LIFE_AREAS) is None
    for area in (Element.HOUSING, Element.HEALTH):
        mapped = item(here, LifeArea, area=area)
        seal(kari.vault, mapped, text="Slik er det")
        await here.hamlet.put(mapped)
        expected = None if area is Element.HOUSING else True
        assert await holds(await here.opened_by("Gro"), Check.LIFE_AREAS) is expected


@pytest.fixture
async def goal(here: Here) -> Goal:
    return await goals.add(await here.opened_by("Kari"), title="Sove")


async def test_activities_that_lack_something_are_named_in_the_plans_order(here: Here, goal: Goal) -> None:
    kari = await here.opened_by("Kari")
    whole = ActivityContent("Hel", "Slik", "Hver dag", responsible_id=here.participants["Pål"].id, due_on=kari.today)
    for content in (
        replace(whole, title="Uten ansvar", responsible_id=None),
        replace(whole, title="Uten omfang", extent=""),
        replace(whole, title="Uten beskrivelse", description=""),
        replace(whole, title="Uten frist", due_on=None),
        whole,
    ):
        await activities.add(kari, goal, content)
    assert await lacks(kari, Check.MEASURES) == ["Uten ansvar", "Uten omfang"]
    assert (await lacks(kari, Check.HOW), await lacks(kari, Check.DEADLINES)) == (["Uten beskrivelse"], ["Uten frist"])


async def test_an_activity_one_may_not_see_is_not_named(here: Here, goal: Goal) -> None:
    kari = await here.opened_by("Kari")
    hidden = await activities.add(kari, goal, ActivityContent("Skjult", status=ActivityStatus.UNDER_WAY))
    await activities.add(kari, goal, ActivityContent("Synlig"))
    await here.hamlet.grant(here.participants["Gro"], Element.ACTIVITIES, hidden.id, Level.NONE)
    assert await lacks(await here.opened_by("Gro"), Check.MEASURES) == ["Synlig"]


async def test_all_but_the_others_are_asked_what_they_contribute(here: Here) -> None:
    kari = await here.opened_by("Kari")
    await contributions.add(kari, here.participants["Ola"], "Øver")
    assert set(await lacks(kari, Check.CONTRIBUTIONS)) == {"Kari Hansen", "Pål Hansen", "Gro Hansen"}
    for name in ("Kari", "Pål", "Gro"):
        await contributions.add(kari, here.participants[name], "Noe")
    assert await holds(kari, Check.CONTRIBUTIONS) is True


async def test_the_period_needs_a_day_of_revision(here: Here) -> None:
    kari = await here.opened_by("Kari")
    here.plan.period_from, here.plan.period_to = date(2026, 1, 1), date(2026, 12, 31)
    await here.session.flush()
    assert await holds(kari, Check.PERIOD) is False
    await here.session.execute(update(Plan).values(revise_on=date(2026, 12, 1)))
    assert await holds(kari, Check.PERIOD) is True


async def test_a_consent_holds_until_it_ends_or_is_withdrawn(here: Here) -> None:
    kari = await here.opened_by("Kari")
    assert await holds(kari, Check.CONSENT) is False
    await here.hamlet.consent(here.plan, until=here.hamlet.today - timedelta(days=1))
    assert await holds(kari, Check.CONSENT) is False
    await here.hamlet.consent(here.plan, 2)
    assert await holds(kari, Check.CONSENT) is True
    await here.hamlet.consent(here.plan, 3, act=ConsentAct.WITHDRAWN)
    assert await holds(kari, Check.CONSENT) is False


async def test_a_consent_that_waits_for_a_signature_is_none(here: Here) -> None:
    await here.hamlet.consent(here.plan, signers=((here.participants["Ola"], False),))
    assert await holds(await here.opened_by("Kari"), Check.CONSENT) is False


async def test_a_basis_holds_on_its_days(here: Here) -> None:
    kari = await here.opened_by("Kari")
    assert await holds(kari, Check.BASIS) is True
    await here.session.execute(update(LegalBasis).values(valid_to=here.hamlet.today - timedelta(days=1)))
    assert await holds(kari, Check.BASIS) is False


async def test_what_the_owner_thinks_is_no_evaluation_and_an_old_one_is_none(here: Here, goal: Goal) -> None:
    kari = await here.opened_by("Kari")
    recent = EvaluationContent(kari.today - timedelta(days=30), kari.today, text="Bra")
    old = EvaluationContent(kari.today - timedelta(days=900), kari.today - timedelta(days=800), text="Bra")
    await evaluations.reflect(kari, recent)
    await evaluations.report(kari, old)
    assert await holds(kari, Check.EVALUATION) is False
    await evaluations.evaluate(kari, goal, recent)
    assert await holds(kari, Check.EVALUATION) is True
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, goal.id, Level.NONE)
    assert await holds(await here.opened_by("Pål"), Check.EVALUATION) is False


async def test_about_must_say_something(here: Here) -> None:
    kari = await here.opened_by("Kari")
    assert await holds(kari, Check.ABOUT) is False
    about = item(here, About, id=here.plan.id)
    seal(kari.vault, about, text="Jeg heter Ola")
    await here.hamlet.put(about)
    assert await holds(kari, Check.ABOUT) is True


async def test_a_coordinator_whose_basis_is_gone_is_told_of_the_administration_only(here: Here) -> None:
    await here.session.execute(update(LegalBasis).values(valid_to=here.hamlet.today - timedelta(days=1)))
    kari = await here.opened_by("Kari")
    found = (await find_out(kari, set(Check))).holds
    told = {check for check, answer in found.items() if answer is not None}
    assert told == {Check.PARTICIPANTS, Check.COORDINATOR, Check.PERIOD, Check.CONSENT, Check.BASIS}
    assert await refused(here.opened_by("Gro")) is Reason.NO_LEGAL_BASIS


async def test_every_check_is_looked_for(here: Here) -> None:
    assert (await find_out(await here.opened_by("Kari"), set(Check))).holds.keys() == set(Check)
