"""The log's vocabulary is closed."""

import pytest

from models.log.rules import Event, WrongDetails, check, digest


def test_an_event_takes_exactly_its_own_details() -> None:
    check(Event.PLAN_REFUSED, {"reason": "no_consent"})
    check(Event.GOAL_ADDED, {})


@pytest.mark.parametrize(
    ("event", "details"),
    [
        (Event.GOAL_ADDED, {"title": "Gå tur"}),
        (Event.GOAL_CHANGED, {}),
        (Event.GOAL_CHANGED, {"fields": [], "title": "Gå tur"}),
        (Event.PLAN_REFUSED, {"Reason": "no_consent"}),
    ],
)
def test_other_details_are_refused(event: Event, details: dict[str, object]) -> None:
    with pytest.raises(WrongDetails, match=event.value):
        check(event, details)


def test_no_event_takes_free_text_a_name_or_a_number_of_a_person() -> None:
    """An address is where on the net somebody came from, and only roughly."""
    allowed = {
        *("account", "attempts", "basis", "channel", "duty", "fields", "format", "kind", "method", "person"),
        *("address", "copied", "count", "how", "language", "mailed", "moved", "profile", "version"),
        *("reason", "register", "report", "role", "room", "row", "rows", "step", "valid_from", "valid_to"),
        *("after", "answer", "before", "coordinator", "elements", "first", "participant", "second", "signers"),
    }
    assert {field for event in Event for field in event.fields} <= allowed


def test_every_event_is_named_subject_and_what_happened_and_fits_its_column() -> None:
    assert [event for event in Event if event.value.count(".") != 1 or len(event.value) > 32] == []


def test_the_digest_hangs_on_the_salt_and_not_on_the_order() -> None:
    assert digest(b"1", {"a": 1, "b": 2}) == digest(b"1", {"b": 2, "a": 1})
    assert digest(b"1", {"a": 1}) != digest(b"2", {"a": 1})
    assert digest(b"1", {"a": 1}) != digest(b"1", {"a": 2})
