"""What can be wrong with an encoder, and the parts of others that it needs."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class EncoderUnusable(ValueError):
    """One sentence: what is wrong with an encoder, with the file's name, and what to do."""


def part(name: str, extra: str = "encoder") -> Any:
    """An optional Python package. EncoderUnusable says how to install it if it is not there."""
    try:
        return import_module(name)
    except ImportError as error:
        raise EncoderUnusable(
            f"the Python package {name.partition('.')[0]} is not installed; run: pip install 'handdruk[{extra}]'"
        ) from error
