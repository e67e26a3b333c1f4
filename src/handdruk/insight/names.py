"""What colleagues call the codes of insight, in the language they read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
from django.utils.translation import gettext_lazy as _

from handdruk.core.words import OutcomeKind
from handdruk.reception.models import Verdict

VERDICTS: "dict[Verdict, _StrPromise]" = {
    Verdict.RIGHT: _("right"),
    Verdict.OTHER: _("another topic"),
    Verdict.NONE: _("none of our topics"),
    Verdict.PERSON: _("work for a person"),
    Verdict.UNSURE: _("cannot tell"),
}

OUTCOMES: "dict[OutcomeKind, _StrPromise]" = {
    OutcomeKind.CONFIRMED: _("confirmed"),
    OutcomeKind.ASSUMED: _("assumed right"),
    OutcomeKind.WRONG: _("wrong"),
    OutcomeKind.REOPENED: _("reopened"),
    OutcomeKind.ABANDONED: _("abandoned"),
}
