"""A small company folder without mistakes, for tests to spoil."""

from pathlib import Path

import pytest

COMPANY = """\
name = "Anders"
languages = ["nl", "en"]
timezone = "Europe/Amsterdam"
order_number = "TH-[0-9]{6}"

[hours]
monday = [["08:00", "12:00"], ["13:00", "20:00"]]

[[holidays]]
date = 2026-12-25
name = { nl = "Eerste kerstdag", en = "Christmas Day" }

[[holidays]]
date = 2027-01-01
name = { nl = "Nieuwjaarsdag", en = "New Year's Day" }

[promise]
at_most = 0.02
confidence = 0.95

[people]
answer_within_minutes = 10
miss_at_most = 0.05
ask_rate = 0.9
needless_at_most = 0.1
[teams.care]
nl = "Zorg"
en = "Care"

[chat]
origins = ["https://www.example.com"]

[chat.greeting]
nl = "Hallo!"
en = "Hello!"
"""

TOPIC = """\
+++
phase = "receive"
resolve = "act"
action = "find_parcel"
article = "parcels"
team = "care"
[title]
nl = "Waar is mijn pakket"
en = "Where is my parcel"
+++

# nl

Kijk bij [Pakketten](article:parcels).

## examples
- waar is mijn pakket
- pakje kwijt
- nog niets binnen

## not
- waar is de winkel

# en

Look at [Parcels](article:parcels).

## examples
- where is my parcel
- parcel lost
- nothing here yet
"""

PEOPLE = """\
+++
phase = "get_help"
resolve = "people"
[title]
nl = "Klacht"
en = "Complaint"
+++
# nl
Een collega komt erbij.
## examples
- klacht
- ik ben boos
- dit kan niet
# en
A colleague comes in.
## examples
- complaint
- I am angry
- this will not do
"""

ARTICLE = """\
+++
title = "{title}"
slug = "{slug}"
phase = "receive"
summary = "Over pakketten."
+++

Zie [deze pagina](article:parcels).
"""

ACTIONS = """\
from handdruk.digital.actions import Call, Done, action


@action(title={"nl": "Pakket zoeken", "en": "Find a parcel"})
def find_parcel(call: Call) -> Done:
    return Done(nl="Gevonden.", en="Found.")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder; every file in it may be changed."""
    root = tmp_path / "anders"
    files = {
        "company.toml": COMPANY,
        "topics/parcel.md": TOPIC,
        "topics/complaint.md": PEOPLE,
        "articles/nl/parcels.md": ARTICLE.format(title="Pakketten", slug="pakketten"),
        "articles/en/parcels.md": ARTICLE.format(title="Parcels", slug="parcels"),
        "actions.py": ACTIONS,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root
