"""Carries out an action the customer agreed to: outside any transaction, under a key that makes it happen once."""

import logging

from handdruk.core.words import Author, Holder, in_language
from handdruk.digital import commands as digital
from handdruk.digital import queries
from handdruk.digital.actions import Refused
from handdruk.digital.actions.flow import call_of
from handdruk.digital.answers import Reply, a_person
from handdruk.digital.models import ActionRun, RunState
from handdruk.human import commands as human
from handdruk.relationship import commands as relationship
from handdruk.relationship.commands import locked
from handdruk.relationship.models import Conversation
from handdruk.work.define import Permanent, job

log = logging.getLogger(__name__)
STEP_ASIDE = (Holder.QUEUE.value, Holder.COLLEAGUE.value)


def _hand_over(run: int, number: int) -> None:
    """Trying again did not help: a person finishes it."""
    tried = ActionRun.objects.filter(pk=run, state=RunState.READY).first()
    if tried is None:
        return
    with locked(tried.conversation_id) as conversation:
        digital.end(tried, RunState.REFUSED, None)
        if conversation.holder != Holder.ASSISTANT:
            human.note(conversation, f"{tried.action}: —")
            return
        if not conversation.is_open:
            relationship.reopen(conversation)
        handover = human.open_handover(conversation, [{"code": "action_failed", "figure": None}])
        relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=number)


@job("reception.perform", attempts=3, on_dead=_hand_over)
def perform(run: int, number: int) -> None:
    """Does the action and tells the customer, or the colleague who took over meanwhile."""
    agreed = ActionRun.objects.select_related("conversation").filter(pk=run, state=RunState.READY).first()
    if agreed is None:
        return
    action = queries.company_actions().by_name.get(agreed.action)
    if action is None:
        raise Permanent(f"the action {agreed.action} is gone")
    progress = queries.progress_of(agreed)
    language = agreed.conversation.language
    try:
        done = action(call_of(progress, language), **action.arguments(progress.values))
        state, texts, reply = RunState.DONE, done.texts, Reply(done.said(language), ask_outcome=True)
    except Refused as refused:
        state, texts = RunState.REFUSED, refused.texts
        reply = Reply(in_language(texts, language), (a_person(language),))
    with locked(agreed.conversation_id) as conversation:
        if ActionRun.objects.filter(pk=run, state=RunState.READY).exists():
            digital.end(agreed, state, texts)
            _tell(conversation, reply, number)


def _tell(conversation: Conversation, reply: Reply, number: int) -> None:
    if conversation.holder in STEP_ASIDE:
        human.note(conversation, reply.text)
        return
    relationship.say(conversation, Author.ASSISTANT, reply.text, reply_to=number, **reply.as_extras())
