"""From what was seen to what becomes of it: the policy's rules, asked once about everything in a copy."""

from __future__ import annotations

from functools import cache

from recognizers.model import Observation
from safeguard.analysis import Analysis
from safeguard.policy.addresses import rule_on_addresses
from safeguard.policy.decisions import PERSON_TYPES, Decided, Decision, Decisions
from safeguard.policy.details import is_detail, rule_on_detail
from safeguard.policy.facts import Facts, yes
from safeguard.policy.jigsaw import Pieces, is_piece
from safeguard.policy.labels import params
from safeguard.policy.model import Policy
from safeguard.policy.people import Ruled, rule_on_people
from safeguard.policy.ruling import PROTECTED, UNMATCHED, decision_by, first_rule, rule_on
from safeguard.policy.warnings import (
    Topics,
    rule_on_subject,
    rule_on_subjects,
    support_text,
    warning_text,
    warnings_for,
)

_HARM = ("CHILD_HARM", "HARM")
_SUPPORT = ("SUPPORT_BLOCK", "HELPLINE")


def decide(policy: Policy, analysis: Analysis, topics: Topics | None = None) -> Decisions:
    """Decide about everything in `analysis`; the first live rule that holds wins.

    `decided` has every observation in its order, then what blocks a published address. `topics` tells what a
    helpline is for; without it the registry and the policy's own helplines do.
    """
    people = rule_on_people(policy, analysis.people, analysis.context.desk)
    subjects = rule_on_subjects(policy, analysis.subjects)
    alone: dict[int, Decision] = {}
    for index, seen in enumerate(analysis.observations):
        if not is_piece(seen.entity_type) or _in_support(seen, analysis):
            alone[index] = _decide_alone(policy, analysis, people, subjects, seen)
    pieces = Pieces(policy, analysis.observations, alone, people, analysis.support)
    decided = [
        Decided(seen, alone[index]) if index in alone else Decided(seen, *pieces.rule_on(index))
        for index, seen in enumerate(analysis.observations)
    ]
    decided = rule_on_addresses(policy, analysis, decided, people)
    warnings = warnings_for(policy, subjects, decided)
    return Decisions(
        decided=tuple(decided),
        persons=people.decisions,
        warnings=warnings,
        warning_text=warning_text(policy, warnings),
        support_text=support_text(policy, warnings, analysis.support, topics or _topics_of(policy)),
        place=policy.settings.warnings.place,
        note_markup=policy.settings.note_markup,
    )


def _decide_alone(
    policy: Policy,
    analysis: Analysis,
    people: Ruled,
    subjects: dict[str, tuple[int, Decision]],
    seen: Observation,
) -> Decision:
    """The decision about one observation that does not depend on the others."""
    kind = seen.entity_type
    if kind == "HELPLINE_PROBLEM":
        return rule_on(policy, "helpline-problem", {"kind": frozenset((str(seen.facts.get("kind")),))})
    if kind in _SUPPORT or _in_support(seen, analysis):
        rule = first_rule(policy, "support-block", {})
        return decision_by(rule, policy, "support-block", {}) if rule else PROTECTED
    if kind in PERSON_TYPES:
        return people.decisions.get(seen.person or "", UNMATCHED)
    if kind == "NAME_CLASH":
        return rule_on(policy, "name-clash", {"redacted": yes(people.redacted(seen.person or ""))})
    if kind in _HARM:
        # The article decides, not the phrase: one graphic word in passing is no subject.
        category = str(seen.facts.get("category"))
        known = subjects.get(category)
        return known[1] if known else rule_on_subject(policy, category, 0)
    if is_detail(kind):
        return rule_on_detail(policy, seen, people, analysis.support)
    facts: Facts = {"entity": frozenset((kind,))}
    return rule_on(
        policy, "own", facts, params(policy.settings.labels, policy.settings.labels.of_detail(kind))
    )


def _in_support(seen: Observation, analysis: Analysis) -> bool:
    return analysis.support.covers(seen.start, seen.end)


def _topics_of(policy: Policy) -> Topics:
    own = {helpline.id: frozenset(helpline.topics) for helpline in policy.helplines}

    def topics(helpline: str) -> frozenset[str]:
        return own[helpline] if helpline in own else _registry_topics().get(helpline, frozenset())

    return topics


@cache
def _registry_topics() -> dict[str, frozenset[str]]:
    """What each helpline of the registry is for; police and tip lines are for nothing here."""
    from recognizers.helplines.registry import load_registry

    return {entry.id: entry.topics for entry in load_registry().helplines if entry.support}
