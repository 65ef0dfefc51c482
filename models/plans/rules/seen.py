"""Who will see what of a plan, in sentences, and how that is kept with the consent that was given to it. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from models.i18n import _
from models.labels import inside, label
from models.plans.proof import Standing
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Element, Level

TOLD = (
    *(Element.ABOUT, Element.JOURNAL, Element.GOALS, Element.ACTIVITIES, Element.COMMENTS, Element.EVALUATION),
    *(Element.COOPERATION, *LIFE_AREAS, Element.SUBJECT_PLANS),
    *(Element.MESSAGES, Element.CALENDAR, Element.DOCUMENTS, Element.LOG),
)
"""The content of a plan, in the order it is told."""


@dataclass(frozen=True)
class Seen:
    """What one participant sees: the elements they read, those of them they also write in, and whether single items are
    open to them besides. `called` is their position, or else their role."""

    participant_id: str
    name: str
    called: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    some: bool = False
    prints: bool = False


def seen_by(standing: Standing, name: str, called: str, elements: frozenset[Element]) -> Seen:
    in_use = _in_use(elements)
    reads = tuple(one.value for one in in_use if standing.level(one) >= Level.READ)
    writes = tuple(one.value for one in in_use if standing.level(one) > Level.READ)
    some = any(kind.value not in reads and level >= Level.READ for (kind, _id), level in standing.items.items())
    prints = standing.level(Element.PRINT) >= Level.READ
    return Seen(str(standing.participant_id), name, called, reads, writes, some, prints)


def everything(elements: frozenset[Element]) -> int:
    """How many elements a plan has that is made with these."""
    return len(_in_use(elements))


def _in_use(elements: frozenset[Element]) -> list[Element]:
    return [one for one in TOLD if one in elements or one not in CHOSEN_ELEMENTS]


def sentence(one: Seen, until: str = "", everything: int = 0) -> str:
    """«Anne Berg (helsesykepleier) kan lese mål og livsområdene Helse og Fritid, til 31. desember 2027.»

    `everything` is how many elements the plan has: who has them all is told so.
    """
    told = {"name": one.name, "called": one.called, "what": _can(one, everything), "until": until}
    if until:
        return _("%(name)s (%(called)s) %(what)s, til %(until)s.") % told
    return _("%(name)s (%(called)s) %(what)s.") % told


def loss(one: Seen, everything: int = 0, *, administers: bool = False) -> str:
    """What they no longer reach when nothing is open to them, or but the tools to mend it."""
    told = {"name": one.name, "called": one.called, "parts": _parts(one.reads, everything) or _("planen")}
    if administers:
        return _("%(name)s (%(called)s) mister tilgangen til innholdet, men kan fortsatt administrere planen.") % told
    return _("%(name)s (%(called)s) mister tilgangen til %(parts)s.") % told


def position(words: str) -> str:
    """As it stands inside a sentence; letters that stand for words stay large: «PP-rådgiver»."""
    return words if words[1:2].isupper() else inside(words)


def _can(one: Seen, everything: int) -> str:
    if not one.reads:
        return _("kan lese enkelte deler av planen") if one.some else _("får ikke lese innholdet")
    reads = {"parts": _parts(one.reads, everything)}
    if one.writes == one.reads:
        said = _("kan lese og skrive i %(parts)s") % reads
    elif one.writes:
        said = _("kan lese %(parts)s, og skrive i %(written)s") % (reads | {"written": _parts(one.writes, everything)})
    else:
        said = _("kan lese %(parts)s") % reads
    return said + (_(", og skrive ut planen") if one.prints else "")


def _parts(values: Sequence[str], everything: int) -> str:
    if everything and len(values) == everything:
        return _("hele planen")
    elements = [Element(value) for value in values]
    areas = [label(one) for one in elements if one in LIFE_AREAS]
    words = [f"«{label(one)}»" if one in QUOTED else inside(label(one)) for one in elements if one not in LIFE_AREAS]
    if len(areas) == len(LIFE_AREAS):
        words.append(_("alle livsområdene"))
    elif areas:
        said = _("livsområdene %(areas)s") if len(areas) > 1 else _("livsområdet %(areas)s")
        words.append(said % {"areas": listed(areas)})
    return listed(words)


QUOTED = (Element.ABOUT, Element.JOURNAL)


def listed(words: Sequence[str]) -> str:
    """«mål, aktiviteter og logg»"""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


# ---- kept with the consent ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """What is sealed with an entry of the ledger: a remark, who saw what when it was asked for or given, whose refusal
    ended it, the entry that holds the paper when several were given on one, and why others consented than those who
    usually do. `change` is empty but where an older consent was made shorter, or is said again because another was."""

    remark: str = ""
    seen: tuple[Seen, ...] = ()
    declined_by: str = ""
    declined: str = ""
    paper: str = ""
    why: str = ""
    change: str = ""

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


FIRST_KEPT = {"remark", "seen", "declined_by", "declined", "paper"}
"""What all that was sealed so far tells."""

SHORTER, AS_BEFORE = "shorter", "as_before"
"""A consent was made shorter; another is said again, as it was, for then it had to be."""


def kept(text: str) -> Kept:
    """As it was sealed; what was written before this was kept is a remark."""
    try:
        found = json.loads(text)
    except ValueError:
        return Kept(remark=text)
    if not isinstance(found, dict) or not FIRST_KEPT <= found.keys() <= Kept.__dataclass_fields__.keys():
        return Kept(remark=text)
    return Kept(**found | {"seen": tuple(_seen(one) for one in found["seen"])})


def _seen(one: Mapping[str, Any]) -> Seen:
    return Seen(**dict(one) | {"reads": tuple(one["reads"]), "writes": tuple(one["writes"])})


def told_to(reader_knows: Iterable[UUID], seen: Iterable[Seen]) -> list[Seen]:
    """But for those whom the reader is kept apart from (N15)."""
    known = {str(one) for one in reader_knows}
    return [one for one in seen if one.participant_id in known]
