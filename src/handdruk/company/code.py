"""The company's own code: `actions.py` and what stands beside it."""

from pathlib import Path

from handdruk.company.files import stays_inside

ACTIONS = "actions.py"
KINDS = (".py", ".sql", ".json", ".txt")
OTHERS = ("topics", "articles", "__pycache__")


def code(folder: Path) -> dict[str, bytes]:
    """The files by their names in the folder, sorted; none without an `actions.py`. What is hidden does not count."""
    if not (folder / ACTIONS).is_file():
        return {}
    found = {}
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        ours = inside.parts[0] not in OTHERS and not any(part.startswith(".") for part in inside.parts)
        if ours and file.suffix in KINDS and file.is_file() and stays_inside(folder, file):
            found[inside.as_posix()] = file.read_bytes()
    return found
