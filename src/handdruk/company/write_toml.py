"""TOML for values of the kinds our files hold."""

import json
import re
from collections.abc import Mapping

BARE = re.compile(r"[A-Za-z0-9_-]+")


def text(value: str) -> str:
    """A text on one line. JSON's escapes are TOML's, but for one character JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """A key, quoted when it must be."""
    return name if BARE.fullmatch(name) else text(name)


def number(value: float) -> str:
    """A number; whole ones without a point."""
    return str(int(value)) if value == int(value) else repr(value)


def inline(texts: Mapping[str, str]) -> str:
    """One text a language, on one line."""
    return "{ " + ", ".join(f"{key(language)} = {text(value)}" for language, value in texts.items()) + " }"


def lines(texts: Mapping[str, str]) -> list[str]:
    """One `key = "text"` a line."""
    return [f"{key(name)} = {text(value)}" for name, value in texts.items()]


def items(texts: list[str]) -> str:
    """A list of texts."""
    return "[" + ", ".join(map(text, texts)) + "]"
