"""Whether to believe what ID-porten says: an ID token about who signed in, or a logout token about who left. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ["RS256", "ES256"]
HIGH = "idporten-loa-high"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LEEWAY = timedelta(seconds=30)
FRESH = timedelta(minutes=10)


class Problem(StrEnum):
    """Why who came back from ID-porten is not let in."""

    UNTRUSTED = "untrusted"
    LEVEL_TOO_LOW = "level_too_low"
    NO_NATIONAL_ID = "no_national_id"


class NotAccepted(Exception):
    """The token is not to be used; `problem` is for the person, the message for the program's log."""

    def __init__(self, problem: Problem, why: str) -> None:
        super().__init__(why)
        self.problem = problem


@dataclass(frozen=True)
class Proven:
    """Who signed in: their fødselsnummer, the session at ID-porten, and the token, which signing out there asks for."""

    pid: str = field(repr=False)
    sid: str | None
    id_token: str = field(repr=False)


@dataclass(frozen=True)
class Expected:
    """What a token to us must say, whatever it is for."""

    issuer: str
    client_id: str
    now: datetime


def key_name(token: str) -> str | None:
    """The name of the key that the token says it is signed with; raises NotAccepted when it is no token."""
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError) as problem:
        raise NotAccepted(Problem.UNTRUSTED, f"no token: {type(problem).__name__}") from problem
    return kid if isinstance(kid, str) else None


def check_id_token(token: str, keys: KeySet, expected: Expected, nonce: str) -> Proven:
    """Who signed in, at the highest level, in answer to this very question. Raises NotAccepted."""
    _header, claims = _opened(token, keys)
    _demand_ours(claims, expected)
    _demand(claims.get("nonce") == nonce, "nonce")
    _demand(_is_text(claims.get("sub")), "sub")
    if claims.get("acr") != HIGH:
        raise NotAccepted(Problem.LEVEL_TOO_LOW, "acr")
    pid, sid = claims.get("pid"), claims.get("sid")
    if not isinstance(pid, str) or len(pid) != 11 or not (pid.isascii() and pid.isdigit()):
        raise NotAccepted(Problem.NO_NATIONAL_ID, "pid")
    return Proven(pid, sid if _is_text(sid) else None, token)


def check_logout_token(token: str, keys: KeySet, expected: Expected) -> str:
    """The session at ID-porten that has ended. Raises NotAccepted."""
    header, claims = _opened(token, keys)
    _demand(str(header.get("typ", "JWT")).lower() in ("jwt", "logout+jwt"), "typ")
    _demand_ours(claims, expected)
    events = claims.get("events")
    _demand(isinstance(events, dict) and isinstance(events.get(LOGOUT), dict), "events")
    _demand("nonce" not in claims, "nonce")
    _demand(_is_text(claims.get("jti")), "jti")
    _demand(_is_text(claims.get("sid")), "sid")
    return str(claims["sid"])


def holder(id_token: str) -> Proven:
    """Whom a token is about that was believed when it came, and has been kept sealed since: it is not checked again."""
    claims = json.loads(jws.extract_compact(id_token.encode()).payload)
    return Proven(claims["pid"], claims.get("sid"), id_token)


def _opened(token: str, keys: KeySet) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims of a token signed by one of the keys; never unsigned, and never with a shared secret."""
    _demand(key_name(token) is not None, "kid")
    try:
        opened = jwt.decode(token, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError) as problem:
        raise NotAccepted(Problem.UNTRUSTED, f"signature: {type(problem).__name__}") from problem
    return opened.header, opened.claims


def _demand_ours(claims: Mapping[str, Any], expected: Expected) -> None:
    """From ID-porten, to us alone, and fresh."""
    aud, azp, now = claims.get("aud"), claims.get("azp"), expected.now
    audience = aud if isinstance(aud, list) else [aud]
    _demand(claims.get("iss") == expected.issuer, "iss")
    _demand(expected.client_id in audience, "aud")
    _demand(azp in (None, expected.client_id) and (azp is not None or len(audience) == 1), "azp")
    _demand(_moment(claims, "exp") > (now - LEEWAY).timestamp(), "exp")
    _demand((now - FRESH).timestamp() < _moment(claims, "iat") < (now + LEEWAY).timestamp(), "iat")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAccepted(Problem.UNTRUSTED, name)
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise NotAccepted(Problem.UNTRUSTED, what)
