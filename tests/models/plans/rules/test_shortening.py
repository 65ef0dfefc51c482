"""A consent that ends sooner opens nothing to anybody, on any day, that was not open before (N3)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plans.rules.access import ConsentEntry, consent_reason
from models.plans.rules.consents import Stretch
from models.plans.rules.shortening import Told, lasts_beyond, shortened, stretches
from models.plans.rules.words import ConsentAct
from models.refusals import Reason

TODAY = date(2026, 11, 20)
ANNE, PER = UUID(int=1), UUID(int=2)
DAYS = range(-2, 15)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def entry(number: int, first: int, last: int | None, whose: UUID | None = None, *, signed: bool = True) -> Told:
    end = None if last is None else day(last)
    return whose, ConsentEntry(number, ConsentAct.GIVEN, day(first), end, signed=signed, own=whose is not None)


def taken_back(number: int, whose: UUID | None = None) -> Told:
    return whose, ConsentEntry(number, ConsentAct.WITHDRAWN, TODAY, own=whose is not None)


def is_open(ledger: list[Told], whose: UUID | None, on: date) -> bool:
    return consent_reason([one for about, one in ledger if about in (None, whose)], on) is Reason.OPEN


def after(ledger: list[Told], last: date) -> list[Told]:
    """As the ledger is when what is ahead is cancelled, and the additions are made."""
    kept = [
        (whose, one)
        for whose, one in ledger
        if one.signed and (one.valid_from <= TODAY or one.act is ConsentAct.WITHDRAWN)
    ]
    number = max((one.number for _whose, one in ledger), default=0)
    return kept + [
        (
            one.participant_id,
            ConsentEntry(
                number + place,
                ConsentAct.GIVEN,
                one.days.first,
                one.days.last,
                own=one.participant_id is not None,
            ),
        )
        for place, one in enumerate(shortened(ledger, last, TODAY), 1)
    ]


spans = st.tuples(st.integers(-8, 8), st.none() | st.integers(-8, 12)).filter(lambda s: s[1] is None or s[0] <= s[1])


@st.composite
def ledgers(draw: st.DrawFn) -> list[Told]:
    told = list[Told]()
    for number in range(1, draw(st.integers(1, 6)) + 1):
        whose = draw(st.sampled_from([None, None, ANNE, PER]))
        if draw(st.sampled_from([False, False, True])):
            told.append(taken_back(number, whose))
        else:
            first, last = draw(spans)
            told.append(entry(number, first, last, whose, signed=draw(st.sampled_from([True, True, False]))))
    return told


@pytest.mark.feature("N3")
@given(ledger=ledgers(), last=st.integers(0, 10))
def test_until_the_new_last_day_all_is_as_it_was_and_then_nothing_is_open(ledger: list[Told], last: int) -> None:
    later = after(ledger, day(last))
    for whose in (None, ANNE, PER, UUID(int=3)):
        for number in DAYS:
            if number >= 0:
                was = is_open(ledger, whose, day(number))
                assert is_open(later, whose, day(number)) == (was and number <= last), (whose, number)


def test_a_consent_to_all_is_said_once() -> None:
    (only,) = shortened([entry(1, -10, 100)], day(20), TODAY)
    assert (only.participant_id, only.days, only.is_shorter) == (None, Stretch(TODAY, day(20)), True)


def test_whose_own_consent_has_run_out_stays_outside() -> None:
    ledger = [entry(1, -10, 100), entry(2, -10, -1, ANNE)]
    whole, own = shortened(ledger, day(20), TODAY)
    assert whole.participant_id is None
    assert (own.participant_id, own.days.last, own.is_shorter) == (ANNE, day(-1), False)


def test_who_was_to_leave_sooner_still_does() -> None:
    ledger = [entry(1, -10, 100), entry(2, -10, 5, ANNE)]
    assert [(one.participant_id, one.days.last) for one in shortened(ledger, day(20), TODAY)] == [
        (None, day(20)),
        (ANNE, day(5)),
    ]


def test_who_was_taken_out_alone_needs_no_word() -> None:
    ledger = [entry(1, -10, 100), taken_back(2, ANNE)]
    assert [one.participant_id for one in shortened(ledger, day(20), TODAY)] == [None]


def test_where_each_was_consented_to_alone_nobody_else_is_let_in() -> None:
    ledger = [entry(1, -10, 100, ANNE), entry(2, -10, 5, PER)]
    assert [one.participant_id for one in shortened(ledger, day(20), TODAY)] == [ANNE]


def test_what_ends_before_is_not_made_longer() -> None:
    ledger = [entry(1, -10, 10)]
    assert not lasts_beyond(ledger, day(10), TODAY)
    assert lasts_beyond(ledger, day(9), TODAY)
    assert shortened(ledger, day(20), TODAY) == []


def test_a_renewal_that_was_given_goes_on_to_the_new_day() -> None:
    ledger = [entry(1, -10, 5), entry(2, 6, 100)]
    assert [one.days for one in shortened(ledger, day(20), TODAY)] == [Stretch(TODAY, day(20))]


def test_the_days_that_are_open_are_told_one_stretch_after_the_other() -> None:
    ledger = [one for _whose, one in [entry(1, -10, 3), entry(2, 6, None)]]
    assert stretches(ledger, TODAY) == [Stretch(TODAY, day(3)), Stretch(day(6), None)]
