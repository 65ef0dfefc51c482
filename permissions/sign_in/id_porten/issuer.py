"""What ID-porten says of itself: its addresses and its keys, fetched when needed and kept for a while."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.clock import Clock

PATIENCE = httpx.Timeout(10, connect=5)
KEPT = timedelta(hours=12)
AT_MOST_EVERY = timedelta(minutes=1)
"""A token that names an unknown key makes us look again, but strangers cannot make us look all the time."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Unreachable(Exception):
    """ID-porten did not answer, or not as it should; it may be well again in a while."""


def new_http() -> httpx.AsyncClient:
    """Follows no redirects: an address of ID-porten's that moves is no address of ID-porten's."""
    return httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False)


class Issuer:
    """One OpenID provider, known by its address. Keeps what it has fetched; asks again when that is old."""

    def __init__(self, address: str, clock: Clock) -> None:
        self.address, self.clock = address.rstrip("/"), clock
        self._facts: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._facts_at = self._keys_at = LONG_AGO

    def is_named(self, name: object) -> bool:
        """Whether a token or an answer says that it comes from here."""
        return isinstance(name, str) and name.rstrip("/") == self.address

    async def fact(self, name: str) -> Any:
        """What the discovery document says; None when it is silent. Raises Unreachable."""
        if self._age(self._facts_at) > KEPT:
            facts = await _fetched(f"{self.address}/.well-known/openid-configuration")
            if not self.is_named(facts.get("issuer")):
                raise Unreachable("the discovery document names another issuer")
            self._facts, self._facts_at = facts, self.clock.now()
        return self._facts.get(name)

    async def endpoint(self, name: str) -> str:
        address = await self.fact(f"{name}_endpoint")
        if not isinstance(address, str) or urlsplit(address).scheme != urlsplit(self.address).scheme:
            raise Unreachable(f"the discovery document has no usable {name}_endpoint")
        return address

    async def keys(self, kid: str | None = None) -> KeySet:
        """The keys it signs with; looked up again when `kid` is not among those we know."""
        age = self._age(self._keys_at)
        is_known = self._keys is not None and (kid is None or any(key.kid == kid for key in self._keys))
        if self._keys is None or age > KEPT or (not is_known and age > AT_MOST_EVERY):
            self._keys, self._keys_at = _key_set(await _fetched(await self._keys_address())), self.clock.now()
        return self._keys

    async def _keys_address(self) -> str:
        address = await self.fact("jwks_uri")
        if not isinstance(address, str):
            raise Unreachable("the discovery document has no jwks_uri")
        return address

    def _age(self, moment: datetime) -> timedelta:
        return self.clock.now() - moment


async def _fetched(address: str) -> dict[str, Any]:
    try:
        async with new_http() as http:
            facts = (await http.get(address)).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as problem:
        raise Unreachable(f"{address}: {type(problem).__name__}") from problem
    if not isinstance(facts, dict):
        raise Unreachable(f"{address} is not an object")
    return facts


def _key_set(published: Any) -> KeySet:
    """Only keys for signing, and only public ones of kinds that we take: a shared secret is never among them."""
    found = published.get("keys", [])
    wanted = [key for key in found if key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC")]
    try:
        return KeySet.import_key_set({"keys": wanted})
    except (JoseError, ValueError, TypeError, AttributeError) as problem:
        raise Unreachable(f"the keys cannot be read: {type(problem).__name__}") from problem
