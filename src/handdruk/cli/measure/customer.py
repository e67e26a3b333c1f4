"""A customer that costs little: one lasting connection, HTTP by hand, so that the measurement measures the server."""

import asyncio
import json
from typing import Any, Self


class Customer:
    """One conversation over one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        self._reader, self._writer, self._port = reader, writer, port
        self.path = "/api/chat/conversations"
        self.token = ""

    @classmethod
    async def arrive(cls, port: int, language: str) -> Self:
        """Connects and begins a conversation."""
        customer = await cls.connect(port)
        status, opened = await customer.request("POST", customer.path, {"language": language})
        if status != 201:
            raise RuntimeError(f"no conversation: {status} {opened}")
        customer.path, customer.token = f"{customer.path}/{opened['conversation']}", opened["token"]
        return customer

    @classmethod
    async def connect(cls, port: int) -> Self:
        """Connects only."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        return cls(reader, writer, port)

    async def say(self, client_id: str, text: str) -> tuple[int, Any]:
        """Sends a message and waits for its answer."""
        return await self.request("POST", f"{self.path}/messages", {"client_id": client_id, "text": text})

    async def problem_with(self, client_id: str, text: str) -> str | None:
        """Sends a message and waits for its answer; what was wrong with that, or None."""
        status, answer = await self.say(client_id, text)
        return None if status == 201 and answer["replies"] else f"{status}: {str(answer)[:200]}"

    async def request(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """One request on the lasting connection: status and JSON."""
        data = json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        self._writer.write(head.encode() + data)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(
            int(line.split(":")[1]) for line in answer.split("\r\n") if line.lower().startswith("content-length:")
        )
        return int(answer.split(" ", 2)[1]), json.loads(await self._reader.readexactly(length) or b"null")

    def leave(self) -> None:
        """Closes the connection."""
        self._writer.close()
