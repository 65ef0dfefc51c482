"""Which day, or which two days, the time machine is asked for."""

from datetime import date

from starlette.datastructures import QueryParams
from wtforms import DateField
from wtforms.validators import InputRequired

from models.i18n import N_, _, day_text
from models.refusals import Invalid
from pages.forms import HouseForm

MISSING = N_("Skriv en dato, for eksempel 31.12.2027.")


class DayForm(HouseForm):
    day = DateField(N_("Dag"), [InputRequired(MISSING)])


class DaysForm(HouseForm):
    from_ = DateField(N_("Fra slutten av"), [InputRequired(MISSING)], name="from")
    to = DateField(N_("Til slutten av"), [InputRequired(MISSING)])


def is_usable(form: HouseForm, first: date, last: date) -> bool:
    """Each day written, and within the plan's life; sentences beside those that are not."""
    if not form.validate():
        return False
    asked = [field for field in form if isinstance(field, DateField)]
    days: dict[str, date] = {field.name: field.data for field in asked if field.data}
    for name, day in days.items():
        if not first <= day <= last:
            limits = {"first": day_text(first, last), "last": day_text(last, last)}
            form.refuse(Invalid(**{name: _("Velg en dag fra %(first)s til %(last)s.") % limits}))
    if not form.errors and days.get("from", first) > days.get("to", last):
        form.refuse(Invalid(to=_("Velg en dag som er senere enn den første.")))
    return not form.errors


def asked_or(asked: QueryParams, **days: date) -> list[tuple[str, str]]:
    """What was asked for; for what was not, the day given."""
    return [(name.rstrip("_"), asked.get(name.rstrip("_"), day.isoformat())) for name, day in days.items()]
