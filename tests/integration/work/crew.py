"""A worker in a process of its own, on the database of the environment: `python -m tests.integration.work.crew work`.

`prepare` makes the tables and enqueues what there is to do; `alone` is `work` for a process that knows it is alone; `left`
says how many jobs are not done. Leases are short, so that a test need not wait half a minute for those of the killed.
"""

import signal
import sys
from datetime import timedelta

from handdruk.work import names

LEASE = 2.0
SHORT, LONG = 60, 4  # jobs of some hundredths of a second, and some that outlast their lease
names.LEASE = timedelta(seconds=LEASE)  # before anybody takes its value

if __name__ == "__main__":
    import django

    django.setup()

    from django.core.management import call_command

    from handdruk.work import commands, worker
    from handdruk.work.define import RECURRING
    from handdruk.work.models import Job, JobState
    from tests.integration.work.chores import traced


def prepare() -> None:
    """The long ones first, so that whoever is killed soon is killed in the middle of one."""
    call_command("migrate", verbosity=0, interactive=False)
    for number in range(LONG + SHORT):
        traced.enqueue(number=number, seconds=LEASE * 1.5 if number < LONG else 0.03)


def work() -> None:
    """Works until SIGTERM."""
    worker.POLL = 0.05
    RECURRING.clear()  # only what the test enqueues
    crew = worker.Worker(threads=2)
    print("at work", flush=True)
    assert sys.stdin.readline() == "go\n"  # all begin together, however long each took to start
    crew.start()
    signal.sigwait({signal.SIGTERM})
    crew.stop()


def alone() -> None:
    """Works, and first takes back what was left behind."""
    commands.recover_all()
    work()


def left() -> None:
    """Says how many jobs are not done."""
    print(Job.objects.exclude(state=JobState.DONE).count())


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # for the threads as well: sigwait takes it
    {"prepare": prepare, "work": work, "alone": alone, "left": left}[sys.argv[1]]()
