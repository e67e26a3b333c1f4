"""`handdruk colleague`: a login for the desk."""

import secrets
from argparse import Namespace

from handdruk.cli.ending import Ending
from handdruk.cli.ready import migrate
from handdruk.human.commands import make_colleague


def run(options: Namespace) -> int:
    """Makes the login and prints its random password once."""
    migrate()
    password = secrets.token_urlsafe(12)
    name = options.name or options.username.title()
    try:
        make_colleague(
            options.username, name, password, lead=options.lead, language=options.language, teams=options.team
        )
    except ValueError as error:
        raise Ending(str(error), 2) from error
    print(f"{options.username} can log in at /desk/ with {password}")
    return 0
