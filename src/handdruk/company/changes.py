"""What is different between two companies: what loading a folder does, or would do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from handdruk.company.hours import DAYS
from handdruk.company.mistakes import quoted
from handdruk.company.values import ArticleFile, CompanyFolder, ExampleLine, TopicFile

Kind = Literal["added", "changed", "removed"]
Details = Callable[[Any, Any], Iterable[str]]  # what differs between two things of one name
SIGNS: dict[Kind, str] = {"added": "+", "changed": "~", "removed": "-"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added, changed or removed; `details` say what of it."""

    kind: Kind
    what: str  # "setting", "topic", "article" or "code"
    name: str
    details: tuple[str, ...] = ()

    def describe(self) -> list[str]:
        """A line for the thing and one for each detail."""
        return [f"{SIGNS[self.kind]} {self.what} {self.name}", *(f"    {detail}" for detail in self.details)]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs. `version` is the company's version now; `applied` is false for a dry run.

    `moved_to` is set when the same content comes from another folder than before. That alone is no change.
    """

    settings: tuple[Change, ...]
    topics: tuple[Change, ...]
    articles: tuple[Change, ...]
    code: tuple[Change, ...] = ()
    moved_to: Path | None = None
    version: int = 0
    applied: bool = False

    def __bool__(self) -> bool:
        return self.of_content or bool(self.code)

    @property
    def of_content(self) -> bool:
        """Does anything differ but the code? Then the version rises, and the reader is trained anew."""
        return bool(self.settings or self.topics or self.articles)

    def lines(self) -> list[str]:
        """A line for each thing, and for each detail of it; none when nothing changes."""
        return [line for change in self._everything() for line in change.describe()]

    def describe(self) -> list[str]:
        """Lines for people, and a last one that sums up."""
        moved = [f"The company's folder is now {self.moved_to}."] if self.moved_to else []
        if not self:
            return [*moved, "Nothing changes: the database already says what the folder says."]
        counts = [f"{sum(change.kind == kind for change in self._everything())} {kind}" for kind in SIGNS]
        return [*self.lines(), *moved, f"{'Loaded' if self.applied else 'Would load'}: {', '.join(counts)}."]

    def _everything(self) -> tuple[Change, ...]:
        return (*self.settings, *self.topics, *self.articles, *self.code)


def compare(old: CompanyFolder | None, new: CompanyFolder, old_code: str = "", new_code: str = "") -> Changes:
    """What has to happen to `old` to make it `new`. The order of examples is not a difference.

    Of the company's code only the fingerprints are known, "" for none.
    """
    return Changes(
        settings=tuple(_settings(old, new)),
        topics=tuple(_things("topic", old.topics if old else {}, new.topics, _topic_details)),
        articles=tuple(_things("article", _named(old.articles if old else {}), _named(new.articles), _fields)),
        code=tuple(_code(old_code, new_code)),
        moved_to=new.path if old and old.path != new.path else None,
    )


def _code(old: str, new: str) -> Iterator[Change]:
    if old != new:
        kind: Kind = "changed" if old and new else "added" if new else "removed"
        yield Change(kind, "code", "actions.py and what stands beside it")


def _things(what: str, old: Mapping[str, Any], new: Mapping[str, Any], details: Details) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        if name not in old:
            yield Change("added", what, name)
        elif name not in new:
            yield Change("removed", what, name)
        elif found := tuple(details(old[name], new[name])):
            yield Change("changed", what, name, found)


def _named(articles: dict[tuple[str, str], ArticleFile]) -> dict[str, ArticleFile]:
    return {f"{language}/{key}": article for (key, language), article in articles.items()}


def _settings(old: CompanyFolder | None, new: CompanyFolder) -> Iterator[Change]:
    before = dict(_flat(old.settings)) if old else {}
    after = dict(_flat(new.settings))
    yield from _things("setting", before, after, lambda was, now: [_from_to(was, now)] if was != now else [])


def _flat(settings: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The settings by dotted name."""
    for key, value in settings.items():
        if key == "hours":
            yield from ((f"hours.{day}", pairs) for day, pairs in zip(DAYS, value, strict=True))
        elif isinstance(value, dict) and value:
            yield from ((f"{key}.{inner}", each) for inner, each in value.items())
        else:
            yield key, value


def _topic_details(old: TopicFile, new: TopicFile) -> Iterator[str]:
    yield from _fields(old, new, without=("examples",))
    before, after = set(old.examples), set(new.examples)
    yield from (f"- {_example(example)}" for example in old.examples if example not in after)
    yield from (f"+ {_example(example)}" for example in new.examples if example not in before)


def _example(example: ExampleLine) -> str:
    kind = "example" if example.belongs else "near miss"
    return f"{kind} ({example.language}): {example.text}"


def _fields(old: Any, new: Any, without: Iterable[str] = ()) -> Iterator[str]:
    """The fields that differ; a text in a language is a field."""
    before, after = asdict(old), asdict(new)
    for field in before:
        was, now = before[field], after[field]
        if field in without or was == now:
            continue
        if isinstance(was, dict):
            changed = [key for key in {**was, **now} if was.get(key) != now.get(key)]
            yield from (f"{field} ({key}): {_from_to(was.get(key, ''), now.get(key, ''))}" for key in changed)
        else:
            yield f"{field}: {_from_to(was, now)}"


def _from_to(was: Any, now: Any) -> str:
    if not isinstance(was, str) or not isinstance(now, str):
        return f"{was} -> {now}"
    if quoted(was) == quoted(now):
        return f"{quoted(was)} further on"
    return f"{quoted(was)} -> {quoted(now)}"
