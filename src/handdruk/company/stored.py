"""The company as the database has it, in the same values as a folder."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from handdruk.company.values import ArticleFile, CompanyFolder, ExampleLine, TopicFile, many_lines, one_line
from handdruk.core.words import Texts
from handdruk.digital.models import Article, Example, Topic
from handdruk.relationship.models import Company


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows, by the names that files have."""

    company: Company | None
    topics: dict[str, Topic]
    examples: dict[str, list[Example]]  # by the topic's name
    articles: dict[tuple[str, str], Article]

    def as_folder(self) -> CompanyFolder | None:
        """What a folder with this content says; None before anything was loaded."""
        if self.company is None:
            return None
        topics = {name: _topic(row, self.examples[name]) for name, row in self.topics.items()}
        articles = {key: _article(row) for key, row in self.articles.items()}
        return CompanyFolder(Path(self.company.folder), self.company.settings, topics, articles)


def stored(*, to_change: bool = False) -> Stored:
    """Reads it all. With `to_change`, inside a transaction, nobody else can load meanwhile."""
    companies = Company.objects.select_for_update() if to_change else Company.objects.all()
    company = companies.first()
    topics = {row.pk: row for row in Topic.objects.all()}
    examples: dict[str, list[Example]] = defaultdict(list)
    for example in Example.objects.all():
        examples[topics[example.topic_id].name].append(example)
    articles = {(row.key, row.language): row for row in Article.objects.all()}
    return Stored(company, {row.name: row for row in topics.values()}, examples, articles)


def line_of(row: Example) -> ExampleLine:
    """An example as a file has it."""
    return ExampleLine(row.language, one_line(row.text), row.belongs)


def _topic(row: Topic, examples: list[Example]) -> TopicFile:
    lines = dict.fromkeys(line_of(example) for example in examples)
    return TopicFile(
        row.name, row.phase, row.resolution, row.action, row.article, row.team,
        titles=_texts({language: one_line(title) for language, title in row.titles.items()}),
        answers=_texts({language: many_lines(answer) for language, answer in row.answers.items()}),
        examples=tuple(line for line in lines if line.text),
    )  # fmt: skip


def _article(row: Article) -> ArticleFile:
    return ArticleFile(
        row.key, row.language, one_line(row.title), row.slug, row.phase, one_line(row.summary), many_lines(row.body)
    )


def _texts(texts: Texts) -> Texts:
    """Without the languages that say nothing."""
    return {language: text for language, text in texts.items() if text}
