"""How long somebody waits, or may still wait, in a few words. `desk.js` says the same while time passes."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

SOON = timedelta(minutes=5)


def ago(since: datetime, moment: datetime) -> str:
    """How long ago: "now", "4 min", "2 h", "3 d"."""
    return span(moment - since)


def left(until: datetime, moment: datetime) -> str:
    """What is left until a deadline, or how far it has passed."""
    if until < moment:
        return _("%(time)s late") % {"time": span(moment - until)}
    return _("%(time)s left") % {"time": span(until - moment)}


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 1:
        return _("< 1 min")
    if minutes < 60:
        return _("%(number)s min") % {"number": minutes}
    if minutes < 48 * 60:
        return _("%(number)s h") % {"number": minutes // 60}
    return _("%(number)s d") % {"number": minutes // (24 * 60)}
