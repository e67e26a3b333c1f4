"""`handdruk doctor`: says what is wrong, in plain words, and what to do about it."""

import json
import shutil
import stat
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

django.setup()

from django.core.mail import get_connection  # noqa: E402  (Django must be set up first)
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from handdruk.cli.ending import Ending  # noqa: E402
from handdruk.cli.ready import problem_with_actions  # noqa: E402
from handdruk.cli.trouble import explained  # noqa: E402
from handdruk.config.environment import given_key  # noqa: E402
from handdruk.core.clock import now  # noqa: E402
from handdruk.digital.queries import company_actions  # noqa: E402
from handdruk.human.models import Colleague, Handover, HandoverState  # noqa: E402
from handdruk.reception.brakes import in_force  # noqa: E402
from handdruk.reception.encoding import folder  # noqa: E402
from handdruk.reception.models import TrainedReader  # noqa: E402
from handdruk.reception.policy import thresholds_of  # noqa: E402
from handdruk.relationship.models import Company  # noqa: E402
from handdruk.understand import Encoder, EncoderUnusable  # noqa: E402
from handdruk.work.models import Job, JobState  # noqa: E402

GOOD, WARNING, WRONG = "good", "warning", "wrong"
SIGNS = {GOOD: "ok   ", WARNING: "look ", WRONG: "wrong"}
LOGIN = "demo-login"  # what a demo keeps in its home
ENOUGH_DISK = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    state: str
    about: str
    text: str


def run(options: Namespace) -> int:
    """Looks at everything it can; exit code 1 when something is wrong."""
    findings: list[Finding] = []
    unusable = _examine(findings)
    wrong = any(finding.state == WRONG for finding in findings)
    if options.json:
        print(json.dumps({"healthy": not wrong, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            print(f"{SIGNS[finding.state]}  {finding.about}: {finding.text}")
    if unusable is not None:
        raise unusable
    return int(wrong)


def _examine(findings: list[Finding]) -> Ending | None:
    """Adds what is found. Returns what ends every command: a database that cannot be used."""
    for check in (_python, _home):
        findings.extend(_safely(check))
    try:
        findings.extend(_database())
    except Exception as error:
        unusable = explained(error)
        findings.append(Finding(WRONG, "database", str(unusable or error)))
        return unusable
    if findings[-1].state != WRONG:
        for check in (_company, _actions, _reader, _encoder, _colleagues, _jobs, _waiting):
            findings.extend(_safely(check))
    for check in (_secret_key, _mail, _redis):
        findings.extend(_safely(check))
    return None


def _safely(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Whatever a check raises is a finding too."""
    try:
        yield from check()
    except Exception as error:
        yield Finding(WRONG, check.__name__.strip("_"), f"{type(error).__name__}: {error}")


def _python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding(GOOD, "python", f"{version}, {sys.executable}")


def _home() -> Iterator[Finding]:
    home = settings.HOME
    key = home / "secret-key"
    if key.exists() and key.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield Finding(WRONG, "home", f"others can read the secret key; run: chmod 600 {key}")
    free = shutil.disk_usage(next(path for path in (home, *home.parents) if path.exists())).free
    state = GOOD if free > ENOUGH_DISK else WARNING
    yield Finding(state, "home", f"{home}, {free // 1024**2} MB free")


def _database() -> Iterator[Finding]:
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        yield Finding(WRONG, "database", "nothing is here yet; start with: handdruk demo, or handdruk up FOLDER")
        return
    connection.ensure_connection()
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding(WRONG, "database", f"{len(missing)} changes are not made yet; starting Handdruk makes them")
        return
    yield Finding(GOOD, "database", connection.vendor)


def _company() -> Iterator[Finding]:
    company = Company.objects.first()
    if company is None:
        yield Finding(WRONG, "company", "none has been loaded; run: handdruk load FOLDER")
        return
    yield Finding(GOOD, "company", f"{company.name}, version {company.version}")


def _actions() -> Iterator[Finding]:
    if problem := problem_with_actions():
        yield Finding(WRONG, "actions", problem)
        return
    names = sorted(company_actions().by_name)
    yield Finding(GOOD, "actions", ", ".join(names) or "none")


def _reader() -> Iterator[Finding]:
    reader = TrainedReader.objects.order_by("-pk").defer("data").first()
    company = Company.objects.first()
    if reader is None or company is None:
        yield Finding(WRONG, "reader", "it has not been trained; run: handdruk train")
        return
    if reader.content_version != company.version:
        yield Finding(WARNING, "reader", "the topics changed since it was trained; run: handdruk train")
    proved = thresholds_of(reader.policy).whole()
    if proved.value is None:
        missing = proved.labels_missing
        needed = (
            "topics must be recognised better first" if missing is None else f"about {missing} more labels are needed"
        )
        text = f"nothing is answered automatically yet; {needed}"
        yield Finding(WARNING, "promise", text)
        return
    if in_force() is not None:
        yield Finding(
            WARNING, "promise", "audits put a brake on: less is answered automatically; look at /desk/promise/"
        )
    kind = "provisional" if proved.provisional else "proved"
    yield Finding(GOOD, "promise", f"at most {proved.at_most:.1%} wrong, {kind}; {proved.coverage:.0%} of the "
                  f"evidence is answered")  # fmt: skip


def _encoder() -> Iterator[Finding]:
    newest = TrainedReader.objects.order_by("-pk").values_list("summary", flat=True).first()
    trained_with = (newest or {}).get("encoder")
    if not folder().exists():
        if trained_with is not None:
            text = f"the reader was trained with one that is gone from {folder()}; install it again, or run: handdruk train"
            yield Finding(WARNING, "encoder", text)
            return
        yield Finding(GOOD, "encoder", "none: messages are read by their words")
        return
    try:
        encoder = Encoder.load(folder())
    except EncoderUnusable as error:
        yield Finding(WARNING, "encoder", f"messages are read by words alone: {error}")
        return
    if encoder.fingerprint != trained_with:
        yield Finding(WARNING, "encoder", "the reader was not trained with this one; run: handdruk train")
        return
    yield Finding(GOOD, "encoder", f"{len(encoder.views)} x {encoder.width} numbers for a text")


def _colleagues() -> Iterator[Finding]:
    count = Colleague.objects.filter(user__is_active=True).count()
    if count == 0:
        yield Finding(WRONG, "colleagues", "nobody can log in at the desk; run: handdruk colleague NAME --lead")
        return
    yield Finding(GOOD, "colleagues", str(count))


def _jobs() -> Iterator[Finding]:
    late = Job.objects.filter(state=JobState.READY, run_at__lt=now() - timedelta(minutes=2)).count()
    dead = Job.objects.filter(state=JobState.DEAD).count()
    if late:
        yield Finding(WRONG, "worker", f"{late} jobs have been due for two minutes; is a worker running?")
    if dead:
        yield Finding(WARNING, "worker", f"{dead} jobs failed for good; look at /desk/dead-letters/")
    if not late and not dead:
        yield Finding(GOOD, "worker", "no job is late or dead")


def _waiting() -> Iterator[Finding]:
    late = Handover.objects.filter(state=HandoverState.WAITING, deadline__lt=now()).count()
    if late:
        yield Finding(WARNING, "queue", f"{late} customers have waited longer than promised")
        return
    yield Finding(GOOD, "queue", "nobody has waited longer than promised")


def _mail() -> Iterator[Finding]:
    demo = settings.DEMO or (settings.HOME / LOGIN).exists()
    if demo and settings.ENVIRONMENT.mail is None:
        yield Finding(GOOD, "mail", "shows on a page, since this is a demo")
        return
    if settings.ENVIRONMENT.mail is None:
        yield Finding(WARNING, "mail", "not set, so no codes can be sent; set HANDDRUK_MAIL_URL=smtp://...")
        return
    server = get_connection(timeout=5)
    server.open()
    server.close()
    yield Finding(GOOD, "mail", f"{settings.ENVIRONMENT.mail.host} answers")


def _secret_key() -> Iterator[Finding]:
    if connection.vendor == "sqlite" or given_key():
        yield Finding(GOOD, "secret key", "given" if given_key() else "kept in the home folder")
        return
    text = "made by this machine; machines that share a database need the same HANDDRUK_SECRET_KEY, or logins fail"
    yield Finding(WARNING, "secret key", text)


def _redis() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        several = connection.vendor == "postgresql"
        text = "not set; processes that share a database need the same HANDDRUK_REDIS_URL, or screens are told late"
        text = text if several else "not needed with one process"
        yield Finding(WARNING if several else GOOD, "redis", text)
        return
    from redis import Redis  # noqa: PLC0415  (an optional part)

    Redis.from_url(settings.REDIS_URL, socket_timeout=5).ping()
    yield Finding(GOOD, "redis", "answers")
