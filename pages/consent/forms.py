"""What a coordinator fills in about a consent or a legal basis, and what those who consent do."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from models.i18n import N_, _
from models.labels import label
from models.plans.queries.people import Somebody
from models.plans.rules.consents import REMARK, Stretch
from models.plans.rules.participants import LONGEST
from models.plans.rules.words import Basis
from pages.forms import HouseForm, Sometimes

ALL, SOME = "all", "some"
CHOOSE = N_("Velg noe fra listen.")


def _id(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None


class DaysForm(HouseForm):
    """For how long, and a remark. Forms below end with these."""

    valid_from = DateField(N_("Fra og med"), [InputRequired(N_("Velg en dag."))])
    valid_to = DateField(N_("Til og med"), [InputRequired(N_("Velg en dag."))])
    remark = TextAreaField(N_("Merknad"), render_kw={"rows": 3, "maxlength": 2000})

    @property
    def days(self) -> Stretch:
        return Stretch(cast(date, self.valid_from.data), self.valid_to.data)

    @property
    def said(self) -> str:
        return self.remark.data or ""


class BasisForm(DaysForm):
    first = ("basis", "participant")
    basis = RadioField(N_("Hva bygger tilgangen på?"), [InputRequired(CHOOSE)])
    participant = SelectField(N_("Gjelder"), coerce=_id, validate_choice=True)
    valid_to = DateField(
        N_("Til og med"), [Optional()], description=N_("La feltet stå tomt hvis grunnlaget gjelder til det endres.")
    )

    def offer(self, everybody: Iterable[Somebody]) -> None:
        self.basis.choices = [(one.value, label(one)) for one in Basis]
        self.participant.choices = [("", _("Hele planen")), *_choices(everybody)]


class ConsentForm(DaysForm):
    first = ("method", "days", "scope", "participants", "signers", "why", "given_on", "scan")
    scope = RadioField(N_("Hvem gjelder samtykket?"), [InputRequired(CHOOSE)], default=ALL)
    participants = SelectMultipleField(
        N_("Bare disse deltakerne"), [Sometimes()], coerce=_id, description=N_("Brukes bare når du velger «Enkeltvis».")
    )
    signers = SelectMultipleField(N_("Hvem skal samtykke?"), coerce=_id)
    why = StringField(
        N_("Hvorfor andre?"),
        [Sometimes()],
        description=N_(
            "Fyll ut bare hvis noen av dem som vanligvis skal samtykke, ikke gjør det. For eksempel «Oppnevnt verge» "
            "eller «Den andre forelderen har ikke foreldreansvar». Bare koordinatorer ser det."
        ),
        render_kw={"maxlength": REMARK, "autocomplete": "off"},
    )

    def offer(self, everybody: Iterable[Somebody], signers: Iterable[Somebody]) -> None:
        self.scope.choices = [(ALL, _("Hele planen: alle deltakerne")), (SOME, _("Enkeltvis: bare noen deltakere"))]
        self.participants.choices = _choices(everybody)
        self.signers.choices = _choices(signers)

    @property
    def chosen(self) -> list[UUID]:
        """Empty when it is for everybody."""
        return list(self.participants.data or []) if self.scope.data == SOME else []

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if fits and self.scope.data == SOME and not self.chosen:
            self.participants.errors = [_("Velg minst én deltaker.")]
            return False
        return fits


class AskForm(ConsentForm):
    remark = TextAreaField(
        N_("Merknad"),
        description=N_("Bare du og andre koordinatorer ser den."),
        render_kw={"rows": 3, "maxlength": 2000},
    )


class OralForm(ConsentForm):
    signers = SelectMultipleField(N_("Hvem ga samtykket?"), coerce=_id)
    given_on = DateField(N_("Når ble det gitt?"), [InputRequired(N_("Velg en dag."))])
    remark = TextAreaField(
        N_("Hva ble sagt, og hvem var til stede?"),
        [InputRequired(N_("Skriv hva som ble sagt, og hvem som var til stede."))],
        render_kw={"rows": 4, "maxlength": 2000},
    )


class PaperForm(OralForm):
    scan = FileField(
        N_("Det signerte papiret"),
        [InputRequired(N_("Legg ved det signerte papiret."))],
        description=N_("PDF, JPEG eller PNG, på høyst 10 MB. Et tydelig mobilbilde er godt nok."),
        render_kw={"accept": "application/pdf,image/jpeg,image/png"},
    )
    remark = TextAreaField(N_("Merknad"), render_kw={"rows": 3, "maxlength": 2000})


class SignForm(HouseForm):
    agreed = BooleanField(
        N_("Jeg har lest dette, og samtykker av egen fri vilje"),
        [InputRequired(N_("Sett kryss her for å samtykke."))],
    )


class RemarkForm(HouseForm):
    remark = TextAreaField(
        N_("Vil du si noe til den som koordinerer planen?"), render_kw={"rows": 3, "maxlength": 2000}
    )


class SomeForm(RemarkForm):
    """Whom the consent is taken back for."""

    first = ("participants",)
    participants = SelectMultipleField(N_("Hvem vil du ta ut?"), coerce=_id)

    def offer(self, everybody: Iterable[Somebody], inside: Collection[UUID]) -> None:
        """`inside` are those whom the consent opens the plan to now."""
        outside = _("%(name)s (mister ikke noe nå)")
        self.participants.choices = [
            (value, words if UUID(value) in inside else outside % {"name": words})
            for value, words in _choices(everybody)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        if fits and not self.participants.data:
            self.participants.errors = [_("Velg minst én deltaker.")]
            return False
        return fits


class ShorterForm(RemarkForm):
    first = ("last",)
    last = DateField(N_("Siste dag samtykket skal gjelde"), [InputRequired(N_("Velg en dag."))])

    @property
    def day(self) -> date:
        return cast(date, self.last.data)


class UnitWishForm(HouseForm):
    """That a service takes part, and not a named person from it."""

    instead_of = SelectField(N_("I stedet for hvem?"), [InputRequired(CHOOSE)], validate_choice=True)
    service = StringField(
        N_("Hvilken tjeneste?"),
        [InputRequired(N_("Skriv navnet på tjenesten."))],
        description=N_("For eksempel helsestasjonen, skolen eller hjemmetjenesten."),
        render_kw={"maxlength": LONGEST, "autocomplete": "off"},
    )

    def offer(self, everybody: Iterable[Somebody]) -> None:
        self.instead_of.choices = [("", _("Velg en deltaker")), *_choices(everybody)]


class ResetForm(HouseForm):
    remark = TextAreaField(N_("Merknad"), render_kw={"rows": 3, "maxlength": 2000})


def _choices(everybody: Iterable[Somebody]) -> list[tuple[str, str]]:
    return [(str(one.participant_id), f"{one.name}, {one.role}" if one.role else one.name) for one in everybody]
