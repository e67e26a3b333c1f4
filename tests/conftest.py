"""Real servers on 127.0.0.1, each started at its first use and ended with the test run. Only what was started is ended."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import settings

from handdruk.core.machine import ONE_THREAD
from tests import with_postgres
from tests.with_postgres import Missing, free_port

os.environ.update(ONE_THREAD)  # before NumPy is loaded: the machine may be busy
settings.register_profile("handdruk", deadline=None)  # a busy machine is no mistake
settings.load_profile("handdruk")


def _started(server: AbstractContextManager[str]) -> Iterator[str]:
    try:
        url = server.__enter__()
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL without any tables. Make a database of your own in it."""
    yield from _started(with_postgres.postgres())


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """The URL of a Redis."""
    yield from _started(with_postgres.redis())


@dataclass
class MailServer:
    """An SMTP server that keeps what it is given. `refuse` is what it answers instead, such as "451 later"."""

    host: str
    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuse: str = ""

    @property
    def url(self) -> str:
        """For HANDDRUK_MAIL_URL."""
        return f"smtp://{self.host}:{self.port}"

    def clear(self) -> None:
        """Forgets the mails of earlier tests, and takes everything again."""
        self.mails.clear()
        self.recipients.clear()
        self.refuse = ""

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802  (aiosmtpd's name)
        """Called by the server for each mail."""
        if self.refuse:
            return self.refuse
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 kept"


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[MailServer]:
    controller = pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd is not installed (pip install aiosmtpd)")
    kept = MailServer("127.0.0.1", free_port())
    server = controller.Controller(kept, hostname=kept.host, port=kept.port)
    server.start()
    yield kept
    server.stop()


@pytest.fixture
def mail_server(_mail_server: MailServer) -> MailServer:
    """A real SMTP server without any mail."""
    _mail_server.clear()
    return _mail_server


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("Chromium is not installed on this machine (apt-get install chromium)")
    return found
