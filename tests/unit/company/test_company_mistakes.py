"""Every mistake is found, at its line, with what to do about it."""

import re
import time
from pathlib import Path

import pytest

from handdruk.company.mistakes import BadFolder
from handdruk.company.read import read_folder

TOML, TOPIC, COMPLAINT, PAGE = "company.toml", "topics/parcel.md", "topics/complaint.md", "articles/nl/parcels.md"


def mistakes(folder: Path) -> list[str]:
    """The mistakes, with the names of files as they are in the folder."""
    with pytest.raises(BadFolder) as refused:
        read_folder(folder)
    assert str(refused.value) == "\n".join(map(str, refused.value.mistakes))
    return [str(mistake).removeprefix(f"{folder}/") for mistake in refused.value.mistakes]


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Changes one piece of text of one file."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


SPOILED = [
    # company.toml
    (
        TOML,
        'name = "Anders"',
        'naam = "Anders"',
        ['1: "name" is missing', '1: nothing is called "naam" here; did you mean "name"?'],
    ),
    (TOML, 'name = "Anders"', 'name = " "', ['1: "name" is empty; write name = "..."']),
    (TOML, 'name = "Anders"', 'name = "Anders', ["1: is not valid TOML here"]),
    (TOML, 'name = "Anders"', f'name = "{"a" * 121}"', ['1: "name" has 121 characters; 120 is the most']),
    (TOML, '["nl", "en"]', "[]", ['2: "languages" is missing or not a list']),
    (TOML, '["nl", "en"]', '["nl", "en", "nl"]', ["2: a language is listed twice"]),
    (TOML, '["nl", "en"]', '["nl", "en", "English"]', ['2: "English" is not a language; use two letters']),
    (TOML, "Europe/Amsterdam", "Europe/Amsterdm", ['3: "Europe/Amsterdm" is not a time zone; did you mean "Europe/Am']),
    (TOML, "Europe/Amsterdam", "Europe", ['3: "Europe" is not a time zone']),
    (TOML, "TH-[0-9]{6}", "TH-[0-9", ["4: order_number is not a regular expression: missing ]: [0-9"]),
    (
        TOML,
        "TH-[0-9]{6}",
        "(?<!x)[0-9]{6}",
        ["4: order_number is not a regular expression: invalid perl operator: (?<!"],
    ),
    (
        TOML,
        "TH-[0-9]{6}",
        "([0-9])\\\\1",
        ["4: order_number is not a regular expression: invalid escape sequence: \\1"],
    ),
    (
        TOML,
        "TH-[0-9]{6}",
        "[A-Z]{1001}",
        ["4: order_number is not a regular expression: invalid repetition size: {1001}"],
    ),
    (TOML, "TH-[0-9]{6}", "[0-9]*", ["4: the pattern matches an empty text"]),
    (TOML, "monday", "mondag", ['7: nothing is called "mondag" here; did you mean "monday"?']),
    (TOML, '"12:00"]', '"13:30"]', ["7: 08:00-13:30 and 13:00-20:00 overlap"]),
    (TOML, '"12:00"]', '"07:00"]', ["7: 08:00-07:00 ends before it starts"]),
    (TOML, '"20:00"', '"24:00"', ['7: "24:00" is not a time; write "23:59" for midnight']),
    (TOML, '["08:00", "12:00"], ["13:00", "20:00"]', '"08:00", "12:00"', ["7: the hours of monday are not pairs"]),
    (TOML, "2027-01-01", "2026-12-25", ["14: 2026-12-25 is listed twice"]),
    (TOML, "2027-01-01", '"1 January"', ['14: "date" is missing or not a date']),
    (TOML, ', en = "New Year\'s Day" }', " }", ['15: "en" is missing']),
    (TOML, "at_most = 0.02", "at_most = 2", ["18: at_most = 2 is out of range; write a number above 0 and below 1"]),
    (
        TOML,
        "confidence = 0.95",
        "confidence = 0.4",
        ["19: confidence = 0.4 is out of range; write a number at least 0.5"],
    ),
    (
        TOML,
        "confidence = 0.95",
        "confidence = 0.95\naudits_a_day = -1",
        ['20: "audits_a_day" is not right; write a whole number from 0 to 10000'],
    ),
    (TOML, "confidence = 0.95", "confidence = true", ['19: "confidence" is not right; write a number']),
    (TOML, "at_most = 0.02", "at_most = nan", ['18: "at_most" is not right; write a number']),
    (TOML, "answer_within_minutes = 10", "answer_within_minutes = 0", ["22: "]),
    (TOML, "ask_rate = 0.9", "", ['21: "ask_rate" is missing; write a number']),
    (
        TOML,
        "ask_rate = 0.9",
        'timezone = "UTC"\nask_rate = 0.9',
        ['24: "timezone" stands inside [people]; move it above'],
    ),
    (TOML, "[promise]\nat_most = 0.02\nconfidence = 0.95\n", "", ["1: the table [promise] is missing; write it"]),
    (TOML, "[teams.care]", '[teams."Ca re"]\nnl = "a"\nen = "b"\n[teams.care]', ['26: "Ca re" cannot be a team']),
    (TOML, 'nl = "Zorg"\n', "", ['26: "nl" is missing']),
    (TOML, "https://www.example.com", "https://example.com/x", ['31: "https://example.com/x" is not an origin']),
    (
        TOML,
        'en = "Hello!"',
        'en = "Hello!"\nfr = "Salut"',
        ['36: the company does not speak "fr"; write one of nl, en'],
    ),
    # topics
    (TOPIC, '"receive"', '"recieve"', ['2: there is no phase called "recieve"; did you mean "receive"?']),
    (TOPIC, '"act"', '"acts"', ['3: there is no resolve called "acts"; did you mean "act"?', "4: an action with"]),
    (TOPIC, '"act"', '"answer"', ['4: an action with resolve = "answer"']),
    (TOPIC, 'action = "find_parcel"\n', "", ['3: resolve = "act" without an action']),
    (TOPIC, "find_parcel", "find_parsel", ['4: there is no action "find_parsel"; did you mean "find_parcel"?']),
    (TOPIC, '"parcels"', '"parcel"', ['5: there is no article "parcel"; did you mean "parcels"?']),
    (TOPIC, '"care"', '"car"', ['6: there is no team "car"; did you mean "care"?']),
    (TOPIC, "team = ", "teem = ", ['6: nothing is called "teem" here; did you mean "team"?']),
    (TOPIC, 'en = "Where', 'de = "Where', ['7: "en" is missing', '9: the company does not speak "de"']),
    (TOPIC, "+++\nphase", "phase", ["1: does not begin with +++"]),
    (TOPIC, "\n+++\n\n# nl", "\n\n# nl", ["1: the +++ here is not closed"]),
    (TOPIC, 'phase = "receive"', "phase = receive", ["2: is not valid TOML here"]),
    (TOPIC, "\n# nl", "\nIntroduction\n# nl", ["12: stands above the first language"]),
    (TOPIC, "# en", "# fr", ['11: the part "# en" is missing', '24: the company does not speak "fr"']),
    (TOPIC, "# en", "# nl", ['11: the part "# en" is missing', '24: there are two sections "nl"']),
    (TOPIC, "Kijk bij [Pakketten](article:parcels).", "", ['12: there is no answer under "# nl"']),
    (TOPIC, "(article:parcels)", "(article:parcel)", ["14: the link article:parcel leads nowhere; did you mean"]),
    (
        TOPIC,
        "## examples",
        "## exmaples",
        ['12: 0 examples in "# nl"', '16: there is no part called "exmaples" here; did'],
    ),
    (TOPIC, "## not", "## examples", ['21: there are two parts "## examples" in "# nl"']),
    (TOPIC, "- pakje kwijt\n", "", ['12: 2 examples in "# nl"; write at least 3 under "## examples"']),
    (TOPIC, "- pakje kwijt", "- ", ['12: 2 examples in "# nl"', "18: is an empty example"]),
    (TOPIC, "- pakje kwijt", "pakje kwijt", ['12: 2 examples in "# nl"', '18: "pakje kwijt" is not an example']),
    (
        TOPIC,
        "- pakje kwijt",
        "- Waar is  mijn pakket",
        ['18: the example "Waar is mijn pakket" is also at *parcel.md:17'],
    ),
    (TOPIC, "- pakje kwijt", "- klacht", ['18: the example "klacht" is also at *complaint.md:11; keep one of them']),
    (TOPIC, "- waar is de winkel", "- pakje kwijt", ['22: "pakje kwijt" is an example and a near miss of the same']),
    (TOPIC, "- waar is de winkel", "- a\n- a", ['23: the near miss "a" is also at *parcel.md:22']),
    # articles
    (PAGE, 'phase = "receive"\n', "", ['2: "phase" is missing']),
    (PAGE, '"pakketten"', '"Pakketten!"', ['3: "Pakketten!" cannot be a slug']),
    (PAGE, "summary", "sumary", ['5: nothing is called "sumary" here; did you mean "summary"?']),
    (PAGE, "(article:parcels)", "(article:)", ["8: the link article: leads nowhere"]),
    (PAGE, "Zie [deze pagina](article:parcels).", "", ["7: the page is empty"]),
    # actions
    ("actions.py", "def find_parcel(call", "def find_parcel(call:", ["5: SyntaxError: "]),
    ("actions.py", "from handdruk", "\n1 / 0\nfrom handdruk", ["2: ZeroDivisionError: division by zero; mend it"]),
    ("actions.py", ', "en": "Find a parcel"', "", ["4: find_parcel: its title has no en"]),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), SPOILED, ids=[f"{s[0]}: {s[2][:40]!r}" for s in SPOILED])
def test_that_a_mistake_is_told_with_its_line_and_what_to_do(
    folder: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    spoil(folder, file, old, new)
    found = mistakes(folder)
    assert len(found) == len(expected), found
    for told, wanted in zip(found, expected, strict=True):
        start = re.escape(f"{file}:{wanted}").replace(r"\*", ".*")
        assert re.match(start, told), f"{told!r} is not {wanted!r}"
        assert "; " in told  # what to do


def test_that_all_mistakes_are_told_at_once(folder: Path) -> None:
    spoil(folder, TOML, "at_most = 0.02", "at_most = 2")
    spoil(folder, TOPIC, '"receive"', '"recieve"')
    spoil(folder, COMPLAINT, '"people"', '"peple"')
    spoil(folder, PAGE, "(article:parcels)", "(article:nothing)")
    assert [told.split(":")[0] for told in mistakes(folder)] == [PAGE, TOML, COMPLAINT, TOPIC]


def test_that_broken_settings_do_not_hide_or_invent_other_mistakes(folder: Path) -> None:
    spoil(folder, TOML, 'name = "Anders"', "name")
    assert len(mistakes(folder)) == 1
    spoil(folder, TOPIC, '"receive"', '"recieve"')
    assert len(mistakes(folder)) == 2


def test_that_a_broken_article_does_not_break_what_links_to_it(folder: Path) -> None:
    spoil(folder, PAGE, "+++", "---")
    assert mistakes(folder) == [
        f"{PAGE}:1: does not begin with +++; write the settings first, between two lines of +++"
    ]


def test_that_an_article_in_one_language_only_is_a_mistake(folder: Path) -> None:
    (folder / "articles/en/parcels.md").unlink()
    assert mistakes(folder) == ["articles/en/parcels.md:1: is missing; translate articles/nl/parcels.md, or remove it"]


def test_that_two_articles_cannot_have_one_address(folder: Path) -> None:
    for language, slug in (("nl", "pakketten"), ("en", "other")):
        text = (folder / f"articles/{language}/parcels.md").read_text()
        slugged = re.sub('slug = ".*"', f'slug = "{slug}"', text)
        (folder / f"articles/{language}/second.md").write_text(slugged)
    told = f'articles/nl/second.md:3: the address "pakketten" is also that of {folder}/{PAGE}:3; choose another'
    assert mistakes(folder) == [told]


def test_that_the_same_words_may_be_an_example_in_two_languages(folder: Path) -> None:
    spoil(folder, TOPIC, "- parcel lost", "- pakje kwijt")
    read_folder(folder)


def test_that_an_example_of_one_topic_may_be_a_near_miss_of_another(folder: Path) -> None:
    spoil(folder, TOPIC, "- waar is de winkel", "- klacht")
    read_folder(folder)


def test_that_names_of_files_are_checked(folder: Path) -> None:
    (folder / TOPIC).rename(folder / "topics/My Parcel.md")
    (folder / "topics/notes.txt").write_text("x")
    (folder / "articles/fr").mkdir()
    assert [told.split(";")[0] for told in mistakes(folder)] == [
        "articles/fr:1: is not a language the company speaks",
        'topics/My Parcel.md:1: "My Parcel" cannot be a topic',
        "topics/notes.txt:1: is not a .md file",
    ]


def test_that_what_is_not_utf_8_is_told_with_its_line(folder: Path) -> None:
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes() + b"\ncaf\xe9\n")
    assert mistakes(folder) == [f"{PAGE}:10: is not UTF-8 (byte 0xe9); save the file as UTF-8"]


def test_that_a_nul_character_is_refused(folder: Path) -> None:
    spoil(folder, PAGE, "Zie", "Z\0e")
    assert mistakes(folder) == [f"{PAGE}:8: holds a NUL character; remove it"]


@pytest.mark.parametrize("file", [TOML, TOPIC, PAGE, "actions.py"])
def test_that_a_file_of_more_than_a_megabyte_is_refused(folder: Path, file: str) -> None:
    (folder / file).write_bytes((folder / file).read_bytes() + b"\n" * 1_000_000)
    assert f"{file}:1: is too large" in "\n".join(mistakes(folder))


@pytest.mark.parametrize("name", [TOML, TOPIC, PAGE, "actions.py", "topics", "articles", "articles/nl"])
def test_that_a_link_must_not_leave_the_folder(folder: Path, name: str) -> None:
    (folder / name).rename(folder.parent / "outside")
    (folder / name).symlink_to(folder.parent / "outside")
    assert f"{name}:1: is a link that leaves the folder" in "\n".join(mistakes(folder))


def test_that_a_folder_that_is_not_there_or_empty_is_told(tmp_path: Path) -> None:
    assert "is not a folder; make one to start from with: handdruk new" in mistakes(tmp_path / "nothing")[0]
    assert mistakes(tmp_path) == [
        "company.toml:1: is not there, or not an ordinary file; write it",
        "topics:1: there are no topics; write at least one: topics/NAME.md",
    ]


def test_that_the_question_of_an_action_needs_every_language(folder: Path) -> None:
    spoil(folder, "actions.py", "call: Call", 'call: Call, order: Annotated[str, Ask(en="Which?")]')
    spoil(folder, "actions.py", "from handdruk.digital.actions import", "from typing import Annotated\n"
          "from handdruk.digital.actions import Ask,")  # fmt: skip
    assert mistakes(folder) == ['actions.py:5: find_parcel: the question for order has no nl; add nl="..."']


def test_that_a_link_that_goes_in_a_circle_is_refused(folder: Path) -> None:
    (folder / "topics/round.md").symlink_to("round.md")
    assert mistakes(folder) == ["topics/round.md:1: is a link that leaves the folder; put the file itself here"]


def test_that_a_file_of_endless_settings_is_refused_in_time(folder: Path) -> None:
    spoil(folder, TOML, "[hours]", "numbers = [\n" + "1,\n" * 20_000 + "]\n[hours]")
    start = time.perf_counter()
    assert mistakes(folder)[0].startswith(f'{TOML}:6: nothing is called "numbers" here')
    assert time.perf_counter() - start < 10


def test_that_a_new_line_in_an_action_s_mistake_stays_on_one_line(folder: Path) -> None:
    spoil(folder, "actions.py", "from handdruk", "raise ValueError('a\\nb')\nfrom handdruk")
    assert mistakes(folder)[0].startswith("actions.py:1: ValueError: a b; mend it")
