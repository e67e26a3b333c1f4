"""What colleagues said of audited turns, as the sample on which the promise is proved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from handdruk.core.words import Resolution
from handdruk.decide.several import about_and_sureness
from handdruk.reception.models import Audit, AuditUse, Verdict
from handdruk.understand import Reader

MOST = 3_000  # the newest; reading them again takes seconds, and older ones speak of other times


@dataclass(frozen=True, slots=True)
class Labels:
    """How a reader does on audited turns it never learned from: its probability of being right, and whether it was."""

    probability_right: npt.NDArray[np.float64]
    was_right: npt.NDArray[np.bool_]


def labels_for(reader: Reader, resolutions: Mapping[str, Resolution], since: datetime | None = None) -> Labels:
    """Everything kept as proof (since a moment), read again by this reader.

    A turn it would take for people's work is answered at no threshold. A label whose topic is gone tells nothing. A
    message about several matters is right when all its topics are, in order, and nothing else.
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
    probabilities = np.array([probability for probability, _ in judged], dtype=np.float64)
    return Labels(probabilities, np.array([right for _, right in judged], dtype=np.bool_))


def _judged(
    reader: Reader, resolutions: Mapping[str, Resolution], text: str, language: str, truth: str
) -> tuple[float, bool]:
    topics, probability = about_and_sureness(reader.read(text, hint=language))
    if any(resolutions.get(topic, Resolution.PEOPLE) is Resolution.PEOPLE for topic in topics):
        return 0.0, False
    return probability, ",".join(topics) == truth
