"""Whether a company's folder is still as it was when it was loaded."""

import hashlib
from pathlib import Path

from handdruk.relationship.models import Company

KINDS = (".toml", ".md", ".py")


def fingerprint(folder: Path) -> str:
    """SHA-256, in hex, over the names and contents of everything in the folder that a load reads."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in KINDS and path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def is_loaded(folder: Path) -> bool:
    """Was exactly this loaded? Then what colleagues changed since must not be undone by loading it again."""
    return Company.objects.filter(folder=str(folder), fingerprint=fingerprint(folder)).exists()
