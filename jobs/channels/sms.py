"""Text messages: by a provider's service or, while there is none, written as files.

Sveve takes JSON with user, passwd, to, msg, from and ref. LINK takes source, destination, userData, platformId,
platformPartnerId and refId; the two ids stand in the query of `MEDVIRK_SMS_URL`.
"""

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import httpx

from jobs.channels.email import BadAddress
from jobs.channels.files import write_whole
from models.settings import Settings

PATIENCE = 15
"""Seconds that a provider may keep us waiting."""

NORWAY = "+47"
QUEUED = frozenset({0, 1005})
"""What LINK answers when it has taken a message."""


class NotTaken(Exception):
    """The provider would not have the message; `code` is its own, never its words."""

    def __init__(self, code: object = "") -> None:
        super().__init__(code)
        self.code = code


class Sms(Protocol):
    async def send(self, to_e164: str, text: str, sender: str, reference: str, idempotency_key: str) -> str:
        """The provider's id of the message. Raises when it may not have been sent."""
        ...


def e164(number: str) -> str:
    """The number as networks write it, in Norway when it has no country code. Raises BadAddress when it is none."""
    plain = re.sub(r"[\s().-]", "", number)
    plain = f"+{plain[2:]}" if plain.startswith("00") and len(plain) >= 10 else plain
    if re.fullmatch(r"[0-9]{8}", plain):
        return NORWAY + plain
    if not re.fullmatch(r"\+[1-9][0-9]{7,14}", plain):
        raise BadAddress
    return plain


@dataclass(frozen=True)
class FolderSms:
    """Writes `<id>.txt`, whole or not at all; the same message again lands in the same file."""

    folder: Path

    async def send(self, to_e164: str, text: str, sender: str, reference: str, idempotency_key: str) -> str:
        content = f"To: {to_e164}\nFrom: {sender}\nRef: {reference}\n\n{text}\n"
        await asyncio.to_thread(write_whole, self.folder / f"{idempotency_key}.txt", content.encode())
        return idempotency_key


@dataclass(frozen=True)
class Sveve:
    url: str
    user: str
    password: str = field(repr=False)

    async def send(self, to_e164: str, text: str, sender: str, reference: str, idempotency_key: str) -> str:
        message = {"user": self.user, "passwd": self.password, "to": to_e164, "msg": text, "from": sender}
        answer = (await _post(self.url, message | {"ref": reference, "f": "json"})).get("response", {})
        ids = answer.get("ids") or []
        if answer.get("fatalError") or answer.get("errors") or not ids:
            raise NotTaken
        return str(ids[0])


@dataclass(frozen=True)
class Link:
    url: str
    token: str = field(repr=False)
    platform_id: str
    partner_id: str

    async def send(self, to_e164: str, text: str, sender: str, reference: str, idempotency_key: str) -> str:
        message = {"source": sender, "destination": to_e164, "userData": text, "refId": reference}
        message |= {"platformId": self.platform_id, "platformPartnerId": self.partner_id}
        answer = await _post(self.url, message, self.token)
        if answer.get("resultCode") not in QUEUED:
            raise NotTaken(answer.get("resultCode", ""))
        return str(answer.get("messageId", ""))


async def _post(url: str, message: dict[str, str], token: str = "") -> dict[str, Any]:
    """`token` is user:password, or a bearer token. Raises NotTaken for every answer but a good one."""
    user, colon, password = token.partition(":")
    auth = httpx.BasicAuth(user, password) if colon else None
    headers = {"Authorization": f"Bearer {token}"} if token and not colon else {}
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, auth=auth) as client:
        answer = await client.post(url, json=message, headers=headers)
    if answer.status_code != 200:
        raise NotTaken(answer.status_code)
    try:
        found = answer.json()
    except ValueError:
        raise NotTaken from None
    return found if isinstance(found, dict) else {}


def make_sms(settings: Settings) -> Sms:
    """What the settings ask for. Raises ValueError, with what is missing, when that cannot be."""
    if settings.sms_provider is None:
        return FolderSms(settings.data_dir / "sms")
    parts = urlsplit(settings.sms_url or "")
    if parts.scheme not in ("http", "https") or not parts.hostname or settings.sms_token is None:
        raise ValueError("text messages need MEDVIRK_SMS_URL, beginning with https://, and MEDVIRK_SMS_TOKEN")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("MEDVIRK_SMS_URL must begin with https://: one-time codes must not travel in the open")
    return _provider(settings, parts.query, settings.sms_token.get_secret_value())


def _provider(settings: Settings, query: str, token: str) -> Sms:
    url = (settings.sms_url or "").partition("?")[0]
    if settings.sms_provider == "sveve":
        user, colon, password = token.partition(":")
        if not colon:
            raise ValueError("MEDVIRK_SMS_TOKEN must be user:password for Sveve")
        return Sveve(url, user, password)
    asked = parse_qs(query)
    if not asked.keys() >= {"platformId", "platformPartnerId"}:
        raise ValueError("MEDVIRK_SMS_URL must end with ?platformId=…&platformPartnerId=… for LINK")
    return Link(url, token, asked["platformId"][0], asked["platformPartnerId"][0])
