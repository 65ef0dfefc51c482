"""Signing out here signs out at ID-porten, and leaving ID-porten signs out here: in front and behind, if it is true."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.tables.sign_in import SignInSession
from models.database import Database
from tests.client import Visitor, query
from tests.id_porten.conftest import ADDRESS, OWNER, Traveller, link_at_once
from tests.id_porten.provider import CLIENT_ID, Provider

BACK = "/login/idporten/backchannel"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
Travel = Callable[..., Traveller]


@pytest.fixture
async def traveller(travel: Travel, visit: Callable[..., Visitor], town: Database, number: str) -> Traveller:
    """The plan owner, signed in through ID-porten."""
    await link_at_once(town, number)
    traveller = travel(visit(OWNER))
    assert (await traveller.travels(number)).goes_to == "/plans"
    return traveller


@pytest.fixture
async def sid(traveller: Traveller, town: Database) -> str:
    """Of their session at ID-porten."""
    async with town.reading() as session:
        living = select(SignInSession).where(col(SignInSession.id_porten_sid).is_not(None))
        return (await session.scalars(living)).one().id_porten_sid or ""


async def is_in(traveller: Traveller) -> bool:
    return (await traveller.visitor.get("/plans")).status == 200


@pytest.mark.feature("F20")
@pytest.mark.feature("F27")
async def test_signing_out_leads_through_id_porten_and_back(traveller: Traveller, number: str) -> None:
    answer = await traveller.visitor.browser.post("/logout")
    away = answer.headers["location"]
    assert query(away).keys() == {"id_token_hint", "post_logout_redirect_uri"}
    assert (await traveller.comes_back(away, number)) == "/login?done=signed-out"
    assert "Du er logget ut." in (await traveller.visitor.get("/login?done=signed-out")).words
    assert not await is_in(traveller)
    page = await traveller.there.get(await traveller.sets_out(), follow_redirects=True)
    assert "ID-porten til prøve" in page.text, "ID-porten must ask who it is again"


async def test_who_signed_in_by_password_is_signed_out_here_alone(
    sign_in: Callable[..., Awaitable[Visitor]],
) -> None:
    visitor = await sign_in("koordinator")
    assert (await visitor.post("/logout")).goes_to == "/login?done=signed-out"


async def test_signing_out_may_lead_a_form_on_to_id_porten(traveller: Traveller, provider: Provider) -> None:
    for address in ("/plans", "/admin/"):
        policy = (await traveller.visitor.browser.get(address)).headers["content-security-policy"]
        assert f"form-action 'self' {provider.issuer}" in policy


@pytest.mark.feature("F20")
async def test_leaving_id_porten_elsewhere_signs_out_here_behind_the_browser(
    traveller: Traveller, visit: Callable[..., Visitor], provider: Provider, number: str, sid: str
) -> None:
    token = provider.leaves(number, sid)
    answer = await machine(visit, token)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert not await is_in(traveller)
    assert (await machine(visit, token)).status_code == 200


async def machine(visit: Callable[..., Visitor], token: str) -> Any:
    """ID-porten's own machine posts: no cookies, no origin, nothing that browsers send."""
    browser = visit().browser
    del browser.headers["sec-fetch-site"]
    return await browser.post(BACK, data={"logout_token": token})


CLAIMS: dict[str, Any] = {"aud": CLIENT_ID, "sub": "x", "jti": "one", "events": {EVENT: {}}}
BAD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another issuer": ({"iss": "https://ond.example"}, {}),
    "another audience": ({"aud": "another"}, {}),
    "old": ({"iat": 1_600_000_000}, {}),
    "expired": ({"exp": 1_600_000_000}, {}),
    "no exp": ({"exp": None}, {}),
    "no event": ({"events": {}}, {}),
    "event is no object": ({"events": {EVENT: "yes"}}, {}),
    "with a nonce": ({"nonce": "x"}, {}),
    "no sid": ({"sid": None}, {}),
    "no jti": ({"jti": None}, {}),
    "unknown key": ({}, {"kid": "unknown"}),
    "another kind of token": ({}, {"typ": "at+jwt"}),
}


def logout_token(provider: Provider, sid: str, claims: dict[str, Any], header: dict[str, Any]) -> str:
    now = int(time.time())
    told = {"iss": provider.issuer, "iat": now, "exp": now + 120, "sid": sid, **CLAIMS, **claims}
    said = {name: value for name, value in told.items() if value is not None}
    return provider.signs(said, {"typ": "logout+jwt", **header})


async def test_a_right_logout_token_is_believed(
    traveller: Traveller, visit: Callable[..., Visitor], provider: Provider, sid: str
) -> None:
    assert (await machine(visit, logout_token(provider, sid, {}, {}))).status_code == 200
    assert not await is_in(traveller)


@pytest.mark.parametrize(("claims", "header"), BAD.values(), ids=BAD)
async def test_a_wrong_logout_token_changes_nothing(
    traveller: Traveller,
    visit: Callable[..., Visitor],
    provider: Provider,
    sid: str,
    claims: dict[str, Any],
    header: dict[str, Any],
) -> None:
    answer = await machine(visit, logout_token(provider, sid, claims, header))
    assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
    assert await is_in(traveller)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "x" * 50_000])
async def test_no_token_at_all_changes_nothing(traveller: Traveller, visit: Callable[..., Visitor], token: str) -> None:
    assert (await machine(visit, token)).status_code == 400
    assert await is_in(traveller)


async def test_an_id_token_is_no_logout_token(
    traveller: Traveller, visit: Callable[..., Visitor], provider: Provider, sid: str
) -> None:
    token = logout_token(provider, sid, {"events": None, "nonce": "n"}, {"typ": "JWT"})
    assert (await machine(visit, token)).status_code == 400
    assert await is_in(traveller)


async def test_no_other_path_may_be_posted_to_from_elsewhere(visitor: Visitor) -> None:
    del visitor.browser.headers["sec-fetch-site"]
    for path in ("/logout", "/login", "/login/link", f"{BACK}/"):
        assert (await visitor.post(path)).status == 403


@pytest.mark.feature("F20")
async def test_id_porten_may_sign_out_in_a_frame_without_cookies(
    traveller: Traveller, visit: Callable[..., Visitor], provider: Provider, sid: str
) -> None:
    answer = await visit().browser.get("/login/idporten/frontchannel", params={"iss": provider.issuer, "sid": sid})
    assert answer.status_code == 200
    assert f"frame-ancestors {provider.issuer}" in answer.headers["content-security-policy"]
    assert not await is_in(traveller)


@pytest.mark.parametrize(
    "asked", [{}, {"sid": "another"}, {"iss": "https://ond.example"}, {"iss": None}, {"sid": None}], ids=str
)
async def test_the_frame_ends_only_the_session_that_is_named(
    traveller: Traveller, visit: Callable[..., Visitor], provider: Provider, sid: str, asked: dict[str, str | None]
) -> None:
    named = {"iss": provider.issuer, "sid": sid} | (asked or {"iss": None, "sid": None})
    params = {name: value for name, value in named.items() if value is not None}
    assert (await visit().browser.get("/login/idporten/frontchannel", params=params)).status_code == 200
    assert await is_in(traveller)


async def test_the_session_at_id_porten_outlives_nobody_elses_here(
    traveller: Traveller,
    sign_in: Callable[..., Awaitable[Visitor]],
    visit: Callable[..., Visitor],
    provider: Provider,
    sid: str,
) -> None:
    by_password = await sign_in("planeier")
    await machine(visit, logout_token(provider, sid, {}, {}))
    assert (await by_password.get("/plans")).status == 200
    assert ADDRESS in str(by_password.browser.base_url)
