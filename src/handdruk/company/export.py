"""Writes the company that is in the database back to a folder. Loading that folder changes nothing.

A file that already says the same is left as it is, with its comments and its order. A file that does not is written
anew. Files of topics and articles that are no longer there are removed, under topics/ and articles/ only. `actions.py`
and the .py files beside it come from the folder that was loaded last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handdruk.company.already import says
from handdruk.company.code import code
from handdruk.company.files import CannotWrite, Folder, is_empty, stays_inside, write
from handdruk.company.read import ARTICLES, SETTINGS, TOPICS
from handdruk.company.stored import stored
from handdruk.company.table import NAME
from handdruk.company.values import CompanyFolder
from handdruk.company.write_files import article_text, topic_text
from handdruk.company.write_settings import settings_text


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, left as they were, and removed, by their names in the folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]

    def describe(self) -> list[str]:
        """Lines for people, and a last one that sums up."""
        lines = [*(f"~ {name}" for name in self.written), *(f"- {name}" for name in self.removed)]
        return [*lines, f"{len(self.written)} written, {len(self.kept)} already right, {len(self.removed)} removed."]


def export(path: Path | str) -> Exported:
    """Writes everything; each file appears as a whole or not at all.

    Raises CannotWrite when the folder holds something that is not a company, or when nothing was loaded yet.
    """
    content = stored().as_folder()
    if content is None:
        raise CannotWrite("no company has been loaded; run: handdruk load FOLDER")
    root = Path(path)
    _check_place(root, content)
    kept = says(root, content)
    files = {**(code(content.path) if content.path.is_absolute() else {}), **dict(_files(content))}
    written = [name for name in files if name not in kept and not _has(root / name, files[name])]
    for name in written:
        write(root / name, files[name])
    removed = _remove_others(Folder(root), set(files))
    return Exported(tuple(written), tuple(name for name in files if name not in written), tuple(removed))


def _check_place(root: Path, content: CompanyFolder) -> None:
    if not is_empty(root) and not (root / SETTINGS).is_file():
        raise CannotWrite(f"{root} is not empty and not a company (it has no {SETTINGS}); choose another folder")
    for name in (*content.topics, *(part for page in content.articles for part in page)):
        if not NAME.fullmatch(name):
            raise CannotWrite(f"{name!r} cannot be the name of a file; rename it in the desk (a-z, 0-9, - and _)")
    for name in (TOPICS, ARTICLES, *(f"{ARTICLES}/{language}" for _, language in content.articles)):
        if not stays_inside(root, root / name):
            raise CannotWrite(f"{root / name} is a link that leaves the folder; put a folder there, or choose another")


def _files(content: CompanyFolder) -> Iterator[tuple[str, bytes]]:
    yield SETTINGS, settings_text(content.settings).encode()
    for name, topic in content.topics.items():
        yield f"{TOPICS}/{name}.md", topic_text(topic, content.settings["languages"]).encode()
    for (key, language), article in content.articles.items():
        yield f"{ARTICLES}/{language}/{key}.md", article_text(article).encode()


def _has(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _remove_others(folder: Folder, files: set[str]) -> list[str]:
    """Removes what the database no longer has, and folders of languages that are empty then."""
    languages = folder.listed(ARTICLES)
    places = [TOPICS, *(f"{ARTICLES}/{language}" for language in languages)]
    present = [f"{place}/{stem}.md" for place in places for stem in folder.markdown(place)]
    gone = [name for name in present if name not in files]
    for name in gone:
        (folder.root / name).unlink()
    for place in (folder.root / ARTICLES / language for language in languages):
        if place.is_dir() and not place.is_symlink() and is_empty(place):
            place.rmdir()
    return gone
