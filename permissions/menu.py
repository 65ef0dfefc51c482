"""The main menu: what somebody may use outside plans. The same on the pages and on the generated screens."""

from models.accounts.proof import Viewer
from models.i18n import _
from models.rights import Right

ADMINISTRATION = (
    *(Right.UNITS_ADMINISTER, Right.ROLES_ADMINISTER, Right.TEXTS_ADMINISTER),
    *(Right.PLANS_REGISTER, Right.PEOPLE_EDIT, Right.SERVICE_MESSAGES_WRITE),
)


def places(viewer: Viewer, path: str) -> list[tuple[str, str, bool]]:
    """Words, address, and whether `path` is there."""
    offered = [(_("Planer"), "/plans", True), (_("Rapporter"), "/reports", viewer.has(Right.REPORTS_READ))]
    offered.append((_("Koordinering"), "/coordination", viewer.has(Right.COORDINATION_READ)))
    offered.append((_("Administrasjon"), "/admin/", any(viewer.has(right) for right in ADMINISTRATION)))
    return [(words, url, path.startswith(url)) for words, url, may in offered if may]
