"""Asking for one person of the municipality: for a new plan, and for who waits for a coordinator."""

from wtforms import DateField, StringField
from wtforms.validators import Optional

from models.i18n import N_
from models.plans.queries.owners import Sought
from pages.forms import HouseForm, Sometimes


class FindPersonForm(HouseForm):
    """Either the number, or a name and a day: whoever fits is found exactly, and nobody is listed."""

    national_id = StringField(
        N_("Fødselsnummer eller D-nummer"),
        [Sometimes()],
        description=N_("11 sifre. Da trenger du ikke å fylle ut resten. Det er det sikreste."),
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
