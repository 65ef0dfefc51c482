"""Every ID token that is not exactly what we asked for is refused: spoiled on its way by a provider that signs it."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from models.accounts.tables.identity import Identity, IdPortenFlow
from models.accounts.tables.sign_in import SignInSession
from models.base import snapshot
from models.database import Database
from tests.id_porten.conftest import Traveller, link_at_once
from tests.id_porten.provider import SUBSTANTIAL, Provider

UNTRUSTED = "Vi kunne ikke bruke svaret fra ID-porten."
TOO_LOW = "Du må bruke en elektronisk ID på høyeste sikkerhetsnivå."
NO_NUMBER = "har ikke norsk fødselsnummer eller D-nummer"

TABLE = {
    "nonce": UNTRUSTED,
    "no nonce": UNTRUSTED,
    "aud": UNTRUSTED,
    "aud of two": UNTRUSTED,
    "azp": UNTRUSTED,
    "iss": UNTRUSTED,
    "exp": UNTRUSTED,
    "no exp": UNTRUSTED,
    "iat long ago": UNTRUSTED,
    "iat to come": UNTRUSTED,
    "alg none": UNTRUSTED,
    "alg HS256": UNTRUSTED,
    "alg PS256": UNTRUSTED,
    "signature": UNTRUSTED,
    "payload": UNTRUSTED,
    "kid": UNTRUSTED,
    "no kid": UNTRUSTED,
    "no token": UNTRUSTED,
    "acr substantial": TOO_LOW,
    "no acr": TOO_LOW,
    "no pid": NO_NUMBER,
    "pid of letters": NO_NUMBER,
}


@pytest.fixture
async def traveller(travel: Callable[..., Traveller], town: Database, number: str) -> Traveller:
    """A browser of the plan owner, whose number is linked: an honest token would let them in."""
    await link_at_once(town, number)
    return travel()


async def kept(town: Database) -> list[dict[str, object]]:
    """All that a sign-in could have changed."""
    async with town.reading() as session:
        return [snapshot(row) for table in (SignInSession, Identity) for row in await session.scalars(select(table))]


async def test_an_honest_token_lets_them_in(traveller: Traveller, number: str) -> None:
    assert (await traveller.travels(number)).goes_to == "/plans"


@pytest.mark.feature("F20")
@pytest.mark.parametrize(("how", "sentence"), TABLE.items(), ids=TABLE)
async def test_a_spoiled_token_lets_nobody_in(
    traveller: Traveller, provider: Provider, town: Database, number: str, how: str, sentence: str
) -> None:
    before = await kept(town)
    provider.spoils(how)
    page = await traveller.travels(number)
    assert (400 <= page.status < 404, sentence in page.words) == (True, True), page.words
    assert "medvirk" not in traveller.visitor.browser.cookies
    assert await kept(town) == before
    async with town.reading() as session:
        assert [flow.id_token for flow in await session.scalars(select(IdPortenFlow))] == [None]


async def test_every_way_of_spoiling_is_in_the_table(provider: Provider) -> None:
    assert set(provider.spoiled) == set(TABLE)


@pytest.mark.feature("F22")
async def test_who_comes_with_a_lower_level_is_told_which_ids_can_be_used_and_why(
    traveller: Traveller, number: str
) -> None:
    page = await traveller.travels(number, level=SUBSTANTIAL)
    assert page.status == 403
    for words in (TOO_LOW, "BankID på mobil", "Buypass ID", "Commfides", "Du kan ikke bruke MinID eller Feide."):
        assert words in page.words
    assert page.link("Prøv igjen med ID-porten") == "/login/idporten"


@pytest.mark.feature("F22")
async def test_an_id_without_a_norwegian_number_is_not_enough(traveller: Traveller) -> None:
    page = await traveller.travels("utlending")
    assert (page.status, NO_NUMBER in page.words) == (403, True)
