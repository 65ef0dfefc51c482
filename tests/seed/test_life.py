"""What the town tells of the people behind the plans: every line of the script is there, with its revision and log."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col

from models.base import HouseSession, pick
from models.clock import local_day
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Goal
from models.plans.tables.life import About, JournalEntry, LifeArea, SubjectPlan
from models.plans.tables.plan import Plan, PlanSpan
from models.plans.tables.together import Contribution
from models.rights import LIFE_AREAS, PlanKind
from seed.cast import read_toml, script
from tests.seed.opened import every_row


async def written(session: HouseSession, table: str) -> list[dict[str, Any]]:
    return [row async for name, row in every_row(session) if name == table]


async def plan_id(session: HouseSession, short_name: str, kind: str) -> UUID:
    found = pick(Plan.id).join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
    mine = col(Plan.short_name) == short_name, col(PlanSpan.kind) == PlanKind(kind)
    dated = col(PlanSpan.valid_to).is_(None), col(PlanSpan.state) == PlanState.ACTIVE
    return (await session.scalars(found.where(*mine, *dated).order_by(Plan.made_at))).first()


async def test_every_line_of_the_script_is_there(reading: HouseSession) -> None:
    told = script()["plans"]
    expected = {
        "about": [" ".join(plan["about"].split()) for plan in told],
        "life_area": [line["text"] for plan in told for line in plan["life_areas"]],
        "journal_entry": [line["text"] for plan in told for line in plan["journal"]],
        "contribution": [line["contributes"] for plan in told for line in plan["participants"]],
    }
    for table, texts in expected.items():
        there = Counter(" ".join(row["text"].split()) for row in await written(reading, table))
        assert not Counter(" ".join(text.split()) for text in texts) - there, table
    titles = {row["title"] for row in await written(reading, "subject_plan")}
    assert titles == {line["title"] for plan in told for line in plan["subject_plans"]}


@pytest.mark.parametrize("told", script()["plans"], ids=lambda told: told["key"])
async def test_a_scripted_plan_is_to_be_gone_through_on_its_day(reading: HouseSession, told: dict[str, Any]) -> None:
    plan = await reading.get_one(Plan, await plan_id(reading, told["short_name"], told["kind"]))
    assert plan.revise_on is not None
    assert (plan.revise_on - local_day(reading.clock.now())).days == told["revision"]


async def test_goals_are_in_history_as_the_script_says(reading: HouseSession) -> None:
    told = {goal["title"] for plan in script()["plans"] for goal in plan["goals"] if goal["history"]}
    there = {row["title"] for row in await written(reading, "goal") if row["historic_at"]}
    assert there == told
    moved = await reading.scalars(pick(LogRow.item_id).where(col(LogRow.event) == Event.GOAL_TO_HISTORY))
    assert set(moved) == set(await reading.scalars(pick(Goal.id).where(col(Goal.historic_at).is_not(None))))


async def test_every_plan_is_told_of_by_its_owner(reading: HouseSession) -> None:
    plans = set(await reading.scalars(pick(Plan.id)))
    assert {row["id"] for row in await written(reading, "about") if row["text"] and row["revision"] == 1} == plans


async def test_invented_plans_have_life_areas_of_their_own_story(reading: HouseSession) -> None:
    texts = {line["text"] for lines in read_toml("life_areas.toml").values() for line in lines}
    there = await written(reading, "life_area")
    assert len({row["plan_id"] for row in there}) > 12
    invented = {row["text"] for row in there} - {
        line["text"] for plan in script()["plans"] for line in plan["life_areas"]
    }
    assert invented <= texts
    assert len(invented) > 10


def test_each_story_with_life_areas_has_texts_for_different_ones() -> None:
    stories = read_toml("goals.toml")["stories"]
    lines = [(kind, line) for kind, lines in read_toml("life_areas.toml").items() for line in lines]
    for kind, line in lines:
        assert stories[line["story"]]["kind"] == kind
        assert line["area"] in LIFE_AREAS
    assert max(Counter((line["story"], line["area"]) for _, line in lines).values()) == 1
    assert {line["story"] for _, line in lines} == {
        name for name, facts in stories.items() if facts["kind"] in ("IP", "SL")
    }


async def test_life_areas_are_only_in_plans_that_were_made_with_them(reading: HouseSession) -> None:
    found = pick(LifeArea.area, Plan.elements).join(Plan, col(Plan.id) == LifeArea.plan_id)
    assert all(row.area.value in row.elements for row in await reading.execute(found))


async def test_nothing_of_it_was_written_before_the_plan_was_made(reading: HouseSession) -> None:
    for table in (About, LifeArea, JournalEntry, SubjectPlan, Contribution):
        found = pick(table.added_at, Plan.made_at).join(Plan, col(Plan.id) == table.plan_id)
        assert all(row.added_at >= row.made_at for row in await reading.execute(found)), table
