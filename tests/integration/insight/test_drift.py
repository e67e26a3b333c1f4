"""A company whose answers go wrong one day: the whole chain from customers to audits to the brake, and back."""

import random

import pytest

from handdruk.insight.commands import draw as drawing
from handdruk.insight.commands.draw import draw
from handdruk.insight.commands.label import label
from handdruk.insight.monitoring import standing
from handdruk.reception import training
from handdruk.reception.models import Audit, AuditUse, Brake, Turn, Verdict
from tests.integration.reception.talk import Customer

from .conftest import long_ago

pytestmark = pytest.mark.django_db(transaction=True)
QUESTIONS = (
    "hoe lang heb ik garantie",
    "hoe laat gaan jullie open",
    "wat zijn de openingstijden",
    "garantie op mijn aankoop",
)
PROMISED = 0.05  # what the test company promises


class Days:
    """Customers who ask, the lot, and a colleague who knows the truth: a share `wrong` of the answers is not it."""

    def __init__(self, user) -> None:
        self.user, self.pick = user, random.Random(10)

    def pass_by(self, customers: int, wrong: float, until_brake: bool = False) -> int:
        """How many audits were looked at."""
        for _ in range(customers):
            Customer().say(self.pick.choice(QUESTIONS))
        long_ago(minutes=20)
        draw()
        drawn = Audit.objects.filter(labelled_at=None).order_by("pk").values_list("pk", flat=True)
        for looked, pk in enumerate(list(drawn), 1):
            label(self.user, pk, Verdict.NONE if self.pick.random() < wrong else Verdict.RIGHT)
            if until_brake and Brake.objects.exists():
                return looked
        return len(drawn)


@pytest.fixture
def days(company, sanne, monkeypatch) -> Days:
    monkeypatch.setattr(drawing, "_probability", lambda _: 1.0)  # everything is looked at, so that few days will do
    return Days(sanne)


def test_that_answers_that_become_wrong_at_twice_the_bound_are_stopped_and_come_back_with_new_proof(days):
    days.pass_by(60, wrong=PROMISED / 2)
    assert not Brake.objects.exists()
    looked = days.pass_by(160, wrong=2 * PROMISED, until_brake=True)
    brake = Brake.objects.get()
    assert looked < 160
    assert Customer().say(QUESTIONS[0])["decision"]["kind"] != "answer"
    assert standing().audited == 0  # of the answers given under this brake

    Audit.objects.filter(labelled_at=None).delete()
    assert training.train().brakes.get().threshold == brake.threshold  # training alone proves nothing
    Turn.objects.all().delete()  # what was wrong then is mended; the days after it are judged by themselves
    days.pass_by(80, wrong=0)
    Audit.objects.update(use=AuditUse.PROOF)
    proved = training.train()
    assert proved.policy["threshold"]["provisional"] is False
    assert not proved.brakes.exists()
    assert Customer().say(QUESTIONS[0])["decision"]["kind"] == "answer"
