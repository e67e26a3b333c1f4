"""Takes the pictures of the documentation: python docs/take_pictures.py (needs the dev extra and Chromium).

Starts the sample company with doors open day and night, plays a customer and a colleague, and writes docs/pictures/*.png.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.replay import write  # noqa: E402  (an archive made of the sample company's examples)
from tests.server import Server  # noqa: E402  (the tests' own way of starting a server)

PICTURES = ROOT / "docs" / "pictures"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
ALWAYS = '[["00:00", "23:59"]]'


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        company = Path(temporary) / "thuis"
        shutil.copytree(ROOT / "src/handdruk/thuis", company)
        settings = company / "company.toml"
        settings.write_text(re.sub(r"^(\w+day) = \[.*\]$", rf"\1 = {ALWAYS}", settings.read_text(), flags=re.M))
        server = Server(Path(temporary) / "home", "up", str(company), HANDDRUK_DEMO="yes")
        server.start()
        try:
            password = make_colleague(server)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
                Scene(browser, server, password).play()
                replay(browser, Path(temporary))
                browser.close()
        finally:
            server.stop()


def make_colleague(server: Server) -> str:
    command = [sys.executable, "-m", "handdruk.cli", "colleague", "sanne", "--lead", "--home", str(server.home)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ}).stdout
    return out.strip().rsplit(" ", 1)[1]


def replay(browser, temporary: Path) -> None:
    """The report of a made-up archive."""
    archive, report = temporary / "archive.jsonl", temporary / "report.html"
    write(archive, 1500)
    command = [
        sys.executable,
        "-m",
        "handdruk.cli",
        "replay",
        str(archive),
        "--report",
        str(report),
        "--home",
        str(temporary),
    ]
    subprocess.run([*command, "--company", str(ROOT / "src/handdruk/thuis")], check=True, env={**os.environ})
    for width, height, name in ((1280, 1330, "replay"), (360, 740, "replay-360")):
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.goto(report.as_uri())
        page.screenshot(path=PICTURES / f"{name}.png")


class Scene:
    """One conversation, seen from both sides, in Dutch; then the pages in both languages and both schemes."""

    def __init__(self, browser, server: Server, password: str) -> None:
        self.browser, self.server, self.password = browser, server, password

    def page(
        self, path: str, width: int = 1280, height: int = 800, scheme: str = "light", locale: str = "nl-NL"
    ) -> Page:
        context = self.browser.new_context(
            timezone_id="Europe/Amsterdam",
            base_url=self.server.address,
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
        )
        page = context.new_page()
        page.goto(path)
        page.wait_for_timeout(500)
        return page

    def shoot(self, page: Page, name: str) -> None:
        page.wait_for_timeout(700)
        page.screenshot(path=PICTURES / f"{name}.png")

    def play(self) -> None:
        self.others()
        chat = self.page("/nl/help/garantie/")
        chat.get_by_role("button", name="Stel je vraag").click()
        box = chat.get_by_role("textbox", name="Je bericht")
        self.say(chat, box, "hoe lang heb ik garantie op mijn maaier?", "garantie")
        self.say(chat, box, "waar is mijn pakket", "e-mailadres")
        self.say(chat, box, "sanne@voorbeeld.example", "zes cijfers")
        chat.wait_for_timeout(1500)
        code = re.findall(r"\b(\d{6})\b", httpx.get(f"{self.server.address}/demo/mail/").text)[0]
        self.say(chat, box, code, "TH-")
        chat.get_by_role("button", name=re.compile("TH-104233")).click()
        chat.get_by_role("log").get_by_text("onderweg").last.wait_for()
        self.shoot(chat, "chat")
        self.say(chat, box, "Dit is al de derde keer!! Ik ben hier echt woedend over", "collega")
        self.shoot(chat, "chat-person")
        self.desk(chat)
        narrow = self.page("/nl/chat/", 360, 740)
        narrow_box = narrow.get_by_role("textbox", name="Je bericht")
        self.say(narrow, narrow_box, "mijn maaier staat stil in het gras", "maaier")
        self.shoot(narrow, "chat-360")

    def others(self) -> None:
        """Enough in the queue to look at."""
        for text in ("I would like to make a complaint about the repair of my thermostat",
                     "mijn man is vorige week overleden, wat moet ik doen met zijn bestelling",
                     "kunt u een medewerker laten bellen? ik kom er niet uit"):  # fmt: skip
            opened = httpx.post(f"{self.server.address}/api/chat/conversations", json={"language": "nl"}).json()
            path = f"{self.server.address}/api/chat/conversations/{opened['conversation']}/messages"
            httpx.post(
                path, json={"client_id": "1", "text": text}, headers={"Authorization": f"Bearer {opened['token']}"}
            )

    def say(self, page: Page, box, text: str, answer: str) -> None:
        box.fill(text)
        box.press("Enter")
        page.get_by_role("log").get_by_text(re.compile(answer, re.I)).last.wait_for()
        page.wait_for_timeout(400)

    def desk(self, chat: Page) -> None:
        for width, height, scheme, locale, name in (
            (1280, 800, "light", "nl-NL", "desk"), (1280, 800, "dark", "en-GB", "desk-dark"),
            (360, 740, "light", "nl-NL", "desk-360"),
        ):  # fmt: skip
            desk = self.page("/desk/", width, height, scheme, locale)
            desk.locator("input[name=username]").fill("sanne")
            desk.locator("input[name=password]").fill(self.password)
            desk.locator("button[type=submit]").last.click()
            desk.wait_for_url("**/desk/")
            if name == "desk-360":
                self.shoot(desk, "desk-360-queue")
            desk.locator(".queue-item", has_text="woedend").first.click()
            desk.wait_for_timeout(600)
            if name == "desk":
                desk.locator("#take-form button").click()
                desk.locator("#answer").fill("Hoi, met Sanne. Wat vervelend, ik zie je pakket en bel nu de vervoerder.")
                desk.locator("#answer").press("Control+Enter")
                chat.get_by_role("log").get_by_text("bel nu de vervoerder").wait_for()
            self.shoot(desk, name)
        self.shoot(chat, "chat-colleague")
        for path, name, width, scheme, locale in (
            ("/nl/", "help", 1280, "light", "nl-NL"), ("/en/", "help-dark", 1280, "dark", "en-GB"),
            ("/nl/", "help-360", 360, "light", "nl-NL"), ("/nl/help/garantie/", "article-360", 360, "light", "nl-NL"),
        ):  # fmt: skip
            self.shoot(self.page(path, width, 800, scheme, locale), name)


if __name__ == "__main__":
    main()
