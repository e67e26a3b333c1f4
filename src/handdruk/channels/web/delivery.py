"""A customer's screen fetches what is new by itself. Whoever left before the answer came gets it by mail."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage

from handdruk.core.words import in_language
from handdruk.relationship.company import company
from handdruk.relationship.delivery import Channel
from handdruk.relationship.models import Conversation, Message

GIVE_THE_SCREEN = timedelta(minutes=3)
SUBJECT = {"nl": "Antwoord van {company}", "en": "An answer from {company}"}
BODY = {
    "nl": "Hallo,\n\nJe was al weg uit de chat toen dit antwoord kwam:\n\n{text}\n\nVerder praten? {address}\n\nGroet,\n{company}",
    "en": "Hello,\n\nYou had left the chat when this answer came:\n\n{text}\n\nCarry on talking? {address}\n\nKind regards,"
    "\n{company}",
}


def _knows_where(conversation: Conversation) -> bool:
    return bool(conversation.verified_email)


def mail_if_unseen(message: Message, key: str) -> None:
    """Mails what the customer's screen has not fetched. The key becomes the Message-ID, so a repeat can be recognised."""
    conversation = message.conversation
    if conversation.seen_number >= message.number:
        return
    name, language = company().name, conversation.language
    address = f"{settings.PUBLIC_URL}/{language}/chat/"
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    EmailMessage(
        in_language(SUBJECT, language).format(company=name),
        in_language(BODY, language).format(text=message.text, address=address, company=name),
        to=[conversation.verified_email],
        headers={"Message-ID": f"<{key}.{conversation.key}@{domain}>"},
    ).send()


web = Channel("web", _knows_where, mail_if_unseen, GIVE_THE_SCREEN)
