"""What is prepared for those who make plans: the standard rights of each role (F122-F127), and texts (F202)."""

from collections.abc import Iterable
from enum import Enum
from functools import partial
from typing import Any

from sqlalchemy import case

from admin.desk import Desk
from models.i18n import N_, _
from models.labels import LABELS, role_label
from models.labels import label as word
from models.plans.rules.rights import YES_OR_NO, level_name
from models.refusals import Invalid
from models.rights import Element, Level, PlanKind, Right, Role
from models.templates.tables import RoleTemplate, TextTemplate
from models.texts import says_something
from permissions import scopes


def in_order(column: Any, kind: type[Enum]) -> Any:
    """Sorts as the words were defined, not by their letters."""
    return case({word: number for number, word in enumerate(kind)}, value=column)


LEVELS = [getattr(RoleTemplate, element.value) for element in Element]


class RoleTemplateDesk(Desk):
    """One row for each role in each kind of plan: they come with the municipality, and none is added."""

    model = RoleTemplate
    right = Right.ROLES_ADMINISTER
    scope = scopes.administered_roles
    label = N_("Rollemaler")
    slug = "roles"
    named = "${role|raw}, ${kind|raw}"
    hint = N_(
        "Rettighetene en rolle får når noen legges til i en plan. "
        "Endringer gjelder bare nye deltakere: de som er lagt til, beholder rettighetene sine."
    )
    list_display = [
        *(RoleTemplate.role, RoleTemplate.label, RoleTemplate.kind),
        *(RoleTemplate.goals, RoleTemplate.activities, RoleTemplate.comments, RoleTemplate.messages),
    ]
    list_order = [in_order(RoleTemplate.kind, PlanKind), in_order(RoleTemplate.role, Role)]
    list_filter = [RoleTemplate.kind, RoleTemplate.role]
    create_fields = []
    update_fields = [RoleTemplate.label, *LEVELS]
    labels = {"kind": N_("Plantype"), "role": N_("Rolle"), "label": N_("Hva dere kaller rollen")} | {
        e.value: LABELS[Element][e] for e in Element
    }
    hints = {"label": N_("Navnet vises i alle planer av denne typen, også for dem som er lagt til.")}
    words = {"kind": word, "role": word} | {element.value: partial(level_name, element) for element in Element}

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        """Whether one may print, archive or read the log is answered with yes or no (F124, F129)."""
        if name in YES_OR_NO:
            return (Level.NONE, Level.READ)
        return [one for one in kind if name != "kind" or one in viewer.kinds(cls.right)]

    def check(self, row: Any) -> None:
        if not says_something(row.label):
            raise Invalid(label=_("Skriv hva dere kaller rollen."))
        if wrong := [element.value for element in YES_OR_NO if getattr(row, element.value) > Level.READ]:
            raise Invalid(**dict.fromkeys(wrong, _("Velg noe fra listen.")))

    async def present(self, session: Any, viewer: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shown = await super().present(session, viewer, rows)
        return [said | {"role": role_label(row["kind"], row["role"])} for row, said in zip(rows, shown, strict=True)]


class TextTemplateDesk(Desk):
    model = TextTemplate
    right = Right.TEXTS_ADMINISTER
    scope = scopes.administered_texts
    label = N_("Tekstmaler")
    slug = "texts"
    hint = N_("Tekster som kan settes inn når noen skriver i en plan.")
    list_display = [TextTemplate.name, TextTemplate.kind, TextTemplate.plan_kind]
    list_filter = [TextTemplate.kind, TextTemplate.plan_kind]
    search_label = N_("Navn eller tekst")
    search_fields = [TextTemplate.name, TextTemplate.body]
    create_fields = update_fields = [TextTemplate.name, TextTemplate.kind, TextTemplate.plan_kind, TextTemplate.body]
    labels = {"name": N_("Navn"), "kind": N_("Brukes i"), "plan_kind": N_("Plantype"), "body": N_("Tekst")}
    hints = {"plan_kind": N_("Uten plantype tilbys teksten i alle planer.")}
    words = {"kind": word, "plan_kind": word}
    long = frozenset({"body"})

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        return [one for one in kind if name != "plan_kind" or one in viewer.kinds(cls.right)]

    async def present(self, session: Any, viewer: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shown = await super().present(session, viewer, rows)
        return [row | {"plan_kind": row["plan_kind"] or _("Alle")} for row in shown]
