r"""The body of a topic file: for each language the approved answer, the examples and the near misses.

    # nl
    The approved answer.
    ## examples
    - one message a line
    ## not
    - one near miss a line

How text that looks like structure is kept apart from it:

* A line of an answer that begins with "# " or "## " (or is only that) is a heading of the file. To say such a line in
  an answer, put a backslash in front; a line that already begins with backslashes and then "# " gets one more. Reading
  takes one backslash away. "###", "#tag" and "+++" need nothing.
* An example is one line, after "- ". Line ends in an example become spaces, and so do runs of spaces. Only the first
  "- " is taken away: "- - 5 degrees" is the example "- 5 degrees", and "- # nl" is the example "# nl".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handdruk.company.mistakes import Notes, nearest, quoted
from handdruk.company.values import many_lines, one_line

HEADING = re.compile(r"(##?)(?:[ \t]+(.*))?")
LOOKS_LIKE_HEADING = re.compile(r"^(?=\\*##?(?:[ \t]|$))", re.MULTILINE)
ESCAPED_HEADING = re.compile(r"^\\(?=\\*##?(?:[ \t]|$))", re.MULTILINE)
LISTS = ("examples", "not")
Line = tuple[int, str]


@dataclass(slots=True)
class Section:
    """What a topic file says in one language, with the line of everything."""

    language: str
    line: int
    said: list[Line] = field(default_factory=list)
    lists: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def answer(self) -> str:
        """The approved answer."""
        return unescaped("\n".join(text for _, text in self.said))


def sections(text: str, first_line: int, notes: Notes) -> list[Section]:
    """Reads a body that begins on `first_line` of its file."""
    found: list[Section] = []
    into: list[Line] | None = None  # where lines go; None before the first heading
    for number, line in enumerate(text.split("\n"), first_line):
        heading = HEADING.fullmatch(line)
        if heading:
            into = _open(heading, number, found, notes)
        elif into is not None:
            into.append((number, line))
        elif line.strip():
            notes.add(number, "stands above the first language", 'write "# nl" (or another language) above it')
            into = []
    for section in found:
        for name, lines in section.lists.items():
            section.lists[name] = list(_items(lines, notes))
    return found


def _open(heading: re.Match[str], number: int, found: list[Section], notes: Notes) -> list[Line]:
    """Begins a section or a list, and tells where its lines go."""
    name = (heading[2] or "").strip()
    if heading[1] == "#":
        if name in (section.language for section in found):
            notes.add(number, f"there are two sections {quoted(name)}", "join them")
        found.append(Section(name, number))
        return found[-1].said
    if not found or name not in LISTS:
        do = f'{nearest(name, LISTS)} (to say it in the answer: "\\## {name}")' if found else 'write "# nl" above it'
        notes.add(number, f"there is no part called {quoted(name)} here", do)
        return []
    if name in found[-1].lists:
        notes.add(number, f'there are two parts "## {name}" in "# {found[-1].language}"', "join them")
    return found[-1].lists.setdefault(name, [])


def _items(lines: list[Line], notes: Notes) -> Iterator[Line]:
    for number, line in lines:
        text = one_line(line[2:])
        if line.startswith("- ") and text:
            yield number, text
        elif line.rstrip() == "-":
            notes.add(number, "is an empty example", "write the message after the dash, or remove the line")
        elif line.strip():
            do = 'write "- " in front, or join it to the line above'
            notes.add(number, f"{quoted(line.strip())} is not an example", do)


def escaped(answer: str) -> str:
    """An answer as it stands in a file."""
    return LOOKS_LIKE_HEADING.sub(r"\\", answer)


def unescaped(text: str) -> str:
    """The answer that stands in a file like this."""
    return many_lines(ESCAPED_HEADING.sub("", text))
