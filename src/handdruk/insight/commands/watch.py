"""Watches over the promise while it is lived by: raises the threshold by itself, and tells people."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from handdruk.core.clock import now
from handdruk.decide import Monitor
from handdruk.human.models import Colleague
from handdruk.insight.models import BrakeSeen
from handdruk.insight.monitoring import Answer, audited_answers, run
from handdruk.reception import training
from handdruk.reception.brakes import in_force
from handdruk.reception.models import Brake, TrainedReader
from handdruk.relationship.company import company
from handdruk.work.define import job
from handdruk.work.live import tell
from handdruk.work.transactions import writing


def watch() -> Brake | None:
    """Looks at every audited answer since the last brake; when the promise no longer holds, puts on another and tells.

    To be called after each label. Looking again at the same answers changes nothing.
    """
    before, answers = in_force(), audited_answers()
    seen = run(answers)
    if not seen.alarm:
        return None
    with writing():
        if in_force() != before:
            return None
        brake = _put_on(seen, answers[: seen.audited])
        training.look_again()
        tell("desk", "promise")
        for colleague in Colleague.objects.filter(lead=True, user__is_active=True).exclude(user__email=""):
            mail_brake.enqueue(brake=brake.pk, user=colleague.user_id, key=f"brake:{brake.pk}:{colleague.user_id}")
    return brake


def saw(user: User, brake_id: int) -> None:
    """This lead need not be told again."""
    BrakeSeen.objects.get_or_create(brake_id=brake_id, user=user)


def _put_on(seen: Monitor, answers: list[Answer]) -> Brake:
    reader = TrainedReader.objects.defer("data").order_by("-pk")[0]
    held = training.judgement().policy.thresholds.lowest()
    proposed = seen.proposal().value
    higher = proposed if proposed is not None and held is not None and proposed > held else None
    because = {
        "audited": seen.audited,
        "wrong": seen.wrong,
        "at_most": seen.at_most,
        "before": held,
        "since": _doubtful_since(seen, answers).isoformat(),
    }
    return Brake.objects.create(reader=reader, threshold=higher, because=because)


def _doubtful_since(seen: Monitor, answers: list[Answer]) -> datetime:
    """When the first answer was given of those that spoke for the alarm."""
    return min((answer.at for answer in answers[-len(seen.recent) :] if seen.recent), default=now())


@job("insight.mail_brake", attempts=6)
def mail_brake(brake: int, user: int) -> None:
    """Tells one lead by mail, in their language; no customer and no words of one are in it."""
    row = Brake.objects.filter(pk=brake).first()
    lead = Colleague.objects.select_related("user").filter(user=user, lead=True, user__is_active=True).first()
    if row is None or lead is None or not lead.user.email:
        return
    with translation.override(lead.language or company().languages[0]):
        subject = _("The assistant answers less by itself")
        send_mail(subject, _words(row), settings.DEFAULT_FROM_EMAIL, [lead.user.email])


def _words(brake: Brake) -> str:
    figures = {
        "wrong": brake.because["wrong"],
        "audited": brake.because["audited"],
        "share": f"{brake.because['at_most'] * 100:.3g} %",
    }
    what = _(
        "Of %(audited)s audited answers %(wrong)s were wrong, and the promise allows %(share)s. "
        "So more goes to people from now on, until a training with new audits proves that it is better."
    )
    return f"{what % figures}\n\n{settings.PUBLIC_URL}{reverse('insight:promise')}\n"
