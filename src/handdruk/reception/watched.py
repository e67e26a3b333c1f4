"""Since when audited answers speak for or against the promise in force, whichever reader gave them.

A company that trains every week would never be warned if each training began afresh: noticing takes hundreds of audits.
"""

from datetime import datetime

from handdruk.core.clock import now
from handdruk.reception.models import TrainedReader
from handdruk.relationship.company import CompanySettings


def watched_since(reader: TrainedReader) -> datetime | None:
    """The moment of the first answer that counts; None for a reader from before this was kept: only its own count."""
    kept = reader.summary.get("watched_since")
    return datetime.fromisoformat(kept) if kept else None


def watch_goes_on(before: TrainedReader | None, settings: CompanySettings, *, lifted: bool) -> datetime:
    """From when on answers count once the next reader is in use.

    As before; from now on when the promise became another one, or a brake is `lifted` because new labels proved it again.
    """
    if before is None or lifted or not _same_promise(before, settings):
        return now()
    return watched_since(before) or before.trained_at


def _same_promise(before: TrainedReader, settings: CompanySettings) -> bool:
    kept = before.policy["threshold"]
    return (kept["at_most"], kept["confidence"]) == (settings.at_most, settings.confidence)
