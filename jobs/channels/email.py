"""Mail: composed once, then sent by SMTP or, while there is no mail server, written as .eml files."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

from jobs.channels.files import write_whole

PATIENCE = 20
"""Seconds that a mail server may keep us waiting at each step."""


class BadAddress(Exception):
    """No mail can ever reach this address."""


@dataclass(frozen=True)
class Letter:
    """One mail to one person. The same `id` makes the same mail: whoever gets it twice sees it once."""

    id: UUID
    written_at: datetime
    to: str
    language: str
    subject: str
    text: str
    html: str


class Post(Protocol):
    async def send(self, letter: Letter) -> None:
        """Raises when the letter may not have been sent; BadAddress when it never can be."""
        ...


def compose(letter: Letter, sender: str, house: str) -> EmailMessage:
    """The mail as it travels. Line breaks in what was handed in never make a header."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = _recipient(letter.to)
    mail["Subject"] = one_line(letter.subject)
    mail["Date"] = letter.written_at
    mail["Message-ID"] = f"<{letter.id}@{house}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = letter.language
    return mail


def one_line(text: str) -> str:
    """The text without line breaks, control characters or runs of spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _recipient(address: str) -> Address:
    """Exactly one address, its domain spelt as DNS does."""
    name, at, domain = address.strip().rpartition("@")
    try:
        if not (name.isascii() and name.isprintable() and at):
            raise BadAddress
        return Address(addr_spec=f"{name}@{domain.encode('idna').decode()}")
    except (ValueError, IndexError, MessageError):
        raise BadAddress from None


@dataclass(frozen=True)
class FolderPost:
    """Writes `<letter's id>.eml`, whole or not at all; the same letter again lands in the same file."""

    folder: Path
    sender: str
    house: str

    async def send(self, letter: Letter) -> None:
        mail = compose(letter, self.sender, self.house)
        await asyncio.to_thread(write_whole, self.folder / f"{letter.id}.eml", mail.as_bytes())


class SmtpPost:
    """Sends through a mail server: smtps:// is encrypted from the start, smtp:// when the server offers it.

    A password is never sent in the clear, but to this machine itself.
    """

    def __init__(self, url: str, sender: str, house: str) -> None:
        """Raises ValueError when the address is not one of a mail server."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("the mail server must be smtp://host:port or smtps://host:port")
        self.sender, self.house = sender, house
        self._host, self._port, self._tls = parts.hostname, parts.port, parts.scheme == "smtps"
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    async def send(self, letter: Letter) -> None:
        must_encrypt = bool(self._user) and not self._tls and not _is_here(self._host)
        await aiosmtplib.send(
            compose(letter, self.sender, self.house),
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            start_tls=False if self._tls else True if must_encrypt else None,
            timeout=PATIENCE,
        )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def make_post(smtp_url: str | None, data_dir: Path, sender: str, base_url: str) -> Post:
    """The post that the settings ask for. Raises ValueError on an address that is no mail server's."""
    house = urlsplit(base_url).hostname or "localhost"
    return SmtpPost(smtp_url, sender, house) if smtp_url else FolderPost(data_dir / "mail", sender, house)
