"""Where the trend of a goal is drawn."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from models.plans.queries.measurements import MeasurementRead
from models.plans.rules.words import MeasureKind
from pages.goals.trend import APART, LEFT, RIGHT, trend

pytestmark = pytest.mark.feature("N24")
FIRST = date(2026, 1, 1)
NONE: dict[str, float | None] = dict.fromkeys(("baseline", "target", "scale_low", "scale_high"))


def point(days: int, value: float, kind: MeasureKind = MeasureKind.MEASURED) -> MeasurementRead:
    return MeasurementRead(
        id=uuid4(),
        chain=(),
        kind=kind,
        day=FIRST + timedelta(days=days),
        value=value,
        note="",
        author_id=uuid4(),
        participant_id=uuid4(),
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
        changed_at=None,
    )


def test_nothing_measured_is_nothing_drawn() -> None:
    assert trend(NONE | {"baseline": 1, "target": 5}, []) is None


@pytest.mark.parametrize("count", [1, 2, 31, 500])
def test_every_point_lies_within_the_box(count: int) -> None:
    drawn = trend(NONE | {"baseline": -2, "target": 40}, [point(day, day % 37) for day in range(count)])
    assert drawn
    assert len(drawn["points"]) == count
    assert all(LEFT <= x <= RIGHT and 0 <= y <= drawn["height"] for x, y in drawn["points"])


def test_more_is_higher_and_later_is_further_right() -> None:
    drawn = trend(NONE, [point(0, 1), point(10, 2), point(40, 9)])
    assert drawn
    across, down = [x for x, _ in drawn["points"]], [y for _, y in drawn["points"]]
    assert (across, down) == (sorted(across), sorted(down, reverse=True))


def test_a_measurement_outside_the_scale_of_today_is_still_drawn_inside() -> None:
    drawn = trend(NONE | {"scale_low": 0, "scale_high": 5}, [point(0, 3), point(1, 50)])
    assert drawn
    assert min(y for _, y in drawn["points"]) >= 0


def test_the_owners_answers_lie_below_the_line_the_best_highest() -> None:
    answers = [point(day, value, MeasureKind.CHECK_IN) for day, value in enumerate((1, 5, 3))]
    drawn = trend(NONE, [point(0, 1), point(2, 2), *answers])
    assert drawn
    down = [face["y"] for face in drawn["faces"]]
    assert down[1] < down[2] < down[0] < drawn["height"]
    assert min(down) > max(y for _, y in drawn["points"])
    assert [face["drawing"] for face in drawn["faces"]] == ["face-1", "face-5", "face-3"]


def test_answers_alone_are_drawn_without_a_line() -> None:
    drawn = trend(NONE | {"target": 5}, [point(0, 4, MeasureKind.CHECK_IN)])
    assert drawn
    assert (drawn["points"], drawn["marks"], drawn["target"]) == ([], [], None)


def test_no_number_at_the_left_is_written_upon_another() -> None:
    drawn = trend({"baseline": 4.9, "target": 5, "scale_low": 0, "scale_high": 10}, [point(0, 5)])
    assert drawn
    up = sorted(up for up, _ in drawn["marks"])
    assert all(two - one >= APART for one, two in pairwise(up))
    assert [words for _, words in drawn["marks"]] == ["5", "10", "0"]
