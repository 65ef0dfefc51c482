"""What belongs to one plan is not found under another, nor by anybody who takes part in neither."""

import re

import pytest

from models.database import Database
from tests.client import Visitor
from tests.glance import unchanged
from tests.pages.conftest import SignIn
from tests.pages.test_doors import ROUTES, ask, things

__all__ = ["things"]
BEGINNING = "/plans/{plan_id}/administration"
"""Asked for with a right of the municipality: see test_administration.py."""

OF_PLANS = [(method, path) for method, path in ROUTES if path.startswith("/plans/{plan_id}") and path != BEGINNING]
NAMED = re.compile(r"{(?!plan_id|text_kind)\w+}")
NOT_OF_A_PLAN = (
    *("/consent/withdraw/{participant_id}", "/consent/{consent_id}/decline", "/consent/{consent_id}/sign"),
    "/participants/new/{person_id}",
)
"""For signers and the owner's side only, who are refused before anything is looked for; and anybody's person card."""

OUTSIDERS = [
    *("koordinator@dalen.example", "planeier@dalen.example", "superadmin@dalen.example"),
    *("superadmin@fjordvik.example", "admin.helse@fjordvik.example", "rektor@fjordvik.example"),
    *("foresatt@fjordvik.example", "arkivar@fjordvik.example", "analytiker@fjordvik.example"),
]


@pytest.mark.parametrize("outsider", OUTSIDERS)
async def test_who_has_nothing_to_do_with_a_plan_finds_nothing(
    sign_in: SignIn, town: Database, things: dict[str, str], outsider: str
) -> None:
    visitor = await sign_in(outsider)
    with unchanged(town):
        answers = [(line, (await ask(visitor, line, things, {})).status) for line in OF_PLANS]
    assert [(line, status) for line, status in answers if status != 404] == []


async def test_whose_consent_has_ended_is_told_so_and_nothing_else(
    sign_in: SignIn, town: Database, things: dict[str, str]
) -> None:
    visitor = await sign_in("utlopt")
    with unchanged(town):
        answers = [(line, (await ask(visitor, line, things, {})).status) for line in OF_PLANS]
    assert [(line, status) for line, status in answers if status != 403] == []


async def test_a_thing_of_one_plan_is_not_found_under_another(
    coordinator: Visitor, town: Database, things: dict[str, str], relay: str
) -> None:
    """The coordinator may do everything in both."""
    here = things | {"plan_id": relay.removeprefix("/plans/")}
    asked = [line for line in OF_PLANS if NAMED.search(line[1]) and not line[1].endswith(NOT_OF_A_PLAN)]
    assert len(asked) > 80
    with unchanged(town):
        answers = [(line, (await ask(coordinator, line, here, {})).status) for line in asked]
    assert [(line, status) for line, status in answers if status != 404] == []


async def test_what_lies_under_one_goal_is_not_found_under_another(
    coordinator: Visitor, town: Database, things: dict[str, str], ip: str
) -> None:
    page = await coordinator.get(f"{ip}/goals")
    goals = [str(link).rsplit("/", 1)[1] for link in page.all("//article//h3/a/@href")]
    other = next(goal for goal in goals[::-1] if goal != things["goal_id"])
    asked = [line for line in OF_PLANS if re.search(r"{goal_id}.*{", line[1])]
    with unchanged(town):
        answers = [(line, (await ask(coordinator, line, things | {"goal_id": other}, {})).status) for line in asked]
    assert [(line, status) for line, status in answers if status != 404] == []
