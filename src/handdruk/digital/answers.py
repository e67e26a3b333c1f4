"""Replies: what the assistant says, as values that reception writes down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from handdruk.core.words import Texts, in_language
from handdruk.digital.topics import Known, KnownTopic
from handdruk.digital.wording import say

LINK = re.compile(r"\[([^\]]+)\]\(article:([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `value` comes back as the message's choice."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the assistant, not yet said."""

    text: str
    buttons: tuple[Button, ...] = ()
    article: dict[str, str] | None = None
    ask_outcome: bool = False
    extras: dict[str, Any] = field(default_factory=dict)

    def as_extras(self) -> dict[str, Any]:
        """What is stored beside the text."""
        shown: dict[str, Any] = dict(self.extras)
        if self.buttons:
            shown["buttons"] = [{"label": button.label, "value": button.value} for button in self.buttons]
        if self.article:
            shown["article"] = self.article
        if self.ask_outcome:
            shown["ask_outcome"] = True
        return shown


def approved(topic: KnownTopic, language: str, known: Known) -> Reply | None:
    """The approved answer with its source; None when there is none in this language."""
    text = topic.answers.get(language)
    if not text:
        return None
    source = topic.sources.get(language)
    article = {"title": source.title, "url": source.url} if source else None
    return Reply(with_links(text, language, known), article=article, ask_outcome=True)


def with_links(text: str, language: str, known: Known) -> str:
    """Links to articles by key become links to their pages; a link that leads nowhere becomes plain words."""

    def link(found: re.Match[str]) -> str:
        address = known.links.get((found[2], language))
        return f"[{found[1]}]({address})" if address else found[1]

    return LINK.sub(link, text)


def which(topics: tuple[KnownTopic, ...], language: str) -> Reply:
    """A yes to a choice of several: the choice once more."""
    return replace(offer(topics, language), text=say("courtesy_which", language))


def offer(topics: tuple[KnownTopic, ...], language: str) -> Reply:
    """The plausible topics as buttons, plus "none of these" and "a person"."""
    ways_out = (none_of_these(language), a_person(language))
    if len(topics) == 1:
        title = in_language(topics[0].titles, language)
        yes = Button(say("this_one", language), f"topic:{topics[0].name}")
        return Reply(say("this_topic", language, title=title), (yes, *ways_out))
    buttons = [Button(in_language(topic.titles, language), f"topic:{topic.name}") for topic in topics]
    return Reply(say("which_topic", language), (*buttons, *ways_out))


def offer_together(topics: tuple[KnownTopic, ...], language: str) -> Reply:
    """Several matters of one message as buttons: one of them, or all; plus "none of these" and "a person"."""
    buttons = [Button(in_language(topic.titles, language), f"topic:{topic.name}") for topic in topics]
    every = Button(say("both" if len(topics) == 2 else "all", language), "all")
    return Reply(say("these_topics", language), (every, *buttons, none_of_these(language), a_person(language)))


def also_asked(waiting: Iterable[tuple[str, Texts]], language: str) -> Reply:
    """What the customer also asked and could not be gone on with by itself, by topic and titles."""
    buttons = [Button(in_language(titles, language), f"topic:{name}") for name, titles in waiting]
    return Reply(say("also_asked", language), (*buttons, a_person(language)))


def same_again(topic: KnownTopic, language: str) -> Reply:
    """The answer did not help: say so, and offer more than the same words."""
    return _or_somebody(say("same_again", language), topic, language)


def follow_up(topic: KnownTopic, language: str) -> Reply:
    """A few words that seem to go on from an answer: ask for more of them, and offer more than the same answer."""
    title = in_language(topic.titles, language)
    return _or_somebody(say("follow_up", language, title=title), topic, language)


def _or_somebody(text: str, topic: KnownTopic, language: str) -> Reply:
    source = topic.sources.get(language)
    article = {"title": source.title, "url": source.url} if source else None
    more = [say("more_below", language)] if source else []
    return Reply(" ".join([text, *more, say("shall_i_get_somebody", language)]), (a_person(language),), article)


def courtesy(kind: str, language: str) -> Reply:
    """A kind word back."""
    return Reply(say(f"courtesy_{kind}", language))


def being_done(language: str) -> Reply:
    """The customer asks again for what they just agreed to."""
    return Reply(say("being_done", language))


def none_of_these(language: str) -> Button:
    """The way out of a wrong guess."""
    return Button(say("none_of_these", language), "none")


def a_person(language: str) -> Button:
    """The way to a person."""
    return Button(say("a_person", language), "human")
