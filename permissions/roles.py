"""Which rights each duty carries: what administrators, analysts and others may do (F197, F206, F207)."""

from collections.abc import Iterable, Mapping

from models.rights import Duty, PlanKind, Right

ALL_KINDS = frozenset(PlanKind)

ADMINISTERS = frozenset(
    {
        Right.LOG_READ,
        Right.PEOPLE_EDIT,
        Right.PLANS_REGISTER,
        Right.REPORTS_READ,
        Right.ROLES_ADMINISTER,
        Right.TEXTS_ADMINISTER,
        Right.UNITS_ADMINISTER,
    }
)
DUTIES: dict[Duty, frozenset[Right]] = {
    Duty.PLAN_MAKER: frozenset({Right.PLANS_CREATE}),
    Duty.PERSON_EDITOR: frozenset({Right.PEOPLE_EDIT}),
    Duty.ANALYST: frozenset({Right.REPORTS_READ}),
    Duty.ARCHIVIST: frozenset({Right.ARCHIVE_READ}),
    Duty.COORDINATING_UNIT: frozenset({Right.COORDINATION_APPOINT, Right.COORDINATION_READ}),
    Duty.CHILD_COORDINATOR: frozenset({Right.COORDINATION_READ}),
    Duty.ADMINISTRATOR: ADMINISTERS,
    Duty.SUPERADMINISTRATOR: ADMINISTERS
    | {Right.ADMINISTRATORS_APPOINT, Right.MUNICIPALITY_SET_UP, Right.SERVICE_MESSAGES_WRITE},
}


def rights_of(duties: Iterable[tuple[Duty, PlanKind | None]]) -> Mapping[Right, frozenset[PlanKind]]:
    """The rights of an account in a municipality, each with the kinds of plan it reaches (F198)."""
    rights: dict[Right, frozenset[PlanKind]] = {}
    for duty, kind in duties:
        for right in DUTIES[duty]:
            rights[right] = rights.get(right, frozenset()) | (frozenset({kind}) if kind else ALL_KINDS)
    return rights
