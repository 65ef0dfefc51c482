"""The one source of "now". Everything asks a Clock, so that tests can move time."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


class Clock(Protocol):
    """Tells the time, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class SteppingClock:
    """A clock that stands until it is moved, for tests."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at

    def move(self, step: timedelta) -> None:
        """Move by `step`, backwards too."""
        self.at += step


def local_day(moment: datetime) -> date:
    """The calendar day in Norway at `moment`: consents and deadlines begin and end by it, not by UTC."""
    return moment.astimezone(OSLO).date()
