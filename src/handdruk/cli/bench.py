"""`handdruk bench`: measures, with real parts, and prints the figures as one JSON document."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from handdruk.cli.ending import Ending
from handdruk.cli.measure.screens import measure_screens
from handdruk.cli.measure.turns import measure_turns
from handdruk.cli.measure.understanding import NoData, measure_understanding
from handdruk.understand import EncoderUnusable


def run(options: Namespace) -> int:
    """Turns and screens: starts a server of its own in a temporary home, measures it, and ends it."""
    if options.what == "turns":
        figures = measure_turns(options.customers, options.rate, options.seconds)
    elif options.what == "screens":
        figures = measure_screens(options.customers)
    else:
        figures = _understanding(options)
    print(json.dumps(figures, indent=2))
    return 0


def _understanding(options: Namespace) -> dict[str, Any]:
    if not options.data:
        raise Ending("give the folder with the public sets: --data DIR", 2)
    encoder = Path(options.encoder) if options.encoder else None
    try:
        return measure_understanding(Path(options.data), encoder, quick=options.quick)
    except (NoData, EncoderUnusable) as error:
        raise Ending(str(error), 2) from error
