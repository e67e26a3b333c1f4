"""The front matter of a Markdown file: TOML between two lines of "+++"."""

from handdruk.company.mistakes import Notes
from handdruk.company.table import Table
from handdruk.company.toml import read_toml

FENCE = "+++"


def split(text: str, notes: Notes) -> tuple[Table, str, int] | None:
    """The table, the body, and the line the body begins on; None when there is no front matter to use (noted)."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        notes.add(1, "does not begin with +++", "write the settings first, between two lines of +++")
        return None
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        notes.add(1, "the +++ here is not closed", "write a second line of +++ under the settings")
        return None
    toml = read_toml("\n".join(lines[1:end]), 2, notes)
    if toml is None:
        return None
    return Table(toml, notes, toml.data), "\n".join(lines[end + 1 :]), end + 2
