"""What new plans can begin with (F203): templates for each kind of plan, and the goals and texts that lie in them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import String, func, type_coerce
from sqlmodel import col

from admin.action import HouseAction
from admin.desk import Desk
from admin.desks.templates import in_order
from admin.entry import Entry
from admin.facts import Reference
from admin.register import Verb
from models.accounts.tables.account import Account
from models.base import pick
from models.i18n import N_, _
from models.labels import label as word
from models.log.operations import record
from models.log.rules import Event
from models.people.tables import Person
from models.plans.rules.words import Part
from models.refusals import Invalid
from models.rich_text import too_much
from models.rights import LIFE_AREAS, Element, PlanKind, Right
from models.templates.tables import PlanTemplate, PlanTemplateItem
from models.texts import says_something
from permissions import scopes
from permissions.proofs import House

IN_TEMPLATES = (Element.GOALS, *LIFE_AREAS)
MOST = 99
"""No template has a goal with a higher number."""

NAME = (
    pick(col(Person.given_name) + " " + col(Person.family_name))
    .where(
        col(Person.account_id) == PlanTemplate.changed_by, col(Person.municipality_id) == PlanTemplate.municipality_id
    )
    .correlate(PlanTemplate)
    .scalar_subquery()
)
USER_NAME = (
    pick(Account.user_name).where(col(Account.id) == PlanTemplate.changed_by).correlate(PlanTemplate).scalar_subquery()
)
NAMED = col(PlanTemplate.name) + " (" + type_coerce(col(PlanTemplate.kind), String) + ")"
NAME_OF_ITS = (
    pick(PlanTemplate.name)
    .where(col(PlanTemplate.id) == PlanTemplateItem.template_id)
    .correlate(PlanTemplateItem)
    .scalar_subquery()
)
EDITOR = func.coalesce(NAME, USER_NAME).label("editor")


class PlanTemplateDesk(Desk):
    """Nothing is deleted: a template that is no longer to be used, is no longer in use."""

    model = PlanTemplate
    right = Right.TEXTS_ADMINISTER
    scope = scopes.administered_plan_templates
    label = N_("Planmaler")
    slug = "plan-templates"
    named = "${name|raw}, ${kind|raw}"
    hint = N_(
        "Det en ny plan kan begynne med. Mål og livsområder legger du inn under «Innhold i planmaler». "
        "Endringer gjelder bare nye planer."
    )
    list_display = [
        *(PlanTemplate.name, PlanTemplate.kind, PlanTemplate.description, EDITOR, PlanTemplate.changed_at),
        PlanTemplate.in_use,
    ]
    list_order = [in_order(PlanTemplate.kind, PlanKind), PlanTemplate.name]
    list_filter = [PlanTemplate.kind, PlanTemplate.in_use]
    search_label = N_("Navn eller beskrivelse")
    search_fields = [PlanTemplate.name, PlanTemplate.description]
    create_fields = update_fields = [
        *(PlanTemplate.name, PlanTemplate.kind, PlanTemplate.description, PlanTemplate.parts, PlanTemplate.in_use)
    ]
    labels = {
        "name": N_("Navn"),
        "kind": N_("Plantype"),
        "description": N_("Beskrivelse"),
        "editor": N_("Endret av"),
        "changed_at": N_("Endret dato"),
        "parts": N_("Planelementer"),
        "in_use": N_("I bruk"),
    }
    hints = {"parts": N_("Det som krysses av når noen velger malen. En individuell plan må ha mål og aktiviteter.")}
    words = {"kind": word, "parts": word}
    several = {"parts": Part}

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        return [one for one in kind if name != "kind" or one in viewer.kinds(cls.right)]

    def check(self, row: Any) -> None:
        if set(row.parts or ()) - set(Part):
            raise Invalid(parts=_("Velg noe fra listen."))
        if not says_something(row.name or ""):
            raise Invalid(name=_("Skriv et navn."))
        row.description = row.description or ""

    async def _save(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        same = pick(PlanTemplate.id).where(
            *(col(PlanTemplate.municipality_id) == row.municipality_id, col(PlanTemplate.kind) == row.kind),
            *(col(PlanTemplate.name) == row.name, col(PlanTemplate.id) != row.id),
        )
        with session.no_autoflush:
            taken = await session.scalar(same.limit(1))
        if taken:
            raise Invalid(name=_("En annen mal for plantypen har dette navnet."))
        touch(session, viewer, row)
        await super()._save(session, viewer, verb, row, fields)


class ItemEntry(Entry):
    """Nothing is asked but whether it is meant."""


class RemoveItem(HouseAction):
    """For good: plans that were made with it keep what they were given."""

    label = N_("Ta bort")
    right = Right.TEXTS_ADMINISTER
    place = "item"
    form = ItemEntry
    submit = N_("Ja, ta bort")
    hint = N_("Nye planer får ikke dette lenger. Planer som er laget, beholder det de har.")

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        await touch_template(session, viewer, row.template_id)
        house = House(session, viewer.municipality_id, None, viewer.account_id)
        record(house, Event.REGISTER_CHANGED, register=self.admin.slug, row=str(row.id), fields=["removed"])
        await session.delete(row)
        return _("Tatt bort.")


class PlanTemplateItemDesk(Desk):
    model = PlanTemplateItem
    right = Right.TEXTS_ADMINISTER
    scope = scopes.administered_plan_template_items
    label = N_("Innhold i planmaler")
    slug = "plan-template-items"
    named = "${template_id|raw}: ${element|raw}"
    hint = N_("Målene og livsområdene som nye planer begynner med. Koordinatoren kan endre alt før planen lages.")
    list_display = [
        *(PlanTemplateItem.template_id, PlanTemplateItem.element),
        *(PlanTemplateItem.numbered, PlanTemplateItem.title),
    ]
    list_order = [NAME_OF_ITS, in_order(PlanTemplateItem.element, Element), PlanTemplateItem.numbered]
    list_filter = [PlanTemplateItem.template_id, PlanTemplateItem.element]
    search_label = N_("Tittel eller tekst")
    search_fields = [PlanTemplateItem.title, PlanTemplateItem.body]
    create_fields = update_fields = [*list_display, PlanTemplateItem.body]
    actions = [RemoveItem]
    labels = {
        "template_id": N_("Planmal"),
        "element": N_("Mål eller livsområde"),
        "numbered": N_("Nummer"),
        "title": N_("Tittel"),
        "body": N_("Tekst"),
    }
    hints = {
        "numbered": N_("Målene kommer i nummerrekkefølge."),
        "title": N_("Bare for mål."),
    }
    words = {"element": word}
    references = {
        "template_id": Reference(
            PlanTemplate,
            NAMED,
            scopes.administered_plan_templates,
        )
    }
    long = frozenset({"body"})

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        return [one for one in kind if one in IN_TEMPLATES]

    def check(self, row: Any) -> None:
        row.title, row.body = row.title or "", row.body or ""
        is_goal = row.element is Element.GOALS
        found = (
            ("element", row.element not in IN_TEMPLATES, _("Velg noe fra listen.")),
            ("title", is_goal and not says_something(row.title), _("Skriv en tittel.")),
            ("body", not is_goal and not says_something(row.body), _("Skriv noe om livsområdet.")),
            ("body", bool(too_much(row.body)), too_much(row.body)),
            ("numbered", not 1 <= row.numbered <= MOST, _("Skriv et tall fra 1 til %(most)s.") % {"most": MOST}),
        )
        if wrong := {field: sentence for field, is_wrong, sentence in found if is_wrong and sentence}:
            raise Invalid(**wrong)

    async def _save(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        await super()._save(session, viewer, verb, row, fields)
        await touch_template(session, viewer, row.template_id)


async def touch_template(session: Any, viewer: Any, template_id: UUID) -> None:
    """Who changed what lies in a template, changed the template."""
    if template := await session.get(PlanTemplate, template_id):
        touch(session, viewer, template)


def touch(session: Any, viewer: Any, template: PlanTemplate) -> None:
    template.changed_at, template.changed_by = session.clock.now(), viewer.account_id
