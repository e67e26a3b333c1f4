"""`articles/LANGUAGE/KEY.md`: one page of the help centre, checked. The key is the same in every language.

    +++
    title = "Where is my parcel?"
    slug = "where-is-my-parcel"     # the page's address; unique in its language
    phase = "receive"
    summary = "What this page tells."
    +++

and then the page, in Markdown; everything after the second +++ is the page, whatever it looks like. A link to another
article is [text](article:KEY).
"""

from handdruk.company.around import Around
from handdruk.company.front import split
from handdruk.company.mistakes import Notes, quoted
from handdruk.company.table import NAME, Table
from handdruk.company.values import ArticleFile, many_lines, one_line
from handdruk.core.words import Phase


def read_article(key: str, language: str, text: str, around: Around, notes: Notes) -> ArticleFile | None:
    """The article; None without usable front matter. Only to be used when no mistake was noted."""
    if not NAME.fullmatch(key) or len(key) > 80:
        notes.add(1, f"{quoted(key)} cannot be an article", 'rename the file: at most 80 of a-z, 0-9 and "-"')
    parts = split(text, notes)
    if parts is None:
        return None
    table, body, first_line = parts
    table.only("title", "slug", "phase", "summary")
    if not body.strip():
        notes.add(first_line, "the page is empty", "write something under the second +++")
    around.check_links(body, first_line, notes)
    return ArticleFile(
        key=key,
        language=language,
        title=one_line(table.text("title", longest=200)),
        slug=_slug(table, language, around),
        phase=table.one_of("phase", list(Phase)),
        summary=one_line(table.text("summary", default="")),
        body=many_lines(body),
    )


def _slug(table: Table, language: str, around: Around) -> str:
    slug = table.named("slug", longest=120)
    line = table.toml.line(("slug",))
    before = around.first(("slug", language, slug), line, table.notes) if slug else None
    if before is not None:
        table.wrong("slug", f"the address {quoted(slug)} is also that of {before}", "choose another")
    return slug
