"""The municipality's own words of what is consented to (F118): a version is added, and never changed."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from admin.desk import Desk
from admin.desks.templates import in_order
from admin.register import Verb
from models.base import pick
from models.i18n import N_, _
from models.labels import label as word
from models.refusals import Invalid
from models.rights import PlanKind, Right
from models.templates.tables import ConsentForm
from models.texts import says_something
from permissions import scopes


class ConsentFormDesk(Desk):
    """What somebody has consented to must stay as it was: so a new version takes over, and the old ones are kept."""

    model = ConsentForm
    right = Right.TEXTS_ADMINISTER
    scope = scopes.administered_forms
    label = N_("Samtykketekster")
    slug = "consent-forms"
    named = "${title|raw}, ${kind|raw}"
    hint = N_(
        "Teksten de som samtykker, leser før de svarer. Den nyeste versjonen for hver plantype brukes. "
        "En tekst kan ikke endres, for noen kan ha samtykket til den: legg til en ny versjon."
    )
    list_display = [ConsentForm.title, ConsentForm.kind, ConsentForm.version, ConsentForm.made_at]
    list_order = [in_order(ConsentForm.kind, PlanKind), col(ConsentForm.version).desc()]
    list_filter = [ConsentForm.kind]
    search_label = N_("Tittel eller tekst")
    search_fields = [ConsentForm.title, ConsentForm.body]
    create_fields = [ConsentForm.kind, ConsentForm.title, ConsentForm.body]
    update_fields = []
    read_fields = [ConsentForm.kind, ConsentForm.version, ConsentForm.title, ConsentForm.body]
    labels = {
        "kind": N_("Plantype"),
        "title": N_("Tittel"),
        "body": N_("Tekst"),
        "version": N_("Versjon"),
        "made_at": N_("Lagt til"),
    }
    hints = {"body": N_("Skriv kort og klart. En blank linje gir et nytt avsnitt.")}
    words = {"kind": word}
    long = frozenset({"body"})

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        return [one for one in kind if name != "kind" or one in viewer.kinds(cls.right)]

    def stamp(self, viewer: Any) -> dict[str, Any]:
        return super().stamp(viewer) | {"made_by": viewer.account_id, "version": 0}

    def check(self, row: Any) -> None:
        silent = [name for name in ("title", "body") if not says_something(getattr(row, name) or "")]
        if silent:
            raise Invalid(**{name: _("Fyll ut dette feltet.") for name in silent})

    async def _save(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        """The next number of its kind; two who add at once take turns."""
        newest = pick(func.max(ConsentForm.version)).where(
            col(ConsentForm.municipality_id) == row.municipality_id, col(ConsentForm.kind) == row.kind
        )
        with session.no_autoflush:
            row.version, row.made_at = ((await session.scalar(newest)) or 0) + 1, session.clock.now()
        await super()._save(session, viewer, verb, row, fields)
