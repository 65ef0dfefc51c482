"""What the plan list can be asked for, and what a new plan is made of."""

from wtforms import BooleanField, DateField, SearchField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_
from models.plans.queries.owners import Sought
from models.plans.rules.making import Part
from models.plans.rules.short_name import LONGEST
from pages.forms import HouseForm, Sometimes
from permissions.plan_list import SortBy

COLUMNS = {
    SortBy.SHORT_NAME: N_("Kortnavn"),
    SortBy.OWNER: N_("Planeier"),
    SortBy.KIND: N_("Plantype"),
    SortBy.ROLE: N_("Rollen din"),
    SortBy.CONSENT: N_("Samtykke"),
    SortBy.NEWS: N_("Nytt siden sist"),
}
"""The heads of the list's columns."""

BIGGEST_FIRST = (SortBy.NEWS,)
"""Columns that are most useful from the other end."""

SORTS = (
    ("name", N_("Kortnavn, A til Å")),
    ("-name", N_("Kortnavn, Å til A")),
    ("owner", N_("Planeier, A til Å")),
    ("-owner", N_("Planeier, Å til A")),
    ("kind", N_("Plantype, A til Å")),
    ("-kind", N_("Plantype, Å til A")),
    ("role", N_("Rollen din, A til Å")),
    ("-role", N_("Rollen din, Å til A")),
    ("consent", N_("Kortest samtykke først")),
    ("-consent", N_("Lengst samtykke først")),
    ("-news", N_("Mest nytt først")),
    ("news", N_("Minst nytt først")),
)
"""Both ways to sort by each column, as the address says them and in words."""


class ListForm(HouseForm):
    q = SearchField(
        N_("Søk i planene dine"),
        description=N_("Kortnavnet, eller navnet til den planen er for."),
        render_kw={"maxlength": 100},
    )
    sort = SelectField(N_("Sorter etter"), default=SortBy.SHORT_NAME.value)
    ended = BooleanField(N_("Vis også avsluttede planer"))


PARTS: dict[Part, str] = {
    Part.GOALS: N_("Mål og aktiviteter"),
    Part.LIFE_AREAS: N_("Livsområder (kartlegging)"),
    Part.EVALUATION: N_("Evaluering"),
    Part.SUBJECT_PLANS: N_("Fagplaner"),
    Part.JOURNAL: N_("Sist jeg var her"),
    Part.MESSAGES: N_("Meldinger"),
    Part.CALENDAR: N_("Kalender"),
    Part.DOCUMENTS: N_("Dokumenter"),
    Part.LOG: N_("Logg"),
}


class FindOwnerForm(HouseForm):
    """Either the number, or a name and a day."""

    national_id = StringField(
        N_("Fødselsnummer eller D-nummer"),
        [Sometimes()],
        description=N_("11 sifre. Da trenger du ikke å fylle ut resten."),
        render_kw={"maxlength": 20, "inputmode": "numeric", "autocomplete": "off"},
    )
    name = StringField(
        N_("Hele navnet"),
        [Sometimes()],
        description=N_("Slik det står på personkortet, for eksempel «Kari Nordmann»."),
        render_kw={"maxlength": 200, "autocomplete": "off"},
    )
    birth_date = DateField(
        N_("Fødselsdato"), [Optional(), Sometimes()], description=N_("Termin, hvis barnet ikke er født.")
    )

    def sought(self) -> Sought:
        number = "".join((self.national_id.data or "").split())
        return Sought(number, self.name.data or "", self.birth_date.data)


class NewPlanForm(HouseForm):
    short_name = StringField(
        N_("Kortnavn"),
        [InputRequired(N_("Skriv et kortnavn. Initialer er fine."))],
        description=N_("Vises i lister og varsler. Bruk initialer, ikke navnet."),
        render_kw={"maxlength": LONGEST},
    )
    parts = SelectMultipleField(
        N_("Hva planen skal inneholde"), coerce=Part, description=N_("Vi har krysset av for det som er vanlig.")
    )
