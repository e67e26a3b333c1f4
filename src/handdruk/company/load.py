"""Puts a company's folder into the database. While it is loaded, the folder is the whole truth.

What the database has and the folder has not is removed, also what colleagues wrote in the desk: export first, or look
at a dry run. Loading the same folder again changes nothing.
"""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from handdruk.company.changes import Change, Changes, compare
from handdruk.company.fingerprint import fingerprint, of_code
from handdruk.company.mistakes import BadFolder, Mistake
from handdruk.company.read import read_folder
from handdruk.company.stored import Stored, line_of, stored
from handdruk.company.values import ArticleFile, CompanyFolder, TopicFile
from handdruk.core.clock import now
from handdruk.digital.models import Article, Example, Topic
from handdruk.relationship.company import forget
from handdruk.relationship.models import Company
from handdruk.work.transactions import writing

COMPANY_FIELDS = ["name", "settings", "folder", "version", "updated_at"]
TOPIC_FIELDS = ["phase", "resolution", "action", "article", "team", "titles", "answers"]
ARTICLE_FIELDS = ["title", "slug", "phase", "summary", "body", "updated_at"]
BATCH = 200  # rows a statement; what every database takes


def load(path: Path | str, dry_run: bool = False) -> Changes:
    """Checks the folder, then makes the database say what it says, in one transaction, and raises the version.

    With `dry_run` only tells what would change. Raises BadFolder with every mistake; then nothing was loaded.
    """
    folder, found = _read(path)
    with nullcontext() if dry_run else writing():
        before = stored(to_change=not dry_run)
        known = before.company.fingerprint if before.company else ""
        changes = compare(before.as_folder(), folder, of_code(known), of_code(found))
        version = (before.company.version if before.company else 0) + (changes.of_content and not dry_run)
        if not dry_run:
            if changes or changes.moved_to:
                _apply(changes, before, folder, version)
            Company.objects.update(fingerprint=found)
    if not dry_run:
        forget()
    return replace(changes, version=version, applied=not dry_run)


def first(path: Path | str) -> Changes:
    """What a load would change where there is no database yet; none is made. Raises BadFolder with every mistake."""
    folder, found = _read(path)
    return compare(None, folder, "", of_code(found))


def _read(path: Path | str) -> tuple[CompanyFolder, str]:
    """The folder, and its fingerprint from before it was read: what changes meanwhile is found by the next load."""
    found = fingerprint(Path(path).resolve())
    folder = read_folder(path)
    if len(str(folder.path)) > 500:
        raise BadFolder([Mistake(str(path), 1, "the path of this folder is too long", "move it somewhere nearer")])
    return folder, found


def _apply(changes: Changes, before: Stored, folder: CompanyFolder, version: int) -> None:
    _save_company(before.company, folder, version)
    _save_topics(changes.topics, before, folder)
    _save_articles(changes.articles, before, folder)


def _save_company(company: Company | None, folder: CompanyFolder, version: int) -> None:
    company = company or Company()
    company.name, company.settings = folder.settings["name"], folder.settings
    company.folder, company.version, company.updated_at = str(folder.path), version, now()
    company.save(update_fields=COMPANY_FIELDS if company.pk else None)


def _save_topics(changes: Iterable[Change], before: Stored, folder: CompanyFolder) -> None:
    added, changed, removed = _by_kind(changes)
    _delete(Topic, [before.topics[name].pk for name in removed])
    Topic.objects.bulk_update(
        [_fill(before.topics[name], folder.topics[name]) for name in changed], TOPIC_FIELDS, BATCH
    )
    new = Topic.objects.bulk_create([_fill(Topic(name=name), folder.topics[name]) for name in added], BATCH)
    topics = {**before.topics, **{topic.name: topic for topic in new}}
    outdated = [row.pk for name in changed for row in _outdated(before.examples[name], folder.topics[name])]
    _delete(Example, outdated)
    missing = [row for name in (*added, *changed) for row in _missing(topics[name], before, folder.topics[name])]
    Example.objects.bulk_create(missing, BATCH)


def _outdated(rows: list[Example], topic: TopicFile) -> list[Example]:
    """The rows the folder does not have. A row that says nothing stays: no file could hold it."""
    keep = set(topic.examples)
    return [row for row in rows if (line := line_of(row)).text and line not in keep]


def _missing(row: Topic, before: Stored, topic: TopicFile) -> list[Example]:
    have = {line_of(example) for example in before.examples.get(topic.name, [])}
    return [
        Example(topic=row, language=line.language, text=line.text, belongs=line.belongs)
        for line in topic.examples
        if line not in have
    ]


def _save_articles(changes: Iterable[Change], before: Stored, folder: CompanyFolder) -> None:
    pages = {f"{language}/{key}": (key, language) for key, language in {**before.articles, **folder.articles}}
    added, changed, removed = _by_kind(changes)
    _delete(Article, [before.articles[pages[name]].pk for name in removed])
    rows = [before.articles[pages[name]] for name in changed]
    _free_addresses([row for row in rows if row.slug != folder.articles[row.key, row.language].slug])
    filled = [_fill_article(row, folder.articles[row.key, row.language]) for row in rows]
    Article.objects.bulk_update(filled, ARTICLE_FIELDS, BATCH)
    new = [folder.articles[pages[name]] for name in added]
    made = [_fill_article(Article(key=article.key, language=article.language), article) for article in new]
    Article.objects.bulk_create(made, BATCH)


def _free_addresses(rows: list[Article]) -> None:
    """Two articles may swap addresses, and an address is unique at every moment: first nobody has one of theirs."""
    for row in rows:
        row.slug = f"-moving-{row.pk}"
    Article.objects.bulk_update(rows, ["slug"], BATCH)


def _fill(row: Topic, topic: TopicFile) -> Topic:
    for field in TOPIC_FIELDS:
        setattr(row, field, getattr(topic, field))
    return row


def _fill_article(row: Article, article: ArticleFile) -> Article:
    row.title, row.slug, row.phase = article.title, article.slug, article.phase
    row.summary, row.body, row.updated_at = article.summary, article.body, now()
    return row


def _by_kind(changes: Iterable[Change]) -> tuple[list[str], list[str], list[str]]:
    """The names of what is added, changed and removed."""
    names: dict[str, list[str]] = {"added": [], "changed": [], "removed": []}
    for change in changes:
        names[change.kind].append(change.name)
    return names["added"], names["changed"], names["removed"]


def _delete(model: type[Topic] | type[Example] | type[Article], keys: list[int]) -> None:
    for start in range(0, len(keys), BATCH):
        model._default_manager.filter(pk__in=keys[start : start + BATCH]).delete()
