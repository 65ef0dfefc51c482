"""The card of a person who has none: filled in with the plan, and made with it (F180, F100)."""

from datetime import date
from typing import Any

from starlette.datastructures import MultiDict
from wtforms import DateField, Form, SelectField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from models.i18n import N_, _
from models.labels import label
from models.people.rules import Card, Gender
from models.plans.queries.begun import Begun
from models.plans.rules.goals import FIRST, LAST
from pages.forms import HouseForm, Sometimes


class SaneYear:
    """No slip of the finger."""

    def __call__(self, form: Form, field: Any) -> None:
        if isinstance(field.data, date) and not FIRST <= field.data.year <= LAST:
            raise ValidationError(N_("Sjekk årstallet."))


NAME = {"maxlength": 100, "autocomplete": "off"}


class CardForm(HouseForm):
    """A fødselsnummer that was typed before is kept and not shown: an empty field leaves it as it is."""

    given_name = StringField(N_("Fornavn"), [InputRequired(N_("Fyll ut dette feltet."))], render_kw=NAME)
    family_name = StringField(N_("Etternavn"), [InputRequired(N_("Fyll ut dette feltet."))], render_kw=NAME)
    national_id = StringField(
        N_("Fødselsnummer eller D-nummer"),
        description=N_("11 sifre. Skriv det hvis personen har et, så får ingen to kort."),
        render_kw={"maxlength": 20, "inputmode": "numeric", "autocomplete": "off"},
    )
    birth_date = DateField(
        N_("Fødselsdato"),
        [Optional(), Sometimes(), SaneYear()],
        description=N_("La feltet stå tomt hvis barnet ikke er født."),
    )
    expected_date = DateField(
        N_("Termin"), [Optional(), Sometimes(), SaneYear()], description=N_("Bare for barn som ikke er født.")
    )
    gender = SelectField(N_("Kjønn"), default=Gender.UNKNOWN.value)
    email = StringField(
        N_("E-post"),
        description=N_("Vises ikke for andre i planen før personen selv velger det."),
        render_kw={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "maxlength": 200},
    )
    mobile = StringField(N_("Mobil"), render_kw={"inputmode": "tel", "autocomplete": "off", "maxlength": 20})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gender.choices = [(each.value, label(each)) for each in Gender]

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if not self.birth_date.data and not self.expected_date.data and not self.birth_date.errors:
            self.birth_date.errors = [_("Skriv fødselsdatoen, eller termin hvis barnet ikke er født.")]
            return False
        return fits

    def card(self) -> Card:
        return Card(
            given_name=(self.given_name.data or "").strip(),
            family_name=(self.family_name.data or "").strip(),
            birth_date=self.birth_date.data,
            expected_date=self.expected_date.data,
            gender=Gender(self.gender.data),
            national_id="".join((self.national_id.data or "").split()) or None,
            email=(self.email.data or "").strip() or None,
            mobile="".join((self.mobile.data or "").split()) or None,
        )


def card_of(begun: Begun) -> Card | None:
    """What was kept of a card that will do; None when there is none."""
    kept = begun.answers.get("person", {})
    form = CardForm(MultiDict([(name, value) for name, values in kept.items() for value in values]))
    return form.card() if kept and form.validate() else None
