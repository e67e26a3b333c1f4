"""The text of a message as HTML that is safe to show. Nothing a customer writes ever becomes markup."""

from functools import lru_cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from handdruk.core.words import Author

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
TAGS = {"p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br", "hr"}


def rendered(author: str, text: str) -> SafeString:
    """Our own side's words through Markdown; a customer's words exactly as they were typed."""
    if author == Author.CUSTOMER:
        return mark_safe(nh3.clean(escape(text), tags=set()))  # noqa: S308  (escaped, and cleaned after)
    return from_markdown(text)


@lru_cache(maxsize=1000)
def from_markdown(text: str) -> SafeString:
    """Markdown without images or HTML; links open beside the desk and take nothing along."""
    clean = nh3.clean(
        _markdown.render(text), tags=TAGS, attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )  # fmt: skip
    return mark_safe(clean.strip())  # noqa: S308  (cleaned just now)


def safe_address(address: str) -> str:
    """An address that may stand behind a link of ours; "" for any other."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside or address.startswith(("https://", "http://")) else ""
