"""The meter beside a new password (F15): the rule's own judgement, in a fragment for the page that asks."""

import pytest
from sqlalchemy import func
from sqlmodel import select

from models.database import Database
from models.log.tables import LogRow
from tests.client import Visitor

pytestmark = [pytest.mark.feature("F14"), pytest.mark.feature("F15")]


async def meter(visitor: Visitor, **typed: str) -> str:
    answer = await visitor.browser.post("/password-strength", data=typed)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return answer.text


async def test_a_strong_password_fills_the_meter(visitor: Visitor) -> None:
    shown = await meter(visitor, password="Et-godt-passord-7")
    assert 'value="4"' in shown
    assert "Passordet er svært sterkt." in shown


async def test_a_password_that_will_not_do_says_why(visitor: Visitor) -> None:
    assert "Passordet er svakt. Bruk minst 12 tegn" in await meter(visitor, password="Kort-1x")
    assert "inneholder navnet" in await meter(visitor, password="Hansenhansen1", username="hansen@vik.example")


@pytest.mark.parametrize("typed", [{}, {"password": ""}, {"username": "kari"}])
async def test_nothing_typed_is_nothing_said(visitor: Visitor, typed: dict[str, str]) -> None:
    assert (await meter(visitor, **typed)).strip() == ""


@pytest.mark.parametrize("password", ["x" * 100_000, "<script>", "\x00\ud83d", "å" * 300])
async def test_what_is_typed_is_never_shown_kept_or_logged(visitor: Visitor, town: Database, password: str) -> None:
    before = await rows(town)
    assert password not in await meter(visitor, password=password.encode("utf-8", "ignore").decode())
    assert await rows(town) == before


async def rows(town: Database) -> int:
    async with town.reading() as session:
        return await session.scalar(select(func.count()).select_from(LogRow)) or 0
