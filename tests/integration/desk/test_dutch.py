"""The desk in Dutch holds no English, and the catalogue is complete."""

import re
from html.parser import HTMLParser
from pathlib import Path

import handdruk
from handdruk.core.clock import now
from handdruk.human import commands as human
from handdruk.work.models import Job

CATALOGUE = Path(handdruk.__file__).parent / "config" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
ENGLISH = re.compile(
    r"\b(the|your|you|with|waiting|conversation|customer|assistant|colleague|message|take|close|hand|queue|why|who|"
    r"earlier|nothing|nobody|known|language|log out|available|away|put|send|work|stuck|try|left|late)\b",
    re.IGNORECASE,
)


class Words(HTMLParser):
    """Everything a person reads on a page, in text and in labels."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.foreign = 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.foreign = int(given.get("lang") == "en" or "mono" in (given.get("class") or ""))
        shown = ("aria-label", "title", "placeholder", "alt", "data-text", "data-urgent", "data-late", "data-failed")
        self.read += [given[name] for name in shown if given.get(name)]

    def handle_endtag(self, tag):
        self.foreign = 0

    def handle_data(self, data):
        if not self.foreign:
            self.read.append(data)


def read(page: str) -> str:
    words = Words()
    words.feed(page)
    return " ".join(words.read)


def test_that_every_page_in_every_state_is_dutch_to_whoever_reads_dutch(as_sanne, sanne, piet, waits):
    pages = ["/desk/", "/desk/?list=assistant", "/desk/?list=closed", "/desk/?list=colleagues", "/desk/dead-letters/"]
    Job.objects.create(name="a.b", state="dead", run_at=now(), created_at=now())
    ends = [lambda pk: None, lambda pk: human.take(piet, pk), lambda pk: human.take(sanne, pk)]
    ends += [lambda pk: (human.take(sanne, pk), human.hand_back(sanne, pk))]
    ends += [lambda pk: (human.take(sanne, pk), human.close(sanne, pk))]
    for end in ends:
        chosen = waits("Hallo", name="Jan", code="upset", emotion="angry", callback="+31600000000", notes=["Ja"],
                       suggestion={"topic": "Pakje", "text": "Kijk hier.", "title": "Volg", "url": "/nl/"})  # fmt: skip
        end(chosen.pk)
        pages.append(f"/desk/conversations/{chosen.pk}/")
    for address in pages:
        found = ENGLISH.search(read(as_sanne.get(address).content.decode()))
        assert found is None, (address, found)


def test_that_a_refusal_and_the_login_are_dutch_too(client, as_sanne, waits):
    refused = as_sanne.post(f"/desk/conversations/{waits().pk}/closure").content.decode()
    assert ENGLISH.search(read(refused)) is None
    client.cookies["django_language"] = "nl"
    assert ENGLISH.search(read(client.get("/desk/login/").content.decode())) is None


def test_that_every_sentence_of_the_catalogue_has_its_dutch():
    entries = CATALOGUE.read_text(encoding="utf-8").split("\n\n")[1:]
    assert len(entries) > 200
    assert not [entry for entry in entries if re.search(r'^msgstr(\[\d\])? ""$', entry, re.M) or "fuzzy" in entry]


def test_that_every_sentence_of_the_desk_is_in_the_catalogue():
    known = CATALOGUE.read_text(encoding="utf-8")
    room = Path(handdruk.__file__).parent / "human"
    used = {text for page in room.rglob("*.html") for text in re.findall(r'{% translate "([^"]+)"', page.read_text())}
    used |= {text for page in room.rglob("*.html") for text in re.findall(r"{% translate '([^']+)'", page.read_text())}
    used |= {text for code in room.rglob("*.py") for text in re.findall(r'\b_\("([^"]+)"\)', code.read_text())}
    assert not [text for text in used if f'msgid "{text}"' not in known]


def test_that_the_compiled_catalogue_is_as_new_as_its_source():
    compiled = CATALOGUE.with_suffix(".mo").read_bytes()
    for sentence in re.findall(r'^msgstr "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.M):
        assert sentence.replace('\\"', '"').encode() in compiled, sentence
