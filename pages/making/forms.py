"""What the steps of a new plan ask for, but for its content and the person's card."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_, _
from models.labels import label
from models.plans.queries.owners import Place
from models.plans.rules.making import Start
from models.plans.rules.short_name import LONGEST
from models.plans.rules.words import Basis
from pages.forms import HouseForm, Sometimes
from pages.making.cards import SaneYear
from pages.plans.invitations import InviteForm

CHOOSE = N_("Velg noe fra listen.")
SHORT = {"maxlength": 100, "autocomplete": "off"}


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


class PlanForm(HouseForm):
    """What kind it is, what it is called, and where it belongs (F181, F186)."""

    start = RadioField(N_("Plantype"), [InputRequired(N_("Velg hva slags plan det skal være."))], coerce=Start)
    short_name = StringField(
        N_("Kortnavn"),
        [InputRequired(N_("Skriv et kortnavn. Initialer er fine."))],
        description=N_("Vises i lister og varsler. Bruk initialer, ikke navnet."),
        render_kw={"maxlength": LONGEST},
    )
    unit_id = SelectField(
        N_("Enhet"), coerce=_uuid, description=N_("Barnehagen, skolen eller tjenesten planen hører til.")
    )
    workplace = StringField(
        N_("Skole, barnehage eller arbeidsplass"),
        [Sometimes()],
        description=N_("Der den planen er for, går. I IOP og IUP bruker vi navnet på enheten hvis feltet er tomt."),
        render_kw=SHORT,
    )
    position = StringField(
        N_("Stilling"),
        description=N_("I IOP og IUP skriver vi «Elev» eller «Barn» hvis feltet er tomt."),
        render_kw=SHORT,
    )

    def offer(self, starts: Iterable[tuple[Start, str]], places: Iterable[Place]) -> None:
        self.start.choices = [(start.value, words) for start, words in starts]
        mine = [(str(place.id), f"{place.name} ({label(place.kind)})") for place in places]
        self.unit_id.choices = [("", _("Ikke knyttet til en enhet")), *mine]


class AccountForm(InviteForm):
    """Whether whom the plan is for is to sign in, and how they get there (F184)."""

    first = ("way",)
    way = RadioField(N_("Skal personen få en bruker nå?"), [InputRequired(CHOOSE)], default="none")


class BasisForm(HouseForm):
    """What the plan rests on (C21)."""

    basis = RadioField(N_("Hva bygger planen på?"), [InputRequired(CHOOSE)], coerce=Basis)
    valid_from = DateField(N_("Fra og med"), [InputRequired(N_("Skriv en dato, for eksempel 31.12.2027.")), SaneYear()])
    valid_to = DateField(N_("Til og med"), [Optional(), SaneYear()])
    remark = StringField(
        N_("Merknad"), description=N_("For eksempel saksnummeret til vedtaket."), render_kw={"maxlength": 200}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis.choices = [(basis.value, label(basis)) for basis in Basis]
