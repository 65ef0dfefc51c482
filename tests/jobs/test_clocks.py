"""All processes see the same turns."""

from datetime import UTC, datetime, time, timedelta

import pytest

from jobs.clocks import Daily, Every
from models.i18n import speaking

SEVEN = Daily(time(7, 0))


@pytest.mark.parametrize(("seconds", "begun"), [(0, 0), (9, 0), (10, 10), (19.9, 10)])
def test_a_step_begins_at_the_same_moment_everywhere(seconds: float, begun: int) -> None:
    nine = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert Every(10).turn(nine + timedelta(seconds=seconds)) == nine + timedelta(seconds=begun)


@pytest.mark.parametrize(
    ("now", "begun"),
    [
        ("2026-11-20T05:59", "2026-11-19T06:00"),
        ("2026-11-20T06:00", "2026-11-20T06:00"),
        ("2026-11-20T23:30", "2026-11-20T06:00"),
        ("2026-03-29T04:59", "2026-03-28T06:00"),
        ("2026-03-29T05:00", "2026-03-29T05:00"),
        ("2026-10-25T05:30", "2026-10-24T05:00"),
        ("2026-10-25T06:00", "2026-10-25T06:00"),
    ],
)
def test_seven_in_the_morning_is_seven_in_norway_summer_and_winter(now: str, begun: str) -> None:
    at, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, begun))
    assert SEVEN.turn(at) == expected


def test_the_scheduler_and_the_turns_agree() -> None:
    now = datetime(2026, 11, 20, 9, 0, 3, tzinfo=UTC)
    for clock in (Every(10), Every(60), SEVEN):
        rings = clock.trigger().get_next_fire_time(None, now)
        assert clock.turn(rings) == rings


def test_clocks_can_be_read_aloud() -> None:
    with speaking("nb"):
        assert (Every(10).in_words(), SEVEN.in_words()) == ("hvert 10. sekund", "hver dag kl. 07.00")
