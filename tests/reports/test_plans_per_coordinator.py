"""Planer per koordinator counts what a plain count of the same rows gives, on any day and on both databases."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality, Viewer
from models.database import Database
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Refused
from models.rights import Duty, PlanKind, Right, Role
from permissions.door import open_municipality
from reports.statistics.period import parse
from reports.statistics.plans_per_coordinator import REPORT
from reports.statistics.report import MOST_BARS, Sheet, sheet
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

pytestmark = [pytest.mark.feature("F204"), pytest.mark.feature("F205")]


class Office:
    """A hamlet with an analyst and a coordinator at Vik skole."""

    def __init__(self, hamlet: Hamlet) -> None:
        self.hamlet, self.today, self.before = hamlet, hamlet.today, hamlet.before

    async def furnish(self) -> None:
        self.vik = await self.hamlet.municipality()
        self.analyst = await self.hamlet.account("analyst")
        await self.hamlet.appoint(self.analyst, self.vik, Duty.ANALYST)
        self.kari = await self.hamlet.person(self.vik, "Kari", employed=False)
        self.school = await self.hamlet.unit(self.vik)
        await self.hamlet.member(self.kari, self.school)

    async def plan(self, coordinator: Person | None = None, **traits: Any) -> Plan:
        plan = await self.hamlet.plan(traits.pop("municipality", self.vik), **traits)
        plan.made_at -= timedelta(days=100)
        if coordinator:
            await self.hamlet.participant(plan, coordinator, Role.COORDINATOR)
        return plan

    async def proof(self, viewer: Viewer | None = None) -> OpenMunicipality:
        await self.hamlet.session.flush()
        viewer = viewer or await viewer_for(self.hamlet.session, "analyst")
        return await open_municipality(self.hamlet.session, viewer, Right.REPORTS_READ)

    async def frame(self, day: date | None = None, *, since: str = "", group_by: str = "", kinds: tuple[str, ...] = ()):
        proof = await self.proof()
        last = day.isoformat() if day else ""
        return await REPORT.produce(proof, parse(since, last, group_by, kinds, today=self.today, allowed=proof.kinds))

    async def count(self, *asked: Any, **more: Any) -> list[tuple[Any, ...]]:
        """Rows of (workplace, coordinator, active, passive, total, fresh, draft), after the part if any."""
        return list((await self.frame(*asked, **more)).itertuples(index=False, name=None))

    async def shown(self, **asked: Any) -> Sheet:
        return sheet(REPORT, await self.frame(**asked))


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with database.writing() as session:
        made = Office(Hamlet(session))
        await made.furnish()
        yield made


KARI = ("Vik skole", "Kari Hansen")


async def test_a_coordinators_plans_are_counted_by_whether_their_basis_holds(office: Office) -> None:
    await office.plan(office.kari)
    await office.plan(office.kari, basis=None)
    await office.plan(office.kari, state=PlanState.INACTIVE)
    assert await office.count() == [(*KARI, 1, 2, 3, 3, 0)]


@pytest.mark.feature("F121")
async def test_a_plan_is_passive_from_the_day_after_its_consent_ended(office: Office) -> None:
    plan = await office.plan(office.kari, basis=Basis.CONSENT)
    ended = office.today - timedelta(days=10)
    await office.hamlet.consent(plan, until=ended)
    assert [await office.count(ended), await office.count(ended + timedelta(days=1))] == [
        [(*KARI, 1, 0, 1, 1, 0)],
        [(*KARI, 0, 1, 1, 1, 0)],
    ]


async def test_a_withdrawn_consent_makes_a_plan_passive(office: Office) -> None:
    plan = await office.plan(office.kari, basis=Basis.CONSENT)
    await office.hamlet.consent(plan)
    await office.hamlet.consent(plan, 2, act=ConsentAct.WITHDRAWN, since=office.today)
    assert await office.count() == [(*KARI, 0, 1, 1, 1, 0)]


async def test_drafts_and_unsigned_plans_are_counted_apart(office: Office) -> None:
    await office.plan(office.kari, state=PlanState.DRAFT)
    await office.plan(office.kari, state=PlanState.AWAITING_SIGNATURES)
    assert await office.count() == [(*KARI, 0, 0, 0, 2, 2)]


async def test_deleted_plans_are_left_out(office: Office) -> None:
    await office.plan(office.kari, state=PlanState.DELETED)
    assert await office.count() == []


async def test_a_past_day_is_counted_with_the_coordinator_of_that_day(office: Office) -> None:
    plan, turn = await office.plan(), office.today - timedelta(days=30)
    ola = await office.hamlet.person(office.vik, "Ola", employed=False)
    await office.hamlet.participant(plan, ola, Role.COORDINATOR, until=turn)
    await office.hamlet.participant(plan, office.kari, Role.COORDINATOR, since=turn)
    before = await office.count(turn - timedelta(days=1))
    assert (before[0][1], (await office.count(turn))[0][1]) == ("Ola Hansen", "Kari Hansen")


async def test_a_past_day_is_counted_with_the_role_of_that_day(office: Office) -> None:
    plan, turn = await office.plan(), office.today - timedelta(days=30)
    mine = await office.hamlet.participant(plan, office.kari, Role.COORDINATOR)
    owned: dict[str, Any] = {"municipality_id": office.vik.id, "participant_id": mine.id}
    span = (await office.hamlet.session.scalars(select(RoleSpan).where(RoleSpan.participant_id == mine.id))).one()
    span.valid_to = turn
    await office.hamlet.put(RoleSpan(**owned, role=Role.PROVIDER, valid_from=turn))
    assert (await office.count(turn))[0][:2] == ("Uten arbeidssted", "Uten koordinator")


async def test_a_past_day_is_counted_with_the_kind_and_state_of_that_day(office: Office) -> None:
    plan, turn = await office.plan(office.kari, kind=PlanKind.IUP), office.today - timedelta(days=30)
    span = (await office.hamlet.session.scalars(select(PlanSpan).where(PlanSpan.plan_id == plan.id))).one()
    span.valid_to = turn
    owned: dict[str, Any] = {"municipality_id": office.vik.id, "plan_id": plan.id, "valid_from": turn}
    await office.hamlet.put(PlanSpan(**owned, kind=PlanKind.IOP, state=PlanState.INACTIVE))
    iup, iop = ("IUP",), ("IOP",)
    yesterday = turn - timedelta(days=1)
    counted = [len(await office.count(day, kinds=kinds)) for day in (yesterday, turn) for kinds in (iup, iop)]
    assert counted == [1, 0, 0, 1]


async def test_a_past_day_is_counted_with_the_workplace_of_that_day(office: Office) -> None:
    turn = office.today - timedelta(days=30)
    liv = await office.hamlet.person(office.vik, "Liv", employed=False)
    station = await office.hamlet.unit(office.vik, "Vik helsestasjon")
    await office.hamlet.member(liv, office.school, until=turn)
    await office.hamlet.member(liv, station, since=turn)
    await office.plan(liv)
    places = [(await office.count(day))[0][0] for day in (turn - timedelta(days=1), turn)]
    assert places == ["Vik skole", "Vik helsestasjon"]


async def test_plans_made_later_are_not_counted(office: Office) -> None:
    plan = await office.plan(office.kari)
    plan.made_at += timedelta(days=60)
    made = office.today - timedelta(days=40)
    assert [len(await office.count(made - timedelta(days=1))), len(await office.count(made))] == [0, 1]


async def test_new_plans_are_those_made_within_the_period(office: Office) -> None:
    await office.plan(office.kari)
    later = await office.plan(office.kari)
    later.made_at += timedelta(days=60)
    since = (office.today - timedelta(days=50)).isoformat()
    assert await office.count(since=since) == [(*KARI, 2, 0, 2, 1, 0)]


async def test_a_plan_with_two_coordinators_is_counted_once_with_the_newest(office: Office) -> None:
    plan = await office.plan(await office.hamlet.person(office.vik, "Ola", employed=False))
    await office.hamlet.participant(plan, office.kari, Role.COORDINATOR, since=office.today - timedelta(days=1))
    assert await office.count() == [(*KARI, 1, 0, 1, 1, 0)]


async def test_a_unit_may_coordinate(office: Office) -> None:
    await office.hamlet.participant(await office.plan(), office.school, Role.COORDINATOR)
    assert await office.count() == [("Vik skole", "Vik skole", 1, 0, 1, 1, 0)]


async def test_a_plan_without_coordinator_is_still_in_the_sum(office: Office) -> None:
    await office.plan()
    await office.plan(office.kari)
    shown = await office.shown()
    assert (len(shown.rows), shown.total) == (2, ["Sum", "", 2, 0, 2, 2, 0])


async def test_another_municipality_is_never_counted(office: Office) -> None:
    dalen = await office.hamlet.municipality("Dal")
    await office.plan(await office.hamlet.person(dalen, "Dag", employed=False), municipality=dalen)
    assert await office.count() == []


@pytest.mark.feature("F198")
async def test_only_the_kinds_that_the_right_reaches_are_counted(office: Office) -> None:
    for kind in PlanKind:
        await office.plan(office.kari, kind=kind)
    appointed = await office.hamlet.appoint(await office.hamlet.account("admin"), office.vik, Duty.ADMINISTRATOR)
    appointed.plan_kind = PlanKind.SL
    proof = await office.proof(await _viewer(office, "admin"))
    everything = parse("", "", "", [], today=office.today, allowed=frozenset(PlanKind))
    frame = await REPORT.produce(proof, everything)
    assert frame["total"].sum() == 1


async def _viewer(office: Office, user_name: str) -> Viewer:
    await office.hamlet.session.flush()
    return await viewer_for(office.hamlet.session, user_name)


async def test_a_proof_of_another_right_counts_nothing(office: Office) -> None:
    proof = await office.proof()
    other = OpenMunicipality(proof.session, proof.viewer, Right.LOG_READ)
    with pytest.raises(Refused):
        await REPORT.produce(other, parse("", "", "", [], today=office.today, allowed=proof.kinds))


async def test_rows_stand_by_workplace_then_name_in_norwegian_order(office: Office) -> None:
    places = {name: await office.hamlet.unit(office.vik, name) for name in ("Ås skole", "Øye skole")}
    for given, place in (("Åse", "Ås skole"), ("Øyvind", "Ås skole"), ("Ærlend", "Øye skole"), ("Per", "")):
        person = await office.hamlet.person(office.vik, given, employed=False)
        if place:
            await office.hamlet.member(person, places[place])
        await office.plan(person)
    assert [row[1].split()[0] for row in await office.count()] == ["Ærlend", "Øyvind", "Åse", "Per"]


async def test_each_part_of_a_divided_period_is_counted_on_its_last_day(office: Office) -> None:
    plan = await office.plan(office.kari)
    plan.made_at = office.hamlet.session.clock.now() - timedelta(days=40)
    since = (office.today - timedelta(days=60)).isoformat()
    assert await office.count(since=since, group_by="month") == [
        ("2026-10", *KARI, 1, 0, 1, 1, 0),
        ("2026-11", *KARI, 1, 0, 1, 0, 0),
    ]


async def test_a_page_sums_each_part_also_those_without_plans_and_never_adds_parts_up(office: Office) -> None:
    plan = await office.plan(office.kari)
    plan.made_at = office.hamlet.session.clock.now() - timedelta(days=40)
    since = (office.today - timedelta(days=60)).isoformat()
    shown = await office.shown(since=since, group_by="month")
    assert (shown.rows, shown.total) == (
        [["2026-09", 0, 0, 0, 0, 0], ["2026-10", 1, 0, 1, 1, 0], ["2026-11", 1, 0, 1, 0, 0]],
        None,
    )


async def test_bars_show_each_coordinator_or_each_part(office: Office) -> None:
    await office.plan(office.kari)
    await office.plan(office.kari)
    await office.plan()
    since = (office.today - timedelta(days=1)).isoformat()
    bars = (await office.shown()).bars, (await office.shown(since=since, group_by="year")).bars
    assert bars == ([("Kari Hansen", 2, 100), ("Uten koordinator", 1, 50)], [("2026", 3, 100)])


async def test_of_many_coordinators_the_bars_show_those_with_most_plans(office: Office) -> None:
    for number in range(MOST_BARS):
        await office.plan(await office.hamlet.person(office.vik, f"Ane {number:02}", employed=False))
    await office.plan(office.kari)
    await office.plan(office.kari)
    bars = (await office.shown()).bars
    assert (len(bars), bars[0]) == (MOST_BARS, ("Kari Hansen", 2, 100))


async def test_the_towns_sums_equal_a_plain_count(any_town: Database) -> None:
    async with any_town.writing() as session:
        viewer = await viewer_for(session, "analytiker@fjordvik.example")
        proof = await open_municipality(session, viewer, Right.REPORTS_READ)
        today = Hamlet(session).today
        frame = await REPORT.produce(proof, parse("", "", "", [], today=today, allowed=proof.kinds))
        rows = select(PlanSpan.state).join(Plan, col(Plan.id) == PlanSpan.plan_id).join(Municipality)
        states = await session.scalars(rows.where(Municipality.name == "Fjordvik", col(PlanSpan.valid_to).is_(None)))
        counted = [state for state in states if state is not PlanState.DELETED]
        finished = [state for state in counted if state in (PlanState.ACTIVE, PlanState.INACTIVE)]
        assert (frame["total"].sum(), frame["draft"].sum()) == (len(finished), len(counted) - len(finished))


async def test_a_report_names_nobody_but_coordinators(any_town: Database) -> None:
    async with any_town.writing() as session:
        viewer = await viewer_for(session, "analytiker@fjordvik.example")
        proof = await open_municipality(session, viewer, Right.REPORTS_READ)
        today = Hamlet(session).today
        frame = await REPORT.produce(proof, parse("", "", "", [], today=today, allowed=proof.kinds))
        coordinating = select(Participant.person_id).join(RoleSpan).where(RoleSpan.role == Role.COORDINATOR)
        persons = await session.scalars(select(Person).where(col(Person.id).in_(coordinating)))
        assert set(frame["coordinator"]) <= {person.name for person in persons} | {"Uten koordinator"}
