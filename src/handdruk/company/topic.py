"""`topics/NAME.md`: one topic, checked.

    +++
    phase = "receive"                # orientate, choose, buy, receive, use, get_help, renew_or_leave
    resolve = "act"                  # answer, act or people
    action = "order_status"          # a function of actions.py; only when resolve = "act"
    article = "track-your-parcel"    # the article the answer rests on; optional
    team = "care"                    # who takes it when a person is needed; optional
    [title]
    nl = "Waar is mijn pakket"
    en = "Where is my parcel"
    +++

and then the languages, as `sections` describes.
"""

from handdruk.company.around import Around
from handdruk.company.front import split
from handdruk.company.mistakes import Notes, quoted
from handdruk.company.sections import Section, sections
from handdruk.company.table import NAME, Table
from handdruk.company.values import ExampleLine, TopicFile, one_line
from handdruk.core.words import Phase, Resolution

FEWEST = 3  # examples a language; with fewer there is nothing to learn from


def read_topic(name: str, text: str, around: Around, notes: Notes) -> TopicFile | None:
    """The topic; None without usable front matter. Only to be used when no mistake was noted."""
    if not NAME.fullmatch(name) or len(name) > 80:
        notes.add(1, f"{quoted(name)} cannot be a topic", "rename the file: at most 80 of a-z, 0-9 and _")
    parts = split(text, notes)
    if parts is None:
        return None
    table, body, first_line = parts
    table.only("phase", "resolve", "action", "article", "team", "title")
    found = sections(body, first_line, notes)
    _check_languages(found, first_line, around, notes)
    for section in found:
        _check_section(name, section, around, notes)
    titles = table.texts("title", around.languages)
    return TopicFile(
        name=name,
        phase=table.one_of("phase", list(Phase)),
        resolution=(resolution := table.one_of("resolve", list(Resolution))),
        action=_action(table, resolution, around),
        article=_reference(table, "article", around.articles, around),
        team=_reference(table, "team", around.teams, around),
        titles={language: one_line(title) for language, title in titles.items()},
        answers={section.language: section.answer for section in found},
        examples=tuple(example for section in found for example in _examples(section)),
    )


def _reference(table: Table, kind: str, known: frozenset[str] | None, around: Around) -> str:
    """The name of something that must exist elsewhere in the folder."""
    name = table.text(kind, default="")
    around.check_known(kind, name, known, table.toml.line((kind,)), table.notes)
    return name


def _action(table: Table, resolution: str, around: Around) -> str:
    if resolution == Resolution.ACT:
        if "action" not in table.data:
            table.wrong("resolve", 'resolve = "act" without an action', 'add action = "...", a function of actions.py')
    elif "action" in table.data:
        table.wrong("action", f'an action with resolve = "{resolution}"', 'remove it, or write resolve = "act"')
    return _reference(table, "action", around.actions, around)


def _check_languages(found: list[Section], line: int, around: Around, notes: Notes) -> None:
    have = [section.language for section in found]
    for section in found:
        if around.languages and section.language not in around.languages:
            known = ", ".join(around.languages)
            notes.add(section.line, f"the company does not speak {quoted(section.language)}", f"use one of: {known}")
    for language in around.languages:
        if language not in have:
            notes.add(line, f'the part "# {language}" is missing', "write the answer and the examples in that language")


def _check_section(topic: str, section: Section, around: Around, notes: Notes) -> None:
    language = section.language
    if not section.answer:
        notes.add(section.line, f'there is no answer under "# {language}"', "write the approved answer")
    for number, line in section.said:
        around.check_links(line, number, notes)
    examples = section.lists.get("examples", [])
    if len(examples) < FEWEST:
        wrong = f'{len(examples)} example{"" if len(examples) == 1 else "s"} in "# {language}"'
        notes.add(section.line, wrong, f'write at least {FEWEST} under "## examples"; 20 are better')
    for number, text in examples:
        before = around.first(("example", language, text.casefold()), number, notes)
        if before is not None:
            notes.add(number, f"the example {quoted(text)} is also at {before}", "keep one of them")
    for number, text in section.lists.get("not", []):
        if before := around.first(("not", topic, language, text.casefold()), number, notes):
            notes.add(number, f"the near miss {quoted(text)} is also at {before}", "keep one of them")
        elif any(text.casefold() == example.casefold() for _, example in examples):
            notes.add(number, f"{quoted(text)} is an example and a near miss of the same topic", "keep one of them")


def _examples(section: Section) -> list[ExampleLine]:
    return [
        ExampleLine(section.language, text, belongs=name == "examples")
        for name, lines in section.lists.items()
        for _, text in lines
    ]
