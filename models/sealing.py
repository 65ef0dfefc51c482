"""Sealed columns: AES-256-GCM under a key of its own for every plan, person and account.

A sealed value is `version | key id | nonce | ciphertext`, bound to the column's purpose and the row's id, so that it
opens nowhere else. The key itself lies in `data_key`, wrapped by the key ring, which never enters the database:
destroying one row of `data_key` makes everything under it unreadable, in revisions and old backups too.
"""

import hmac
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.types import TypeDecorator

VERSION = b"\x01"
NONCE = 12


class CannotOpen(Exception):
    """The value is damaged, belongs to another row or column, or its key is gone."""


class Sealed(TypeDecorator[bytes]):
    """A column that holds only sealed bytes; plain text is refused before it reaches the database.

    `purpose` names the meaning for ever («goal.title»), whatever the table comes to be called.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:
        if value is not None and value[:1] != VERSION:
            raise CannotOpen(f"{self.purpose} must be sealed before it is saved")
        return value


@dataclass(frozen=True)
class Vault:
    """The unwrapped key of one plan, person or account; lives no longer than the request."""

    key_id: UUID
    _cipher: AESGCM = field(repr=False)

    def seal(self, purpose: str, row_id: UUID, text: str | None) -> bytes | None:
        """None stays None: an empty field is not worth a secret."""
        if text is None:
            return None
        nonce = os.urandom(NONCE)
        head = VERSION + self.key_id.bytes + nonce
        return head + self._cipher.encrypt(nonce, text.encode(), _bound(purpose, row_id))

    def open(self, purpose: str, row_id: UUID, sealed: bytes | None) -> str | None:
        """Raises CannotOpen when the value was made for another key, row or purpose."""
        if sealed is None:
            return None
        head, nonce, body = sealed[:17], sealed[17 : 17 + NONCE], sealed[17 + NONCE :]
        if head != VERSION + self.key_id.bytes:
            raise CannotOpen(purpose)
        try:
            return self._cipher.decrypt(nonce, body, _bound(purpose, row_id)).decode()
        except (InvalidTag, ValueError):
            raise CannotOpen(purpose) from None


def _bound(purpose: str, row_id: UUID) -> bytes:
    return purpose.encode() + b"\x00" + row_id.bytes


@dataclass(frozen=True)
class KeyRing:
    """The keys outside the database: `wraps` wrap data keys, `indexes` make blind indexes; the first makes new ones."""

    wraps: dict[str, bytes] = field(repr=False)
    indexes: dict[str, bytes] = field(repr=False)

    @classmethod
    def fresh(cls) -> "KeyRing":
        return cls({"w1": secrets.token_bytes(32)}, {"i1": secrets.token_bytes(32)})

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """From `dump`'s JSON; raises ValueError on anything else."""
        try:
            rings = json.loads(text)
            wraps, indexes = (
                {name: urlsafe_b64decode(key) for name, key in rings[ring].items()} for ring in ("wraps", "indexes")
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError("this is not a key ring") from None
        if not wraps or not indexes or any(len(key) != 32 for key in (*wraps.values(), *indexes.values())):
            raise ValueError("every key in the ring must be 32 bytes")
        return cls(wraps, indexes)

    def dump(self) -> str:
        rings = {"wraps": self.wraps, "indexes": self.indexes}
        return json.dumps({ring: {name: _text(key) for name, key in keys.items()} for ring, keys in rings.items()})

    def new_key(self, key_id: UUID) -> tuple[str, bytes]:
        """A new data key, wrapped: (ring key's name, wrapped bytes) to be stored under `key_id`."""
        name, wrap = next(iter(self.wraps.items()))
        nonce = os.urandom(NONCE)
        return name, nonce + AESGCM(wrap).encrypt(nonce, secrets.token_bytes(32), key_id.bytes)

    def vault(self, key_id: UUID, ring_key: str, wrapped: bytes | None) -> Vault:
        """Raises CannotOpen when the ring lacks the key, or the data key was destroyed."""
        if wrapped is None or ring_key not in self.wraps:
            raise CannotOpen(str(key_id))
        try:
            key = AESGCM(self.wraps[ring_key]).decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.bytes)
        except (InvalidTag, ValueError):
            raise CannotOpen(str(key_id)) from None
        return Vault(key_id, AESGCM(key))

    def blind_indexes(self, purpose: str, value: str) -> list[str]:
        """The value's index under every index key, newest first: store the first, search for any."""
        return [
            f"{name}:{hmac.new(key, f'{purpose}|{value}'.encode(), sha256).hexdigest()}"
            for name, key in self.indexes.items()
        ]


def _text(key: bytes) -> str:
    return urlsafe_b64encode(key).decode()


def read_or_make(path: Path, fresh: str) -> str:
    """The secret kept in `path`; written there on first use, readable only by its owner."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    return fresh
