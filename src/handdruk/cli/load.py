"""`handdruk load`: takes a company folder into use, or says what is wrong with it."""

import json
from argparse import Namespace
from pathlib import Path

from handdruk.cli.ending import Ending
from handdruk.cli.ready import migrate, say, train_if_needed
from handdruk.company.load import load
from handdruk.company.mistakes import BadFolder
from handdruk.relationship import company


def run(options: Namespace) -> int:
    """Loads, or with --dry-run only shows, what is different; then trains on it."""
    migrate()
    try:
        changes = load(Path(options.folder).resolve(), dry_run=options.dry_run)
    except BadFolder as error:
        raise Ending(str(error), 2) from error
    lines = list(changes.describe())
    if options.json:
        print(json.dumps({"changed": bool(changes), "dry_run": options.dry_run, "changes": lines}))
    else:
        print("\n".join(lines) or "Nothing changes.")
    if not options.dry_run and not options.no_train:
        company.forget()
        train_if_needed()
        say("The reader is up to date.")
    return 0
