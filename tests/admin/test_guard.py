"""Who gets in at all: signed in and with the right; decided before anything is parsed."""

import httpx
import pytest

from admin.guard import Guard
from admin.site import HouseSite
from tests.admin.conftest import Visit
from tests.admin.shelves import ShelfDesk, session_of, visitor_of

NONSENSE = {"content": b"{", "headers": {"content-type": "application/json"}}


async def test_a_stranger_is_sent_to_sign_in(visit: Visit) -> None:
    answer = await visit("").get("/admin/shelf", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/admin/shelf")


@pytest.mark.parametrize("path", ["/admin/", "/admin/shelf/list", "/admin/shelf/list.csv", "/admin/nothing"])
async def test_a_stranger_learns_nothing_from_an_address(visit: Visit, path: str) -> None:
    assert (await visit("").get(path)).status_code == 401


async def test_a_stranger_is_refused_before_the_body_is_read(visit: Visit) -> None:
    assert (await visit("").post("/admin/shelf/item", **NONSENSE)).status_code == 401


async def test_without_the_right_the_body_is_not_read_either(visit: Visit) -> None:
    assert (await visit("analyst").post("/admin/shelf/item", **NONSENSE)).status_code == 403


@pytest.mark.parametrize("path", ["/admin/", "/admin/shelf", "/admin/shelf/list", "/admin/shelf/list.csv"])
async def test_a_desk_is_closed_without_its_right(visit: Visit, path: str) -> None:
    assert (await visit("analyst").get(path)).status_code == 403


async def test_another_desks_right_does_not_open_this_one(visit: Visit) -> None:
    assert (await visit("unit-admin").get("/admin/room/list")).status_code == 403


async def test_the_menu_and_home_show_only_what_may_be_opened(visit: Visit) -> None:
    home = await visit("unit-admin").get("/admin/")
    assert "/admin/shelf" in home.text
    assert "/admin/room" not in home.text
    assert "/admin/room" not in (await visit("unit-admin").get("/admin/shelf")).text


async def test_the_policy_allows_our_own_scripts_and_no_eval(visit: Visit) -> None:
    for path in ("/admin/", "/admin/shelf", "/admin/static/boot.js", "/admin/static/none.js", "/admin/none"):
        policy = (await visit("all").get(path)).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe-eval" not in policy


async def test_static_files_are_served_and_nothing_beside_them(visit: Visit) -> None:
    assert (await visit("").get("/admin/static/boot.js")).status_code == 200
    assert (await visit("").get("/admin/static/..%2fguard.py")).status_code == 404
    assert (await visit("").post("/admin/static/boot.js")).status_code == 401


@pytest.mark.parametrize("path", ["/admin/file/upload", "/admin/file", "/admin/upload/x.html", "/admin/docs"])
async def test_there_is_no_file_register_and_no_documentation(visit: Visit, path: str) -> None:
    assert (await visit("all").post(path)).status_code == 404


async def test_a_request_that_never_met_the_guard_is_refused() -> None:
    guard = HouseSite(ShelfDesk, session=session_of, viewer=visitor_of).build()
    assert isinstance(guard, Guard)
    bare = httpx.AsyncClient(transport=httpx.ASGITransport(guard.app), base_url="http://t")  # type: ignore[arg-type]
    assert (await bare.get("/")).status_code == 403
