"""How long to wait between tries."""

from datetime import timedelta

from models.notices.rules import WAITS, wait_after


def test_the_waits_grow_and_come_to_an_end() -> None:
    assert list(WAITS) == sorted(set(WAITS))
    assert [wait_after(tries) for tries in range(1, len(WAITS) + 1)] == list(WAITS)
    assert wait_after(1) == timedelta(minutes=1)
    assert wait_after(len(WAITS) + 1) is None
