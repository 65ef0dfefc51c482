"""Units: the schools, health stations and services of the municipality (F186)."""

from admin.desk import Desk
from models.i18n import N_
from models.labels import label as word
from models.organisation.tables import Unit
from models.rights import Right
from permissions import scopes


class UnitDesk(Desk):
    model = Unit
    right = Right.UNITS_ADMINISTER
    scope = scopes.administered_units
    label = N_("Enheter")
    slug = "units"
    hint = N_("Steder der folk arbeider og planer hører til. Enheter som ikke er i bruk, blir stående i historikken.")
    list_display = [Unit.name, Unit.kind, Unit.active]
    create_fields = update_fields = [Unit.name, Unit.kind, Unit.active]
    list_filter = [Unit.kind, Unit.active]
    search_label = N_("Navn")
    search_fields = [Unit.name]
    labels = {"name": N_("Navn"), "kind": N_("Type"), "active": N_("I bruk")}
    words = {"kind": word}
