"""Protected names in slugs, links and file names: the copy can be made clean, a published address not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeguard.analysis import Analysis
from safeguard.policy.decisions import PERSON_TYPES, Decided, Decision
from safeguard.policy.facts import Facts
from safeguard.policy.model import Policy
from safeguard.policy.ruling import first_rule, rule_on

_ADDRESSES = ("slug", "url", "file")
_NAMING_DETAILS = ("SCHOOL", "HOME_STREET")


def rule_on_addresses(policy: Policy, analysis: Analysis, decided: Sequence[Decided]) -> list[Decided]:
    """The decisions again: those that change an address are reviewed, and what blocks is added at the end.

    A blocked address stays redacted in the safe copy. The block is a decision of its own about the same
    observation, with the redaction as its evidence.
    """
    after: list[Decided] = []
    blocks: list[Decided] = []
    for index, item in enumerate(decided):
        seen = item.observation
        named = seen.entity_type in PERSON_TYPES
        kind = None
        if item.decision.action == "redact" and (named or seen.entity_type in _NAMING_DETAILS):
            kind = _address_kind(analysis, seen.start)
        if kind is None:
            after.append(item)
            continue
        # A restriction protects the person: only their name in an address breaks it for certain.
        facts = _facts(kind, analysis.context.restriction if named else None)
        rule = first_rule(policy, "published-address", facts)
        verdict = rule_on(policy, "published-address", facts)
        after.append(replace(item, decision=_reviewed(item.decision, verdict)))
        if rule is not None and rule.do.action == "block":
            blocks.append(Decided(seen, verdict, (index,)))
    return after + blocks


def _address_kind(analysis: Analysis, offset: int) -> str | None:
    segment = analysis.reading.segment_at(offset)
    return segment.kind if segment is not None and segment.kind in _ADDRESSES else None


def _facts(kind: str, restriction: str | None) -> Facts:
    declared = frozenset(("declared", restriction)) if restriction else frozenset(("none",))
    return {"kind": frozenset((kind,)), "restriction": declared}


def _reviewed(decision: Decision, address: Decision) -> Decision:
    """The redaction, to be looked at as well, with both reasons."""
    return replace(
        decision,
        review=True,
        also=(*decision.also, address.rule),
        because=f"{decision.because} {address.because}",
        source=tuple(dict.fromkeys((*decision.source, *address.source))),
    )
