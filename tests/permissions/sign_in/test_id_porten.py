"""The client at ID-porten: how it is set up, when it asks for keys again, and what it does when nobody answers."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey
from pydantic import SecretStr

from models.clock import SteppingClock
from models.settings import Settings
from permissions.sign_in.id_porten import issuer as issuers
from permissions.sign_in.id_porten.client import connect
from permissions.sign_in.id_porten.issuer import Issuer, Unreachable
from permissions.sign_in.id_porten.trips import Trip

ADDRESS = "https://id.example"
RSA = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)


def settings(tmp_path: Path, **given: Any) -> Settings:
    whole = {"idporten_issuer": ADDRESS, "idporten_client_id": "medvirk", "idporten_client_jwk": secret(RSA)} | given
    return Settings(_env_file=None, data_dir=tmp_path, **whole)


def secret(key: Any, *, private: bool = True) -> SecretStr:
    return SecretStr(json.dumps(key.as_dict(private=private)))


def test_unset_there_is_no_id_porten(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("idporten_issuer", "idporten_client_id", "idporten_client_jwk"))
    assert connect(settings(tmp_path, **nothing)) is None


@pytest.mark.parametrize("key", [RSA, ECKey.generate_key("P-256", {"kid": "k2"}, private=True)], ids=["RSA", "EC"])
def test_it_signs_with_either_kind_of_key(tmp_path: Path, key: Any) -> None:
    client = connect(settings(tmp_path, idporten_client_jwk=secret(key)))
    assert client
    assert client.key.kid == key.kid


@pytest.mark.parametrize("name", ["idporten_issuer", "idporten_client_id", "idporten_client_jwk"])
def test_half_set_up_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="must be set together"):
        connect(settings(tmp_path, **{name: None}))


@pytest.mark.parametrize("address", ["http://id.example", "id.example", "ftp://id.example"])
def test_the_issuer_must_be_reached_safely(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        connect(settings(tmp_path, idporten_issuer=address))


BAD_KEYS = {
    "no JSON": SecretStr("x"),
    "no key": SecretStr("{}"),
    "a list": SecretStr("[1]"),
    "public": secret(RSA, private=False),
    "no kid": SecretStr(json.dumps({k: v for k, v in RSA.as_dict(private=True).items() if k != "kid"})),
    "shared": secret(OctKey.generate_key(256, {"kid": "k3"})),
}


@pytest.mark.parametrize("key", BAD_KEYS.values(), ids=BAD_KEYS)
def test_the_key_must_be_private_and_have_a_name(tmp_path: Path, key: SecretStr) -> None:
    with pytest.raises(ValueError, match="MEDVIRK_IDPORTEN_CLIENT_JWK"):
        connect(settings(tmp_path, idporten_client_jwk=key))


@pytest.mark.parametrize(
    ("address", "origins"),
    [
        ("https://idporten.example", "https://idporten.example https://*.idporten.example"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ],
)
def test_forms_may_lead_to_the_issuer_and_what_is_under_its_name(tmp_path: Path, address: str, origins: str) -> None:
    client = connect(settings(tmp_path, idporten_issuer=address))
    assert client
    assert client.origins == origins


class Published:
    """What the issuer publishes, and how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.facts: dict[str, Any] = {"issuer": ADDRESS, "jwks_uri": f"{ADDRESS}/keys"}
        self.keys = [RSA]
        self.asked: list[str] = []
        monkeypatch.setattr(issuers, "_fetched", self.fetched)

    async def fetched(self, address: str) -> dict[str, Any]:
        self.asked.append(address.removeprefix(ADDRESS))
        if address.endswith("/keys"):
            return {"keys": [{**key.as_dict(private=False), "use": "sig"} for key in self.keys]}
        return self.facts

    def times(self, path: str) -> int:
        return self.asked.count(path)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Published:
    return Published(monkeypatch)


async def test_a_key_with_a_new_name_is_looked_up_but_not_more_than_once_a_minute(
    published: Published, clock: SteppingClock
) -> None:
    issuer = Issuer(ADDRESS, clock)
    await issuer.keys("k1")
    published.keys = [RSAKey.generate_key(2048, {"kid": "k9"})]
    for _ in range(3):
        await issuer.keys("k9")
    assert published.times("/keys") == 1
    clock.move(timedelta(seconds=61))
    assert [key.kid for key in await issuer.keys("k9")] == ["k9"]
    assert published.times("/keys") == 2


async def test_what_it_says_of_itself_is_kept_for_half_a_day(published: Published, clock: SteppingClock) -> None:
    issuer = Issuer(ADDRESS, clock)
    for _ in range(3):
        await issuer.fact("issuer")
    clock.move(timedelta(hours=13))
    await issuer.fact("issuer")
    assert published.times("/.well-known/openid-configuration") == 2


async def test_a_document_of_another_issuer_is_not_believed(published: Published, clock: SteppingClock) -> None:
    published.facts["issuer"] = "https://ond.example"
    with pytest.raises(Unreachable):
        await Issuer(ADDRESS, clock).keys()


@pytest.mark.parametrize("address", [None, 7, "http://id.example/token"])
async def test_an_address_that_is_less_safe_than_the_issuer_is_not_used(
    published: Published, clock: SteppingClock, address: object
) -> None:
    published.facts["token_endpoint"] = address
    with pytest.raises(Unreachable):
        await Issuer(ADDRESS, clock).endpoint("token")


async def test_nobody_answers(clock: SteppingClock) -> None:
    with pytest.raises(Unreachable):
        await Issuer("http://127.0.0.1:1", clock).keys()


def test_all_of_a_trip_is_made_from_its_secret_and_nothing_is_alike() -> None:
    trip, again, other = Trip("secret"), Trip("secret"), Trip.fresh()
    made = {trip.state, trip.nonce, trip.code_verifier}
    assert made == {again.state, again.nonce, again.code_verifier}
    assert len(made | {other.state, other.nonce, other.code_verifier}) == 6
    assert 43 <= len(trip.code_verifier) <= 128
    assert "secret" not in repr(trip)
