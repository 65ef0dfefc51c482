"""A municipality calls the roles what it wants, and they are called so wherever they are named (C16)."""

import pytest

from models.database import Database
from tests.admin.conftest import Enter
from tests.admin.desks.test_templates import SUPER, listed

OURS = "Kontaktperson"


async def rename(enter: Enter, query: str, label: str) -> tuple[int, list[str]]:
    client = await enter(SUPER)
    [row] = await listed(client, "roles", query)
    shown = (await client.get(f"/admin/roles/item/{row['id']}")).json()["data"]
    answer = await client.put(f"/admin/roles/item/{row['id']}", json=shown | {"label": label})
    return answer.status_code, list(answer.json().get("errors") or [])


@pytest.mark.feature("F122")
async def test_the_name_is_kept_and_shown_in_the_register(enter: Enter, any_town: Database) -> None:
    assert await rename(enter, "&kind=IP&role=provider", OURS) == (200, [])
    rows = await listed(await enter(SUPER), "roles", "&kind=IP")
    assert [row["label"] for row in rows if row["role"] == "Tjenesteyter"] == [OURS]


@pytest.mark.parametrize("label", ["", "   ", "x" * 61, "\u200b"])
async def test_a_name_that_is_none_or_too_long_is_refused_beside_its_field(enter: Enter, label: str) -> None:
    status, errors = await rename(enter, "&kind=IP&role=provider", label)
    assert status in (400, 422)
    assert errors == ["label"]
