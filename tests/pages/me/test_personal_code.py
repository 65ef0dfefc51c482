"""The page with the personal code: it is made by a button, and shown once."""

import re

import pytest

from models.clock import SteppingClock
from tests.client import Page
from tests.pages.conftest import SignIn


def code(page: Page) -> str:
    (found,) = re.findall(r"\b[A-Z2-9]{5} [A-Z2-9]{5}\b", page.words)
    return str(found)


@pytest.mark.feature("F199")
async def test_it_is_made_when_asked_for_and_shown_once(sign_in: SignIn, clock: SteppingClock) -> None:
    visitor = await sign_in("spesialist@helse.example")
    page = await visitor.get("/me/personal-code")
    assert not re.search(r"[A-Z2-9]{5} [A-Z2-9]{5}", page.words)
    first = await visitor.send(page)
    assert (first.status, "til kl. 12.00" in first.words) == (200, True)
    again = await visitor.get("/me/personal-code")
    assert code(first) not in again.text
    assert "Lager du en ny, slutter den gamle å virke." in again.words
    assert code(await visitor.send(again)) != code(first)


@pytest.mark.feature("F199")
async def test_it_says_what_it_is_for_in_plain_words(sign_in: SignIn) -> None:
    page = await (await sign_in("planeier")).get("/me/personal-code")
    assert "i en annen kommune" in page.words
    assert "ingen tilgang til planene du har fra før" in page.words
    assert page.url.endswith((await (await sign_in("planeier")).get("/me")).link("Personlig kode"))
