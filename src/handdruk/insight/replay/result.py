"""What a replay found, as plain values: the JSON of the command and the source of the report."""

from __future__ import annotations

from typing import Any

from handdruk.core.words import Phase
from handdruk.decide import GroupThresholds
from handdruk.insight.replay.groups import groups
from handdruk.insight.replay.outcome import COURTESY, KINDS, NONE, UNKNOWN, WITH_A_PERSON
from handdruk.insight.replay.plan import Plan
from handdruk.insight.replay.sample import Sample
from handdruk.insight.replay.tally import Tally, summed
from handdruk.insight.replay.worker import Share

Plain = dict[str, Any]
ARCHIVE = (
    "entries",
    "conversations",
    "messages",
    "silent",
    "broken",
    "blank",
    "ours",
    "automatic",
    "wordless",
    "beyond",
)
SPECIAL = {UNKNOWN: "unknown", NONE: "none", COURTESY: "courtesy"}


def result(plan: Plan, share: Share, *, mail: bool) -> Plain:
    """Everything there is to say; nothing in it depends on when, where or how quickly the replay ran."""
    tally = share.tally
    return {
        "company": plan.company,
        "archive": _archive(tally, mail),
        "promise": _promise(plan.policies[0].thresholds),
        "conversations": _kinds(tally.of("bound", 0, "conversation")),
        "first_messages": _kinds(tally.of("beginning")),
        "messages": _kinds(tally.of("bound", 0, "message"), WITH_A_PERSON),
        "topics_beside": tally.counts["archive", "topics_beside"],
        "topics": _topics(plan, tally),
        "phases": _phases(plan, tally),
        "languages": {code: _kinds(tally.of("language", code)) for code in _second(tally, "language")},
        "reasons": tally.of("reason"),
        "person_at_message": {str(number): times for number, times in tally.of("person_at").items()},
        "bounds": _bounds(plan, tally),
        "thresholds": _thresholds(plan, tally),
        "unknown": _unknown(tally.counts["archive", "unknown"], share.sample),
    }


def _archive(tally: Tally, mail: bool) -> Plain:
    counted = {name: tally.counts["archive", name] for name in ARCHIVE}
    told = [{"line": broken.line, "problem": broken.problem} for broken in tally.broken]
    return {"kind": "mails" if mail else "lines", **counted, "broken_lines": told}


def _promise(thresholds: GroupThresholds) -> Plain:
    """Of all parts together; `threshold` is the lowest, and `own_thresholds` the number of groups with one of their own."""
    whole = thresholds.whole()
    names = ("at_most", "confidence", "n", "answered", "wrong", "bound", "coverage", "labels_missing", "provisional")
    of_all = {name: getattr(whole, name) for name in names}
    return {"threshold": whole.value, "own_thresholds": len(thresholds.own), **of_all}


def _kinds(counts: dict[str, int], *more: str) -> Plain:
    """The count and the share of every kind."""
    total = sum(counts.values())
    wanted = (*KINDS, *more)
    shares = {kind: counts.get(kind, 0) / total if total else 0.0 for kind in wanted}
    return {"total": total, **{kind: counts.get(kind, 0) for kind in wanted}, "shares": shares}


def _second(tally: Tally, first: str) -> list[str]:
    """Every second word of the keys that begin so, the most frequent first."""
    totals: dict[str, int] = {}
    for key, number in tally.counts.items():
        if key[0] == first:
            totals[str(key[1])] = totals.get(str(key[1]), 0) + number
    return sorted(totals, key=lambda name: (-totals[name], name))


def _topics(plan: Plan, tally: Tally) -> list[Plain]:
    """Conversations by the topic they begin with and messages by theirs; what is about no topic stands under its kind."""
    begun = _second(tally, "conversation")
    names = [*begun, *(name for name in _second(tally, "message") if name not in begun)]
    return [
        {
            "topic": None if name in SPECIAL else name,
            "kind": SPECIAL.get(name, "topic"),
            "titles": plan.topics[name].titles if name in plan.topics else {},
            "phase": plan.topics[name].phase if name in plan.topics else None,
            "conversations": _kinds(tally.of("conversation", name)),
            "messages": _kinds(tally.of("message", name)),
        }
        for name in names
    ]


def _phases(plan: Plan, tally: Tally) -> list[Plain]:
    """The topics of each phase together; what is about no topic is in none."""
    found = []
    for phase in Phase:
        names = [name for name, topic in plan.topics.items() if topic.phase == phase]
        conversations = _kinds(summed(tally.of("conversation", name) for name in names))
        messages = _kinds(summed(tally.of("message", name) for name in names))
        found.append({"phase": phase.value, "conversations": conversations, "messages": messages})
    return found


def _bounds(plan: Plan, tally: Tally) -> list[Plain]:
    """The same archive under every bound, the tightest first; the company's own is marked."""
    found = [
        {
            **_promise(policy.thresholds),
            "own": number == 0,
            "conversations": _kinds(tally.of("bound", number, "conversation")),
            "messages": _kinds(tally.of("bound", number, "message"), WITH_A_PERSON),
        }
        for number, policy in enumerate(plan.policies)
    ]
    return sorted(found, key=lambda bound: bound["at_most"])


def _thresholds(plan: Plan, tally: Tally) -> list[Plain]:
    """At each point of the evidence's curve: the share of messages, decided by topic, recognised at least so surely, among
    topics that are not people's work; and how often the evidence says that is wrong."""
    digital, people = tally.of("sure", "digital"), tally.of("sure", "people")
    total = sum(digital.values()) + sum(people.values())
    place = {edge: number for number, edge in enumerate(plan.edges, 1)}  # a probability from the edge on has this bin
    return [
        {
            "threshold": point.threshold,
            "share": sum(times for bin, times in digital.items() if bin >= place[point.threshold]) / total
            if total
            else 0.0,
            "error": point.error,
            "bound": point.bound,
        }
        for point in sorted(plan.policies[0].thresholds.whole().curve, key=lambda point: point.threshold)
    ]


def _unknown(messages: int, sample: Sample) -> Plain:
    sampled = sample.messages()
    found = groups(sampled)
    weight = messages / len(sampled) if sampled else 0.0
    return {
        "messages": messages,
        "sampled": len(sampled),
        "groups": [
            {
                "name": " ".join(group.words),
                "words": list(group.words),
                "messages": round(group.size * weight),
                "share": group.size / len(sampled),
                "examples": list(group.examples),
            }
            for group in found
        ],
    }
