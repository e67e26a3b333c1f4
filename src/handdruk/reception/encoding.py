"""The installation's sentence encoder: in the home folder, once `handdruk encoder install` has put it there."""

import logging
import threading
from pathlib import Path

from django.conf import settings

from handdruk.understand import Encoder, EncoderUnusable

log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the encoder is, if there is one."""
    return Path(settings.HOME) / "encoder"


class _Held:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.files: list[tuple[str, int, int]] = []
        self.encoder: Encoder | None = None


_held = _Held()


def installed() -> Encoder | None:
    """The encoder, loaded once and again when its files change. None if there is none, or none that can be used.

    One that cannot be used is told in the log: everything then goes on by words alone.
    """
    with _held.lock:
        files = sorted((file.name, file.stat().st_mtime_ns, file.stat().st_ino) for file in folder().glob("*"))
        if files != _held.files:
            _held.files, _held.encoder = files, _loaded() if files else None
        return _held.encoder


def _loaded() -> Encoder | None:
    try:
        return Encoder.load(folder(), threads=settings.ENCODER_THREADS)
    except EncoderUnusable as error:
        log.warning("messages are read by words alone: %s", error)
        return None
