"""What colleagues call the things that are stored as codes, in the language they read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

Names = dict[str, "_StrPromise"]

REASONS: Names = {
    "wants_human": _("wants a person"),
    "vulnerable": _("vulnerable"),
    "upset": _("upset"),
    "archive_says": _("as earlier handovers"),
    "people_topic": _("work for people"),
    "failed_twice": _("not helped twice"),
    "none_of_these": _("nothing fitted"),
    "wrong_answer": _("answer did not help"),
    "same_again": _("same question again"),
    "gave_details": _("gave what was asked for"),
    "not_sure": _("not sure enough"),
    "no_known_topic": _("unknown topic"),
    "no_proof_yet": _("too little proof yet"),
    "answer_missing": _("no approved answer"),
    "action_failed": _("action failed"),
    "turn_failed": _("assistant got stuck"),
    "colleague_away": _("colleague had to go"),
    "stepped_in": _("a colleague stepped in"),
}

EMOTIONS: Names = {
    "neutral": _("neutral"),
    "happy": _("happy"),
    "confused": _("confused"),
    "worried": _("worried"),
    "frustrated": _("frustrated"),
    "angry": _("angry"),
    "distressed": _("distressed"),
}
HEAVY = frozenset({"angry", "distressed", "frustrated", "worried"})  # feelings that ask for a person

DECISIONS: Names = {
    "answer": _("answered"),
    "act": _("took a step"),
    "ask": _("asked back"),
    "hand_over": _("handed over"),
}

DETAILS: Names = {
    "order_number": _("Order number"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "postcode": _("Postcode"),
    "date": _("Date"),
    "amount": _("Amount"),
    "device": _("Device"),
}

RUNS: Names = {
    "email": _("waits for an e-mail address"),
    "code": _("waits for the code"),
    "detail": _("waits for a detail"),
    "confirm": _("waits for a yes"),
    "ready": _("being carried out"),
    "done": _("done"),
    "refused": _("not done"),
    "stopped": _("stopped"),
}

CHANNELS: Names = {"web": _("chat"), "email": _("e-mail"), "api": _("app")}


def named(names: Names, code: str) -> str:
    """The name behind `code`; a code nobody named is shown as words."""
    return str(names[code]) if code in names else in_words(code)


def in_words(code: str) -> str:
    """`change_address` as people write it: change address."""
    return code.replace("_", " ").replace("-", " ")


def language_name(code: str) -> str:
    """Dutch for `nl`, in the reader's own language."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
