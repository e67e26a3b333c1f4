"""Everything the promise page shows, as plain values."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from handdruk.core.clock import now
from handdruk.core.words import OutcomeKind, Resolution, in_language
from handdruk.decide import GroupThresholds, Point, Promise, Threshold
from handdruk.digital.models import Example
from handdruk.digital.topics import Known, known
from handdruk.human.names import in_words, language_name
from handdruk.insight import monitoring
from handdruk.insight.advice import Help, Row, help_for, holding_back
from handdruk.insight.audits import candidates
from handdruk.insight.models import LedgerEntry
from handdruk.insight.names import OUTCOMES
from handdruk.reception.models import Audit, AuditUse, Brake, TrainedReader, Turn, Verdict
from handdruk.reception.policy import rows_of
from handdruk.reception.training import Judgement, judgement
from handdruk.relationship.company import CompanySettings, company

MONTH = timedelta(days=30)
TOPICS = 8
ENOUGH_AUDITS = 30
BRAKES = 5


@dataclass(frozen=True, slots=True)
class Move:
    """What a promise of `at_most` would allow; `coverage` None when nothing."""

    at_most: float
    own: bool
    coverage: float | None
    missing: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Automation against error: from the company's own examples, or from audited turns."""

    name: str
    n: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Turns with a threshold of their own, and the evidence for it: a topic, perhaps in one language; or all others.

    `threshold` is the one in force, `coverage` the share of the part's turns that is answered by it.
    """

    title: str
    language: str
    threshold: Threshold
    coverage: float


@dataclass(frozen=True, slots=True)
class HoldsBack:
    """One topic with what would help, in a sentence."""

    title: str
    recognised: float
    asked: int
    examples: int
    taken_for: str
    advice: str


@dataclass(frozen=True, slots=True)
class Untrained:
    """What colleagues said since the last training, which counts from the next one: audits for proof, and examples."""

    proofs: int
    examples: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The page."""

    settings: CompanySettings
    threshold: Threshold
    labels: int
    untrained: Untrained
    in_force: float | None
    coverage: float
    curves: tuple[Curve, ...]
    parts: tuple[Part, ...]
    moves: tuple[Move, ...]
    topics: tuple[HoldsBack, ...]
    outcomes: tuple[tuple[str, int, float], ...]
    standing: monitoring.Standing
    brakes: tuple[Brake, ...]


def overview(language: str) -> Overview:
    """What is known now. Raises NotTrained or NoCompany."""
    settings, judged, topics = company(), judgement(), known()
    policy, trained_at = TrainedReader.objects.values_list("policy", "trained_at").get(pk=judged.pk)
    proved, held = judged.proved, judged.policy.thresholds
    brakes = Brake.objects.filter(reader=judged.pk).order_by("-pk")[:BRAKES]
    return Overview(
        settings=settings,
        threshold=proved.whole(),
        labels=policy.get("labels", 0),
        untrained=_untrained(trained_at),
        in_force=held.lowest(),
        coverage=_coverage(held, proved),
        curves=tuple(_curves(proved.whole(), judged.pk, settings)),
        parts=tuple(_parts(held, proved, topics, language)),
        moves=tuple(_move(row, settings) for row in policy.get("moves", [])),
        topics=tuple(_holds_back(row, topics, language) for row in holding_back(_rows(judged, topics), TOPICS)),
        outcomes=_outcomes(),
        standing=monitoring.standing(),
        brakes=tuple(brakes),
    )


def _untrained(trained_at: datetime) -> Untrained:
    proofs = Audit.objects.filter(use=AuditUse.PROOF, labelled_at__gt=trained_at).exclude(verdict=Verdict.UNSURE)
    return Untrained(proofs.count(), Audit.objects.filter(taught_at__gt=trained_at).count())


def _coverage(held: GroupThresholds, proved: GroupThresholds) -> float:
    """The share of the evidence that is answered by itself, brakes counted in."""
    pairs = list(zip(held.all(), proved.all(), strict=True))
    n = sum(threshold.n for threshold, _ in pairs)
    return sum(threshold.n * _covered(threshold, before) for threshold, before in pairs) / max(n, 1)


def _covered(held: Threshold, proved: Threshold) -> float:
    if held.value == proved.value:
        return held.coverage
    return max((point.coverage for point in held.curve if held.admits(point.threshold)), default=0.0)


def _parts(held: GroupThresholds, proved: GroupThresholds, topics: Known, language: str) -> list[Part]:
    """Groups with a threshold of their own, the largest first, and all others at the end; nothing when there are none.

    Work for people is answered at no threshold, and is left out.
    """
    resolutions = topics.resolutions()
    digital = [group for group in held.own if resolutions.get(group[0], Resolution.PEOPLE) is not Resolution.PEOPLE]
    parts = [
        Part(
            _title(topic, topics, language), language_name(code) if code else "", threshold, _covered(threshold, before)
        )
        for (topic, code), threshold, before in ((group, held.own[group], proved.own[group]) for group in digital)
    ]
    if not parts:
        return []
    rest = Part("", "", held.shared, _covered(held.shared, proved.shared))
    return [*sorted(parts, key=lambda part: (-part.threshold.n, part.title, part.language)), rest]


def _curves(threshold: Threshold, reader: int, settings: CompanySettings) -> list[Curve]:
    told = _("your own examples, cross-validated") if threshold.provisional else _("audits kept as proof")
    curves = [Curve(str(told), threshold.n, threshold.curve)]
    probabilities, right = _audited(reader)
    if len(right) >= ENOUGH_AUDITS:
        live = Promise(settings.at_most, settings.confidence).fit(probabilities, right)
        curves.append(Curve(str(_("all audits of the assistant as it is now")), live.n, live.curve))
    return [curve for curve in curves if curve.points]


def _audited(reader: int) -> tuple[list[float], list[bool]]:
    """What colleagues said of every drawn turn of this reader; people's work is answered at no threshold."""
    resolutions = known().resolutions()
    rows = Audit.objects.filter(turn__reader=reader, labelled_at__isnull=False).exclude(verdict=Verdict.UNSURE)
    probabilities, right = [], []
    for audit in rows.select_related("turn").defer("turn__situation"):
        thought = candidates(audit.turn)
        people = any(resolutions.get(name, Resolution.PEOPLE) is Resolution.PEOPLE for name in thought)
        probabilities.append(0.0 if people else audit.turn.probability_right ** len(thought))
        right.append(audit.verdict == Verdict.RIGHT and not people)
    return probabilities, right


def _move(row: dict[str, Any], settings: CompanySettings) -> Move:
    coverage = row["coverage"] if row["value"] is not None else None
    return Move(row["at_most"], row["at_most"] == settings.at_most, coverage, row["labels_missing"], row["provisional"])


def _outcomes() -> tuple[tuple[str, int, float], ...]:
    """How the automatic answers of the last thirty days ended: name, count, share."""
    rows = LedgerEntry.objects.filter(turn__at__gt=now() - MONTH).exclude(kind="")
    counts = dict(rows.values_list("kind").annotate(count=Count("pk")))
    total = sum(counts.values())
    return tuple(
        (str(OUTCOMES[kind]), counts.get(kind, 0), counts.get(kind, 0) / total) for kind in OutcomeKind if total
    )


def _rows(judged: Judgement, topics: Known) -> list[Row]:
    """Every topic that is not people's work, from the reader's out-of-sample evidence and the last thirty days."""
    evidence = judged.reader.evidence
    enough = judged.policy.thresholds.admitted(rows_of(evidence))
    examples, asked, ended = _examples(), _asked(), _ended()
    rows = []
    for name, topic in topics.topics.items():
        mine = (evidence.truth == name) & ~evidence.held_out
        if topic.resolution is Resolution.PEOPLE or not mine.any():
            continue
        others = Counter(str(taken) for taken in evidence.predicted[mine & (evidence.predicted != name)] if taken)
        taken_for, confused = next(iter(others.most_common(1)), ("", 0))
        rows.append(
            Row(
                name=name, examples=min(examples[name].values(), default=0), read=int(mine.sum()),
                missed=int((mine & ~(evidence.was_right & enough)).sum()),
                false=int(((evidence.predicted == name) & enough & ~evidence.was_right).sum()),
                taken_for=taken_for, confused=confused, asked=asked.get(name, 0), ended=ended.get(name, (0, 0))[0],
                disappointing=ended.get(name, (0, 0))[1], has_article=bool(topic.sources),
            )
        )  # fmt: skip
    return rows


def _examples() -> defaultdict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = Example.objects.filter(belongs=True).values_list("topic__name", "language").annotate(count=Count("pk"))
    for name, language, count in rows.order_by():
        found[name][language] = count
    return found


def _asked() -> dict[str, int]:
    rows = Turn.objects.filter(at__gt=now() - MONTH).exclude(topic="").exclude(reasons__0__code="carrying_on")
    return dict(rows.values_list("topic").annotate(count=Count("pk")))


def _ended() -> dict[str, tuple[int, int]]:
    bad = Count("pk", filter=Q(kind__in=[OutcomeKind.WRONG.value, OutcomeKind.REOPENED.value]))
    rows = LedgerEntry.objects.filter(turn__at__gt=now() - MONTH).exclude(kind="")
    found = rows.values_list("turn__topic").annotate(count=Count("pk"), bad=bad)
    return {topic: (count, disappointing) for topic, count, disappointing in found}


def _holds_back(row: Row, topics: Known, language: str) -> HoldsBack:
    taken_for = _title(row.taken_for, topics, language) if row.taken_for else ""
    return HoldsBack(
        title=_title(row.name, topics, language),
        recognised=row.recognised,
        asked=row.asked,
        examples=row.examples,
        taken_for=taken_for,
        advice=_advice(row, taken_for),
    )


def _advice(row: Row, taken_for: str) -> str:
    figures = {"count": row.examples, "other": taken_for, "bad": row.disappointing, "ended": row.ended}
    sentences = {
        Help.EXAMPLES: _("More examples: it has %(count)s in its poorest language; twenty to forty is a good start."),
        Help.APART: _("Often taken for “%(other)s”: give both examples that show the difference, or merge the two."),
        Help.ARTICLE: _("%(bad)s of %(ended)s answers did not help and no article stands behind it: write one."),
        Help.PEOPLE: _("%(bad)s of %(ended)s answers did not help: rewrite the text, or mark it as work for people."),
        Help.VARIED: _("More varied examples, in the words customers used; audits that may become one are the best."),
    }
    return str(sentences[help_for(row)] % figures)


def _title(name: str, topics: Known, language: str) -> str:
    topic = topics.topics.get(name)
    return in_language(topic.titles, language) if topic else in_words(name)


def points_of(curve: Curve, most: int = 12) -> list[Point]:
    """A few points of a curve, evenly over what it covers."""
    at = np.unique(np.linspace(0, len(curve.points) - 1, most).astype(int))
    return [curve.points[int(place)] for place in at]
