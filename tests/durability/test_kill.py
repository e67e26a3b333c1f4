"""The server is killed at random moments while customers write: nothing that was accepted is lost or doubled."""

import random
import sqlite3
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.server import Server

ASKS_AGAIN = "ik wil een mens spreken"
CUSTOMERS = 20
KILLS = 5
SENTENCES = [
    "waar is mijn pakket", "hoe lang heb ik garantie op mijn tandenborstel", "can I pay with paypal", "hoi",
    ASKS_AGAIN, "what are your opening hours", "dit is echt belachelijk, ik ben woedend", "bedankt",
    "kan ik mijn bestelling nog annuleren", "my mower is stuck", "qwerty asdf", "hoe koppel ik de app aan wifi",
    "hoe lang heb ik garantie en hoe laat zijn jullie open",
]  # fmt: skip


class Customer(threading.Thread):
    """Writes until told to stop; a message that got no answer is sent again under the same client_id."""

    def __init__(self, address: str, who: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.address, self.who, self.stop = address, who, stop
        self.pick = random.Random(who)
        self.key = self.token = ""
        self.accepted: list[str] = []
        self.refused: list[str] = []

    def run(self) -> None:
        with httpx.Client(base_url=self.address, timeout=10) as http:
            opened = self._until_it_works(lambda: http.post("/api/chat/conversations", json={"language": "nl"}))
            self.key, self.token = opened.json()["conversation"], opened.json()["token"]
            number = 0
            while not self.stop.is_set():
                number += 1
                self._say(http, f"{self.who}-{number}", self.pick.choice(SENTENCES))
                time.sleep(self.pick.uniform(0.02, 0.25))

    def _say(self, http: httpx.Client, client_id: str, text: str) -> None:
        answer = self._until_it_works(
            lambda: http.post(
                f"/api/chat/conversations/{self.key}/messages",
                json={"client_id": client_id, "text": text},
                headers={"Authorization": f"Bearer {self.token}"},
            )
        )
        (self.accepted if answer.status_code == 201 else self.refused).append(f"{client_id} {answer.text[:200]}")

    def _until_it_works(self, call) -> httpx.Response:
        while True:
            try:
                return call()
            except httpx.HTTPError:
                time.sleep(0.1)


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """Twenty customers, five kills, a restart after each; then time to settle. Gives the customers and the database."""
    server = Server(tmp_path_factory.mktemp("killed"), "demo", HANDDRUK_MESSAGES_PER_MINUTE="100000",
                    HANDDRUK_CONVERSATIONS_PER_MINUTE="100000")  # fmt: skip
    server.start()
    stop = threading.Event()
    customers = [Customer(server.address, who, stop) for who in range(CUSTOMERS)]
    for customer in customers:
        customer.start()
    when = random.Random(20)
    for _ in range(KILLS):
        time.sleep(when.uniform(0.8, 2.5))
        server.kill()
        server.start()
    time.sleep(1)
    stop.set()
    for customer in customers:
        customer.join(60)
    _settle(server.home / "handdruk.sqlite3")
    assert server.stop() == 0
    with sqlite3.connect(server.home / "handdruk.sqlite3") as database:
        yield customers, database


def _settle(path: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with sqlite3.connect(path, timeout=10) as database:
            if not database.execute(
                "select count(*) from work_job where state in ('ready', 'running') and name like 'reception.%'"
            ).fetchone()[0]:
                return
        time.sleep(0.3)
    raise AssertionError("jobs were left undone")


def test_that_every_accepted_message_is_stored_once(aftermath):
    customers, database = aftermath
    for customer in customers:
        stored = [row[0] for row in database.execute(
            "select m.client_id from relationship_message m join relationship_conversation c on c.id = m.conversation_id "
            "where c.key = ? and m.author = 'customer' order by m.number", [customer.key])]  # fmt: skip
        accepted = [line.split(" ")[0] for line in customer.accepted]
        assert len(stored) == len(set(stored))
        assert set(accepted) <= set(stored)
        assert customer.refused == []
    assert sum(len(customer.accepted) for customer in customers) > 100, "the test must have had something to lose"


def test_that_every_message_was_decided_on_once(aftermath):
    _, database = aftermath
    counts = database.execute(
        "select m.id, count(t.id) from relationship_message m left join reception_turn t on t.message_id = m.id "
        "where m.author = 'customer' group by m.id having count(t.id) != 1"
    ).fetchall()
    assert counts == []


def test_that_every_message_was_answered_once_or_is_with_a_person(aftermath):
    _, database = aftermath
    rows = database.execute(
        "select t.kind, t.holder, (select count(*) from relationship_message r where r.conversation_id = "
        "t.conversation_id and r.reply_to = m.number and r.author = 'assistant'), t.reasons, t.topics, m.text, m.conversation_id "
        "from reception_turn t join relationship_message m on m.id = t.message_id"
    ).fetchall()
    assert rows
    assert any(kind == "answer" and "," in topics for kind, _, _, _, topics, *_ in rows), (
        "somebody asked two things and heard both"
    )
    told = Counter[int]()  # a waiting customer who asks for a person again hears until when, once in three minutes
    for kind, holder, replies, reasons, topics, text, conversation in rows:
        if "with_a_person" in reasons:
            assert holder == "queue"
            assert replies == 0 or text == ASKS_AGAIN, text
            told[conversation] += replies
            assert told[conversation] <= 1
        else:
            matters = topics.count(",") + 1 if kind == "answer" else 1
            assert replies == matters, (kind, holder, reasons, topics)


def test_that_every_conversation_that_waits_has_one_handover_and_no_other_has(aftermath):
    _, database = aftermath
    rows = database.execute(
        "select c.holder, (select count(*) from human_handover h where h.conversation_id = c.id and h.ended_at is null) "
        "from relationship_conversation c"
    ).fetchall()
    assert any(holder == "queue" for holder, _ in rows)
    for holder, handovers in rows:
        assert handovers == (1 if holder == "queue" else 0)


def test_that_messages_are_numbered_without_a_gap(aftermath):
    _, database = aftermath
    rows = database.execute(
        "select count(*), max(number), min(number), c.last_number from relationship_message m "
        "join relationship_conversation c on c.id = m.conversation_id group by c.id"
    ).fetchall()
    for count, highest, lowest, last in rows:
        assert (lowest, highest, last) == (1, count, count)
