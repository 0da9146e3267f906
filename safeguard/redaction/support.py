"""Support blocks outrank every decision (behaviour: section 5)."""

from __future__ import annotations

from dataclasses import replace

from recognizers.model import Support
from safeguard.policy.decisions import Decided, Decision, Decisions

PERSON_TYPES = frozenset({"NAMED_MINOR", "PROTECTED_PERSON", "PERSON"})

RULE = "support-block"
_BECAUSE = (
    "This stands inside a support block, and support blocks are never changed. Look at it: if it must go, "
    "take it out by hand."
)


def yield_to_support(decisions: Decisions, support: Support) -> Decisions:
    """`decisions` without a redaction that reaches into a support block.

    What would have been taken out there is reviewed, and so is a name there of somebody whose other mentions
    are taken out: leaving it in must not go unseen.
    """
    if not support.blocks:
        return decisions
    return replace(decisions, decided=tuple(_yielding(d, decisions, support) for d in decisions.decided))


def _yielding(decided: Decided, decisions: Decisions, support: Support) -> Decided:
    seen, decision = decided.observation, decided.decision
    if not support.covers(seen.start, seen.end):
        return decided
    person = decisions.persons.get(seen.person or "")
    named = seen.entity_type in PERSON_TYPES and person is not None and person.action == "redact"
    if decision.action != "redact" and not named:
        return decided
    looked_at = Decision("review", RULE, "A support block comes out as it went in", _BECAUSE, review=True)
    return replace(decided, decision=looked_at)
