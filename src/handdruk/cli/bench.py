"""`handdruk bench`: measures the real parts, and prints the figures as one JSON document."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from handdruk.cli.ending import Ending
from handdruk.cli.measure.monitor import measure_monitor
from handdruk.cli.measure.promise import measure_promise
from handdruk.cli.measure.promise_document import write_document
from handdruk.cli.measure.screens import measure_screens
from handdruk.cli.measure.several import measure_several
from handdruk.cli.measure.turns import measure_turns
from handdruk.cli.measure.understanding import NoData, measure_understanding
from handdruk.understand import EncoderUnusable


def run(options: Namespace) -> int:
    """Measures turns or screens on a server of its own in a temporary home; the promise and understanding on public data."""
    if options.what == "promise":
        figures = measure_promise(_data(options), options.samples)
        if options.document:
            write_document(figures, options.document)
    elif options.what == "monitor":
        figures = measure_monitor(options.samples)
    elif options.what == "turns":
        figures = measure_turns(options.customers, options.rate, options.seconds)
    elif options.what == "screens":
        figures = measure_screens(options.customers)
    else:
        figures = _understanding(options)
    print(json.dumps(figures, indent=2))
    return 0


def _understanding(options: Namespace) -> dict[str, Any]:
    encoder = Path(options.encoder) if options.encoder else None
    try:
        figures = measure_understanding(_data(options), encoder, quick=options.quick)
        return figures if options.quick else {**figures, "several": measure_several(_data(options), encoder)}
    except (NoData, EncoderUnusable) as error:
        raise Ending(str(error), 2) from error


def _data(options: Namespace) -> Path:
    if options.data is None:
        raise Ending("give the folder with the public sets: --data DIR", 2)
    return Path(options.data)
