"""The `handdruk` command."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from handdruk import __version__
from handdruk.cli.ending import Ending
from handdruk.cli.options import COMMANDS
from handdruk.core.machine import ONE_THREAD


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit code: 0 for done, 1 for not done, 2 for bad input."""
    try:
        return _run(_parser().parse_args(arguments))
    except Ending as ending:
        print(ending, file=sys.stderr)
        return ending.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        explained = import_module("handdruk.cli.trouble").explained(error)
        if explained is None:
            raise
        print(explained, file=sys.stderr)
        return int(explained.code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handdruk", description="Both halves of a company's relationship with its customers."
    )
    parser.add_argument("--version", action="version", version=f"handdruk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (text, options) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--home", help="where the data lives (default: $HANDDRUK_HOME, else ./handdruk-data)")
        options(command)
    return parser


def _run(options: argparse.Namespace) -> int:
    """A command's module is loaded only when its settings are known: loading it reads them."""
    if options.home:
        os.environ["HANDDRUK_HOME"] = str(Path(options.home).resolve())
    if options.command == "demo":
        os.environ.setdefault("HANDDRUK_DEMO", "yes")
        os.environ.setdefault("HANDDRUK_PUBLIC_URL", f"http://{options.host}:{options.port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handdruk.config.settings")
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    os.umask(0o077)  # what customers wrote is nobody else's on this machine
    command = import_module(f"handdruk.cli.{options.command}")
    return int(command.run(options))
