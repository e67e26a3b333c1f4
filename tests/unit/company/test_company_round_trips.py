"""Whatever a value says, its file says the same: writing and reading are each other's opposite."""

import string
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handdruk.company import write_toml
from handdruk.company.around import Around
from handdruk.company.article import read_article
from handdruk.company.mistakes import Notes
from handdruk.company.sections import sections
from handdruk.company.settings import read_settings
from handdruk.company.toml import read_toml
from handdruk.company.topic import read_topic
from handdruk.company.values import ArticleFile, ExampleLine, TopicFile, many_lines, one_line
from handdruk.company.write_files import article_text, topic_text
from handdruk.company.write_settings import settings_text

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
hostile_lines = st.sampled_from([
    "# nl", "## examples", "## not", "\\# nl", "\\\\## not", "#", "##", "### deep", "#tag", "- item", "-", "- - x",
    "+++", "", "  ", "\t# en", " ## not ", "# ", "```", "[x](article:nowhere)", "[title]", 'a = "b"', "é\u2028ü",
    "a\rb",
])  # fmt: skip
some_text = st.one_of(hostile_lines, st.text(characters, max_size=30))
some_lines = st.lists(some_text, max_size=6).map("\n".join)
languages = st.sampled_from(["nl", "en"])
names = st.text(string.ascii_lowercase + string.digits + "-", max_size=12)
examples = st.builds(ExampleLine, languages, some_lines.map(one_line), st.booleans())

topics = st.builds(
    TopicFile,
    name=st.just("some_topic"),
    phase=names,
    resolution=names,
    action=names,
    article=names,
    team=names,
    titles=st.dictionaries(languages, some_lines.map(one_line).filter(bool)),
    answers=st.fixed_dictionaries({"nl": some_lines.map(many_lines), "en": some_lines.map(many_lines)}),
    examples=st.lists(examples.filter(lambda example: bool(example.text)), max_size=12, unique=True).map(tuple),
)
articles = st.builds(
    ArticleFile,
    key=st.just("some-article"),
    language=st.just("nl"),
    title=some_lines.map(one_line).filter(bool),
    slug=names.filter(bool),
    phase=names,
    summary=some_lines.map(one_line),
    body=some_lines.map(many_lines),
)
words = some_lines.filter(lambda text: bool(text.strip()))
spoken = st.fixed_dictionaries({"nl": words, "en": words})
settings = st.fixed_dictionaries({
    "name": words.map(lambda text: text[:120]).filter(lambda text: bool(text.strip())),
    "languages": st.just(["nl", "en"]),
    "timezone": st.sampled_from(["Europe/Amsterdam", "UTC"]),
    "order_number": st.sampled_from([None, "TH-[0-9]{6}", 'a"\\d', "x\ty"]),
    "hours": st.lists(st.sampled_from([[], [["00:00", "23:59"]], [["08:00", "12:00"], ["12:00", "13:00"]]]),
                      min_size=7, max_size=7),
    "holidays": st.dictionaries(st.dates().map(str), spoken, max_size=3),
    "promise": st.fixed_dictionaries(
        {"at_most": st.floats(1e-300, 0.999), "confidence": st.floats(0.5, 0.999999)},
        optional={"audits_a_day": st.integers(0, 10_000)},
    ),
    "people": st.fixed_dictionaries({
        "answer_within_minutes": st.integers(1, 10_080),
        "miss_at_most": st.floats(0, 0.999),
        "needless_at_most": st.floats(0, 0.999),
        "ask_rate": st.floats(1e-9, 0.999),
    }),
    "teams": st.dictionaries(names.filter(lambda name: bool(name) and name[0] != "-"), spoken, max_size=3),
    "chat": st.fixed_dictionaries({"greeting": spoken, "origins": st.sampled_from([[], ["https://a.example:8000"]])}),
})  # fmt: skip


def unordered(topic: TopicFile) -> tuple[Any, ...]:
    """Without the order of languages and of the two lists, which a file does not keep."""

    def of(language: str) -> tuple[list[str], list[str]]:
        mine = [example for example in topic.examples if example.language == language]
        return [e.text for e in mine if e.belongs], [e.text for e in mine if not e.belongs]

    return (topic.phase, topic.resolution, topic.action, topic.article, topic.team, topic.titles, topic.answers,
            of("nl"), of("en"))  # fmt: skip


@given(topics)
def test_that_a_topic_survives_its_file(topic: TopicFile) -> None:
    notes = Notes("topic.md", [])
    read = read_topic(topic.name, topic_text(topic, ["en", "nl"]), Around(), notes)
    assert read is not None
    assert unordered(read) == unordered(topic)


@given(topics)
def test_that_a_file_a_topic_was_written_to_has_no_line_out_of_place(topic: TopicFile) -> None:
    notes = Notes("topic.md", [])
    body = topic_text(topic, []).split("\n+++\n", 1)[1]
    sections(body, 1, notes)
    assert notes.found == []


@given(articles)
def test_that_an_article_survives_its_file(article: ArticleFile) -> None:
    assert read_article(article.key, "nl", article_text(article), Around(), Notes("article.md", [])) == article


@given(settings)
def test_that_settings_survive_their_file(raw: dict[str, Any]) -> None:
    notes = Notes("company.toml", [])
    assert read_settings(settings_text(raw), notes) == raw
    assert notes.found == []


@given(st.dictionaries(st.text(characters), st.text(characters)))
def test_that_every_key_is_found_on_its_line(texts: dict[str, str]) -> None:
    lines = write_toml.lines(texts)
    toml = read_toml("\n".join(["[[table]]", "other = [", "  1,", "]", "[[table]]", *lines]), 10, Notes("x.toml", []))
    assert toml is not None
    assert toml.data["table"][1] == texts
    assert toml.line(("table", 0, "other")) == 11
    for number, key in enumerate(texts):
        assert toml.line(("table", 1, key)) == 15 + number


def test_that_an_answer_may_say_what_looks_like_structure() -> None:
    text = "# nl\nJa:\n\\# nl\n\\## examples\n### diep\n## examples\n- - 5 graden\n- # nl\n- a \\# b\n"
    (section,) = sections(text, 1, Notes("x", []))
    assert section.answer == "Ja:\n# nl\n## examples\n### diep"
    assert [text for _, text in section.lists["examples"]] == ["- 5 graden", "# nl", "a \\# b"]
