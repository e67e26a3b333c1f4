"""What the machine's side does in the background."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage

from handdruk.core.clock import now
from handdruk.core.ids import fingerprint, short_code, slow_fingerprint
from handdruk.digital.models import ActionRun, RunState
from handdruk.digital.queries import company_actions
from handdruk.digital.wording import say
from handdruk.relationship.company import company
from handdruk.work.define import job
from handdruk.work.limits import use

CODE_WORKS_FOR = timedelta(minutes=10)
MOST_CODES_AN_HOUR = 12  # to one address


@job("digital.send_code", attempts=4)
def send_code(run: int, language: str) -> None:
    """Mails a fresh one-time code. The code exists only in the mail; stored is its fingerprint."""
    waiting = ActionRun.objects.filter(pk=run, state=RunState.CODE).first()
    if waiting is None:
        return
    actions = company_actions()
    if waiting.action not in actions.by_name:
        return  # the company's code is gone, and with it what tells who is a customer
    lookup = actions.lookup
    if lookup is not None and lookup(waiting.email) is None:
        return  # a stranger's address; the customer is told the same, so that nobody can find out who is a customer
    if use("codes", fingerprint(waiting.email), times=MOST_CODES_AN_HOUR, minutes=60):
        return  # from however many conversations: nobody's mailbox is flooded, and nobody gets that many guesses
    code = short_code()
    still = ActionRun.objects.filter(pk=run, state=RunState.CODE, email=waiting.email, codes_sent=waiting.codes_sent)
    if not still.update(code_hash=slow_fingerprint(code, waiting.key), code_until=now() + CODE_WORKS_FOR):
        return  # another address was given meanwhile: a code proves the address it was mailed to, and no other
    name = company().name
    subject = say("code_subject", language, code=code, company=name)
    body = say("code_body", language, code=code, company=name)
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [waiting.email]).send()
