"""What we ask of ID-porten: a way in (pushed, with PKCE), the token of who came back, and a way out."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, RSAKey

from models.clock import Clock, SystemClock
from models.settings import Settings
from permissions.sign_in.id_porten import tokens
from permissions.sign_in.id_porten.issuer import Issuer, Unreachable, new_http
from permissions.sign_in.id_porten.trips import Trip

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ASSERTION_LIVES = 60
"""Seconds; ID-porten takes no assertion that lives longer than 120."""

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class NoAnswer(Exception):
    """ID-porten would not give a token for what the browser brought: it is spent, or was never its own."""


@dataclass(frozen=True)
class IdPorten:
    """The client at one issuer. `key` signs for us and has a name (kid) that ID-porten knows."""

    issuer: Issuer
    client_id: str
    key: RSAKey | ECKey = field(repr=False)
    base_url: str

    @property
    def origins(self) -> str:
        """Where a form of ours may end up, and who may frame the page that signs out: for content policies."""
        parts = urlsplit(self.issuer.address)
        is_name = not (parts.hostname or "").replace(".", "").isdigit() and parts.hostname not in LOOPBACK
        here = f"{parts.scheme}://{parts.netloc}"
        return f"{here} {parts.scheme}://*.{parts.netloc}" if is_name else here

    async def way_in(self, trip: Trip, language: str) -> str:
        """The address to send a browser to: everything we ask is pushed first, and only its receipt is in the address.

        Raises Unreachable.
        """
        address = await self.issuer.endpoint("authorization")
        asked, _state = self._oauth().create_authorization_url(
            address,
            state=trip.state,
            nonce=trip.nonce,
            code_verifier=trip.code_verifier,
            acr_values=tokens.HIGH,
            ui_locales=language,
        )
        pushed = dict(parse_qsl(urlsplit(asked).query))
        receipt = await self._post("pushed_authorization_request", pushed)
        if receipt.status_code not in (200, 201) or not isinstance(uri := _json(receipt).get("request_uri"), str):
            raise Unreachable(f"the pushed request was answered with {receipt.status_code}")
        return f"{address}?{urlencode({'client_id': self.client_id, 'request_uri': uri})}"

    async def who(self, trip: Trip, code: str) -> tokens.Proven:
        """Who came back with this code. Raises NoAnswer, Unreachable, and NotAccepted for who is not to be let in."""
        asked = prepare_token_request(
            "authorization_code", "", self._callback, code=code, code_verifier=trip.code_verifier
        )
        answer = await self._post("token", dict(parse_qsl(asked)))
        try:
            given = self._oauth().parse_response_token(answer)
        except (AuthlibBaseError, ValueError) as problem:
            raise NoAnswer(str(problem)) from problem
        token = str(given.get("id_token", ""))
        keys = await self.issuer.keys(tokens.key_name(token))
        return tokens.check_id_token(token, keys, await self._expected(), trip.nonce)

    async def who_left(self, logout_token: str) -> str:
        """The session at ID-porten that the token says has ended. Raises NotAccepted and Unreachable."""
        keys = await self.issuer.keys(tokens.key_name(logout_token))
        return tokens.check_logout_token(logout_token, keys, await self._expected())

    async def way_out(self, id_token: str) -> str:
        """Where to send a browser that signs out, so that ID-porten does as well. Raises Unreachable."""
        asked = {"id_token_hint": id_token, "post_logout_redirect_uri": f"{self.base_url}/login?done=signed-out"}
        return f"{await self.issuer.endpoint('end_session')}?{urlencode(asked)}"

    async def is_from_there(self, named: str | None) -> bool:
        """Whether an answer comes from this issuer, by the name it gives (RFC 9207)."""
        if named is not None:
            return self.issuer.is_named(named)
        return not await self.issuer.fact("authorization_response_iss_parameter_supported")

    @property
    def _callback(self) -> str:
        return f"{self.base_url}/login/idporten/callback"

    def _oauth(self) -> Any:
        return OAuth2Client(
            None, self.client_id, scope="openid", redirect_uri=self._callback, code_challenge_method="S256"
        )

    async def _expected(self) -> tokens.Expected:
        return tokens.Expected(await self.issuer.fact("issuer"), self.client_id, self.issuer.clock.now())

    async def _post(self, endpoint: str, asked: Mapping[str, str]) -> httpx.Response:
        signed = {"client_assertion_type": ASSERTION, "client_assertion": await self._assertion()}
        address = await self.issuer.endpoint(endpoint)
        try:
            async with new_http() as http:
                answer = await http.post(address, data={**asked, **signed})
        except httpx.HTTPError as problem:
            raise Unreachable(f"{endpoint}: {type(problem).__name__}") from problem
        if answer.status_code >= 500:
            raise Unreachable(f"{endpoint}: {answer.status_code}")
        return answer

    async def _assertion(self) -> str:
        """That we are the client: signed anew for each question (private_key_jwt)."""
        now = int(self.issuer.clock.now().timestamp())
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": await self.issuer.fact("issuer")}
        claims |= {"iat": now, "exp": now + ASSERTION_LIVES, "jti": secrets.token_urlsafe(16)}
        alg = "RS256" if isinstance(self.key, RSAKey) else "ES256"
        return jwt.encode({"alg": alg, "kid": self.key.kid}, claims, self.key)


def connect(settings: Settings, clock: Clock | None = None) -> IdPorten | None:
    """The client that the settings describe; None when they are unset. Raises ValueError when they do not fit."""
    wanted = (settings.idporten_issuer, settings.idporten_client_id, settings.idporten_client_jwk)
    if not any(wanted):
        return None
    if not all(wanted):
        raise ValueError("MEDVIRK_IDPORTEN_ISSUER, _CLIENT_ID and _CLIENT_JWK must be set together, or none of them.")
    address, client_id, jwk = wanted
    if not address or not client_id or not jwk or not _is_safe(address):
        raise ValueError("MEDVIRK_IDPORTEN_ISSUER must begin with https://.")
    issuer = Issuer(address, clock or SystemClock())
    return IdPorten(issuer, client_id, _private_key(jwk.get_secret_value()), settings.base_url)


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _private_key(text: str) -> RSAKey | ECKey:
    try:
        key = JWKRegistry.import_key(json.loads(text))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("MEDVIRK_IDPORTEN_CLIENT_JWK is not a key.") from None
    if not isinstance(key, RSAKey | ECKey) or not key.is_private or not key.kid:
        raise ValueError("MEDVIRK_IDPORTEN_CLIENT_JWK must be a private RSA or EC key, with its kid.")
    return key


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        read = answer.json()
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
