"""What holds for every address of the house."""

import pytest
from fastapi import FastAPI
from httpx import URL, ASGITransport, AsyncClient

from tests.client import Visitor


async def test_the_house_says_that_it_is_up_and_no_more(visitor: Visitor) -> None:
    page = await visitor.get("/healthz")
    assert (page.status, page.text) == (200, "ok")


@pytest.mark.parametrize("address", ["/login", "/healthz", "/plans", "/static/medvirk.css"])
async def test_a_head_is_answered_as_a_get_without_its_body(visitor: Visitor, address: str) -> None:
    asked, got = await visitor.browser.head(address), await visitor.browser.get(address)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers.get("content-length") == got.headers.get("content-length")


async def test_static_files_are_kept_by_browsers_and_pages_are_not(visitor: Visitor) -> None:
    style = await visitor.browser.get("/static/medvirk.css")
    assert style.headers["cache-control"] == "public, max-age=3600"
    assert (await visitor.browser.get("/static/tull.css")).headers["cache-control"] == "no-store"


async def test_with_https_the_cookies_that_open_something_are_guarded_by_their_names(
    house: FastAPI, visitor: Visitor
) -> None:
    house.state.https, visitor.browser.base_url = True, URL("https://medvirk.example")
    page = await visitor.sign_in("koordinator@fjordvik.example")
    set_, over = page.answer.headers.get_list("set-cookie"), "__Host-medvirk_code="
    assert [cookie.split("=")[0] for cookie in set_ if "__Host-" in cookie] == ["__Host-medvirk", over.rstrip("=")]
    assert all("Secure" in cookie for cookie in set_)
    told = {str(name) for name in (await visitor.get("/cookies")).all("//tbody//code/text()")}
    assert {"__Host-medvirk", "__Host-medvirk_code", "__Host-medvirk_trip"} < told


@pytest.mark.parametrize("host", ["ond.example", "medvirk.example:8000"])
async def test_no_address_is_made_from_the_host_that_was_asked(house: FastAPI, host: str) -> None:
    async with AsyncClient(transport=ASGITransport(house), base_url=f"http://{host}") as browser:
        answers = [await browser.get(address) for address in ("/plans", "/login", "/tull")]
    assert not any(host in answer.text + answer.headers.get("location", "") for answer in answers)


async def test_the_page_works_without_any_script(visitor: Visitor) -> None:
    page = await visitor.get("/login")
    assert all(script.get("defer") is not None for script in page.all("//script"))
