"""Who will see what, in sentences; and what is kept of it with a consent."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plans.proof import Standing
from models.plans.rules.seen import TOLD, Kept, Seen, everything, kept, listed, loss, seen_by, sentence, told_to
from models.rights import LIFE_AREAS, Element, Level, Role

ALL = frozenset(Element)


def seen(**levels: Level) -> Seen:
    standing = Standing(UUID(int=1), Role.PROVIDER, {Element(name): level for name, level in levels.items()})
    return seen_by(standing, "Anne Berg", "helsesykepleier", ALL)


@pytest.mark.feature("F118")
@pytest.mark.parametrize(
    ("one", "until", "said"),
    [
        (seen(), "", "Anne Berg (helsesykepleier) får ikke lese innholdet."),
        (seen(goals=Level.READ), "", "Anne Berg (helsesykepleier) kan lese mål."),
        (
            seen(health=Level.READ, leisure=Level.READ, comments=Level.NEW),
            "31. desember 2027",
            "Anne Berg (helsesykepleier) kan lese kommentarer og livsområdene Helse og Fritid, "
            "og skrive i kommentarer, til 31. desember 2027.",
        ),
        (seen(about=Level.CHANGE), "", "Anne Berg (helsesykepleier) kan lese og skrive i «Om meg selv»."),
        (
            seen(goals=Level.READ, print=Level.READ),
            "",
            "Anne Berg (helsesykepleier) kan lese mål, og skrive ut planen.",
        ),
        (
            seen(**{one.value: Level.READ for one in LIFE_AREAS}),
            "",
            "Anne Berg (helsesykepleier) kan lese alle livsområdene.",
        ),
    ],
)
def test_what_somebody_sees_is_said_in_a_sentence(one: Seen, until: str, said: str) -> None:
    assert sentence(one, until, everything(ALL)) == said


def test_who_sees_it_all_is_said_to() -> None:
    one = seen(**{element.value: Level.DELETE for element in TOLD})
    assert sentence(one, "", everything(ALL)) == "Anne Berg (helsesykepleier) kan lese og skrive i hele planen."
    assert loss(one, everything(ALL)) == "Anne Berg (helsesykepleier) mister tilgangen til hele planen."


def test_what_is_not_in_use_is_not_spoken_of() -> None:
    standing = Standing(uuid4(), Role.OTHER, dict.fromkeys(Element, Level.READ))
    assert "journal" not in seen_by(standing, "A", "B", frozenset({Element.GOALS})).reads


def test_single_items_are_told_without_telling_which() -> None:
    standing = Standing(uuid4(), Role.OTHER, {}, {(Element.GOALS, uuid4()): Level.READ})
    assert sentence(seen_by(standing, "A", "B", ALL)) == "A (B) kan lese enkelte deler av planen."


@given(st.text(), st.lists(st.lists(st.sampled_from([one.value for one in TOLD]), unique=True), max_size=3))
def test_what_is_kept_comes_back_as_it_was(remark: str, reads: list[list[str]]) -> None:
    these = tuple(Seen(str(uuid4()), "A", "B", tuple(one), ()) for one in reads)
    assert kept(Kept(remark, these, "x", "y").text()) == Kept(remark, these, "x", "y")


@pytest.mark.parametrize("text", ["", "Sa ja.", "{}", "[1]", "null", '{"remark": "a"}', "{"])
def test_what_was_written_before_is_a_remark(text: str) -> None:
    assert kept(text) == Kept(remark=text)


def test_who_is_kept_apart_from_the_reader_is_left_out() -> None:
    one, other = seen(goals=Level.READ), Seen(str(UUID(int=2)), "B", "b", ("goals",), ())
    assert told_to([UUID(int=2)], [one, other]) == [other]


def test_several_are_listed_with_one_and() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a og b", "a, b og c"]
