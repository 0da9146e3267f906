"""The net under every policy: nobody the law protects is left in by a rule that does not speak of them."""

from __future__ import annotations

from dataclasses import replace

from safeguard.policy.decisions import Decision
from safeguard.policy.model import Rule

# A rule that asks one of these has somebody protected in mind, whatever it then decides.
_SPEAKS_OF = frozenset(
    (
        "already-labelled",
        "at-the-centre",
        "circumstance",
        "deceased",
        "missing-appeal",
        "own-childhood",
        "pseudonym",
        "public-figure",
        "sex-offence-complainant",
        "waived",
    )
)
_YES = frozenset(("yes",))


def said_outright(decision: Decision, rule: Rule | None) -> Decision:
    """The decision, reviewed when it leaves a P1 or P2 person in by a rule that asks nothing about such.

    A catch-all such as "keep every person" may have been meant for the others; only a rule that names what
    makes somebody protected can let them stand (behaviour: section 2, P1 and P2).
    """
    if rule is None or decision.action not in ("keep", "warn") or decision.review:
        return decision
    facts = decision.facts
    child = "minor" in facts.get("life-stage", ()) and facts.get("at-the-centre") == _YES
    child = child and facts.get("adult-now") != _YES
    complainant = facts.get("sex-offence-complainant") == _YES and facts.get("waived") != _YES
    if not (child or complainant) or _speaks_of_them(rule):
        return decision
    who = "a child at the centre of the copy" if child else "a complainant with anonymity for life"
    return replace(
        decision,
        action="review",
        because=f"This is {who}, and the rule that lets the name stand does not say so: decide yourself. "
        f"{decision.because}",
    )


def _speaks_of_them(rule: Rule) -> bool:
    asked = rule.conditions
    return bool(_SPEAKS_OF & asked.keys()) or "minor" in asked.get("life-stage", ())
