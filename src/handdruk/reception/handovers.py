"""What a company's archive of conversations taught about when a person takes over: learned, measured, kept or forgotten."""

import logging
from collections.abc import Sequence
from typing import Any

from handdruk.decide import Alarm
from handdruk.reception.models import TrainedHandover
from handdruk.relationship.company import CompanySettings, company
from handdruk.understand import ModelDamaged
from handdruk.understand import handover as library
from handdruk.understand.handover import HandoverModel, Judged, Learned, Talk
from handdruk.work.transactions import writing

log = logging.getLogger(__name__)
Report = dict[str, Any]


def learn_handovers(talks: Sequence[Talk], *, keep: bool = True) -> Report:
    """Learns from an archive and takes the result into use if it `teaches` anything. Gives what was measured.

    What was learned before goes only when something better than chance replaces it. Raises NothingToLearn or NoCompany.
    """
    settings = company()
    learned = library.learn(talks)
    report = _report(learned, settings)
    if learned.model is not None and learned.teaches and keep:
        with writing():
            TrainedHandover.objects.all().delete()
            TrainedHandover.objects.create(data=learned.model.to_bytes(), summary=report)
    return {**report, "kept": learned.teaches and keep}


def forget_handovers() -> bool:
    """Removes what was learned. False when there was nothing."""
    with writing():
        return TrainedHandover.objects.all().delete()[0] > 0


def newest() -> int | None:
    """Which model is in use, if any."""
    return TrainedHandover.objects.order_by("-pk").values_list("pk", flat=True).first()


def model_of(pk: int | None) -> HandoverModel | None:
    """The model that is stored there. One that cannot be read is none: turns go on without it."""
    row = TrainedHandover.objects.filter(pk=pk).first() if pk is not None else None
    if row is None:
        return None
    try:
        return HandoverModel.from_bytes(bytes(row.data))
    except ModelDamaged:
        log.error("the model of handovers cannot be read and is not used; run: handdruk learn handover FILE")
        return None


def alarm_of(judged: Judged, settings: CompanySettings) -> Alarm:
    """From which probability a person takes over, within the company's own limits."""
    return Alarm.fit(
        judged.probability,
        judged.took_over,
        miss_at_most=settings.miss_at_most,
        needless_at_most=settings.needless_at_most,
    )


def _report(learned: Learned, settings: CompanySettings) -> Report:
    counts = {
        "conversations": learned.talks,
        "left_out": learned.left_out,
        "decisions": learned.moments,
        "took_over": learned.took_over,
        "teaches": learned.teaches,
    }
    if learned.model is None or learned.trial is None or learned.untouched is None:
        return counts
    alarm = alarm_of(learned.model.judged, settings)
    return {
        **counts,
        "auc_at_least": learned.auc_at_least,
        "every_conversation_unseen": _measured(learned.model.judged, learned.model.judged, settings),
        "untouched": _measured(learned.untouched, learned.trial, settings),
        "never": library.always_or_never(learned.untouched, rings=False).as_json(),
        "always": library.always_or_never(learned.untouched, rings=True).as_json(),
        "alarm": alarm.as_json(),
    }


def _measured(judged: Judged, evidence: Judged, settings: CompanySettings) -> Report:
    """Figures of `judged`, at the threshold with the best F1 on the evidence, and at the alarm the evidence gives."""
    best, alarm = library.best_threshold(evidence), alarm_of(evidence, settings)
    return {
        "best_f1": {"threshold": best, **library.figures(judged, lambda one: one >= best).as_json()},
        "alarm": {"threshold": alarm.threshold, **library.figures(judged, alarm.rings).as_json()},
        "lived": library.lived(judged, alarm.rings).as_json(),
    }
