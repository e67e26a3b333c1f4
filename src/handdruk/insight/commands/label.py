"""What colleagues say of audited turns, and what becomes of it."""

from datetime import timedelta

from django.contrib.auth.models import User

from handdruk.core.clock import now
from handdruk.digital.commands import add_example
from handdruk.digital.topics import known
from handdruk.human.models import Colleague
from handdruk.insight.audits import candidate, may_teach
from handdruk.insight.commands.watch import watch
from handdruk.reception.models import Audit, Verdict
from handdruk.relationship.commands import NotAllowed
from handdruk.work.live import tell
from handdruk.work.transactions import writing

TAKE_BACK_WITHIN = timedelta(minutes=10)


class AlreadyLabelled(Exception):
    """A colleague was first; the text is their name."""


def label(user: User, audit_id: int, verdict: str, truth: str = "") -> Audit:
    """Stores what a colleague says, once. Raises AlreadyLabelled, NotAllowed, Audit.DoesNotExist, or ValueError.

    `truth` is the topic it should have been, with the verdict "other" and only then; naming the topic the assistant had
    in mind is the same as saying that it was right.
    """
    _must_be_colleague(user)
    audit = Audit.objects.select_related("turn", "by").get(pk=audit_id)
    if verdict not in Verdict.values or (verdict == Verdict.OTHER) != (truth in known().topics):
        raise ValueError("a verdict, and a topic when it should have been another one")
    thought = candidate(audit.turn)
    if verdict == Verdict.RIGHT or truth == thought:
        verdict, truth = Verdict.RIGHT, thought
    with writing():
        mine = Audit.objects.filter(pk=audit_id, labelled_at=None)
        if not mine.update(verdict=verdict, truth=truth, by=user, labelled_at=now()):
            audit.refresh_from_db()
            raise AlreadyLabelled(audit.by.first_name or audit.by.username if audit.by else "")
        tell("desk", "audits")
    watch()
    audit.refresh_from_db()
    return audit


def take_back(user: User, audit_id: int) -> None:
    """The colleague's own word did not mean what they meant. Raises NotAllowed when it is too late."""
    _must_be_colleague(user)
    recent = Audit.objects.filter(pk=audit_id, by=user, labelled_at__gt=now() - TAKE_BACK_WITHIN, taught_at=None)
    if not recent.update(verdict="", truth="", by=None, labelled_at=None):
        raise NotAllowed("this can no longer be taken back")
    tell("desk", "audits")


def use_as_example(user: User, audit_id: int, text: str) -> None:
    """The words become an example of the topic it should have been, and a near miss of the one it was taken for.

    The next training has it. Raises NotAllowed for an audit that is kept as proof, and ValueError without words.
    """
    _must_be_colleague(user)
    words = " ".join(text.split())
    if not words:
        raise ValueError("an example needs words")
    with writing():
        audit = Audit.objects.select_for_update(of=("self",)).select_related("turn").get(pk=audit_id)
        if not may_teach(audit):
            raise NotAllowed("this one is kept as proof, or was used already")
        thought, language = candidate(audit.turn), audit.turn.language
        if audit.truth in known().topics:
            add_example(audit.truth, language, words)
        if audit.truth != thought and thought in known().topics:
            add_example(thought, language, words, belongs=False)
        audit.taught_at = now()
        audit.save(update_fields=["taught_at"])


def _must_be_colleague(user: User) -> None:
    if not user.is_active or not Colleague.objects.filter(user=user).exists():
        raise NotAllowed("only colleagues may do this")
