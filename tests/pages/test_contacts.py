"""On the pages of a plan, others are reached only by what they have chosen to show."""

import pytest

from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

MAIL, PHONE = "torleif@privat.example", "00 00 00 07"
OTHERS = ("koordinator", "assistent", "planeier", "spesialist@helse.example")


async def say(visitor: Visitor, **shown: str) -> None:
    page = await visitor.send(await visitor.get("/me"), email=MAIL, mobile=PHONE, **shown)
    assert page.status == 303


async def pages_of(visitor: Visitor, plan: str) -> list[str]:
    """All that somebody can read in a plan, and beside it."""
    goal = await goal_of(visitor, plan, "Ut på sjøen igjen")
    addresses = ["/plans", "/me", "/me/switch", plan, f"{plan}/timeline", f"{plan}/goals", goal.url]
    return [(await visitor.get(address)).text for address in addresses]


@pytest.mark.feature("F38")
@pytest.mark.parametrize("name", OTHERS)
async def test_what_is_private_is_on_no_page_of_anybody_else(sign_in: SignIn, ip: str, name: str) -> None:
    await say(await sign_in("tjenesteyter"))
    for text in await pages_of(await sign_in(name), ip):
        assert MAIL not in text
        assert PHONE.replace(" ", "") not in text.replace(" ", "")


@pytest.mark.feature("F38")
@pytest.mark.feature("F39")
async def test_a_shown_address_stands_with_the_name_and_the_hidden_number_does_not(sign_in: SignIn, ip: str) -> None:
    await say(await sign_in("tjenesteyter"), email_visible="y")
    page = await (await sign_in("koordinator")).get(ip)
    assert page.link(MAIL) == f"mailto:{MAIL}"
    assert PHONE not in page.text


@pytest.mark.feature("F38")
async def test_a_shown_number_can_be_called(sign_in: SignIn, ip: str) -> None:
    await say(await sign_in("tjenesteyter"), mobile_visible="y")
    page = await (await sign_in("planeier")).get(ip)
    assert page.link(PHONE) == "tel:00000007"
    assert MAIL not in page.text
