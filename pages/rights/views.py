"""What the pages about rights are made from: who takes part, with what each of them may, and what things are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from models.labels import label, the_role
from models.plans.proof import OpenPlan
from models.plans.queries import rights as queries
from models.plans.queries.people import Somebody, people
from models.plans.rules.rights import GROUPS
from models.plans.tables.item import Item
from models.plans.tables.life import About
from models.refusals import NotFound
from models.rights import CHOSEN_ELEMENTS, Element, Level, Role
from pages.plans.saving import name_of
from pages.rights.words import why_closed
from permissions.sights import Sight, sights

LONGEST_NAME = 80


@dataclass(frozen=True)
class Look:
    """Who takes part, in the order they are shown, with what each of them may; and what the roles give today."""

    plan: OpenPlan
    everybody: Mapping[UUID, Somebody]
    sights: Mapping[UUID, Sight]
    standards: Mapping[Role, Mapping[Element, Level]]
    overridden: set[tuple[UUID, Element]]

    @property
    def shown(self) -> list[tuple[Somebody, Sight]]:
        return [(one, self.sights[id_]) for id_, one in self.everybody.items() if id_ in self.sights]

    def of(self, participant_id: UUID) -> tuple[Somebody, Sight]:
        """Raises NotFound for who does not take part, and for whom the viewer may not know of."""
        if participant_id not in self.everybody or participant_id not in self.sights:
            raise NotFound
        return self.everybody[participant_id], self.sights[participant_id]

    def differs(self, sight: Sight, element: Element) -> bool:
        """From what the role gives today."""
        return sight.standing.level(element) != self.standards.get(sight.role, {}).get(element)


async def look(plan: OpenPlan) -> Look:
    found = {one.participant_id: one for one in await sights(plan)}
    everybody = {one.participant_id: one for one in await people(plan)}
    return Look(plan, everybody, found, await queries.standards(plan), await queries.overridden(plan))


def in_use(plan: OpenPlan) -> dict[str, list[Element]]:
    """The elements that the plan has, by group; groups without any are left out."""
    off = CHOSEN_ELEMENTS - plan.elements
    groups = {name: [one for one in elements if one not in off] for name, elements in GROUPS.items()}
    return {name: elements for name, elements in groups.items() if elements}


def not_in_use(plan: OpenPlan) -> list[str]:
    return [label(one) for elements in GROUPS.values() for one in elements if one in CHOSEN_ELEMENTS - plan.elements]


def closed_because(plan: OpenPlan, one: Somebody, sight: Sight) -> str:
    reason = sight.verdict.narrowed or sight.verdict.reason
    return why_closed(reason, one.name, the_role(plan.kind, Role.OWNER))


def item_name(plan: OpenPlan, item: Item) -> str:
    """What it is called, or how it begins."""
    name = label(Element.ABOUT) if isinstance(item, About) else name_of(plan, item)
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(maxsplit=1)[0] + " …"
