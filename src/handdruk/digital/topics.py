"""The topics as frozen values, kept in memory until the company's version rises."""

import threading
from dataclasses import dataclass

from handdruk.core.words import Resolution, Texts
from handdruk.digital.models import Article, Topic
from handdruk.relationship.company import company


@dataclass(frozen=True, slots=True)
class Source:
    """The article an answer rests on, in one language."""

    title: str
    slug: str
    language: str

    @property
    def url(self) -> str:
        """Where it can be read."""
        return f"/{self.language}/help/{self.slug}/"


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic as a turn needs it."""

    name: str
    phase: str
    resolution: Resolution
    action: str
    team: str
    titles: Texts
    answers: Texts
    sources: dict[str, Source]


@dataclass(frozen=True, slots=True)
class Known:
    """All topics at one version of the company."""

    version: int
    topics: dict[str, KnownTopic]
    links: dict[tuple[str, str], str]  # (article key, language) -> address

    def resolutions(self) -> dict[str, Resolution]:
        """How each topic is resolved, as the policy wants it."""
        return {name: topic.resolution for name, topic in self.topics.items()}


_lock = threading.Lock()
_known: Known | None = None


def known() -> Known:
    """Every topic, as of the company's current version."""
    global _known  # noqa: PLW0603  (a cache of one)
    version = company().version
    if _known is not None and _known.version == version:
        return _known
    with _lock:
        if _known is None or _known.version != version:
            _known = _read(version)
        return _known


def _read(version: int) -> Known:
    articles = {(a.key, a.language): a for a in Article.objects.only("key", "language", "title", "slug")}
    languages = {language for _, language in articles}
    topics = {}
    for row in Topic.objects.all():
        sources = {
            language: Source(found.title, found.slug, language)
            for language in languages
            if (found := articles.get((row.article, language))) is not None
        }
        topics[row.name] = KnownTopic(
            row.name, row.phase, Resolution(row.resolution), row.action, row.team, row.titles, row.answers, sources
        )
    links = {key: Source(a.title, a.slug, a.language).url for key, a in articles.items()}
    return Known(version, topics, links)
