"""What is written about another plan (F86, F87)."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_, _
from models.plans.operations.subject_plans import SubjectPlanContent
from models.plans.queries.people import Somebody
from models.plans.rules.goals import TITLE
from models.plans.rules.subject_plans import CONTACT
from models.rights import PlanKind
from pages.forms import HouseForm, RichTextField
from pages.plans.choosing import ParticipantField

AGREED = {
    PlanKind.IP: N_("Planeieren har sagt ja til at deltakerne kan ta kontakt"),
    PlanKind.IOP: N_("Eleven eller de foresatte har sagt ja til at deltakerne kan ta kontakt"),
    PlanKind.IUP: N_("De foresatte har sagt ja til at deltakerne kan ta kontakt"),
    PlanKind.SL: N_("Planeieren eller de foresatte har sagt ja til at deltakerne kan ta kontakt"),
}
"""Who agrees, in each kind of plan (F87)."""

NOT_AGREED = {
    PlanKind.IP: N_("Planeieren har ikke sagt ja til at deltakerne tar kontakt."),
    PlanKind.IOP: N_("Eleven eller de foresatte har ikke sagt ja til at deltakerne tar kontakt."),
    PlanKind.IUP: N_("De foresatte har ikke sagt ja til at deltakerne tar kontakt."),
    PlanKind.SL: N_("Planeieren eller de foresatte har ikke sagt ja til at deltakerne tar kontakt."),
}


class SubjectPlanForm(HouseForm):
    title = StringField(
        N_("Hva heter planen?"),
        [InputRequired(N_("Skriv hva planen heter."))],
        description=N_("For eksempel «Treningsplan» eller «Behandlingsplan»."),
        render_kw={"maxlength": TITLE},
    )
    established_on = DateField(N_("Når ble den laget?"), [Optional()])
    contact_id = ParticipantField(
        N_("Hvem svarer for den?"),
        description=N_("Velg en deltaker, eller skriv i neste felt hvem utenfor planen det er."),
    )
    contact = TextAreaField(
        N_("Kontakt utenfor planen"),
        description=N_("Navn, tjeneste, og telefon eller e-post."),
        render_kw={"rows": 3, "maxlength": CONTACT},
    )
    may_contact = BooleanField(
        AGREED[PlanKind.IP], description=N_("Først da ser deltakerne hvordan de når en kontakt utenfor planen.")
    )
    note = RichTextField(
        N_("Merknad"), description=N_("Hva er det greit å vite? Ikke skriv av selve planen."), render_kw={"rows": 6}
    )

    def __init__(self, kind: PlanKind, everybody: Sequence[Somebody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact_id.offer(everybody, _("Ingen av deltakerne"))
        self.may_contact.label.text = _(AGREED[kind])

    def content(self) -> SubjectPlanContent:
        return SubjectPlanContent(
            title=self.title.data or "",
            established_on=self.established_on.data,
            contact_id=self.contact_id.data,
            contact=self.contact.data or "",
            note=self.note.data or "",
            may_contact=self.may_contact.data,
        )
