"""The policy as people meet it: real requests in plans of every shape, chosen so that each pair of facts is met.

What should happen is read in `tests/permissions/access_rules.csv`. A yes is a page with the words, or a row more or
changed; a no is a page that says why, or that there is no such thing, and nothing is written.
"""

from collections import Counter
from collections.abc import AsyncIterator
from enum import Enum
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from models.clock import SteppingClock
from models.database import Database
from models.labels import LABELS
from models.plans.rules.words import PlanState
from models.refusals import SENTENCES
from models.rights import Role
from models.sealing import KeyRing
from permissions.access_matrix import ALL, OPEN_THE_PLAN, Cell
from permissions.sign_in.passwords import Passwords
from tests.client import Page, Visitor
from tests.houses import lent
from tests.pages.conftest import settings
from tests.pages.pairwise import CASES, REASONS, REQUESTS, RESTS, Case, chosen, expected, pairs, words_of
from tests.pages.pairwise_world import World
from tests.permissions.test_access_matrix import answer


@pytest.fixture
async def world(sqlite_database: Database) -> World:
    made = World(sqlite_database)
    await made.found()
    return made


@pytest.fixture
async def kari(
    world: World, sqlite_database: Database, clock: SteppingClock, keys: KeyRing, passwords: Passwords, tmp_path: Path
) -> AsyncIterator[Visitor]:
    ours = {"sec-fetch-site": "same-origin", "accept-language": "nb"}
    async with (
        lent(settings(sqlite_database, keys, tmp_path), clock, passwords) as app,
        AsyncClient(transport=ASGITransport(app), base_url="http://medvirk.example", headers=ours) as browser,
    ):
        browser.cookies["medvirk"] = world.token
        yield Visitor(browser, sqlite_database)


async def met(world: World, kari: Visitor, case: Case) -> tuple[Page, int]:
    """What Kari is answered, and how much was written."""
    address, ids = await world.make(case)
    request = REQUESTS[case.element][case.verb]
    before = await world.written()
    sent = {"data": dict(request.sent)} if request.method == "POST" else {}
    page = await kari.ask(request.method, address + request.path.format(**ids), **sent)
    return page, await world.written() - before


def told(case: Case) -> str:
    return " · ".join(str(one.value if isinstance(one, Enum) else one) for one in case)


def wrong(case: Case, page: Page, written: int) -> str | None:
    """What is not as the rules say; None when all is."""
    said, why = expected(case)
    problem = f"{said}: {why} {page.status} {written} {page.words if page.tree is not None else page.text}"
    if said == "nei":
        return problem if written or not is_no(case, page, why) else None
    if page.answer.request.method == "POST":
        return None if page.status == 303 and written == 1 else problem
    shown = case.verb != "lese" or words_of(case.element) in page.words
    return None if page.status == 200 and shown and not written else problem


def is_no(case: Case, page: Page, why: str) -> bool:
    """The reason; or that there is no such thing, once one is in. What lies under a goal is left out of its page."""
    role, state = LABELS[Role][case.role], LABELS[PlanState][case.rest.state]
    rests = state, case.rest.basis, case.rest.consent, case.rest.otherwise
    opens = answer(Cell(role, ALL, ALL, *rests, "", OPEN_THE_PLAN, "", ""))[0] != "nei"
    if words_of(case.element) in page.text or ("Hest og vogn" in page.text and not opens):
        return False
    if page.status == 403:
        return why in page.words
    return opens and (page.status == 404 or (page.status == 200 and case.verb == "lese"))


@pytest.mark.feature("N25")
@pytest.mark.feature("F6")
@pytest.mark.feature("F7")
@pytest.mark.feature("F77")
@pytest.mark.feature("F123")
async def test_every_request_is_answered_as_the_rules_say(world: World, kari: Visitor) -> None:
    found = [(case, wrong(case, *await met(world, kari, case))) for case in CASES]
    assert "\n".join(f"{told(case)} → {problem}" for case, problem in found if problem) == ""


def test_every_possible_pair_is_met_in_few_cases() -> None:
    met_pairs = Counter(pair for case in CASES for pair in pairs(case))
    assert all(pair in met_pairs for role in Role for rest in RESTS for pair in [(0, role, 2, rest)])
    assert all((3, part, 4, verb) in met_pairs for part, requests in REQUESTS.items() for verb in requests)
    assert all((2, rest, 3, part) in met_pairs for rest in RESTS for part in REQUESTS)
    assert len(CASES) < 500
    assert chosen() == CASES


def test_every_reason_is_given_to_somebody() -> None:
    given = Counter(expected(case)[1] for case in CASES)
    assert set(given) == {SENTENCES[reason] for reason in REASONS}


def test_both_answers_are_often_given() -> None:
    given = Counter(expected(case)[0] for case in CASES)
    assert min(given["ja"], given["nei"]) > len(CASES) / 10
