"""`handdruk colleague`: the logins for the desk."""

import json
import secrets
import sys
from argparse import Namespace
from dataclasses import asdict

from handdruk.cli.ending import Ending
from handdruk.cli.ready import is_made, migrate
from handdruk.human.commands import make_colleague
from handdruk.human.login_rules import check_password
from handdruk.human.logins import disable, enable, set_password
from handdruk.human.queries.colleagues import Login, logins

COLUMNS = ("user name", "name", "lead", "teams", "language", "login", "last seen")


def run(options: Namespace) -> int:
    """Lists the logins, makes one, or changes one. A password is shown once or read from stdin, and stands nowhere else."""
    if (options.username is None) != options.list or (options.json and not options.list):
        raise Ending("give either a user name or --list (with --json, if you like)", 2)
    if options.list:
        return _list(options.json)
    migrate()
    try:
        print(_done(options))
    except ValueError as error:
        raise Ending(str(error), 2) from error
    return 0


def _done(options: Namespace) -> str:
    """Does what was asked, and says so."""
    name = options.username
    if options.disable:
        given_back = disable(name)
        return f"{name} can no longer log in; conversations given back to the queue: {given_back}"
    if options.enable:
        enable(name)
        return f"{name} can log in again"
    password = _typed() if options.password_stdin else secrets.token_urlsafe(12)
    if options.new_password:
        set_password(name, password)
    else:
        check_password(password)
        make_colleague(name, options.name or name.title(), password, lead=options.lead, language=options.language,
                       teams=options.team)  # fmt: skip
    return f"{name} can log in at /desk/ with " + ("that password" if options.password_stdin else password)


def _typed() -> str:
    """The first line of stdin."""
    return sys.stdin.readline().rstrip("\r\n")


def _list(as_json: bool) -> int:
    everybody = logins() if is_made() else []
    if as_json:
        print(json.dumps([asdict(login) for login in everybody], default=str, ensure_ascii=False))
        return 0
    rows = [COLUMNS, *map(_row, everybody)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _row(login: Login) -> tuple[str, ...]:
    seen = f"{login.seen_at:%Y-%m-%d %H:%M} UTC" if login.seen_at else "never"
    return (login.username, login.name, "lead" if login.lead else "", ", ".join(login.teams), login.language or "-",
            "open" if login.enabled else "disabled", seen)  # fmt: skip
