"""How a conversation begins."""

from handdruk.core.words import Author, in_language
from handdruk.relationship import commands
from handdruk.relationship.company import company
from handdruk.relationship.models import Conversation
from handdruk.work.transactions import writing


def open_with_greeting(channel: str, language: str) -> tuple[Conversation, str]:
    """A new conversation in which the assistant has said what it is, and the token that is the only key to it."""
    with writing():
        conversation, token = commands.open_conversation(channel, language)
        commands.say(conversation, Author.ASSISTANT, in_language(company().greeting, language))
    return conversation, token
