"""One-time codes: mailed to the address a customer gave, to prove that it is theirs."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage

from handdruk.core.clock import now
from handdruk.core.ids import fingerprint, short_code, slow_fingerprint
from handdruk.digital.models import ActionRun
from handdruk.digital.queries import awaits_code, company_actions
from handdruk.digital.wording import say
from handdruk.relationship.commands import locked, touch
from handdruk.relationship.company import company
from handdruk.work.limits import use

CODE_WORKS_FOR = timedelta(minutes=10)
MOST_CODES_AN_HOUR = 12  # to one address


def mail_code(run: int, number: int, language: str) -> None:
    """Mails a fresh code, the `number`th of this run. The code exists only in the mail; stored is its fingerprint."""
    waiting = awaits_code(run, number)
    if waiting is None:
        return
    actions = company_actions()
    if waiting.action not in actions.by_name:
        return  # the company's code is gone, and with it what tells who is a customer
    lookup = actions.lookup
    if lookup is not None and lookup(waiting.email) is None:
        return  # a stranger's address; the customer is told the same, so that nobody can find out who is a customer
    tried_before = bool(waiting.code_hash)
    if not tried_before and use("codes", fingerprint(waiting.email), times=MOST_CODES_AN_HOUR, minutes=60):
        return  # from however many conversations: nobody's mailbox is flooded, and nobody gets that many guesses
    code = short_code()
    if _expect(waiting, slow_fingerprint(code, waiting.key)):
        _mail(waiting.email, code, language)


def _expect(waiting: ActionRun, code_hash: str) -> bool:
    """From now on this code proves the address; False when the customer meanwhile gave another address.

    A turn that is being prepared at this moment starts over, so that it cannot put back what it read before.
    """
    with locked(waiting.conversation_id) as conversation:
        if awaits_code(waiting.pk, waiting.codes_sent) is None:
            return False
        ActionRun.objects.filter(pk=waiting.pk).update(code_hash=code_hash, code_until=now() + CODE_WORKS_FOR)
        touch(conversation)
    return True


def _mail(email: str, code: str, language: str) -> None:
    name = company().name
    subject = say("code_subject", language, code=code, company=name)
    body = say("code_body", language, code=code, company=name)
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [email]).send()
