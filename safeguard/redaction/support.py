"""Support blocks outrank every decision (behaviour: section 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from recognizers.model import Observation, Support
from safeguard.copy import Copy
from safeguard.policy.decisions import PERSON_TYPES, Decided, Decision, Decisions

RULE = "support-block"
_BECAUSE = (
    "This stands inside a support block, and support blocks are never changed. Look at it: if it must go, "
    "take it out by hand."
)


def yield_to_support(decisions: Decisions, support: Support, copy: Copy) -> Decisions:
    """`decisions` without a redaction that reaches into a support block.

    What would have been taken out there is reviewed, and so is a name there of somebody whose other mentions
    are taken out: leaving it in must not go unseen.
    """
    if not support.blocks:
        return decisions
    blocks = [
        (place.field, *copy.protected_span(place))
        for block in support.blocks
        for place in copy.places(block.start, block.end)
    ]

    def inside(seen: Observation) -> bool:
        # The markup of a block is part of it: an attribute there is read elsewhere in the reading text.
        spans = [(p.field, *copy.source_span(p)) for p in copy.places(seen.start, seen.end)]
        return any(f == g and start < e and s < end for f, s, e in spans for g, start, end in blocks)

    return replace(decisions, decided=tuple(_yielding(d, decisions, inside) for d in decisions.decided))


def _yielding(decided: Decided, decisions: Decisions, inside: Callable[[Observation], bool]) -> Decided:
    seen, decision = decided.observation, decided.decision
    if not inside(seen):
        return decided
    person = decisions.persons.get(seen.person or "")
    named = seen.entity_type in PERSON_TYPES and person is not None and person.action == "redact"
    if decision.action != "redact" and not named:
        return decided
    looked_at = Decision("review", RULE, "A support block comes out as it went in", _BECAUSE, review=True)
    return replace(decided, decision=looked_at)
