"""The cookies: few, needed, told about, and closed to scripts."""

import pytest

from seed.cast import PASSWORD
from tests.client import Visitor

pytestmark = pytest.mark.feature("F29")
NAME = "planeier@fjordvik.example"


async def set_while_signing_in(visitor: Visitor) -> list[str]:
    """Every `Set-Cookie` from the login page to the plans, a choice of language included."""
    answers = [await visitor.post("/language", {"language": "nn", "back": "/login"})]
    answers.append(await visitor.post("/login", {"username": NAME, "password": PASSWORD}))
    answers.append(await visitor.post("/login/code", {"code": await visitor.code()}))
    return [line for page in answers for line in page.answer.headers.get_list("set-cookie")]


async def test_every_cookie_we_set_is_told_about(visitor: Visitor) -> None:
    told = {str(name) for name in (await visitor.get("/cookies")).all("//tbody//code/text()")}
    names = {line.split("=")[0] for line in await set_while_signing_in(visitor)}
    assert names == {"medvirk", "medvirk_code", "language", "language_chosen"}
    assert names < told


async def test_no_cookie_can_be_read_by_a_script_or_sent_from_another_site(visitor: Visitor) -> None:
    for line in await set_while_signing_in(visitor):
        if "Max-Age=0" not in line:
            assert "HttpOnly" in line
            assert "samesite=lax" in line.lower()


async def test_it_is_said_why_and_for_how_long_in_plain_words(visitor: Visitor) -> None:
    page = await visitor.get("/cookies")
    assert page.heading == "Informasjonskapsler"
    assert "medvirk Holder deg pålogget. Til du logger ut eller lukker nettleseren" in page.words
    assert "Vi følger ikke med på hva du gjør" in page.words


@pytest.mark.parametrize("address", ["/login", "/terms", "/status"])
async def test_the_page_is_linked_from_the_login_page_and_every_foot(visitor: Visitor, address: str) -> None:
    page = await visitor.get(address)
    assert page.has("//footer//a[@href='/cookies']")
    assert address != "/login" or page.has("//main//a[@href='/cookies']")
