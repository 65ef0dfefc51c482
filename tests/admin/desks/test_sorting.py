"""People and places can be sorted by each column that offers it, both ways, on both databases."""

import pytest

from admin.desks.accounts import AccountDesk
from admin.desks.organisation import UnitDesk
from admin.desks.people import PersonDesk
from admin.desks.plans import PlanDesk
from tests.admin.conftest import Enter


@pytest.mark.parametrize("desk", [AccountDesk, PersonDesk, PlanDesk, UnitDesk])
async def test_a_list_holds_the_same_rows_however_it_is_sorted(enter: Enter, desk: type[PersonDesk]) -> None:
    client, rows = await enter("superadmin@fjordvik"), []
    for asked in ("", *(f"&orderBy={c.key}&orderDir={way}" for c in desk.list_display for way in ("asc", "desc"))):
        answer = await client.get(f"/admin/{desk.slug}/list?perPage=100{asked}")
        assert answer.status_code == 200, asked
        rows.append(answer.json()["data"]["total"])
    assert rows[0] > 0
    assert set(rows) == {rows[0]}
