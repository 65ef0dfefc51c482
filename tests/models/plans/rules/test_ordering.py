"""Moving one thing among others."""

from hypothesis import given
from hypothesis import strategies as st

from models.plans.rules.ordering import Direction, moved


def test_a_thing_passes_its_neighbour() -> None:
    assert moved("abc", "b", Direction.UP, lambda _: True) == ["b", "a", "c"]
    assert moved("abc", "b", Direction.DOWN, lambda _: True) == ["a", "c", "b"]


def test_at_the_end_it_stays() -> None:
    assert moved("abc", "a", Direction.UP, lambda _: True) == ["a", "b", "c"]
    assert moved("abc", "c", Direction.DOWN, lambda _: True) == ["a", "b", "c"]


def test_it_passes_what_is_hidden_together_with_the_next_that_is_seen() -> None:
    assert moved("aXb", "b", Direction.UP, str.islower) == ["b", "a", "X"]
    assert moved("aXb", "a", Direction.DOWN, str.islower) == ["X", "b", "a"]
    assert moved("Xb", "b", Direction.UP, str.islower) == ["X", "b"]


@given(st.lists(st.integers(), min_size=1, max_size=8, unique=True), st.data())
def test_nothing_is_lost_and_the_others_keep_their_order(things: list[int], data: st.DataObject) -> None:
    one, way = data.draw(st.sampled_from(things)), data.draw(st.sampled_from(list(Direction)))
    became = moved(things, one, way, lambda thing: thing % 3 != 0)
    assert [thing for thing in became if thing != one] == [thing for thing in things if thing != one]
    assert sorted(became) == sorted(things)
