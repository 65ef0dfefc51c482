"""What each kind of plan must contain, and who says so (N6): rules as data, for a municipality's lawyer to correct."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import col

from admin.desk import Desk
from admin.desks.templates import in_order
from admin.register import Verb
from models.base import pick
from models.i18n import N_, _
from models.labels import label as word
from models.refusals import Invalid
from models.rights import PlanKind, Right
from models.templates.rules import Check, check_point
from models.templates.tables import ContentPoint
from permissions import scopes

FIELDS = [ContentPoint.numbered, ContentPoint.title, ContentPoint.source, ContentPoint.checked, ContentPoint.in_use]


class ContentPointDesk(Desk):
    """Nothing is deleted: what is no longer demanded, is no longer in use."""

    model = ContentPoint
    right = Right.TEXTS_ADMINISTER
    scope = scopes.administered_points
    label = N_("Innholdskrav")
    slug = "content-points"
    named = "${title|raw}, ${kind|raw}"
    hint = N_(
        "Hva en plan skal inneholde. Deltakerne ser hva som er på plass og hva som mangler, under «Hva planen skal "
        "inneholde». Krav som ikke er i bruk, vises ikke."
    )
    list_display = [ContentPoint.title, ContentPoint.kind, *FIELDS[:1], *FIELDS[2:]]
    list_order = [in_order(ContentPoint.kind, PlanKind), ContentPoint.numbered]
    list_filter = [ContentPoint.kind, ContentPoint.in_use]
    search_label = N_("Krav eller kilde")
    search_fields = [ContentPoint.title, ContentPoint.source]
    create_fields = [ContentPoint.kind, *FIELDS]
    update_fields = FIELDS
    labels = {
        "kind": N_("Plantype"),
        "numbered": N_("Nummer"),
        "title": N_("Krav"),
        "source": N_("Kilde"),
        "checked": N_("Medvirk ser etter"),
        "in_use": N_("I bruk"),
    }
    hints = {
        "numbered": N_("Kravene vises i nummerrekkefølge."),
        "source": N_("For eksempel loven eller forskriften som stiller kravet."),
        "checked": N_("Alt du krysser av, må være på plass. Uten kryss må deltakerne vurdere kravet selv."),
    }
    words = {"kind": word, "checked": word}
    several = {"checked": Check}

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        return [one for one in kind if name != "kind" or one in viewer.kinds(cls.right)]

    def check(self, row: Any) -> None:
        check_point(row.numbered, row.checked)

    async def _save(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        """A number is one point's; said here, where there is a field to say it beside."""
        others = pick(ContentPoint.id).where(
            *(col(ContentPoint.municipality_id) == row.municipality_id, col(ContentPoint.kind) == row.kind),
            *(col(ContentPoint.numbered) == row.numbered, col(ContentPoint.id) != row.id),
        )
        with session.no_autoflush:
            taken = await session.scalar(others.limit(1))
        if taken:
            raise Invalid(numbered=_("Et annet krav har dette nummeret. Velg et ledig nummer."))
        await super()._save(session, viewer, verb, row, fields)
