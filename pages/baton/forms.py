"""What is asked when the baton is handed over, and when somebody is to stand in."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from models.i18n import N_, _
from models.labels import inside
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody
from models.plans.rules.handovers import NOTE, STAYS
from models.rights import Role
from pages.forms import HouseForm

LEAVES = "leaves"
CHOOSE = N_("Velg noe fra listen.")


class OfferForm(HouseForm):
    to = RadioField(N_("Hvem spør du?"), [InputRequired(CHOOSE)])
    stays_as = RadioField(N_("Hva blir du selv etterpå?"), [InputRequired(CHOOSE)], default=Role.PROVIDER.value)
    note = TextAreaField(
        N_("Beskjed til den du spør"),
        [Length(max=NOTE, message=N_("Teksten er for lang. Skriv høyst 2000 tegn."))],
        description=N_("Bare den du spør, og de som koordinerer planen, ser dette."),
        render_kw={"rows": 4, "maxlength": NOTE},
    )

    def __init__(self, plan: OpenPlan, asked: Sequence[Somebody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to.choices = [(str(one.participant_id), one.words) for one in asked]
        self.stays_as.choices = [(role.value if role else LEAVES, stays(plan, role)) for role in STAYS]

    @property
    def role(self) -> Role | None:
        return None if self.stays_as.data == LEAVES else Role(self.stays_as.data)


def stays(plan: OpenPlan, role: Role | None) -> str:
    """What the giver is afterwards."""
    if role is None:
        return _("Jeg går ut av planen")
    told = {"role": inside(plan.role_name(role))}
    return (
        _("Jeg koordinerer fortsatt, sammen med den jeg spør")
        if role is Role.COORDINATOR
        else _("Jeg blir %(role)s") % told
    )


class StandInForm(HouseForm):
    who = RadioField(N_("Hvem skal være vikar?"), [InputRequired(CHOOSE)])
    first_day = DateField(N_("Første dag"), [InputRequired(N_("Velg en dag."))])
    last_day = DateField(N_("Siste dag"), [InputRequired(N_("Velg en dag."))])

    def __init__(self, plan: OpenPlan, asked: Sequence[Somebody], data: Any = None) -> None:
        super().__init__(data, first_day=plan.today, last_day=plan.today + timedelta(days=14))
        self.who.choices = [(str(one.participant_id), one.words) for one in asked]
