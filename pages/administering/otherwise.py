"""Two who administer a plan at once: the later one is told what is otherwise now than it was shown."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Field, SelectField, SelectMultipleField

from models.i18n import _, day_text
from models.plans.rules.administering import bare
from pages.forms import HouseForm


@dataclass(frozen=True)
class Otherwise:
    """One field that somebody else changed: what it says now."""

    label: str
    now: str


def otherwise(form: HouseForm, seen: str, now: Mapping[str, Any], today: date) -> list[Otherwise]:
    """What is not as it was when `seen` was marked; fields the viewer left as they were are filled with it.

    `now` are the values as the form's fields hold them.
    """
    began = _read(seen)
    apart = [one for one in form if one.name in now and began.get(one.name, began) != bare(now[one.name])]
    for one in apart:
        if bare(one.data) == began.get(one.name):
            one.data, one.raw_data, one.process_errors = now[one.name], None, []
    return [Otherwise(one.label.text, _words(one, now[one.name], today)) for one in apart]


def _read(seen: str) -> dict[str, Any]:
    """What a form was filled in from; nothing when it is mangled."""
    try:
        read = json.loads(seen)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _words(one: Field, value: Any, today: date) -> str:
    if isinstance(one, SelectField | SelectMultipleField):
        chosen = {bare(each) for each in value} if isinstance(value, Collection) and value != str(value) else {value}
        words = [str(said) for code, said, *_more in one.iter_choices() if str(code) in map(str, chosen)]
        return ", ".join(words) or _("Ikke noe valgt")
    if isinstance(value, date):
        return day_text(value, today)
    return str(value or "") or _("Ikke fylt ut")
