"""The first live rule that holds, and the decision it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from safeguard.policy.decisions import Decision
from safeguard.policy.facts import Facts, holds
from safeguard.policy.model import Policy, Rule

# What no rule covers is never let through in silence.
UNMATCHED = Decision(
    action="review",
    rule="unmatched",
    title="No rule covers this",
    because="No rule of the policy says what to do here, so somebody has to look.",
)

# Stands even under a policy that has no rule for support blocks: nothing may change a character of one.
PROTECTED = Decision(
    action="protect",
    rule="support-block",
    title="Support blocks and helplines stay as they are",
    because="It sends readers to help, so nothing in it is changed.",
)


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether every condition of the rule holds and none of its exceptions does."""
    return holds(rule.conditions, facts) and not any(holds(release, facts) for release in rule.unless)


def first_rule(policy: Policy, find: str, facts: Facts) -> Rule | None:
    """The first live rule about `find` that matches."""
    return next((rule for rule in policy.live.get(find, ()) if matches(rule, facts)), None)


def rule_on(policy: Policy, find: str, facts: Facts, params: Mapping[str, str] | None = None) -> Decision:
    """What the policy decides about `find` with these facts; `params` as in `decision_by`."""
    return decision_by(first_rule(policy, find, facts), policy, find, facts, params)


def decision_by(
    rule: Rule | None, policy: Policy, find: str, facts: Facts, params: Mapping[str, str] | None = None
) -> Decision:
    """The decision of `rule`, the first that matches; its own `params` win over those given.

    No live rule that matches is never let through in silence: see UNMATCHED.
    """
    trial = tuple(r.id for r in policy.trial.get(find, ()) if matches(r, facts))
    if rule is None:
        return replace(UNMATCHED, find=find, facts=facts, trial=trial)
    redacts = rule.do.action == "redact"
    return Decision(
        action=rule.do.action,
        rule=rule.id,
        title=rule.title,
        because=rule.because,
        source=rule.sources,
        review=rule.do.review,
        operator=rule.do.operator if redacts else None,
        params={**(params or {}), **rule.do.params} if redacts else {},
        find=find,
        facts=facts,
        trial=trial,
    )
