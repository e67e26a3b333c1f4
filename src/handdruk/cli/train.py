"""`handdruk train`: trains the reader on what the database holds now."""

import json
from argparse import Namespace

from handdruk.cli.ending import Ending
from handdruk.cli.ready import migrate
from handdruk.reception import training
from handdruk.relationship.company import NoCompany


def run(options: Namespace) -> int:
    """Trains and says what may be automated under the promise."""
    migrate()
    try:
        row = training.train()
    except (ValueError, NoCompany) as error:
        raise Ending(str(error), 2) from error
    if options.json:
        print(json.dumps(row.summary))
        return 0
    print(f"{row.summary['examples']} examples of {row.summary['topics']} topics, in {row.summary['seconds']} s.")
    if row.summary["threshold"] is None:
        print("There is too little evidence yet to answer anything automatically.")
    else:
        how = "Provisionally" if row.summary["provisional"] else f"Proved on {row.summary['labels']} audited turns:"
        print(f"{how} {row.summary['coverage']:.0%} could be answered automatically under the promise.")
        if row.summary["own_thresholds"]:
            print(f"Topics with a threshold of their own, counted by language: {row.summary['own_thresholds']}.")
    return 0
