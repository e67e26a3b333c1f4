"""Topics and articles as the text of their files: the opposite of `topic` and `article`."""

from collections.abc import Iterable

from handdruk.company import write_toml as toml
from handdruk.company.sections import escaped
from handdruk.company.values import ArticleFile, TopicFile


def topic_text(topic: TopicFile, languages: Iterable[str]) -> str:
    """The file of a topic, with the company's languages first and in their order."""
    settings = {"phase": topic.phase, "resolve": topic.resolution}
    names = {"action": topic.action, "article": topic.article, "team": topic.team}
    settings |= {key: name for key, name in names.items() if name}
    spoken = [*languages, *topic.answers, *(example.language for example in topic.examples)]
    parts = [_part(topic, language) for language in dict.fromkeys(spoken)]
    front = [*toml.lines(settings), "[title]", *toml.lines(topic.titles)]
    return "\n\n".join(["\n".join(["+++", *front, "+++"]), *parts]) + "\n"


def _part(topic: TopicFile, language: str) -> str:
    """What the topic says in one language."""
    examples = _list("examples", topic, language, belongs=True)
    near_misses = _list("not", topic, language, belongs=False)
    blocks = [f"# {language}", escaped(topic.answers.get(language, "")), examples, near_misses]
    return "\n\n".join(block for block in blocks if block)


def _list(name: str, topic: TopicFile, language: str, *, belongs: bool) -> str:
    texts = [each.text for each in topic.examples if each.language == language and each.belongs == belongs]
    return "\n".join([f"## {name}", *(f"- {text}" for text in texts)]) if texts else ""


def article_text(article: ArticleFile) -> str:
    """The file of an article."""
    settings = {"title": article.title, "slug": article.slug, "phase": article.phase}
    settings |= {"summary": article.summary} if article.summary else {}
    return "\n".join(["+++", *toml.lines(settings), "+++", "", article.body]) + "\n"
