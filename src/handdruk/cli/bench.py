"""`handdruk bench`: measures the real server with its real parts, and prints the figures as one JSON document."""

import json
from argparse import Namespace

from handdruk.cli.measure.screens import measure_screens
from handdruk.cli.measure.turns import measure_turns


def run(options: Namespace) -> int:
    """Starts a server of its own in a temporary home, measures it, and ends it."""
    if options.what == "turns":
        figures = measure_turns(options.customers, options.rate, options.seconds)
    else:
        figures = measure_screens(options.customers)
    print(json.dumps(figures, indent=2))
    return 0
