"""The content warning at the head, and the support block at the end when none suitable is in the copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from recognizers.model import Subject, Support
from safeguard.policy.decisions import Decided, Decision, WarningDecision
from safeguard.policy.facts import Facts, yes
from safeguard.policy.model import Policy
from safeguard.policy.ruling import rule_on

# The topics that a helpline, by its id, is there for.
Topics = Callable[[str], frozenset[str]]


def rule_on_subject(policy: Policy, category: str, severity: int) -> Decision:
    """Whether the copy is warned of a category that it treats with this severity."""
    facts: Facts = {
        "category": frozenset((category,)),
        "severity": frozenset((str(severity),)),
        "reaches-threshold": yes(severity >= policy.settings.warning_threshold),
    }
    return rule_on(policy, "subject", facts)


def rule_on_subjects(policy: Policy, subjects: Iterable[Subject]) -> dict[str, tuple[int, Decision]]:
    """Severity and decision of every category; of two entries for one category the graver counts."""
    gravest: dict[str, int] = {}
    for subject in subjects:
        gravest[subject.category] = max(subject.severity, gravest.get(subject.category, 0))
    return {c: (severity, rule_on_subject(policy, c, severity)) for c, severity in gravest.items()}


def warnings_for(
    policy: Policy, subjects: Mapping[str, tuple[int, Decision]], decided: Sequence[Decided]
) -> tuple[WarningDecision, ...]:
    """One warning for each category to warn of, in the order of the policy; `evidence` indexes `decided`."""
    order = {category: place for place, category in enumerate(policy.settings.warnings.categories)}
    warned = [c for c, (_, decision) in subjects.items() if decision.action == "warn"]
    return tuple(
        WarningDecision(
            category=category,
            severity=subjects[category][0],
            text=_phrase(policy, category),
            evidence=tuple(
                index
                for index, item in enumerate(decided)
                if item.decision.action == "warn" and item.observation.facts.get("category") == category
            ),
        )
        for category in sorted(warned, key=lambda c: (order.get(c, len(order)), c))
    )


def warning_text(policy: Policy, warnings: Iterable[WarningDecision]) -> str:
    """The one sentence at the head, "" when there is nothing to warn of."""
    settings = policy.settings.warnings
    phrases = list(dict.fromkeys(warning.text for warning in warnings))
    if not phrases:
        return ""
    joined = phrases[-1]
    if len(phrases) > 1:
        joined = f"{', '.join(phrases[:-1])} {settings.joiner} {phrases[-1]}"
    return f"{settings.opening} {joined}{settings.ending}"


def support_text(
    policy: Policy, warnings: Iterable[WarningDecision], support: Support, topics: Topics
) -> str:
    """The policy's own support texts that the copy needs and lacks, word for word, in its order.

    A helpline is in the copy when a support block sends readers to it; a quote from its spokesman is not.
    """
    present = [helpline for block in support.blocks for helpline in block.helplines]
    present += [helpline for helpline, start, end in support.mentions if support.covers(start, end)]
    wanted = [warning.category for warning in warnings]
    texts: list[str] = []
    for block in policy.settings.support_block.values():
        lacking = [
            category
            for category in wanted
            if category in block.called_for_by
            and not any(h in block.suitable or category in topics(h) for h in present)
        ]
        if lacking:
            texts.append(block.text)
            present += block.helplines
    return "\n\n".join(texts)


def _phrase(policy: Policy, category: str) -> str:
    known = policy.settings.warnings.categories.get(category)
    return known.text if known else category.replace("_", " ")
