"""When jobs run. A clock is cut into turns by the time of day alone, so that all processes see the same turns."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from models.clock import OSLO
from models.i18n import _, clock_text, ngettext

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Rhythm(Protocol):
    """`turn` is when the turn that `now` lies in began: a job is run once in each."""

    def trigger(self) -> Any: ...
    def turn(self, now: datetime) -> datetime: ...
    def in_words(self) -> str: ...


@dataclass(frozen=True)
class Every:
    """Again and again, with the same step between."""

    seconds: int

    def trigger(self) -> IntervalTrigger:
        return IntervalTrigger(seconds=self.seconds, start_date=EPOCH, timezone=UTC)

    def turn(self, now: datetime) -> datetime:
        return now - (now - EPOCH) % timedelta(seconds=self.seconds)

    def in_words(self) -> str:
        return ngettext("hvert sekund", "hvert %(count)s. sekund", self.seconds) % {"count": self.seconds}


@dataclass(frozen=True)
class Daily:
    """Once a day, at a time in Norway."""

    at: time

    def trigger(self) -> CronTrigger:
        return CronTrigger(hour=self.at.hour, minute=self.at.minute, timezone=OSLO)

    def turn(self, now: datetime) -> datetime:
        today = datetime.combine(now.astimezone(OSLO).date(), self.at, OSLO)
        begun = today if today <= now else datetime.combine(today.date() - timedelta(days=1), self.at, OSLO)
        return begun.astimezone(UTC)

    def in_words(self) -> str:
        return _("hver dag kl. %(time)s") % {"time": clock_text(self.at)}
