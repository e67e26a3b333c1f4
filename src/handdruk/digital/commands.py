"""What changes on the machine's side: steps of actions, and the content of the help centre."""

from dataclasses import asdict

from handdruk.core.clock import now
from handdruk.core.ids import public_id
from handdruk.digital.actions.progress import Progress
from handdruk.digital.models import ENDS, ActionRun, Example, RunState, Topic
from handdruk.digital.queries import company_actions
from handdruk.relationship.company import content_changed
from handdruk.relationship.models import Conversation

STORED = ("state", "values", "asked", "email", "code_hash", "code_until", "code_tries", "codes_sent", "then")


def keep(conversation: Conversation, progress: Progress) -> ActionRun:
    """Stores how far the customer is. Call inside the turn's transaction."""
    action = company_actions().by_name.get(progress.action)
    stored = {name: value for name, value in asdict(progress).items() if name in STORED}
    run, made = ActionRun.objects.get_or_create(
        key=progress.key,
        defaults={
            "conversation": conversation,
            "action": progress.action,
            "titles": action.titles if action is not None else {},
            "topic": progress.topic,
            **stored,
        },
    )
    if not made:
        for name in STORED:
            setattr(run, name, stored[name])
    if progress.state in ENDS:
        run.ended_at = now()
    run.save(update_fields=[*STORED, "ended_at"])
    return run


def stop_all(conversation: Conversation) -> None:
    """Whatever was under way is not any more. What is being carried out at this moment is left to end by itself."""
    under_way = ActionRun.objects.filter(conversation=conversation).exclude(state__in=[*ENDS, RunState.READY])
    under_way.update(state=RunState.STOPPED, ended_at=now())


def new_key() -> str:
    """The key under which one use of an action happens once."""
    return public_id()


def end(run: ActionRun, state: RunState, result: dict[str, str] | None) -> None:
    """Records how an action ended."""
    run.state, run.result, run.ended_at = state, result, now()
    run.save(update_fields=["state", "result", "ended_at"])


def add_example(topic: str, language: str, text: str, *, belongs: bool = True) -> None:
    """A message as customers write it; the next training learns from it. `belongs` false makes it a near miss."""
    row = Topic.objects.get(name=topic)
    Example.objects.get_or_create(topic=row, language=language, text=text, belongs=belongs)
    content_changed()
