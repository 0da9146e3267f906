"""Protected names in slugs, links and file names: the copy can be made clean, a published address not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recognizers.model import Observation
from recognizers.people.lexicon import fold
from safeguard.analysis import Analysis
from safeguard.policy.decisions import PERSON_TYPES, Decided, Decision
from safeguard.policy.facts import Facts
from safeguard.policy.model import Policy
from safeguard.policy.people import Ruled
from safeguard.policy.ruling import first_rule, rule_on

_ADDRESSES = ("slug", "url", "file")
_NAMING_DETAILS = ("SCHOOL", "HOME_STREET")
_LINK = "PROFILE_LINK"
# Shorter names are syllables of other words.
_SHORTEST = 3


def rule_on_addresses(
    policy: Policy, analysis: Analysis, decided: Sequence[Decided], people: Ruled
) -> list[Decided]:
    """The decisions again: those that change an address are reviewed, and what blocks is added at the end.

    A blocked address stays redacted in the safe copy. The block is a decision of its own about the same
    observation, with the redaction as its evidence.
    """
    after: list[Decided] = []
    blocks: list[Decided] = []
    for index, item in enumerate(decided):
        seen = item.observation
        named = seen.entity_type in PERSON_TYPES or _names_somebody(seen, people)
        kind = None
        if item.decision.action == "redact" and (named or seen.entity_type in _NAMING_DETAILS):
            kind = _address_kind(analysis, seen)
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


def _address_kind(analysis: Analysis, seen: Observation) -> str | None:
    segment = analysis.reading.segment_at(seen.start)
    if segment is not None and segment.kind in _ADDRESSES:
        return segment.kind
    # An address that running text gives as it is.
    return "url" if seen.entity_type == _LINK or seen.facts.get("link") is True else None


def _names_somebody(seen: Observation, people: Ruled) -> bool:
    """Whether a link carries a name of somebody protected ("gofundme.com/f/joaquins-journey")."""
    if seen.entity_type != _LINK:
        return False
    words = frozenset(re.split(r"[\W\d_]+", fold(str(seen.facts.get("value", "")))))
    names = (
        word
        for person in people.protected
        for name in people.persons[person].names
        for word in re.split(r"[\W_]+", fold(name))
    )
    return any(len(name) >= _SHORTEST and (name in words or f"{name}s" in words) for name in names)


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
