"""Reads and checks a whole company folder. Nothing is written, but its `actions.py` is run."""

from pathlib import Path

from handdruk.company.around import Around
from handdruk.company.article import read_article
from handdruk.company.files import Folder
from handdruk.company.known_actions import read_actions
from handdruk.company.mistakes import BadFolder, Mistake
from handdruk.company.settings import read_settings
from handdruk.company.topic import read_topic
from handdruk.company.values import ArticleFile, CompanyFolder, TopicFile

SETTINGS, TOPICS, ARTICLES = "company.toml", "topics", "articles"


def read_folder(path: Path | str) -> CompanyFolder:
    """What the folder says. Raises BadFolder with every mistake in it, each with file, line and what to do."""
    root = Path(path)
    if not root.is_dir():
        raise BadFolder([Mistake(str(root), 1, "is not a folder", "make one to start from with: handdruk new FOLDER")])
    folder = Folder(root)
    text = folder.text(SETTINGS)
    settings = read_settings(text, folder.notes(SETTINGS)) if text is not None else None
    languages = tuple(settings["languages"]) if settings else ()
    pages = _pages(folder, languages)
    around = Around(
        languages=languages,
        articles=frozenset(key for key, _ in pages),
        actions=read_actions(folder, languages),
        teams=frozenset(settings["teams"]) if settings else None,
    )
    topics = _topics(folder, around)
    articles = _articles(folder, pages, around)
    if folder.found:
        raise BadFolder(folder.found)
    assert settings is not None
    return CompanyFolder(root.resolve(), settings, topics, articles)


def _topics(folder: Folder, around: Around) -> dict[str, TopicFile]:
    names = folder.markdown(TOPICS)
    if not names:
        folder.notes(TOPICS).add(1, "there are no topics", "write at least one: topics/NAME.md")
    read: dict[str, TopicFile | None] = {}
    for name in names:
        file = f"{TOPICS}/{name}.md"
        text = folder.text(file)
        read[name] = read_topic(name, text, around, folder.notes(file)) if text is not None else None
    return {name: topic for name, topic in read.items() if topic is not None}


def _pages(folder: Folder, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """The (key, language) of every article there is a file for; notes the ones a language lacks."""
    pages = []
    for language in folder.listed(ARTICLES):
        if languages and language not in languages:
            do = f"use folders named {', '.join(languages)}"
            folder.notes(f"{ARTICLES}/{language}").add(1, "is not a language the company speaks", do)
        pages += [(key, language) for key in folder.markdown(f"{ARTICLES}/{language}")]
    have = set(pages)
    for key, missing in ((key, missing) for key in sorted({key for key, _ in pages}) for missing in languages):
        if (key, missing) not in have:
            has = next(language for other, language in pages if other == key)
            do = f"translate {ARTICLES}/{has}/{key}.md, or remove it"
            folder.notes(f"{ARTICLES}/{missing}/{key}.md").add(1, "is missing", do)
    return pages


def _articles(folder: Folder, pages: list[tuple[str, str]], around: Around) -> dict[tuple[str, str], ArticleFile]:
    read: dict[tuple[str, str], ArticleFile | None] = {}
    for key, language in pages:
        file = f"{ARTICLES}/{language}/{key}.md"
        text = folder.text(file)
        read[key, language] = (
            read_article(key, language, text, around, folder.notes(file)) if text is not None else None
        )
    return {page: article for page, article in read.items() if article is not None}
