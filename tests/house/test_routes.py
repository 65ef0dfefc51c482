"""Every route opens a door or is listed as public, and the list of routes only grows knowingly."""

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from admin.guard import Guard
from main import create_app
from models.settings import Settings
from tests.house.sources import calls, functions, listed, tree

DOORS = {
    *("opened_plan", "opened_consent", "open_plan", "open_municipality"),
    *("current_viewer", "signed_in_viewer", "opened_profile"),
}
DOORS_OF_PLANS = {"opened_plan", "opened_consent", "registered"}
"""The last is of a local administrator's register, before the plan's administration is opened (F194)."""

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("routes")
    return create_app(Settings(_env_file=None, data_dir=folder, database_url=f"sqlite+aiosqlite:///{folder}/x.db"))


def routes(place: Any) -> Iterator[APIRoute]:
    """All routes, those of included routers too, whether FastAPI has unfolded them or not."""
    for route in place.routes:
        if isinstance(route, APIRoute):
            yield route
        elif not isinstance(route, Mount) and (inner := getattr(route, "original_router", None)):
            yield from routes(inner)


def asked(route: APIRoute) -> list[Callable[..., Any]]:
    """The endpoint, and everything it depends on."""
    found, waiting = [], [route.dependant]
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        found += [dependant.call] if dependant.call else []
    return found


@cache
def reached(function: Callable[..., Any]) -> frozenset[str]:
    """What a function calls, itself or through others of its module."""
    path = Path(inspect.getsourcefile(inspect.unwrap(function)) or "")
    mine = {inner.name: inner for inner in functions(tree(path))}
    names, waiting = set[str](), [mine[function.__name__]] if function.__name__ in mine else []
    while waiting:
        new = {name for name, _ in calls(waiting.pop())} - names
        names |= new
        waiting += [mine[name] for name in new & mine.keys()]
    return frozenset(names)


def written(route: APIRoute) -> set[str]:
    return {f"{method} {route.path}" for method in route.methods or ()}


def test_every_route_opens_a_door_or_is_public(app: FastAPI) -> None:
    public = listed("public_routes.txt")
    unguarded = [
        f"{line} ({route.endpoint.__module__}.{route.endpoint.__name__})"
        for route in routes(app)
        for line in sorted(written(route))
        if line not in public and not any(DOORS & reached(function) for function in asked(route))
    ]
    assert unguarded == [], "open a door (opened_plan, open_municipality, current_viewer) or add to public_routes.txt"


def test_the_list_of_public_routes_is_true(app: FastAPI) -> None:
    """A line that is no route, or that opens a door after all, misleads the reader."""
    open_ = {line for route in routes(app) for line in written(route)}
    assert listed("public_routes.txt").keys() <= open_
    assert [line for line, reason in listed("public_routes.txt").items() if len(reason) < 10] == []


def test_every_route_of_a_plan_opens_the_plan(app: FastAPI) -> None:
    of_plans = [route for route in routes(app) if "{plan_id}" in route.path]
    assert [route.path for route in of_plans if not any(DOORS_OF_PLANS & reached(f) for f in asked(route))] == []


def test_the_routes_are_those_that_were_agreed(app: FastAPI) -> None:
    kept = (HERE / "routes.txt").read_text(encoding="utf-8").splitlines()
    found = sorted((line for route in routes(app) for line in written(route)), key=lambda line: line.split(" ")[::-1])
    assert found == kept, "tell CHANGELOG.md, then write the new list into tests/house/routes.txt"


def test_nothing_else_is_mounted(app: FastAPI) -> None:
    mounts = {route.path: route.app for route in app.routes if isinstance(route, Mount)}
    assert mounts.keys() == {"/static", "/admin"}
    assert isinstance(mounts["/admin"], Guard)


def test_no_page_describes_the_routes_to_strangers(app: FastAPI) -> None:
    assert (app.docs_url, app.redoc_url, app.openapi_url) == (None, None, None)


def test_every_change_is_a_post(app: FastAPI) -> None:
    """A GET never writes: its session cannot."""
    assert {method for route in routes(app) for method in route.methods or ()} <= {"GET", "HEAD", "POST"}


def test_the_test_can_fail() -> None:
    async def unguarded() -> None: ...

    assert not DOORS & reached(unguarded)
