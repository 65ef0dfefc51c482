"""What the roles are called, and the municipality's own names for them; `models.labels` holds them with all others.

Apart from those because the municipality's register of roles knows no plans.
"""

from models.i18n import N_
from models.rights import PlanKind, Role

ROLES: dict[Role, str] = {
    Role.OWNER: N_("Planeier"),
    Role.COORDINATOR: N_("Koordinator"),
    Role.PROVIDER: N_("Tjenesteyter"),
    Role.GUARDIAN: N_("Foresatt/pårørende"),
    Role.OTHER: N_("Andre"),
}

ROLES_BY_KIND: dict[tuple[PlanKind, Role], str] = {
    (PlanKind.IOP, Role.OWNER): N_("Elev"),
    (PlanKind.IOP, Role.PROVIDER): N_("Lærer"),
    (PlanKind.IUP, Role.OWNER): N_("Barn"),
    (PlanKind.IUP, Role.PROVIDER): N_("Pedagog"),
    (PlanKind.SL, Role.COORDINATOR): N_("Stafettholder"),
}
"""Where a kind of plan has its own name for a role (F122)."""


def own_name(kind: PlanKind, role: Role, said: str) -> str | None:
    """The municipality's own name of a role (C16); None when it is ours, which is translated."""
    return said if said and said != ROLES_BY_KIND.get((kind, role), ROLES[role]) else None
