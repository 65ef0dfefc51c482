"""When an activity is late, and when somebody may say that it was not done."""

from datetime import date, timedelta

import pytest

from models.plans.rules.promises import check_missed, is_overdue, may_be_missed
from models.plans.rules.words import ActivityStatus
from models.refusals import Invalid

TODAY = date(2026, 11, 20)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PLANNED, UNDER_WAY, DONE, CANCELLED = ActivityStatus
pytestmark = pytest.mark.feature("N8")


@pytest.mark.parametrize("status", list(ActivityStatus))
@pytest.mark.parametrize("due_on", [YESTERDAY, TODAY, TOMORROW, None])
def test_only_what_is_not_finished_is_late_and_only_after_its_last_day(
    status: ActivityStatus, due_on: date | None
) -> None:
    assert is_overdue(status, due_on, TODAY) is (status in (PLANNED, UNDER_WAY) and due_on is YESTERDAY)


@pytest.mark.parametrize(
    ("status", "due_on", "may"),
    [
        *((PLANNED, None, True), (PLANNED, TOMORROW, True), (UNDER_WAY, YESTERDAY, True)),
        *((DONE, YESTERDAY, True), (DONE, TODAY, False), (DONE, None, False)),
        *((CANCELLED, YESTERDAY, False), (CANCELLED, None, False)),
    ],
)
def test_what_is_not_finished_or_past_its_deadline_may_be_said_not_to_be_done(
    status: ActivityStatus, due_on: date | None, may: bool
) -> None:
    assert may_be_missed(status, due_on, TODAY) is may


def test_a_note_is_not_too_long() -> None:
    check_missed(PLANNED, None, TODAY, "x" * 2000)
    with pytest.raises(Invalid) as invalid:
        check_missed(PLANNED, None, TODAY, "x" * 2001)
    assert invalid.value.fields.keys() == {"missed_note"}
