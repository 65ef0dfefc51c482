"""What the coordinator may change about the plan itself. The rules are the operations'."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_, _
from models.labels import label, the_role
from models.plans.queries.administration import Facts
from models.plans.rules.administering import LONGEST_REMARK
from models.plans.rules.making import Part
from models.plans.rules.short_name import LONGEST
from models.plans.rules.words import DeleteReason
from models.rights import PlanKind, Role
from pages.forms import HouseForm, Sometimes
from pages.plans.forms import PARTS


class FactsForm(HouseForm):
    short_name = StringField(
        N_("Kortnavn"),
        [InputRequired(N_("Skriv et kortnavn. Initialer er fine."))],
        description=N_("Vises i lister og varsler. Bruk initialer, ikke navnet."),
        render_kw={"maxlength": LONGEST},
    )
    period_from = DateField(N_("Planperioden er fra"), [Optional()])
    period_to = DateField(
        N_("Planperioden er til"),
        [Optional()],
        description=N_("Planen avsluttes ikke av seg selv når perioden er over."),
    )
    unit_id = SelectField(N_("Enhet planen hører til"), validate_choice=False)

    def offer(self, units: Sequence[Any]) -> None:
        self.unit_id.choices = [("", _("Ingen enhet")), *((str(unit.id), unit.name) for unit in units)]

    def facts(self) -> Facts:
        """A unit that is none is nobody's: the operation says so."""
        unit = self.unit_id.data or ""
        try:
            unit_id = UUID(unit) if unit else None
        except ValueError:
            unit_id = UUID(int=0)
        return Facts(self.short_name.data or "", self.period_from.data, self.period_to.data, unit_id)


class _WithParts(HouseForm):
    parts = SelectMultipleField(N_("Hva planen skal inneholde"), coerce=Part)

    def offer(self, parts: Sequence[Part]) -> None:
        self.parts.choices = [(part.value, _(PARTS[part])) for part in parts]


class PartsForm(_WithParts):
    """`hides` is asked for only when something is taken off."""

    hides = BooleanField(N_("Ja, skjul dette for alle i planen"))


class KindForm(_WithParts):
    agreed = BooleanField(
        "", [InputRequired(N_("Snakk med den planen er for, eller de foresatte, først. Kryss så av her."))]
    )

    def ask(self, kind: PlanKind) -> None:
        """In the words of the kind that the plan is of now."""
        owner = the_role(kind, Role.OWNER)
        self.agreed.label.text = _("Jeg har snakket med %(owner)s eller de foresatte, og de er enige") % {
            "owner": owner
        }


class DeleteForm(HouseForm):
    reason = RadioField(
        N_("Hvorfor skal planen slettes?"), [Sometimes()], coerce=DeleteReason, validate_choice=False, choices=[]
    )
    remark = TextAreaField(
        N_("Utdyp grunnen"),
        [Sometimes()],
        description=N_("Må fylles ut når du velger «Noe annet». Ikke skriv noe om personen."),
        render_kw={"rows": 3, "maxlength": LONGEST_REMARK},
    )
    typed = StringField(N_("Skriv kortnavnet for å bekrefte"), [Sometimes()], render_kw={"autocomplete": "off"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(reason.value, label(reason)) for reason in DeleteReason]
