"""What differs between two texts, word by word. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

TOO_MUCH = 50_000
"""So many pairs of equal words would take too long to try: then all that differs is told as one."""

NEAR = 12
"""So many words are shown on each side of what differs."""


class Part(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Stretch:
    """Some words of a text, with the space after them, and whether they stayed, went or came."""

    part: Part
    text: str


def compared(before: str, after: str) -> list[Stretch]:
    """The two texts as one: the words that stayed or went are the first's, those that stayed or came the second's.

    The space between words is the second's, where they stayed: of space alone nothing is told.
    """
    old, new = _words(before), _words(after)
    first = _same_length(old, new)
    last = _same_length(old[first:][::-1], new[first:][::-1])
    middle = _compared(old[first : len(old) - last], new[first : len(new) - last])
    ends = _stretch(Part.SAME, new[:first]), _stretch(Part.SAME, new[len(new) - last :])
    return list(_joined([*ends[0], *middle, *ends[1]]))


def shortened(stretches: Sequence[Stretch]) -> list[Stretch]:
    """With only the words nearest to what differs; where more are left out, `LEFT_OUT` stands."""
    found: list[Stretch] = []
    for place, one in enumerate(stretches):
        words = _words(one.text)
        if one.part is not Part.SAME or len(words) <= 2 * NEAR + 4:
            found.append(one)
            continue
        head = [] if place == 0 else words[:NEAR]
        tail = [] if place == len(stretches) - 1 else words[-NEAR:]
        found += [*_stretch(Part.SAME, head), Stretch(Part.LEFT_OUT, ""), *_stretch(Part.SAME, tail)]
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def _bare(words: Sequence[str]) -> list[str]:
    return [word.rstrip() for word in words]


def _same_length(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(_bare(one), _bare(other), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    if _pairs(old, new) > TOO_MUCH:
        yield from (*_stretch(Part.REMOVED, old), *_stretch(Part.ADDED, new))
        return
    for tag, i, j, k, m in SequenceMatcher(None, _bare(old), _bare(new), autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _stretch(Part.SAME, new[k:m])
        else:
            yield from (*_stretch(Part.REMOVED, old[i:j]), *_stretch(Part.ADDED, new[k:m]))


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    many, others = Counter(_bare(old)), Counter(_bare(new))
    return sum(count * others[word] for word, count in many.items())


def _stretch(part: Part, words: Sequence[str]) -> list[Stretch]:
    return [Stretch(part, "".join(words))] if words else []


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one part become one."""
    held: Stretch | None = None
    for one in stretches:
        if held and held.part is one.part:
            held = Stretch(one.part, held.text + one.text)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held
