"""What koordinerende enhet asks for: what somebody asked for, who consented, and who is appointed."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, RadioField, SearchField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from models.i18n import N_, _
from models.labels import label
from models.people.rules import Card, Gender
from models.plans.operations.waiting import Consented, NewWanted
from models.plans.queries.coordination import Employee
from models.plans.rules.words import ConsentMethod, CoordinatorKind
from models.refusals import Invalid
from pages.forms import HouseForm, Sometimes

LEAST = 2
"""Letters of a name to search by."""
NAME = Length(max=100, message=N_("Skriv høyst 100 tegn."))

PERSON = ("given_name", "family_name", "national_id", "birth_date", "expected_date")


class ConsentForm(HouseForm):
    """`consent_method` and `consent_on` go together."""

    consent_method = SelectField(
        N_("Hvordan ble det samtykket?"),
        description=N_(
            "Foreldrene samtykker for et barn, og den voksne for seg selv. Uten samtykke kan ingen oppnevnes."
        ),
    )
    consent_on = DateField(N_("Når ble det samtykket?"), [Optional(), Sometimes()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = [(one.value, label(one)) for one in (ConsentMethod.PAPER, ConsentMethod.ORAL)]
        self.consent_method.choices = [("", _("Ikke samtykket ennå")), *methods]

    def consent(self) -> Consented | None:
        """Raises Invalid for half of it."""
        method, day = self.consent_method.data, self.consent_on.data
        if method and not day:
            raise Invalid(consent_on=_("Skriv når det ble samtykket."))
        if day and not method:
            raise Invalid(consent_method=_("Velg hvordan det ble samtykket."))
        return Consented(ConsentMethod(method), day) if method and day else None


class WantedForm(ConsentForm):
    kind = RadioField(N_("Hva er det bedt om?"), [InputRequired(N_("Velg noe fra listen."))])
    asked_on = DateField(N_("Når kom ønsket?"), [InputRequired(N_("Velg en dag."))])
    first = ("kind", "asked_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(one.value, label(one)) for one in CoordinatorKind]

    def wanted(self) -> NewWanted:
        """Raises Invalid."""
        day = self.asked_on.data
        if day is None:
            raise Invalid(asked_on=_("Velg en dag."))
        return NewWanted(CoordinatorKind(self.kind.data), day, self.consent())


class NewPersonForm(WantedForm):
    given_name = StringField(N_("Fornavn"), [InputRequired(N_("Fyll ut dette feltet.")), NAME])
    family_name = StringField(N_("Etternavn"), [InputRequired(N_("Fyll ut dette feltet.")), NAME])
    national_id = StringField(
        N_("Fødselsnummer eller D-nummer"),
        render_kw={"maxlength": 20, "inputmode": "numeric", "autocomplete": "off"},
    )
    birth_date = DateField(N_("Fødselsdato"), [Optional()])
    expected_date = DateField(N_("Termin, hvis barnet ikke er født"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fields = dict(sorted(self._fields.items(), key=lambda named: named[0] not in PERSON))

    def card(self) -> Card:
        return Card(
            given_name=(self.given_name.data or "").strip(),
            family_name=(self.family_name.data or "").strip(),
            birth_date=self.birth_date.data,
            expected_date=self.expected_date.data,
            gender=Gender.UNKNOWN,
            national_id="".join((self.national_id.data or "").split()) or None,
        )


class SearchForm(HouseForm):
    name = SearchField(
        N_("Navnet på den ansatte"),
        description=N_("Skriv minst to bokstaver. Vi leter blant dem som arbeider i kommunen og kan logge på."),
        render_kw={"maxlength": 100, "autocomplete": "off"},
    )

    @property
    def sought(self) -> str:
        text = (self.name.data or "").strip()
        return text if len(text) >= LEAST else ""


class AppointForm(HouseForm):
    person = RadioField(N_("Hvem skal ha ansvaret?"), [InputRequired(N_("Velg noe fra listen."))])

    def __init__(self, found: Sequence[Employee], data: Any = None) -> None:
        super().__init__(data)
        self.person.choices = [(str(one.person_id), _words(one)) for one in found]


def _words(one: Employee) -> str:
    return ", ".join(word for word in (one.name, one.position, one.workplace) if word)
