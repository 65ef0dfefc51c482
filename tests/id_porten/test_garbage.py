"""As `tests.pages.test_garbage`, where ID-porten is switched on and the browser is on its way: then it answers too."""

from collections.abc import Callable

import pytest

from tests.garbage import GARBAGE, throw
from tests.id_porten.conftest import Traveller
from tests.id_porten.provider import Provider

BACK = ["/login/idporten/callback", "/login/idporten/frontchannel", "/login", "/invitation/{token}"]


@pytest.mark.feature("F20")
@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
async def test_garbage_is_answered_with_a_page(
    travel: Callable[..., Traveller], provider: Provider, garbage: str
) -> None:
    traveller = travel()
    there = await traveller.sets_out(f"/login/idporten?next={garbage}&x={garbage}")
    assert there.startswith(provider.issuer)
    assert await throw(traveller.visitor, garbage, BACK) == []
