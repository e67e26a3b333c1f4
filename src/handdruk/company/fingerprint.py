"""Whether a company's folder is still as it was when it was loaded."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from handdruk.company.code import code
from handdruk.relationship.models import Company

HALF = 32  # characters for the content, and as many for the code
CONTENT = (".toml", ".md")


def fingerprint(folder: Path) -> str:
    """Over the names and contents of everything in the folder that a load reads: the content first, then the code."""
    content = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in CONTENT and path.is_file()
    }
    return _digest(content.items()) + _digest(code(folder).items())


def of_code(whole: str) -> str:
    """The part of a fingerprint that is about the code; "" without any."""
    return whole[HALF:]


def is_loaded(folder: Path) -> bool:
    """Was exactly this loaded? Then what colleagues changed since must not be undone by loading it again."""
    return Company.objects.filter(folder=str(folder), fingerprint=fingerprint(folder)).exists()


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    """Half a SHA-256, in hex; "" for no files."""
    digest, empty = hashlib.sha256(), True
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
        empty = False
    return "" if empty else digest.hexdigest()[:HALF]
