"""Carries out an action the customer agreed to: outside any transaction, under a key that makes it happen once."""

import logging
from collections.abc import Sequence

from handdruk.core.words import Author, Holder, in_language
from handdruk.digital import answers, queries
from handdruk.digital import commands as digital
from handdruk.digital.actions import Refused
from handdruk.digital.actions.flow import call_of
from handdruk.digital.actions.progress import Waiting
from handdruk.digital.answers import Reply, a_person
from handdruk.digital.models import ActionRun, RunState
from handdruk.digital.topics import known
from handdruk.digital.wording import say
from handdruk.human import commands as human
from handdruk.reception.in_order import Resolved, go_on_with, titles_of
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
        waits = queries.progress_of(tried).then
        if conversation.holder != Holder.ASSISTANT:
            human.note(conversation, f"{tried.action}: —")
            _leave_to_a_person(conversation, waits)
            return
        if not conversation.is_open:
            relationship.reopen(conversation)
        brief = {"message": number, "open": [one.titles for one in waits]}
        handover = human.open_handover(conversation, [{"code": "action_failed", "figure": None}], brief=brief)
        relationship.say(conversation, Author.ASSISTANT, handover.told, reply_to=number)


@job("reception.perform", attempts=3, on_dead=_hand_over)
def perform(run: int, number: int) -> None:
    """Does the action and tells the customer, or the colleague who took over meanwhile; then what waited for it follows."""
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
    after = go_on_with(progress.then, known(), agreed.conversation, language)
    with locked(agreed.conversation_id) as conversation:
        if ActionRun.objects.filter(pk=run, state=RunState.READY).exists():
            digital.end(agreed, state, texts)
            _tell(conversation, reply, number)
            if conversation.holder in STEP_ASIDE:
                _leave_to_a_person(conversation, progress.then)
            else:
                _go_on(conversation, after, progress.then, number)


def _go_on(conversation: Conversation, after: Resolved, waited: Sequence[Waiting], number: int) -> None:
    """Says and begins what waited, unless the customer has meanwhile begun something else: then it is offered."""
    if after.steps and queries.under_way(conversation) is not None:
        offered = [(one.topic, one.titles) for one in waited]
        after = Resolved((answers.also_asked(offered, conversation.language),))
    for reply in after.replies:
        _tell(conversation, reply, number)
    for step in after.steps:
        begun = digital.keep(conversation, step.progress)
        if begun.state == RunState.READY:
            perform.enqueue(run=begun.pk, number=number, key=f"perform:{begun.pk}")


def _leave_to_a_person(conversation: Conversation, waited: Sequence[Waiting]) -> None:
    """What waited is silent now; the colleague sees it."""
    if waited:
        open_still = say("still_open", conversation.language, titles=titles_of(waited, conversation.language))
        human.note(conversation, open_still)


def _tell(conversation: Conversation, reply: Reply, number: int) -> None:
    if conversation.holder in STEP_ASIDE:
        human.note(conversation, reply.text)
        return
    relationship.say(conversation, Author.ASSISTANT, reply.text, reply_to=number, **reply.as_extras())
