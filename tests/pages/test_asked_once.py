"""No page asks the database for the same thing twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

USED_MOST = ("/plans", "{plan}", "{plan}/goals", "{goal}", "{plan}/timeline", "{plan}/journal", "{plan}/more")
DECIDED = ("{plan}/participants", "{plan}/consent", "{plan}/rights")


@contextmanager
def listening(house: FastAPI) -> Iterator[Counter[str]]:
    """What reaches the database meanwhile: statements with what they ask for."""
    engine, heard = house.state.database.engine.sync_engine, Counter[str]()

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        heard[f"{statement} {parameters!r}"] += 1

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


async def asks_for_nothing_twice(visitor: Visitor, house: FastAPI, address: str) -> None:
    await visitor.get(address)
    with listening(house) as heard:
        assert (await visitor.get(address)).status == 200
    assert heard, "nothing was heard"
    assert [asked for asked, times in heard.items() if times > 1] == [], address


@pytest.mark.parametrize("name", ["koordinator", "tjenesteyter", "planeier"])
async def test_a_page_asks_for_nothing_twice(sign_in: SignIn, house: FastAPI, ip: str, name: str) -> None:
    visitor: Visitor = await sign_in(name)
    goal = (await goal_of(visitor, ip, "Ut på sjøen igjen")).url
    for page in USED_MOST:
        await asks_for_nothing_twice(visitor, house, page.format(plan=ip, goal=goal))


@pytest.mark.parametrize("name", ["koordinator", "planeier"])
async def test_nor_does_a_page_where_something_is_decided(sign_in: SignIn, house: FastAPI, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for page in DECIDED:
        await asks_for_nothing_twice(visitor, house, page.format(plan=ip))


async def test_nor_do_the_settings(sign_in: SignIn, house: FastAPI, ip: str) -> None:
    await asks_for_nothing_twice(await sign_in("koordinator"), house, f"{ip}/settings")
