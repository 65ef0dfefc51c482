"""A real mail server on this machine, which keeps what it is sent and can be closed, slow or strict."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP


class PostOffice:
    """`mails` are those accepted so far. Keywords go to aiosmtpd's server.

    `waits` holds back the answer to the mail of that number until its event is set.
    """

    def __init__(self, *, slow: float = 0, answer: str = "250 OK", **options: Any) -> None:
        self.slow, self.answer, self.options = slow, answer, options
        self.mails: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.got_enough, self.enough = asyncio.Event(), 1
        self.waits: dict[int, asyncio.Event] = {}
        self.port = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=default))
            self.encrypted.append(session.ssl is not None)
            if len(self.mails) >= self.enough:
                self.got_enough.set()
        if held := self.waits.get(len(self.mails)):
            await held.wait()
        await asyncio.sleep(self.slow)
        return self.answer

    async def open(self) -> None:
        """On the port it had before, if it was open before."""
        make: Callable[[], Any] = lambda: SMTP(self, hostname="post.example", **self.options)  # noqa: E731
        self._server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
