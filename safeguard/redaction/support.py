"""Support blocks outrank every decision (behaviour: section 5)."""

from __future__ import annotations

from bisect import bisect_left
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

    blocks.sort()

    def inside(seen: Observation) -> bool:
        # The markup of a block is part of it: an attribute there is read elsewhere in the reading text.
        for place in copy.places(seen.start, seen.end):
            start, end = copy.source_span(place)
            last = bisect_left(blocks, (place.field, end, -1))
            # Blocks do not overlap: only the last that begins before the end can reach the start.
            if last and blocks[last - 1][0] == place.field and start < blocks[last - 1][2]:
                return True
        return False

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
