"""People are called what they are called in their kind of plan, on every page of it (C20, F122)."""

import re

import pytest

from models.database import Database
from models.rights import PlanKind
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.plan_rows import set_kind

ALL = ("planeier", "elev", "koordinator", "stafettholder", "tjenesteyter", "lærer", "pedagog")
"""Not «barnet», which the texts of all kinds may speak of."""

OWN = {
    PlanKind.IP: {"planeier", "koordinator", "tjenesteyter"},
    PlanKind.IOP: {"elev", "koordinator", "lærer"},
    PlanKind.IUP: {"koordinator", "pedagog"},
    PlanKind.SL: {"planeier", "stafettholder", "tjenesteyter"},
}
PLACES = (
    *("", "/about", "/about/change", "/journal", "/journal/new", "/settings", "/settings/revised", "/more"),
    *("/goals", "/goals/new", "/timeline", "/life-areas", "/subject-plans/new", "/evaluation", "/cooperation"),
    *("/completeness", "/bin", "/invitations", "/apart", "/apart/new", "/administration/visits"),
    *("/settings/facts", "/settings/parts", "/settings/end", "/settings/delete"),
    *("/baton", "/baton/offer", "/baton/substitute"),
)


@pytest.mark.feature("F122")
@pytest.mark.parametrize("kind", list(PlanKind))
async def test_no_page_uses_another_kinds_words(
    coordinator: Visitor, sign_in: SignIn, town: Database, relay: str, kind: PlanKind
) -> None:
    await set_kind(town, relay, kind)
    foreign = re.compile(rf"\b({'|'.join(word for word in ALL if word not in OWN[kind])})(en|et)?\b", re.IGNORECASE)
    said = {}
    for visitor in (coordinator, await sign_in("foresatt")):
        for place in PLACES:
            page = await visitor.get(relay + place)
            if page.status == 200:
                said[place] = foreign.findall(page.words)
    assert len(said) > len(PLACES) / 2
    assert {place: found for place, found in said.items() if found} == {}


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (PlanKind.IP, "planeieren"),
        (PlanKind.IOP, "eleven"),
        (PlanKind.IUP, "barnet"),
        (PlanKind.SL, "planeieren"),
    ],
)
async def test_the_owner_is_named_by_the_kind(
    coordinator: Visitor, town: Database, relay: str, kind: PlanKind, word: str
) -> None:
    await set_kind(town, relay, kind)
    assert f"på vegne av {word}." in (await coordinator.get(f"{relay}/journal/new")).words
    assert f"slik {word} selv ville sagt det" in (await coordinator.get(f"{relay}/goals/new")).words
    assert f"slik {word} selv ville sagt det" in (await coordinator.get(f"{relay}/about/change")).words
