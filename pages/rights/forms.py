"""The forms of one participant's rights: made for the plan, as each has its own elements and items."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, SelectField

from models.i18n import _
from models.labels import LABELS, label
from models.plans.proof import OpenPlan, Standing
from models.plans.rules.rights import COMMON, YES_OR_NO, Wish, level_name
from models.plans.tables.item import Item
from models.rights import Element, Level
from pages.forms import HouseForm
from pages.rights.views import in_use, item_name
from pages.rights.words import MAY

NOT_APART = ""
"""What a form sends for an item that is to be as its element."""


def as_level(value: Any) -> int:
    """Raises ValueError for what is no level."""
    return int(Level(int(value)))


def as_choice(value: Any) -> int | None:
    """Of an item: a level of its own, or none."""
    return None if value == NOT_APART else as_level(value)


def decided_elements(plan: OpenPlan) -> list[Element]:
    """Those that can be decided for one participant, in the order they are shown."""
    return [one for elements in in_use(plan).values() for one in elements if one not in COMMON]


def element_form(
    plan: OpenPlan, theirs: Standing, standard: Mapping[Element, Level], role: str, sent: Any = None
) -> HouseForm:
    """A level for each element, or whether they may, as it is now or as it was sent."""
    fields: dict[str, Any] = {}
    for element in decided_elements(plan):
        now, usual = theirs.level(element), standard.get(element, Level.NONE)
        if element in YES_OR_NO:
            fields[element.value] = BooleanField(_(MAY[element]))
        else:
            choices = [(int(level), _choice(level, usual)) for level in _offered(plan, now, element)]
            words = LABELS[Element][element]
            fields[element.value] = SelectField(words, coerce=as_level, choices=choices, validate_choice=False)
    now_set = {one.value: _as_sent(one, theirs.level(one)) for one in decided_elements(plan)}
    form: HouseForm = type("RightsForm", (HouseForm,), fields)(sent, data=now_set)
    for element in decided_elements(plan):
        usual = standard.get(element, Level.NONE)
        if element in YES_OR_NO or theirs.level(element) != usual:
            known = {"role": role, "level": level_name(element, usual)}
            form[element.value].description = _("Standard for rollen %(role)s: %(level)s.") % known
    return form


def _choice(level: Level, usual: Level) -> str:
    return _("%(level)s (standard)") % {"level": label(level)} if level == usual else label(level)


def _as_sent(element: Element, level: Level) -> int | bool:
    return level >= Level.READ if element in YES_OR_NO else int(level)


def _offered(plan: OpenPlan, now: Level, element: Element, item: Item | None = None) -> list[Level]:
    """None above the viewer's own, but for the one that is set already."""
    own = max(one.level(element, item.id if item else None) for one in plan.standings)
    return [level for level in Level if level <= max(own, now)]


def element_wishes(plan: OpenPlan, form: HouseForm, theirs: Standing) -> list[Wish]:
    """A box that says what is so already, wishes nothing."""
    wishes = []
    for element in decided_elements(plan):
        data = form[element.value].data
        if element not in YES_OR_NO:
            wishes.append(Wish(element, Level(data)))
        elif data != (theirs.level(element) >= Level.READ):
            wishes.append(Wish(element, Level.READ if data else Level.NONE))
    return wishes


def item_form(plan: OpenPlan, element: Element, theirs: Standing, items: Sequence[Item], sent: Any = None) -> HouseForm:
    """A choice for each item: a level of its own, or as the element."""
    as_element = _("Som ellers: %(level)s") % {"level": label(theirs.level(element))}
    fields, now_set = {}, {}
    for item in items:
        now = theirs.items.get((element, item.id))
        offered = _offered(plan, now or Level.NONE, element, item)
        choices = [(NOT_APART, as_element), *((int(level), label(level)) for level in offered)]
        name = Wish(element, None, item).field
        fields[name] = SelectField(coerce=as_choice, choices=choices, validate_choice=False)
        now_set[name] = None if now is None else int(now)
    form: HouseForm = type("ItemsForm", (HouseForm,), fields)(sent, data=now_set)
    for item in items:
        form[Wish(element, None, item).field].label.text = item_name(plan, item)
    return form


def item_wishes(element: Element, form: HouseForm, items: Iterable[Item]) -> list[Wish]:
    wishes = []
    for item in items:
        data = form[Wish(element, None, item).field].data
        wishes.append(Wish(element, None if data is None else Level(data), item))
    return wishes
