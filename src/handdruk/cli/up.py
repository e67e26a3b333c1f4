"""`handdruk up`: a company of one's own."""

from argparse import Namespace
from pathlib import Path

from django.conf import settings

from handdruk.cli.ready import migrate, only_one, problem_with_actions, say, take_into_use, train_if_needed
from handdruk.cli.serve import listen, serve
from handdruk.human.models import Colleague


def run(options: Namespace) -> int:
    """Prepares the database, loads the folder if one is given, and serves."""
    with only_one(settings.HOME), listen(options.host, options.port) as listener:
        migrate()
        if options.folder and take_into_use(Path(options.folder).resolve()):
            say("The company folder was loaded.")
        train_if_needed()
        if problem := problem_with_actions():
            say(problem)
        if not Colleague.objects.exists():
            say("Nobody can log in at the desk yet; run: handdruk colleague NAME --lead")
        print(f"Handdruk listens on http://{options.host}:{options.port}/", flush=True)
        serve(listener, worker=not options.no_worker)
    return 0
