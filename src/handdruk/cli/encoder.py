"""`handdruk encoder`: takes a sentence encoder into use, from a folder or a hub, or says which one is in use."""

import json
import os
import re
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from handdruk.cli.ending import Ending  # noqa: E402  (Django must be set up first)
from handdruk.reception.encoding import folder  # noqa: E402
from handdruk.understand import Encoder, EncoderUnusable  # noqa: E402
from handdruk.understand.encoder import install  # noqa: E402
from handdruk.understand.encoder.installing import WANTED  # noqa: E402
from handdruk.understand.encoder.unusable import part  # noqa: E402

_ON_A_HUB = re.compile(r"(?:[\w.-]+/)?[\w.-]+")
_USUAL_OWNER = "sentence-transformers"


def run(options: Namespace) -> int:
    """Installs or shows; exit code 2 when what was given cannot be used, and 1 when there is none to show."""
    if options.what == "show":
        return _show(options)
    if not options.source:
        raise Ending("give a folder, or the name of an encoder on a hub, such as all-MiniLM-L6-v2", 2)
    try:
        encoder = _install(options)
    except EncoderUnusable as error:
        raise Ending(str(error), 2) from error
    _tell(encoder, options)
    if not options.json:
        print("Now run: handdruk train")
    return 0


def _show(options: Namespace) -> int:
    if not folder().exists():
        raise Ending("There is no encoder; install one with: handdruk encoder install FOLDER", 1)
    try:
        _tell(Encoder.load(folder()), options)
    except EncoderUnusable as error:
        raise Ending(str(error), 1) from error
    return 0


def _tell(encoder: Encoder, options: Namespace) -> None:
    if options.json:
        facts = {"folder": str(folder()), "fingerprint": encoder.fingerprint, "views": len(encoder.views),
                 "width": encoder.width, "prefix": encoder.settings.prefix, "pooling": encoder.settings.pooling}  # fmt: skip
        print(json.dumps(facts))
        return
    print(f"The encoder in {folder()} gives {len(encoder.views)} x {encoder.width} numbers for a text.")


def _install(options: Namespace) -> Encoder:
    if Path(options.source).is_dir():
        return install(options.source, folder(), prefix=options.prefix, exact=options.exact)
    if not _ON_A_HUB.fullmatch(options.source):
        raise EncoderUnusable(f"{options.source} is no folder, nor the name of an encoder on a hub")
    with TemporaryDirectory(prefix="handdruk-encoder-") as place:
        _fetch(options.source, place)
        return install(place, folder(), prefix=options.prefix, exact=options.exact)


def _fetch(name: str, place: str) -> None:
    """From the hub into a folder. Only files of data are fetched, never code."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    hub = part("huggingface_hub")
    name = name if "/" in name else f"{_USUAL_OWNER}/{name}"
    try:
        hub.snapshot_download(name, local_dir=place, allow_patterns=list(WANTED), token=False)
    except Exception as error:
        raise EncoderUnusable(
            f"{name} could not be fetched ({type(error).__name__}); fetch it elsewhere and give its folder"
        ) from error
