"""Why a decision came out as it did: the rule that decided, and the rules that nearly did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeguard.policy.decisions import Decision
from safeguard.policy.facts import holds
from safeguard.policy.model import Policy, Rule

_EXCEPTION = "its exception holds: "


@dataclass(frozen=True, slots=True)
class Near:
    """A rule asked before the one that decided, and the one thing that kept it from deciding."""

    rule: str
    kept_by: str


def near_misses(policy: Policy, decision: Decision) -> list[Near]:
    """The live rules about the same thing that one condition, or one exception, kept from deciding first.

    Those of whose conditions most hold come first; a rule none of whose conditions holds was not near.
    """
    found: list[tuple[int, Near]] = []
    for rule in policy.live.get(decision.find, ()):
        if rule.id == decision.rule:
            break
        reasons = kept_by(rule, decision)
        held = len(rule.conditions) - sum(not r.startswith(_EXCEPTION) for r in reasons)
        if len(reasons) == 1 and held > 0:
            found.append((held, Near(rule.id, reasons[0])))
    return [near for _, near in sorted(found, key=lambda pair: -pair[0])]


def kept_by(rule: Rule, decision: Decision) -> list[str]:
    """Every condition and exception that keeps a rule from deciding about what was asked, each in words."""
    return list(_reasons(rule, decision))


def _reasons(rule: Rule, decision: Decision) -> Iterator[str]:
    facts = decision.facts
    for key, wanted in rule.conditions.items():
        seen = facts.get(key)
        if seen is None or seen.isdisjoint(wanted):
            actual = " and ".join(sorted(seen)) if seen else "not known"
            yield f"{key} is {actual}, and the rule asks for {' or '.join(wanted)}"
    for release in rule.unless:
        if holds(release, facts):
            yield _EXCEPTION + ", ".join(f"{k} is {' or '.join(v)}" for k, v in release.items())
