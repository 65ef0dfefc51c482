"""The reference rows: what any installation needs, and what every municipality begins with. Nothing fictional."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import exists
from sqlmodel import col, select

from models.base import HouseSession, pick
from models.database import Database
from models.log.operations import record
from models.log.rules import Event
from models.organisation.rules import UNDER_15
from models.organisation.tables import AgePolicy, Installation, JobLease, Municipality
from models.refusals import Invalid
from models.rights import Element, Level, PlanKind, Role
from models.tables import metadata
from models.templates.rules import Check, TextKind
from models.templates.tables import ContentPoint, RoleTemplate, TextTemplate
from models.texts import sayable, says_something
from permissions.proofs import House
from seed.lines import REFERENCE, read_csv
from seed.prepared import prepare

LONGEST_NAME = 100
TABLES = (Installation, JobLease)
"""The tables whose rows belong to the installation itself, and say nothing about anybody."""


async def seed_reference(database: Database) -> None:
    """The row about this installation, when it is missing."""
    async with database.writing() as session:
        await installation(session)


async def installation(session: HouseSession) -> Installation:
    """The one row about this installation; made now if this is the first time."""
    found = await session.scalar(select(Installation))
    if found is None:
        found = Installation(made_at=session.clock.now())
        session.add(found)
        await session.flush()
    return found


async def holds_anything(database: Database) -> bool:
    """Whether there is more in the database than `seed_reference` puts there."""
    async with database.reading() as session:
        return await is_in_use(session)


async def is_in_use(session: HouseSession) -> bool:
    own = {str(table.__tablename__) for table in TABLES}
    for table in metadata.sorted_tables:
        if table.name not in own and await session.scalar(pick(exists(pick(*table.c)))):
            return True
    return False


async def seed_municipality(session: HouseSession, name: str) -> Municipality:
    """The municipality, made unless it is there, with the templates, age policies and content points it lacks.

    Run again for a municipality that is there already, it adds only what is missing. Raises Invalid.
    """
    if not says_something(name) or sayable(name) != name or "\n" in name or len(name) > LONGEST_NAME:
        raise Invalid(name=f"A municipality needs a name of at most {LONGEST_NAME} letters, on one line.")
    found = await session.scalar(select(Municipality).where(Municipality.name == name))
    if found is None:
        found = Municipality(name=name, added_at=session.clock.now())
        session.add(found)
        await session.flush()
        record(House(session, found.id), Event.MUNICIPALITY_ADDED)
    roles, texts = await _known(session, found.id)
    for row in templates(found.id):
        known = (row.kind, row.role) in roles if isinstance(row, RoleTemplate) else (row.name, row.plan_kind) in texts
        if not known:
            session.add(row)
    aged = await _decided(session, found.id)
    session.add_all(row for row in age_policies(found.id) if row.kind not in aged)
    ruled = await _ruled(session, found.id)
    session.add_all(row for row in content_points(found.id) if row.kind not in ruled)
    await prepare(session, found.id)
    return found


async def _decided(session: HouseSession, municipality_id: UUID) -> set[PlanKind]:
    decided = select(AgePolicy.kind).where(col(AgePolicy.municipality_id) == municipality_id)
    return set(await session.scalars(decided))


async def _ruled(session: HouseSession, municipality_id: UUID) -> set[PlanKind]:
    """A kind of plan that has points has those the municipality wants: what its lawyer took away is not put back."""
    ruled = select(ContentPoint.kind).where(col(ContentPoint.municipality_id) == municipality_id)
    return set(await session.scalars(ruled))


def content_points(municipality_id: UUID) -> Iterator[ContentPoint]:
    """New rows that say what each kind of plan must contain (N6), as it is until the municipality says otherwise.

    Their ids follow from the municipality's, so that nothing else of a made-up town depends on how many they are.
    """
    for line in read_csv(REFERENCE / "content_points.csv"):
        yield ContentPoint(
            id=uuid5(municipality_id, f"content point {line['kind']} {line['numbered']}"),
            municipality_id=municipality_id,
            kind=PlanKind(line["kind"]),
            numbered=int(line["numbered"]),
            title=line["title"],
            source=line["source"],
            checked=[Check(word).value for word in line["checked"].split()],
        )


def age_policies(municipality_id: UUID, new_id: Callable[[], UUID] = uuid4) -> Iterator[AgePolicy]:
    """New rows that say what those under 15 may do, as it is until the municipality says otherwise."""
    for kind, rule in UNDER_15.items():
        yield AgePolicy(id=new_id(), municipality_id=municipality_id, kind=kind, under_15=rule)


async def _known(session: HouseSession, municipality_id: UUID) -> tuple[set[Any], set[Any]]:
    roles = select(RoleTemplate.kind, RoleTemplate.role).where(col(RoleTemplate.municipality_id) == municipality_id)
    texts = select(TextTemplate.name, TextTemplate.plan_kind).where(
        col(TextTemplate.municipality_id) == municipality_id
    )
    return {tuple(row) for row in await session.execute(roles)}, {tuple(row) for row in await session.execute(texts)}


def standard_roles() -> list[RoleTemplate]:
    """What each role begins with in a new municipality; of none in particular."""
    return [row for row in templates(uuid4()) if isinstance(row, RoleTemplate)]


def templates(municipality_id: UUID, new_id: Callable[[], UUID] = uuid4) -> Iterator[RoleTemplate | TextTemplate]:
    """New rows with the role and text templates every municipality begins with."""
    for line in read_csv(REFERENCE / "role_templates.csv"):
        levels: dict[str, Any] = {element.value: Level(int(line[element.value])) for element in Element}
        kind, role = PlanKind(line["kind"]), Role(line["role"])
        owned: dict[str, Any] = {"id": new_id(), "municipality_id": municipality_id}
        yield RoleTemplate(**owned, kind=kind, role=role, label=line["label"], **levels)
    for line in read_csv(REFERENCE / "text_templates.csv"):
        owned = {"id": new_id(), "municipality_id": municipality_id}
        plan_kind = PlanKind(line["kind"]) if line["kind"] else None
        yield TextTemplate(
            **owned, name=line["name"], plan_kind=plan_kind, kind=TextKind(line["type"]), body=line["body"]
        )
