"""What is under way, and what the help centre holds."""

from handdruk.digital.actions.progress import Progress, Waiting
from handdruk.digital.actions.registry import Actions, actions_of
from handdruk.digital.models import ENDS, ActionRun, RunState, Topic
from handdruk.relationship.models import Company, Conversation
from handdruk.work.statements import First

_waiting = First(
    ActionRun, "conversation_id", order_by="-id", also="state NOT IN ('ready', 'done', 'refused', 'stopped')"
)
_in_hand = First(ActionRun, "conversation_id", "action", also="state = 'ready'")


def under_way(conversation: Conversation) -> ActionRun | None:
    """The action that waits for the customer's next word."""
    return _waiting(conversation.pk)


def being_done(conversation: Conversation, action: str) -> bool:
    """Is this action being carried out for the customer at this moment?"""
    return _in_hand(conversation.pk, action) is not None


def awaits_code(run: int, number: int) -> ActionRun | None:
    """The run, if what it waits for is still its `number`th code."""
    return ActionRun.objects.filter(pk=run, state=RunState.CODE, codes_sent=number).first()


def progress_of(run: ActionRun) -> Progress:
    """The run as the plain value the flow works on."""
    proved = run.state not in (RunState.EMAIL, RunState.CODE) and bool(run.email)
    return Progress(run.action, run.topic, run.key, run.state, run.values, run.asked, run.email, proved,
                    run.code_hash, run.code_until, run.code_tries, run.codes_sent,
                    tuple(map(Waiting.from_json, run.then)))  # fmt: skip


def still_open(conversation: Conversation) -> list[Waiting]:
    """What waits for the end of an action."""
    runs = ActionRun.objects.filter(conversation=conversation).exclude(state__in=ENDS).order_by("pk")
    return [Waiting.from_json(one) for then in runs.values_list("then", flat=True) for one in then]


def company_actions() -> Actions:
    """The actions of the company as it was last loaded. Raises BadActions when they cannot be used."""
    folder, fingerprint = Company.objects.values_list("folder", "fingerprint").first() or ("", "")
    return actions_of(folder, fingerprint)


def missing_actions() -> list[str]:
    """The actions that topics name and the code no longer has. Raises BadActions when it cannot be used at all."""
    named = set(Topic.objects.exclude(action="").values_list("action", flat=True))
    return sorted(named - company_actions().by_name.keys())
