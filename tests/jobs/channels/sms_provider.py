"""A real web server on this machine that answers as a provider of text messages does."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Provider:
    """`answer` is what it says to everybody: (status, body); `asked` what it was sent; `slow` keeps them waiting."""

    answer: tuple[int, str] = (200, "{}")
    slow: float = 0
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append(Asked(head[0].split(" ")[1], headers, json.loads(body)))
        await asyncio.sleep(self.slow)
        status, words = self.answer
        told = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(words.encode())}\r\n"
        writer.write(f"{told}Connection: close\r\n\r\n{words}".encode())
        await writer.drain()
        writer.close()
