"""Somebody at their own security page."""

import pytest

from tests.client import Visitor
from tests.pages.conftest import SignIn

NAME = "foresatt@fjordvik.example"
HOME = "/me/security"
GOOD = "Fire ville elger 4 lunsj"
NEW, MOBILE = "ny.adresse@fjordvik.example", "00000007"


@pytest.fixture
async def me(sign_in: SignIn) -> Visitor:
    return await sign_in("foresatt")
