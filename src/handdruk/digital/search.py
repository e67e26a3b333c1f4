"""Search in the help centre: by the words of the articles and by the words customers really use.

An article is found by its title, summary and body and, more weakly, by the examples of the topics that rest on it, so
that "pakje kwijt" finds a page on which neither word stands. Scored with BM25 (Robertson & Zaragoza 2009, "The
Probabilistic Relevance Framework: BM25 and Beyond"); a word also finds longer words that begin with it.
"""

import math
import re
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass

from handdruk.digital.models import Article, Example, Topic
from handdruk.relationship.company import company

WORD = re.compile(r"\w+")
TITLE, SUMMARY, BODY, EXAMPLES = 6, 3, 1, 1
K1, B = 1.2, 0.6  # the customary values; B is a little lower since short articles are not better ones
SHORTEST_PREFIX = 4
MOST_WORDS = 12
MOST_FOUND = 12
FITS = 0.4  # of the best score: what scores lower shares a word with the question, and little else
COMMON = 0.5  # a word in more than this share of the articles, such as "de" or "where", tells none from another
FEW = 4  # articles among which that cannot be said of any word


@dataclass(frozen=True, slots=True)
class Index:
    """All articles of one language at one version of the company."""

    version: int
    postings: dict[str, dict[int, float]]  # word -> article -> weighted count
    lengths: dict[int, float]
    mean_length: float
    words: tuple[str, ...]

    def search(self, query: str, most: int = MOST_FOUND) -> list[int]:
        """The keys of the articles that fit, best first; none that fits far worse than the best."""
        scores: dict[int, float] = defaultdict(float)
        for word in words_of(query)[:MOST_WORDS]:
            for found, weight in self._like(word):
                self._score(scores, found, weight)
        least = FITS * max(scores.values(), default=0.0)
        fitting = (key for key, score in scores.items() if score >= least)
        return sorted(fitting, key=lambda key: (-scores[key], key))[:most]

    def _like(self, word: str) -> list[tuple[str, float]]:
        if len(word) < SHORTEST_PREFIX:
            return [(word, 1.0)] if word in self.postings else []
        stem = word[: max(SHORTEST_PREFIX, len(word) - 2)]
        return [(known, 1.0 if known == word else 0.5) for known in self.words if known.startswith(stem)]

    def _score(self, scores: dict[int, float], word: str, weight: float) -> None:
        found = self.postings[word]
        if len(found) > max(FEW, COMMON * len(self.lengths)):
            return
        rarity = math.log(1 + (len(self.lengths) - len(found) + 0.5) / (len(found) + 0.5))
        for key, count in found.items():
            length = 1 - B + B * self.lengths[key] / self.mean_length
            scores[key] += weight * rarity * count * (K1 + 1) / (count + K1 * length)


def words_of(text: str) -> list[str]:
    """The words of a text as search compares them."""
    return WORD.findall(text.casefold())


_lock = threading.Lock()
_indexes: dict[str, Index] = {}


def search(query: str, language: str, most: int = MOST_FOUND) -> list[Article]:
    """The articles in this language that fit the query, best first."""
    keys = _index(language).search(query[:300], most)
    found = Article.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _index(language: str) -> Index:
    version = company().version
    held = _indexes.get(language)
    if held is not None and held.version == version:
        return held
    with _lock:
        _indexes[language] = built = _build(language, version)
    return built


def _build(language: str, version: int) -> Index:
    topics: dict[str, list[int]] = defaultdict(list)
    for topic, key in Topic.objects.exclude(article="").values_list("pk", "article"):
        topics[key].append(topic)
    examples: dict[int, list[str]] = defaultdict(list)
    for topic, text in Example.objects.filter(language=language, belongs=True).values_list("topic_id", "text"):
        examples[topic].append(text)
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    lengths: dict[int, float] = {}
    for article in Article.objects.filter(language=language):
        said = [text for topic in topics[article.key] for text in examples[topic]]
        counts = _counts(article, said)
        lengths[article.pk] = sum(counts.values())
        for word, count in counts.items():
            postings[word][article.pk] = count
    mean = sum(lengths.values()) / max(len(lengths), 1) or 1.0
    return Index(version, dict(postings), lengths, mean, tuple(sorted(postings)))


def _counts(article: Article, examples: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    weighted = (
        (article.title, TITLE),
        (article.summary, SUMMARY),
        (article.body, BODY),
        (" ".join(examples), EXAMPLES),
    )
    for text, weight in weighted:
        for word in words_of(text):
            counts[word] += weight
    return counts
