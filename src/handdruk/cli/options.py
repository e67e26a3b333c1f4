"""Every command with its options, without loading anything heavy."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _serving(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, help="where to listen (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="on which address to listen (default: 127.0.0.1)")


def _up(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", help="a company folder to load first")
    _serving(parser)
    parser.add_argument("--no-worker", action="store_true", help="leave the background work to other processes")


def _new(parser: ArgumentParser) -> None:
    parser.add_argument("folder", help="a folder that does not exist yet, or is empty")
    parser.add_argument("--name", default="", help="the company's name")
    parser.add_argument("--languages", default="nl,en", help="its languages, the first one first (default: nl,en)")


def _load(parser: ArgumentParser) -> None:
    parser.add_argument("folder", help="the company folder")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument("--no-train", action="store_true", help="do not train the reader on what is new")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("folder", help="a new folder, or a company folder to bring up to date")


def _train(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _learn(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["handover"], help="handover: at which turn a person takes over")
    parser.add_argument("file", nargs="?", help="conversations as JSON lines; - for standard input")
    parser.add_argument("--dry-run", action="store_true", help="only measure; keep nothing")
    parser.add_argument("--forget", action="store_true", help="remove what was learned")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _read(parser: ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="one message")
    parser.add_argument(
        "--jsonl", metavar="FILE", help='lines of {"text": ...} or {"turns": [...]}; - for standard input'
    )
    parser.add_argument(
        "--company", metavar="FOLDER", help="read as this company (default: the one in the home folder)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise ArgumentTypeError(f"workers is a number from 1 to 256, not {text!r}")
    return int(text)


def _replay(parser: ArgumentParser) -> None:
    parser.add_argument("archive", help="past conversations: JSON lines, or an mbox")
    parser.add_argument(
        "--report", metavar="FILE", help="where the report goes (default: ARCHIVE's name + .replay.html)"
    )
    parser.add_argument(
        "--language", default="", choices=["", "nl", "en"], help="the report's (default: the company's)"
    )
    parser.add_argument(
        "--company", metavar="FOLDER", help="replay as this company (default: the one in the home folder)"
    )
    parser.add_argument(
        "--ours", action="append", default=[], metavar="ADDRESS",
        help="of an mbox: an address or domain of the company, whose mails are no customer's; may be given more than once",
    )  # fmt: skip
    parser.add_argument("--workers", type=_workers, help="processes at work (default: one a core)")
    parser.add_argument(
        "--afresh", action="store_true", help="begin again instead of going on where it was interrupted"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document, too")


def _colleague(parser: ArgumentParser) -> None:
    parser.add_argument("username", nargs="?", help="what they log in with")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--new-password", action="store_true", help="change the password; all their screens log in again")
    does.add_argument("--disable", action="store_true", help="shut the login; their conversations go back to the queue")
    does.add_argument("--enable", action="store_true", help="open a login again that was shut")
    does.add_argument("--list", action="store_true", help="show all logins")
    parser.add_argument("--json", action="store_true", help="with --list: print one JSON document")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from stdin; else a random one")
    parser.add_argument("--name", default="", help="the first name customers see (default: the user name)")
    parser.add_argument("--lead", action="store_true", help="may also see what went wrong, and put it right")
    parser.add_argument("--language", default="", choices=["", "nl", "en"], help="the language of their desk")
    parser.add_argument(
        "--team", action="append", default=[], help="a team they belong to; may be given more than once"
    )


def _encoder(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["install", "show"], help="install: take one into use; show: the one in use")
    parser.add_argument(
        "source", nargs="?", help="a folder with model.onnx or model.safetensors, or the name of one on a hub"
    )
    parser.add_argument("--prefix", help="what goes before each text (default: what the folder's files say)")
    parser.add_argument("--exact", action="store_true", help="convert without making it smaller and faster")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _bench(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=["turns", "screens", "promise", "monitor", "understanding"],
        help="turns: web chat turns; screens: fan-out of a message; promise: how often it is broken; "
        "monitor: when it rings; understanding: how well messages are read",
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="promise, understanding: the public sets (see docs/reading.md)"
    )
    parser.add_argument("--encoder", help="understanding: the folder of a sentence encoder (default: words alone)")
    parser.add_argument("--quick", action="store_true", help="understanding: only from few examples, twice")
    parser.add_argument("--customers", type=int, default=50, help="customers (or screens) at once (default: 50)")
    parser.add_argument("--seconds", type=float, default=20, help="how long to measure (default: 20)")
    parser.add_argument("--rate", type=float, default=100, help="turns a second to offer; 0: as fast as they come")
    parser.add_argument(
        "--samples", type=int, default=1_000, help="promise, monitor: samples, or companies (default: 1000)"
    )
    parser.add_argument("--document", type=Path, metavar="FILE", help="promise: a document to put table and picture in")
    parser.add_argument("--json", action="store_true", help="print one JSON document (the default anyway)")


def _doctor(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None]]] = {
    "demo": ("start the sample company: site, chat, desk and worker in one process", _serving),
    "up": ("start a company of your own", _up),
    "new": ("make a small company folder to start from", _new),
    "load": ("take a company folder into use", _load),
    "export": ("write the company back to a folder", _export),
    "train": ("train the reader on the company's topics", _train),
    "learn": ("learn from an archive of conversations when a person takes over", _learn),
    "read": ("read messages and say what would be decided", _read),
    "replay": ("show what would have happened in past conversations", _replay),
    "colleague": ("make a login for the desk, change it, or list all", _colleague),
    "encoder": ("a sentence encoder, with which messages are understood better", _encoder),
    "bench": ("measure, and print figures as JSON", _bench),
    "doctor": ("say what is wrong, in plain words", _doctor),
}
