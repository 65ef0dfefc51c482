"""Two who saved at once: what each of them wrote, field by field, for the later one to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from wtforms import Field, SelectField

from models.base import unseal
from models.i18n import _, day_text, number_text
from models.plans.proof import OpenPlan
from models.plans.rules.differences import Part, Stretch, compared
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.rich_text import plain
from pages.forms import HouseForm

TAKE = "take-"
"""Before a field's name: whose words to keep, «mine» or «theirs»."""


@dataclass(frozen=True)
class Apart:
    """One field that they filled in differently. Of `mine` and `theirs`, what stands only there is not `SAME`.

    `untouched`: the viewer left the field as they found it, so that the others' words are put into it.
    """

    name: str
    label: str
    mine: list[Stretch]
    theirs: list[Stretch]
    untouched: bool

    @property
    def same_words(self) -> bool:
        """Only how the text is laid out differs."""
        return all(one.part is Part.SAME for one in self.mine + self.theirs)


@dataclass(frozen=True)
class Clash:
    """`sentence` is said when there is nothing to choose from: what was written about is gone."""

    fields: list[Apart]
    sentence: str = ""


def clash(plan: OpenPlan, item: Item, form: HouseForm, began_with: Mapping[str, Any]) -> Clash:
    """What the form says otherwise than the item does now; `began_with` is what both began to write from.

    Fields that the viewer did not touch are filled with what the item says now: nobody takes back by accident what
    another has changed.
    """
    theirs = values_now(plan, item)
    apart = [_apart(plan, one, theirs[one.name], began_with) for one in form if _differs(one, theirs)]
    for one in apart:
        if one.untouched:
            _fill(form[one.name], theirs[one.name])
    return Clash(apart)


def values_now(plan: OpenPlan, item: Item) -> dict[str, Any]:
    kind = kind_of(item)
    texts = {name: unseal(plan.vault, item, name) for name in kind.texts}
    return texts | {name: getattr(item, name) for name in kind.facts}


def take_theirs(plan: OpenPlan, item: Item, form: HouseForm, chosen: Mapping[str, Any]) -> None:
    """Put what the item says now in the fields where the viewer chose it."""
    theirs = values_now(plan, item)
    for one in form:
        if one.name in theirs and chosen.get(TAKE + one.name) == "theirs":
            _fill(one, theirs[one.name])


def _fill(one: Field, value: Any) -> None:
    one.data, one.process_errors = value, ()
    one.raw_data = [] if value is None else [_sent(value)]


def _differs(one: Field, theirs: Mapping[str, Any]) -> bool:
    if one.name not in theirs:
        return False
    mine, other = _bare(one.data), _bare(theirs[one.name])
    is_alike = mine is None or other is None or type(mine) is type(other)
    return is_alike and mine != other


def _bare(value: Any) -> Any:
    """As it is compared: no value and an empty one are the same."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value


def _apart(plan: OpenPlan, one: Field, theirs: Any, began_with: Mapping[str, Any]) -> Apart:
    mixed = compared(_words(one, theirs, plan.today), _words(one, one.data, plan.today))
    return Apart(
        name=one.name,
        label=one.label.text,
        mine=[part for part in mixed if part.part is not Part.REMOVED],
        theirs=[part for part in mixed if part.part is not Part.ADDED],
        untouched=one.name in began_with and _bare(began_with[one.name]) == _bare(one.data),
    )


def _words(one: Field, value: Any, today: date) -> str:
    """A field's value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(one, SelectField):
        known = {str(code): str(words) for code, words, *_more in one.iter_choices()}
        return known.get(_sent(value), "")
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    if isinstance(value, float):
        return number_text(value)
    return day_text(value, today) if isinstance(value, date) else plain(_sent(value)).replace("\r\n", "\n")


def _sent(value: Any) -> str:
    """As a browser sends it."""
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)
