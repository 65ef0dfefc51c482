"""A consent that is to end sooner (N3): what is added to the ledger so that nobody is let in for longer than before.

Pure. The newest entry that has begun decides, so that a shorter one for everybody would open what single participants
had lost: after it, theirs are said again as they were.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from models.i18n import _, day_text
from models.plans.rules.access import ConsentEntry, consent_reason, deciding
from models.plans.rules.consents import Stretch, odd_day
from models.plans.rules.words import ConsentAct
from models.refusals import Reason

DAY = timedelta(days=1)
Told = tuple[UUID | None, ConsentEntry]
"""An entry and whom it is for; None is everybody."""


@dataclass(frozen=True)
class Addition:
    """One entry to add. `is_shorter`: the days are fewer than they were; else they are said again."""

    participant_id: UUID | None
    days: Stretch
    is_shorter: bool


def stretches(ledger: Iterable[ConsentEntry], first: date) -> list[Stretch]:
    """The days from `first` on that the ledger opens, one stretch after the other."""
    entries, found = list(ledger), list[Stretch]()
    starts = sorted({first, *(day for one in entries for day in _turns(one) if day > first)})
    for day, after in zip(starts, [*starts[1:], None], strict=True):
        if consent_reason(entries, day) is not Reason.OPEN:
            continue
        last = after - DAY if after else None
        if found and found[-1].last == day - DAY:
            found[-1] = replace(found[-1], last=last)
        else:
            found.append(Stretch(day, last))
    return found


def _turns(entry: ConsentEntry) -> Iterator[date]:
    yield entry.valid_from
    if entry.valid_to:
        yield entry.valid_to + DAY


def holds_for_anybody(ledger: Sequence[Told], today: date) -> bool:
    """Whether there is a consent to take back: to all, or to one of them though none is to all."""
    return any(stretches(about(ledger, whose), today) for whose in everybody(ledger))


def lasts_beyond(ledger: Sequence[Told], last: date, today: date) -> bool:
    """Whether the consent to anybody would still open the plan after the day."""
    return any(
        one.last is None or one.last > last
        for whose in everybody(ledger)
        for one in stretches(about(ledger, whose), today)
    )


def problem(ledger: Sequence[Told], last: date, today: date) -> str | None:
    """Why the consent cannot be made to end on the day, as a sentence."""
    if odd := odd_day(last):
        return odd
    if last < today:
        return _("Dagen har allerede vært. Velg en dag fra og med i dag.")
    if not lasts_beyond(ledger, last, today):
        told = {"day": day_text(last, today)}
        return _("Samtykket varer ikke lenger enn til %(day)s. Velg en tidligere dag.") % told
    return None


def shortened(ledger: Sequence[Told], last: date, today: date) -> list[Addition]:
    """What to add so that nothing is open after `last`, and all is as it was until then.

    What has not begun, and what waits for signatures, is taken for cancelled: it is said again where it is to hold.
    """
    now = [(whose, one) for whose, one in ledger if one.signed and _stays(one, today)]
    number, added = max((one.number for _whose, one in ledger), default=0), list[Addition]()
    for whose in everybody(ledger):
        before = stretches(about(ledger, whose), today)
        wanted = [_cut(one, last) for one in before if one.first <= last]
        open_now = stretches(about(now, whose), today)
        if open_now == wanted:
            continue
        for days in [*_closing(about(ledger, whose), open_now, wanted), *wanted]:
            number += 1
            entry = ConsentEntry(number, ConsentAct.GIVEN, days.first, days.last, own=whose is not None)
            now.append((whose, entry))
            added.append(Addition(whose, days, is_shorter=days in wanted and days not in before))
    return added


def _stays(entry: ConsentEntry, today: date) -> bool:
    return entry.act is ConsentAct.WITHDRAWN or entry.valid_from <= today


def everybody(ledger: Sequence[Told]) -> list[UUID | None]:
    """All, and then each who has an entry of their own."""
    return [None, *dict.fromkeys(whose for whose, _one in ledger if whose)]


def about(ledger: Iterable[Told], whose: UUID | None) -> list[ConsentEntry]:
    """What is said to all, and to them."""
    return [one for said_to, one in ledger if said_to in (None, whose)]


def _cut(days: Stretch, last: date) -> Stretch:
    return days if days.last and days.last <= last else Stretch(days.first, last)


def _closing(ledger: list[ConsentEntry], open_now: list[Stretch], wanted: list[Stretch]) -> list[Stretch]:
    """Where what is said to all would let somebody in too soon, what keeps them outside is said first."""
    if not open_now or (wanted and wanted[0].first <= open_now[0].first):
        return []
    decides = deciding(ledger, open_now[0].first)
    return [Stretch(decides.valid_from, decides.valid_to)] if decides else []
