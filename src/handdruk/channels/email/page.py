"""A mail server that is a page: for a demo, where no mail may leave the machine."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from handdruk.channels.email.models import ShownMail

KEEP = 100


class PageBackend(BaseEmailBackend):
    """Keeps the newest hundred mails for `/demo/mail/`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Stores the mails; how many."""
        for mail in email_messages:
            ShownMail.objects.create(to=", ".join(mail.to), subject=mail.subject[:300], body=str(mail.body))
        old = ShownMail.objects.values_list("pk", flat=True)[KEEP:]
        ShownMail.objects.filter(pk__in=list(old)).delete()
        return len(email_messages)
