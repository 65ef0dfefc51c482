"""Birthdays that change who decides in a plan (N4): policy as data, for a municipality's lawyer to correct."""

from typing import Any

from sqlmodel import col

from admin.desk import Desk
from admin.desks.templates import in_order
from admin.register import Verb
from models.base import pick
from models.i18n import N_, _
from models.labels import label as word
from models.organisation.tables import AgeStep
from models.plans.rules.ages import Step, problem
from models.refusals import Invalid
from models.rights import PlanKind, Right
from permissions import scopes

FIELDS = [AgeStep.age, AgeStep.new_consent, AgeStep.review_guardians, AgeStep.source, AgeStep.in_use]


class AgeStepDesk(Desk):
    """Nothing is deleted: what no longer holds, is no longer in use."""

    model = AgeStep
    right = Right.MUNICIPALITY_SET_UP
    scope = scopes.administered_age_steps
    label = N_("Aldersgrenser")
    slug = "age-steps"
    named = "${kind|raw}, ${age|raw}"
    hint = N_(
        "Når planeieren blir gammel nok til å bestemme selv. Koordinatorene får en oppgave 90 dager før, i planer som "
        "er i bruk. Den laveste alderen for nytt samtykke avgjør også hvem som må samtykke digitalt."
    )
    list_display = [AgeStep.kind, *FIELDS]
    list_order = [in_order(AgeStep.kind, PlanKind), AgeStep.age]
    list_filter = [AgeStep.kind, AgeStep.in_use]
    create_fields = [AgeStep.kind, *FIELDS]
    update_fields = FIELDS
    labels = {
        "kind": N_("Plantype"),
        "age": N_("Alder"),
        "new_consent": N_("Nytt samtykke"),
        "review_guardians": N_("Gå gjennom tilgang"),
        "source": N_("Kilde"),
        "in_use": N_("I bruk"),
    }
    hints = {
        "age": N_("År. Oppgaven gjelder fødselsdagen."),
        "new_consent": N_("Fra denne alderen samtykker planeieren selv."),
        "review_guardians": N_("Koordinatoren skal gå gjennom hva de foresatte ser."),
        "source": N_("For eksempel loven som sier det."),
    }
    words = {"kind": word}

    def check(self, row: Any) -> None:
        if wrong := problem(Step(row.age, row.new_consent, row.review_guardians)):
            raise Invalid(**wrong)

    async def _save(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        """An age is said once for each kind; said here, where there is a field to say it beside."""
        self.check(row)
        others = pick(AgeStep.id).where(
            *(col(AgeStep.municipality_id) == row.municipality_id, col(AgeStep.kind) == row.kind),
            *(col(AgeStep.age) == row.age, col(AgeStep.id) != row.id),
        )
        with session.no_autoflush:
            taken = await session.scalar(others.limit(1))
        if taken:
            raise Invalid(age=_("Denne alderen finnes allerede for plantypen. Endre den i stedet."))
        await super()._save(session, viewer, verb, row, fields)
