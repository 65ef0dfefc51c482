"""How long everything in signing in lives, as a table that can be read without knowing the code: `lifetimes.csv`."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.passwords import Passwords
from tests.permissions.sign_in.begun_inside import Begun


def table() -> list[tuple[str, int, bool]]:
    with (Path(__file__).parent / "lifetimes.csv").open(encoding="utf-8") as file:
        return [(row["what"], int(row["waited"]), row["works"] == "yes") for row in csv.DictReader(file, delimiter=";")]


@pytest.mark.feature("F11")
@pytest.mark.feature("F13")
@pytest.mark.feature("F15")
@pytest.mark.feature("F16")
@pytest.mark.feature("F20")
@pytest.mark.feature("F25")
@pytest.mark.feature("F26")
@pytest.mark.feature("F199")
@pytest.mark.parametrize(("what", "waited", "works"), table())
async def test_everything_lives_as_long_as_it_should(
    town: Database, passwords: Passwords, clock: SteppingClock, what: str, waited: int, works: bool
) -> None:
    begin = getattr(Begun(town, passwords, clock), what.replace("'", "").replace("-", "_").replace(" ", "_"))
    works_then = await begin()
    clock.move(timedelta(seconds=waited))
    assert await works_then() is works


def test_the_table_tries_every_sentence_on_both_sides_of_its_end() -> None:
    tried = {what: {works for other, _waited, works in table() if other == what} for what, _waited, _works in table()}
    assert set(map(frozenset, tried.values())) == {frozenset({True, False})}
