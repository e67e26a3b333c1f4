"""`handdruk export`: writes the company back to a folder."""

from argparse import Namespace
from pathlib import Path

from handdruk.cli.ending import Ending
from handdruk.cli.ready import migrate, say
from handdruk.company.export import export


def run(options: Namespace) -> int:
    """Writes the folder; refuses to overwrite anything that is not a company folder."""
    migrate()
    folder = Path(options.folder).resolve()
    try:
        exported = export(folder)
    except (ValueError, OSError) as error:
        raise Ending(str(error), 2) from error
    print("\n".join(exported.describe()))
    say(f"The company is in {folder}.")
    return 0
