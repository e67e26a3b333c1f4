"""A customer's own words in a mail: what was quoted and how it was signed is left out, modestly.

Only lines marked as quoted may leave nothing; no guess does.
"""

import re
from collections.abc import Callable

NEAR_THE_END = 8  # lines in which a greeting is taken for the end of the mail

_WROTE = re.compile(
    r"^(?:On|Op|Le|Am)\b.{4,200}\b(?:wrote|schreef|a écrit|schrieb)\b.{0,120}:?\s*$|"
    r"^.{0,120}<[^<>\s@]{1,200}@[^<>\s@]{1,200}>.{0,20}\b(?:wrote|schreef)\b:?\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|oorspronkelijk bericht|forwarded message|doorgestuurd bericht)\b|_{10,}\s*$)",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s*\*?(?:From|Van)\s*:\*?\s", re.IGNORECASE)
_SENT = re.compile(r"^\s*\*?(?:Sent|Date|To|Verzonden|Datum|Aan)\s*:", re.IGNORECASE)
_DEVICE = re.compile(
    r"^\s*(?:sent from my|verzonden vanaf|verstuurd vanaf|verzonden met|get outlook for|outlook voor)\b.{0,80}$", re.I
)
_GREETING = re.compile(
    r"^\s*(?:(?:met )?(?:de )?(?:vriendelijke|hartelijke|beste) groet(?:en)?|groet(?:en|jes)?|m\.?v\.?g\.?|hoogachtend|"
    r"(?:kind |best |warm )?regards|(?:kind|best) wishes|yours (?:sincerely|faithfully|truly)|sincerely|cheers)"
    r"(?:[ ,.!].{0,60})?$",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """The text without quoted mails, signature and closing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = _before_the_quote(lines)
    lines = [line for line in lines if not line.startswith(">")]
    lines = _unless_empty([line for line in lines if not _DEVICE.match(line)], lines)
    lines = _unless_empty(_before(lines, lambda number: lines[number].rstrip() == "--"), lines)
    lines = _unless_empty(_before(lines, lambda number: _closes(lines, number)), lines)
    return "\n".join(lines).strip()


def _before_the_quote(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        wrote = _WROTE.match(line) or _WROTE.match(" ".join(lines[number : number + 2]))
        if wrote and any(later.startswith(">") for later in lines[number + 1 : number + 4]):
            after = number + 1 if _WROTE.match(line) else number + 2
            return [*lines[:number], *lines[after:]]  # the marked lines go by themselves; an answer may stand below
        outlook = _FROM.match(line) and any(_SENT.match(later) for later in lines[number + 1 : number + 4])
        if wrote or outlook or _FORWARDED.match(line):
            return _unless_empty(lines[:number], lines)
    return lines


def _before(lines: list[str], ends: Callable[[int], bool]) -> list[str]:
    return next((lines[:number] for number in range(len(lines)) if ends(number)), lines)


def _closes(lines: list[str], number: int) -> bool:
    after = sum(1 for line in lines[number:] if line.strip())
    return after <= NEAR_THE_END and _GREETING.match(lines[number]) is not None


def _unless_empty(kept: list[str], lines: list[str]) -> list[str]:
    return kept if any(line.strip() for line in kept) else lines
