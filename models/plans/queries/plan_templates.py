"""What new plans of a kind can begin with (F182, F203)."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import OpenMunicipality
from models.alphabet import alphabetical
from models.base import pick
from models.plans.rules.making import GoalText, Part, Texts
from models.refusals import NotFound
from models.rights import LIFE_AREAS, Element, PlanKind, Right
from models.templates.tables import PlanTemplate, PlanTemplateItem


@dataclass(frozen=True)
class Offered:
    id: UUID
    name: str
    description: str


@dataclass(frozen=True)
class Template:
    parts: tuple[Part, ...]
    texts: Texts


async def offered_templates(here: OpenMunicipality, kind: PlanKind) -> list[Offered]:
    """Those in use for the kind of plan, by name."""
    here.demand(Right.PLANS_CREATE)
    found = pick(PlanTemplate.id, PlanTemplate.name, PlanTemplate.description).where(
        col(PlanTemplate.municipality_id) == here.municipality_id,
        col(PlanTemplate.kind) == kind,
        col(PlanTemplate.in_use),
    )
    rows = [Offered(row.id, row.name, row.description) for row in await here.session.execute(found)]
    return sorted(rows, key=lambda row: alphabetical(row.name))


async def read_template(here: OpenMunicipality, kind: PlanKind, template_id: UUID) -> Template:
    """Raises NotFound for one of another municipality or kind, or out of use."""
    here.demand(Right.PLANS_CREATE)
    if template_id not in {one.id for one in await offered_templates(here, kind)}:
        raise NotFound
    parts = await here.session.scalar(pick(PlanTemplate.parts).where(col(PlanTemplate.id) == template_id))
    items = pick(PlanTemplateItem.element, PlanTemplateItem.title, PlanTemplateItem.body).where(
        col(PlanTemplateItem.template_id) == template_id
    )
    ordered = items.order_by(col(PlanTemplateItem.numbered), col(PlanTemplateItem.title))
    rows = list(await here.session.execute(ordered))
    goals = tuple(GoalText(row.title, row.body) for row in rows if row.element is Element.GOALS)
    areas = {row.element: row.body for row in rows if row.element in LIFE_AREAS}
    return Template(tuple(part for part in Part if part.value in (parts or ())), Texts(goals, areas))
