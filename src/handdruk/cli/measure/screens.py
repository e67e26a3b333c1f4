"""How fast one new message reaches many open screens, and whether any of them misses it."""

import asyncio
import json
import time
from typing import Any

from handdruk.cli.measure.customer import Customer
from handdruk.cli.measure.server import running_server

ROUNDS = 5
Heard = dict[int, dict[int, float]]  # by revision: when each screen first heard of it


def measure_screens(screens: int) -> dict[str, Any]:
    """Milliseconds from the message's acceptance to each open screen's pointer (p50, p99), and how many missed it."""
    with running_server() as server:
        return asyncio.run(_run(server.port, screens))


async def _run(port: int, screens: int) -> dict[str, Any]:
    customer = await Customer.arrive(port, "en")
    key = customer.path.rsplit("/", 1)[1]
    heard: Heard = {}
    watching = [asyncio.create_task(_watch(port, customer, screen, heard)) for screen in range(screens)]
    await asyncio.sleep(2 + screens / 500)
    delays: list[float] = []
    missed = 0
    for number in range(ROUNDS):
        heard.clear()
        sent = time.perf_counter()
        status, _ = await customer.say(f"screens-{number}", "how long is the warranty on the thermostat")
        await asyncio.sleep(1.5)
        first = min(heard, default=0)
        delays += [(at - sent) * 1000 for at in heard.get(first, {}).values()]
        missed += screens - len(heard.get(first, {})) if status == 201 else screens
    for task in watching:
        task.cancel()
    delays.sort()
    return {
        "conversation": key[:4] + "…", "screens": screens, "messages": ROUNDS, "missed": missed,
        "p50_ms": round(delays[len(delays) // 2], 2) if delays else None,
        "p99_ms": round(delays[len(delays) * 99 // 100], 2) if delays else None,
    }  # fmt: skip


async def _watch(port: int, customer: Customer, screen: int, heard: Heard) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET {customer.path}/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Authorization: Bearer {customer.token}\r\n\r\n".encode()
    )
    while line := await reader.readline():
        if line.startswith(b"data: "):
            revision = json.loads(line[6:])["revision"]
            heard.setdefault(revision, {}).setdefault(screen, time.perf_counter())  # a stream may tell it twice
