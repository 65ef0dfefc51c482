"""Planer per koordinator says nothing of somebody whom the reader is kept apart from (N15)."""

import pytest

from models.people.tables import KeptApart
from tests.reports.test_plans_per_coordinator import KARI, Office, office

__all__ = ["office"]


@pytest.mark.feature("N15")
async def test_who_is_kept_apart_from_a_coordinator_reads_neither_name_nor_workplace(
    office: Office,
) -> None:
    """The plans are counted all the same, and another reader sees whose they are."""
    await office.plan(office.kari)
    await office.plan(await office.hamlet.person(office.vik, "Ola", employed=False))
    reader = await office.hamlet.person(office.vik, "Rita", account=office.analyst)
    pair = {"first_id": reader.id, "second_id": office.kari.id, "made_by": office.analyst.id}
    made_at = office.hamlet.session.clock.now()
    kept = await office.hamlet.put(KeptApart(municipality_id=office.vik.id, made_at=made_at, **pair))
    hidden = ("Vises ikke", "En annen koordinator", 1, 0, 1, 1, 0)
    assert await office.count() == [hidden, ("Uten arbeidssted", "Ola Hansen", 1, 0, 1, 1, 0)]
    kept.ended_at = made_at
    assert (*KARI, 1, 0, 1, 1, 0) in await office.count()
