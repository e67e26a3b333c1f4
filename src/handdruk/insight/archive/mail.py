"""What a mail says of itself, and what the customer wrote in it."""

import re
from dataclasses import dataclass
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape

import nh3

from handdruk.insight.archive.own_words import own_words

MOST_NAMES = 50
LONGEST = 20_000  # characters of a mail that are read
_NAME = re.compile(r"<[^<>\s]{1,400}>")
_LINE_END = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_QUOTED = re.compile(
    r"<blockquote|class=\"?gmail_quote|id=\"?(?:divRplyFwdMsg|appendonsend|mail-editor-reference)", re.I
)
_HIDDEN = {"style", "script", "head", "title"}
_AGAIN = re.compile(r"^\s*(?:re|fw|fwd|antw|aw|betr|doorst)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """`names` are the Message-IDs a mail knows, its own first; `sent` is in seconds, 0 when nobody can tell."""

    names: tuple[str, ...]
    sender: str
    sent: int
    automatic: bool


def head_of(data: bytes) -> Head:
    """What the head says."""
    mail = BytesParser().parsebytes(data, headersonly=True)
    named = " ".join(str(mail.get(name, "")) for name in ("Message-ID", "In-Reply-To", "References"))
    submitted = str(mail.get("Auto-Submitted", "no")).strip().lower()
    precedence = str(mail.get("Precedence", "")).strip().lower()
    return Head(
        names=tuple(dict.fromkeys(_NAME.findall(named)))[:MOST_NAMES],
        sender=parseaddr(str(mail.get("From", "")))[1].lower(),
        sent=_seconds(str(mail.get("Date", ""))),
        automatic=not submitted.startswith("no") or precedence in ("bulk", "list", "junk", "auto_reply"),
    )


def mail_text(data: bytes, *, subject: bool) -> str:
    """The customer's own words, without what is quoted and without signature; "" when there are none.

    With `subject` a subject of the customer's own stands before them.
    """
    mail = BytesParser().parsebytes(data.replace(b"\n>From ", b"\nFrom "))
    said = own_words(_body(mail)[:LONGEST])
    title = _decoded(mail.get("Subject")) if subject else ""
    return "\n".join(part for part in ("" if _AGAIN.match(title) else title, said) if part).strip()


def _seconds(text: str) -> int:
    try:
        moment = parsedate_to_datetime(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0


def _body(mail: Message) -> str:
    parts = [part for part in mail.walk() if part.get_content_disposition() != "attachment"]
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    if plain is not None:
        return _text(plain)
    html = next((part for part in parts if part.get_content_type() == "text/html"), None)
    return "" if html is None else _without_tags(_text(html))


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _without_tags(html: str) -> str:
    quoted = _QUOTED.search(html)
    shown = html[: html.rfind("<", 0, quoted.start() + 1)] if quoted else html
    return unescape(nh3.clean(_LINE_END.sub("\n", shown), tags=set(), clean_content_tags=_HIDDEN))


def _decoded(subject: object) -> str:
    try:
        return " ".join(str(make_header(decode_header(str(subject or "")))).split())
    except (LookupError, ValueError):
        return ""
