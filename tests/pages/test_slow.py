"""Whoever sends slowly keeps nobody else waiting."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from pages import security
from pages.plans import listing
from tests.client import Visitor


async def begin_to_send(house: FastAPI, visitor: Visitor, address: str) -> int:
    """The head of a form and one byte of it, and then nothing; the status of the answer."""
    parts: list[dict[str, Any]] = [{"type": "http.request", "body": b"t", "more_body": True}]
    status = 0

    async def receive() -> dict[str, Any]:
        return parts.pop() if parts else await asyncio.Event().wait()  # type: ignore[return-value]

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    cookies = "; ".join(f"{name}={value}" for name, value in visitor.browser.cookies.items())
    headers = {"host": "medvirk.example", "cookie": cookies, "sec-fetch-site": "same-origin", "content-length": "5000"}
    headers["content-type"] = "application/x-www-form-urlencoded"
    scope = {"type": "http", "method": "POST", "scheme": "http", "http_version": "1.1", "path": address}
    scope |= {"raw_path": address.encode(), "query_string": b"", "root_path": "", "server": ("medvirk.example", 80)}
    scope["headers"] = [(name.encode(), value.encode()) for name, value in headers.items()]
    await house(scope, receive, send)
    return status


@pytest.mark.parametrize("under", ["/goals/new", ""])
async def test_a_form_that_never_comes_holds_no_transaction(
    house: FastAPI, visit: Callable[..., Visitor], coordinator: Visitor, ip: str, under: str
) -> None:
    slow = asyncio.create_task(begin_to_send(house, coordinator, ip + under if under else "/me/switch"))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        assert (await visit().sign_in("planeier@fjordvik.example")).status == 303
    slow.cancel()


async def test_it_is_given_up_with_a_sentence(
    house: FastAPI, coordinator: Visitor, ip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "PATIENCE", 0.05)
    assert await begin_to_send(house, coordinator, f"{ip}/goals/new") == 408


async def test_a_wait_inside_the_house_is_not_blamed_on_the_sender(
    coordinator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waited(*asked: object, **more: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(listing, "list_plans", waited)
    assert (await coordinator.browser.get("/plans")).status_code == 500


async def test_what_comes_sign_by_sign_is_handed_on_in_one_piece() -> None:
    """A million pieces would keep everybody waiting while they are looked at."""
    pieces = [{"type": "http.request", "body": b"a", "more_body": number < 4_999} for number in range(5_000)]
    waiting = iter(pieces)

    async def receive() -> Any:
        return next(waiting)

    handed_on = await security._whole(receive, 5_000)
    assert await handed_on() == {"type": "http.request", "body": b"a" * 5_000}
