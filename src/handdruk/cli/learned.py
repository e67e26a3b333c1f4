"""What `handdruk learn handover` tells, for people."""

from typing import Any

Report = dict[str, Any]


def table(report: Report) -> str:
    """Everything that was counted and measured, and what follows from it."""
    lines = [
        f"lines          {report['lines']}: {report['used']} conversations, {report['refused']} not understood",
        f"conversations  {report['conversations']} learned from"
        + (f", {report['left_out']} older ones left out" if report["left_out"] else ""),
        f"turns          {report['turns']} from the customer's first on, {report['marked']} marked as taken over",
        f"decisions      {report['decisions']} turns of customers; at {report['took_over']} a person took over before the next",
    ]
    if "untouched" in report:
        lines += ["", *_figures(report), "", *_alarm(report)]
    return "\n".join([*lines, "", _verdict(report)])


def _figures(report: Report) -> list[str]:
    rows = {
        "untouched fifth, best F1": report["untouched"]["best_f1"],
        "untouched fifth, alarm": report["untouched"]["alarm"],
        "all, each unseen, best F1": report["every_conversation_unseen"]["best_f1"],
        "all, each unseen, alarm": report["every_conversation_unseen"]["alarm"],
        "never a person": report["never"],
        "always a person": report["always"],
    }
    head = f"{'':27}{'turns':>7}{'F1':>7}{'macro':>7}{'AUC':>7}"
    return [head] + [
        f"{name:27}{row['moments']:>7}{row['f1']:>7.3f}{row['macro_f1']:>7.3f}{row['auc']:>7.3f}"
        for name, row in rows.items()
    ]


def _alarm(report: Report) -> list[str]:
    alarm, untouched = report["every_conversation_unseen"]["alarm"], report["untouched"]
    lived = untouched["lived"]
    with_person = sum(lived[name] for name in ("in_time", "early", "late", "missed"))
    return [
        f"threshold      {alarm['threshold']:.3f}: {alarm['rings']} of {alarm['moments']} turns would go to a person, "
        f"{alarm['rightly']} of them rightly",
        f"lived through  untouched fifth: of {with_person} conversations with a person {lived['in_time']} in time, "
        f"{lived['early']} early, {lived['late']} late, {lived['missed']} missed; of {lived['needless'] + lived['quiet']} "
        f"others {lived['needless']} needlessly",
    ]


def _verdict(report: Report) -> str:
    if "untouched" not in report:
        return "Too few conversations in which a person took over: nothing was learned."
    if not report["teaches"]:
        return f"This archive teaches no more than chance (AUC at least {report['auc_at_least']:.2f}): nothing was learned."
    if report["dry_run"]:
        return "A dry run: nothing was kept."
    return "In use from now on; handdruk learn handover --forget removes it."
