"""`handdruk new`: a small company folder to start from."""

from argparse import Namespace
from pathlib import Path

from handdruk.cli.ending import Ending
from handdruk.cli.ready import say
from handdruk.company.start import new


def run(options: Namespace) -> int:
    """Writes the folder and says what to do next."""
    folder = Path(options.folder).resolve()
    languages = tuple(part.strip() for part in options.languages.split(",") if part.strip())
    try:
        new(folder, options.name or folder.name.replace("-", " ").replace("_", " ").title(), languages)
    except (ValueError, OSError) as error:
        raise Ending(str(error), 2) from error
    print(f"Your company is in {folder}.")
    say("Look at company.toml, topics/ and actions.py, and then:")
    say(f"  handdruk load {options.folder} --dry-run   what would be loaded, or what is wrong")
    say("  handdruk colleague NAME --lead   a login for the desk")
    say(f"  handdruk up {options.folder}   site, chat, desk and worker")
    return 0
