"""Whatever is asked for at a public address is answered with a page, and never with a crash."""

import pytest

from models.database import Database
from tests.client import CODE_COOKIE, Visitor
from tests.garbage import GARBAGE, PATHS, throw
from tests.glance import glance, unchanged


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
async def test_garbage_at_a_public_address_is_answered_with_a_page(
    visitor: Visitor, town: Database, garbage: str
) -> None:
    assert len(PATHS) > 10
    with unchanged(town):
        assert await throw(visitor, garbage) == []


@pytest.mark.parametrize("garbage", ["", "x" * 4_000, "%00", "\xe6\xff", '"\\355\\240\\200"'])
async def test_garbage_in_the_cookies_is_nobody(visitor: Visitor, garbage: str) -> None:
    names = ("medvirk", CODE_COOKIE, "medvirk_trip", "medvirk_language")
    cookies = "; ".join(f"{name}={garbage}" for name in names).encode("latin-1")
    for path in PATHS:
        page = await glance(visitor, "GET", path.replace("{token}", "tull"), headers={b"cookie": cookies})
        assert page.status in (200, 303, 404), f"{path}: {page.status}"
