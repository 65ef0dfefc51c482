"""Runs the stand-in for ID-porten: a certified OpenID provider in Node, which demands what ID-porten demands."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from joserfc.jwk import RSAKey
from pydantic import SecretStr

SCRIPT = Path(__file__).with_name("provider.mjs")
CLIENT_ID = "medvirk-til-prove"
LEAST_NODE = 20
HIGH, SUBSTANTIAL = "idporten-loa-high", "idporten-loa-substantial"


@dataclass(frozen=True)
class Provider:
    """A running provider; `settings` is what a Medvirk must be told to be its client.

    `spoiled` names the ways it can spoil a token.
    """

    issuer: str
    settings: dict[str, Any]
    spoiled: list[str]

    def offers(self, **people: str) -> None:
        """Whom its page lets one be: `offers(**{"Anne Berg": fødselsnummer})`; others than numbers have none."""
        self._told(people=[{"name": name, "id": number} for name, number in people.items()])

    def spoils(self, how: str | None) -> None:
        """Spoil every ID token from now on in this one way; None spoils none."""
        self._told(spoil=how)

    def leaves(self, person: str, sid: str) -> str:
        """The person leaves ID-porten in another place: the client is told, in the token that is returned too."""
        return str(self._asked("/control/leave", {"person": person, "sid": sid})["logout_token"])

    def signs(self, claims: dict[str, Any], header: dict[str, Any]) -> str:
        """Any token at all, signed with the provider's own key."""
        return str(self._asked("/control/sign", {"claims": claims, "header": header})["token"])

    def keys(self) -> Any:
        return httpx.get(f"{self.issuer}/jwks").json()

    def _told(self, **control: Any) -> None:
        self._asked("/control", control)

    def _asked(self, path: str, what: dict[str, Any]) -> Any:
        return httpx.post(f"{self.issuer}{path}", json=what).raise_for_status().json()


@contextmanager
def started_provider(base_url: str) -> Iterator[Provider]:
    """A provider that knows one client, the Medvirk at `base_url`; it stops when its stdin is closed."""
    key = RSAKey.generate_key(2048, {"kid": "medvirk-1", "alg": "RS256", "use": "sig"}, private=True)
    told = {"client_id": CLIENT_ID, "base_url": base_url, "key": key.as_dict(private=False)}
    line = [node(), str(SCRIPT)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(line, **pipes, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        said = json.loads(process.stdout.readline())
        private = SecretStr(json.dumps(key.as_dict(private=True)))
        settings = {"idporten_issuer": said["issuer"], "idporten_client_id": CLIENT_ID, "idporten_client_jwk": private}
        try:
            yield Provider(said["issuer"], settings, said["spoiled"])
        finally:
            process.stdin.close()
            process.wait(timeout=10)


def node() -> str:
    """The machine's own Node when it is new enough, else the one that `make test` has fetched."""
    for found in (shutil.which("node"), str(Path(sys.prefix) / "bin" / "node")):
        if found and Path(found).exists() and _version(found) >= LEAST_NODE:
            return found
    raise AssertionError(f"no Node {LEAST_NODE} or newer: run make test, which fetches one")


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.strip().removeprefix("v").split(".")[0])
