"""One trip to ID-porten and back: all that it needs is made from a secret that only the browser holds."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.sealing import Vault


@dataclass(frozen=True)
class Trip:
    """The secret lies in a cookie; who has only our database can neither forge nor finish a trip."""

    secret: str = field(repr=False)

    @classmethod
    def fresh(cls) -> "Trip":
        return cls(secrets.token_urlsafe(32))

    @property
    def state(self) -> str:
        return self._made("state")

    @property
    def nonce(self) -> str:
        return self._made("nonce")

    @property
    def code_verifier(self) -> str:
        return self._made("code_verifier")

    @property
    def state_hash(self) -> bytes:
        return sha256(self.state.encode()).digest()

    def is_mine(self, state: str) -> bool:
        return hmac.compare_digest(self.state.encode(), state.encode())

    def vault(self, flow_id: UUID) -> Vault:
        """For what the trip brings back: it opens only while the browser that asks still has the secret."""
        return Vault(flow_id, AESGCM(self._key("vault")))

    def _made(self, purpose: str) -> str:
        return urlsafe_b64encode(self._key(purpose)).rstrip(b"=").decode()

    def _key(self, purpose: str) -> bytes:
        return hmac.digest(self.secret.encode(), purpose.encode(), "sha256")
