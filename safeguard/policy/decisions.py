"""What a policy makes of an analysis: what `safeguard.policy.decide` gives to redaction and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from recognizers.model import Observation
    from safeguard.policy.settings import NoteMarkup

Action = Literal["keep", "redact", "review", "protect", "warn", "block"]
Verdict = Literal["pass", "amended", "review", "block"]

# The entity types of names of people.
PERSON_TYPES = frozenset({"NAMED_MINOR", "PROTECTED_PERSON", "PERSON"})
VERDICTS: tuple[Verdict, ...] = ("pass", "amended", "review", "block")


@dataclass(frozen=True, slots=True)
class Decision:
    """What one rule made of one thing, with everything a report shows about why.

    `review` is set beside any action when somebody must look at it too (a redacted slug, a missing-child
    appeal). `operator` is the name of a presidio-anonymizer operator, `params` what it is given; both matter
    only when `action` is "redact".

    `find` and `facts` are what the rules were asked; `trial` are the ids of rules on trial that hold as well:
    they are reported and never act. `also` are the ids of further rules that had a say: the one that looked
    at the address a name stands in, or at a relation that stops nothing.
    """

    action: Action
    rule: str
    title: str
    because: str
    source: tuple[str, ...] = ()
    review: bool = False
    operator: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    find: str = ""
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    trial: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of all rules that had a say, the one that decided first."""
        return (self.rule, *self.also)


@dataclass(frozen=True, slots=True)
class Decided:
    """One observation with its decision; `evidence` holds indexes of other decided things (D6, B1, B2)."""

    observation: Observation
    decision: Decision
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WarningDecision:
    """One category to warn of, in the policy's words; `evidence` are indexes into `Decisions.decided`."""

    category: str
    severity: int
    text: str
    evidence: tuple[int, ...] = ()


def _own_markup() -> NoteMarkup:
    # Imported here, for whoever only reads decisions needs no settings.
    from safeguard.policy.settings import NoteMarkup

    return NoteMarkup()


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided for one copy.

    `persons` maps a person's id to what became of them. `warning_text` is the whole sentence that goes at the
    head ("" when there is none), `support_text` the policy's block to add at the end ("" when not needed).
    `place` is the part that both go into when the copy has several, `note_markup` the tags around "{text}"
    that they stand in where that is HTML.
    """

    decided: tuple[Decided, ...] = ()
    persons: Mapping[str, Decision] = field(default_factory=dict)
    warnings: tuple[WarningDecision, ...] = ()
    warning_text: str = ""
    support_text: str = ""
    place: str = "body"
    note_markup: NoteMarkup = field(default_factory=_own_markup)

    @property
    def verdict(self) -> Verdict:
        """The worst of everything decided (behaviour: section 4)."""
        actions = [(d.decision.action, d.decision.review) for d in self.decided]
        actions += [(d.action, d.review) for d in self.persons.values()]
        if any(action == "block" for action, _ in actions):
            return "block"
        if any(action == "review" or review for action, review in actions):
            return "review"
        if any(action == "redact" for action, _ in actions) or self.warning_text or self.support_text:
            return "amended"
        return "pass"
