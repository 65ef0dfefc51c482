"""Moving one thing up or down among others, past those that whoever moves it can see. Pure."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


def moved(things: Sequence[T], one: T, direction: Direction, visible: Callable[[T], bool]) -> list[T]:
    """The things in their new order; the same order when there is nothing visible to pass."""
    here = things.index(one)
    ahead = reversed(range(here)) if direction is Direction.UP else range(here + 1, len(things))
    to = next((place for place in ahead if visible(things[place])), here)
    others = [*things[:here], *things[here + 1 :]]
    return [*others[:to], one, *others[to:]]
