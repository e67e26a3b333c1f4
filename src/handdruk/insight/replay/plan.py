"""What is replayed: the company's policy and the same one under other bounds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handdruk.core.words import Resolution, Texts
from handdruk.decide import GroupThresholds, Policy

OTHER_BOUNDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.10)


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """What a report says of a topic."""

    titles: Texts
    phase: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`policies` has the company's own policy first, then the same under other bounds; `edges` are where probabilities are
    counted apart, rising."""

    company: str
    topics: dict[str, TopicFacts]
    policies: tuple[Policy, ...]
    edges: tuple[float, ...]

    @classmethod
    def of(cls, company: str, topics: dict[str, TopicFacts], policy: Policy, others: Sequence[GroupThresholds]) -> Plan:
        """`others` are the thresholds of other bounds; those with the company's own bound are left out."""
        own = policy.thresholds.whole()
        policies = [policy]
        policies += [replace(policy, thresholds=other) for other in others if other.shared.at_most != own.at_most]
        points = {point.threshold for point in own.curve} | {step / 100 for step in range(1, 100)}
        points |= set() if own.value is None else {own.value}
        return cls(company, topics, tuple(policies), tuple(sorted(points)))

    def fingerprint(self, reader: bytes) -> str:
        """Of everything the outcome depends on besides the archive."""
        return hashlib.blake2b(
            reader + repr((self.company, self.topics, self.policies, self.edges)).encode()
        ).hexdigest()

    def for_people(self, topic: str) -> bool:
        """Is this topic work for people, whatever the bound?"""
        return self.policies[0].resolutions.get(topic) is Resolution.PEOPLE
