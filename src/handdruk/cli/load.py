"""`handdruk load`: takes a company folder into use, or says what is wrong with it."""

import json
from argparse import Namespace
from pathlib import Path

from handdruk.cli.ending import Ending
from handdruk.cli.ready import is_made, migrate, say, train_if_needed
from handdruk.company.changes import Changes
from handdruk.company.load import first, load
from handdruk.company.mistakes import BadFolder


def run(options: Namespace) -> int:
    """Loads, or with --dry-run only shows, what is different; then trains on it."""
    try:
        changes = _load(Path(options.folder).resolve(), options.dry_run)
    except BadFolder as error:
        raise Ending(str(error), 2) from error
    if options.json:
        print(json.dumps({"changed": bool(changes), "dry_run": options.dry_run, "changes": changes.lines()}))
    else:
        print("\n".join(changes.describe()))
    if not options.dry_run and not options.no_train and train_if_needed():
        say("The reader was trained on it.")
    return 0


def _load(folder: Path, dry_run: bool) -> Changes:
    """A dry run makes nothing, not even a database to compare with."""
    if dry_run:
        return load(folder, dry_run=True) if is_made() else first(folder)
    migrate()
    return load(folder)
