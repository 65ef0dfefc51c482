"""What is written of what is measured, and how the owner says it goes (N24)."""

from typing import Any

from wtforms import DateField, Field, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from models.i18n import N_, _, number_text
from models.plans.operations.measurements import Measure, Point
from models.plans.queries.people import Somebody
from models.plans.rules.goals import SHORT
from models.plans.rules.measuring import CHECK_IN, NOTE, number
from models.texts import says_something
from pages.forms import HouseForm
from pages.plans.choosing import ParticipantField

NOTE_FIELD = {"rows": 3, "maxlength": NOTE}


class NumberField(Field):
    """A number with comma or point; shown as numbers are written here, and as it was typed while it is mended."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else number_text(self.data).replace("\N{NO-BREAK SPACE}", "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.data = number(valuelist[0])
        if self.data is None and (self.flags.required or says_something(valuelist[0])):
            raise ValueError(N_("Skriv et tall, for eksempel 3 eller 2,5."))


def _number(words: str, hint: str = "") -> NumberField:
    field: NumberField = NumberField(words, [Optional()], description=hint, render_kw={"inputmode": "decimal"})
    return field


class MeasureForm(HouseForm):
    measure = StringField(
        N_("Hva måler dere?"),
        description=N_("Noe dere kan telle, for eksempel «netter med god søvn i uka»."),
        render_kw={"maxlength": SHORT},
    )
    baseline = _number(N_("Ved start"), N_("Tallet da dere begynte."))
    target = _number(N_("Dit dere vil"), N_("Tallet når målet er nådd."))
    scale_low = _number(N_("Det laveste på skalaen"))
    scale_high = _number(N_("Det høyeste på skalaen"))
    measured_by_id = ParticipantField(N_("Hvem måler?"))

    def __init__(self, everybody: list[Somebody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measured_by_id.offer(everybody, _("Den som kan endre målet"))

    def wanted(self) -> Measure:
        return Measure(
            measure=self.measure.data or "",
            baseline=self.baseline.data,
            target=self.target.data,
            scale_low=self.scale_low.data,
            scale_high=self.scale_high.data,
            measured_by_id=self.measured_by_id.data,
        )


class MeasurementForm(HouseForm):
    value = NumberField(N_("Hva ble det?"), [InputRequired(N_("Skriv et tall."))], render_kw={"inputmode": "decimal"})
    day = DateField(N_("Hvilken dag?"), [InputRequired(N_("Velg en dag."))])
    note = TextAreaField(N_("Noe mer?"), render_kw=NOTE_FIELD)

    def point(self) -> Point:
        written: dict[str, Any] = {"day": self.day.data, "value": self.value.data, "note": self.note.data or ""}
        return Point(**written)


class CheckInForm(HouseForm):
    value = RadioField(N_("Hvordan går det med målet?"), coerce=int, choices=[])
    note = TextAreaField(N_("Vil du si noe mer?"), render_kw=NOTE_FIELD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.value.choices = [(value, _(words)) for value, words in reversed(CHECK_IN.items())]
