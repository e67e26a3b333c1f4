"""A real server with the sample company, and a real Chromium that plays both sides."""

import re
import shutil

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.server import Server

expect.set_options(timeout=20_000)  # test machines are shared
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("journeys"), "demo", HANDDRUK_MESSAGES_PER_MINUTE="100000",
                    HANDDRUK_CONVERSATIONS_PER_MINUTE="100000")  # fmt: skip
    server.start()
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, server):
    """Opens a page of the server in a browser of its own; anything wrong on the console fails the test."""
    contexts, wrong = [], []

    def open_page(path="/nl/chat/", *, width=1280, height=800, locale="nl-NL", scheme="light"):
        context = browser.new_context(
            base_url=server.address, locale=locale, viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path)
        return page

    open_page.wrong = wrong
    yield open_page
    for context in contexts:
        context.close()
    unexpected = [text for text in wrong if "Failed to load resource" not in text and "net::ERR" not in text]
    assert unexpected == []


@pytest.fixture
def desk(open_page, server):
    """A colleague, logged in at the desk in English."""
    page = open_page("/desk/", locale="en-GB")
    page.get_by_label("Username").fill("sanne")
    page.get_by_label("Password").fill((server.home / "demo-login").read_text().strip())
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/desk/")
    return page


def newest_code(server) -> str:
    """The one-time code in the newest mail of the demo."""
    return re.findall(r"\b(\d{6})\b", httpx.get(f"{server.address}/demo/mail/").text)[0]
