"""What a municipality begins with besides roles and texts: added where it has none, and then its own to change."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import col, select

from models.base import HouseSession, OwnedRow
from models.organisation.tables import AgeStep
from models.rights import PlanKind
from models.templates.tables import ConsentForm, PlanTemplate
from seed.lines import REFERENCE, read_csv
from seed.plan_templates import plan_templates

Maker = Callable[[UUID, Any], Iterator[OwnedRow]]
"""New rows for a municipality, at a moment."""


def age_steps(municipality_id: UUID, at: Any) -> Iterator[OwnedRow]:
    """Birthdays that change who decides in a plan (N4)."""
    for line in read_csv(REFERENCE / "age_steps.csv"):
        yield AgeStep(
            id=uuid5(municipality_id, f"age step {line['kind']} {line['age']}"),
            municipality_id=municipality_id,
            kind=PlanKind(line["kind"]),
            age=int(line["age"]),
            new_consent=line["new_consent"] == "1",
            review_guardians=line["review_guardians"] == "1",
            source=line["source"],
            in_use=line["in_use"] == "1",
        )


def consent_forms(municipality_id: UUID, at: Any) -> Iterator[OwnedRow]:
    """What is consented to, in the municipality's words: ours, until it writes its own (F118)."""
    for line in read_csv(REFERENCE / "consent_forms.csv"):
        yield ConsentForm(
            id=uuid5(municipality_id, f"consent form {line['kind']}"),
            municipality_id=municipality_id,
            kind=PlanKind(line["kind"]),
            version=1,
            title=line["title"],
            body=line["body"],
            made_at=at,
        )


MAKERS: tuple[tuple[type[Any], Maker], ...] = (
    (AgeStep, age_steps),
    (ConsentForm, consent_forms),
    (PlanTemplate, plan_templates),
)
"""A table, and the rows a municipality without any begins with. Their ids follow from the municipality's, so that
nothing else of a made-up town depends on how many they are."""


def prepared_rows(municipality_id: UUID, at: Any) -> Iterator[OwnedRow]:
    """All of them, for a municipality that is made up."""
    for _table, make in MAKERS:
        yield from make(municipality_id, at)


async def prepare(session: HouseSession, municipality_id: UUID) -> None:
    """What the municipality took away is not put back."""
    for table, make in MAKERS:
        if await session.scalar(select(table.id).where(col(table.municipality_id) == municipality_id).limit(1)) is None:
            for row in make(municipality_id, session.clock.now()):
                session.add(row)
                await session.flush()
