"""A colleague takes over while the assistant is about to answer: a thousand times, with never a word of it afterwards."""

import random
import threading
import time

import pytest
from django.db import connection

from handdruk.human import commands as human
from handdruk.reception import turn
from handdruk.relationship.models import Conversation, Message
from tests.integration.conftest import company, sanne, trained  # noqa: F401  (fixtures of the small company)
from tests.integration.reception.talk import Customer

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 1000


def test_that_a_thousand_takeovers_leave_no_assistant_message_after_them(sanne):  # noqa: F811
    pick = random.Random(7)
    spoken = 0
    for number in range(TIMES):
        customer = Customer()
        received = turn.receive(customer.inbound("hoe lang heb ik garantie"))
        head_start = pick.uniform(-0.006, 0.012)
        problems: list[BaseException] = []

        wait = max(head_start, 0)

        def take(conversation=customer.conversation.pk, wait=wait, problems=problems):
            try:
                time.sleep(wait)
                human.take(sanne, conversation)
            except BaseException as error:
                problems.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=take)
        thread.start()
        time.sleep(max(-head_start, 0))
        turn.take_begun_turn(received)
        thread.join()
        assert not problems, problems
        spoken += _check(customer, number)
    assert 0 < spoken < TIMES, "both orders must have happened, or nothing was tested"


def _check(customer: Customer, number: int) -> bool:
    """True when the assistant got its answer in before the takeover."""
    conversation = Conversation.objects.get(pk=customer.conversation.pk)
    assert conversation.holder == "colleague"
    took_over = Message.objects.get(conversation=conversation, author="colleague", kind="notice").number
    after = Message.objects.filter(conversation=conversation, author="assistant", number__gt=took_over)
    assert not after.exists(), f"round {number}"
    answered = Message.objects.filter(conversation=conversation, author="assistant", number__gt=1).count()
    assert answered <= 1
    return answered == 1
