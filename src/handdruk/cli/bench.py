"""`handdruk bench`: measures the real parts, and prints the figures as one JSON document."""

import json
from argparse import Namespace

from handdruk.cli.measure.promise import measure_promise
from handdruk.cli.measure.promise_document import write_document
from handdruk.cli.measure.screens import measure_screens
from handdruk.cli.measure.turns import measure_turns


def run(options: Namespace) -> int:
    """Measures turns or screens on a server of its own in a temporary home, or the promise on public data."""
    if options.what == "promise":
        figures = measure_promise(options.data, options.samples)
        if options.document:
            write_document(figures, options.document)
    elif options.what == "turns":
        figures = measure_turns(options.customers, options.rate, options.seconds)
    else:
        figures = measure_screens(options.customers)
    print(json.dumps(figures, indent=2))
    return 0
