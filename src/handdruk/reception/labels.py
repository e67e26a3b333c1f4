"""What colleagues said of audited turns, as the sample on which the promise is proved."""

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from handdruk.core.words import Resolution
from handdruk.decide import Labelled
from handdruk.decide.several import about_and_sureness
from handdruk.reception.models import Audit, AuditUse, Verdict
from handdruk.understand import Reader

MOST = 3_000  # the newest; reading them again takes seconds, and older ones speak of other times


def labels_for(reader: Reader, resolutions: Mapping[str, Resolution], since: datetime | None = None) -> Labelled:
    """Everything kept as proof (since a moment), read again by this reader, which never learned from it.

    A turn it would take for people's work is answered at no threshold, and counts as taken for no topic. A label whose
    topic is gone tells nothing. A message about several matters is right when all its topics are, in order, and nothing
    else; it is no topic's own.
    """
    rows = Audit.objects.filter(use=AuditUse.PROOF, labelled_at__isnull=False).exclude(verdict=Verdict.UNSURE)
    if since is not None:
        rows = rows.filter(turn__at__gte=since)
    found = rows.order_by("-labelled_at").values_list("turn__message__text", "turn__language", "truth")[:MOST]
    judged = [
        _judged(reader, resolutions, text, language, truth)
        for text, language, truth in found
        if truth == "" or all(name in resolutions for name in truth.split(","))
    ]
    return Labelled(
        np.array([row[0] for row in judged], dtype=np.float64),
        np.array([row[1] for row in judged], dtype=np.bool_),
        np.array([row[2] for row in judged], dtype=np.str_),
        np.array([row[3] for row in judged], dtype=np.str_),
    )


def _judged(
    reader: Reader, resolutions: Mapping[str, Resolution], text: str, language: str, truth: str
) -> tuple[float, bool, str, str]:
    reading = reader.read(text, hint=language)
    topics, probability = about_and_sureness(reading)
    if any(resolutions.get(topic, Resolution.PEOPLE) is Resolution.PEOPLE for topic in topics):
        return 0.0, False, "", reading.language
    taken_for = ",".join(topics)
    return probability, taken_for == truth, taken_for, reading.language
