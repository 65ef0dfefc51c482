"""The plan templates that a municipality begins with (F203): a sensible beginning for each kind of plan."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from models.base import OwnedRow
from models.plans.rules.making import Part
from models.rights import Element, PlanKind
from models.templates.tables import PlanTemplate, PlanTemplateItem
from seed.lines import REFERENCE, read_csv


def plan_templates(municipality_id: UUID, at: Any) -> Iterator[OwnedRow]:
    """The templates, then what lies in them."""
    for line in read_csv(REFERENCE / "plan_templates.csv"):
        yield PlanTemplate(
            id=_id(municipality_id, line["key"]),
            municipality_id=municipality_id,
            kind=PlanKind(line["kind"]),
            name=line["name"],
            description=line["description"],
            parts=[Part(word).value for word in line["parts"].split()],
            changed_at=at,
        )
    for line in read_csv(REFERENCE / "plan_template_items.csv"):
        yield PlanTemplateItem(
            id=_id(municipality_id, f"{line['key']} {line['element']} {line['numbered']}"),
            municipality_id=municipality_id,
            template_id=_id(municipality_id, line["key"]),
            element=Element(line["element"]),
            numbered=int(line["numbered"]),
            title=line["title"],
            body=line["body"],
        )


def _id(municipality_id: UUID, name: str) -> UUID:
    return uuid5(municipality_id, f"plan template {name}")
