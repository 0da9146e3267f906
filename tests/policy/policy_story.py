"""Analyses made by hand: who is in a copy and what was seen in it, without any text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from recognizers.model import (
    Mention,
    Observation,
    People,
    Person,
    Reading,
    Segment,
    Subject,
    Support,
    SupportBlock,
)
from safeguard.analysis import Analysis
from safeguard.context import Context
from safeguard.policy.decide import decide
from safeguard.policy.decisions import Decided, Decision, Decisions
from safeguard.policy.loader import load_policy
from safeguard.policy.model import Policy

_WIDTH = 10
_PIECES = {"AGE": "age", "SCHOOL_YEAR": "school_year", "RELATION": "relation", "SMALL_PLACE": "place"}
_PIECES |= {"STAFF": "staff", "UNIQUE_EVENT": "event"}


class Story:
    """A copy in the making: everything added stands after what was added before it."""

    def __init__(self, restriction: str | None = None) -> None:
        self._persons: dict[str, Person] = {}
        self._observations: list[Observation] = []
        self._segments: list[tuple[str, str, int]] = [("body", "prose", 0)]
        self._blocks: list[SupportBlock] = []
        self._mentions: list[tuple[str, int, int]] = []
        self._subjects: list[Subject] = []
        self._families: list[frozenset[str]] = []
        self._at = 0
        self._context = Context.of({"restriction": restriction} if restriction else None)

    def part(self, name: str, kind: str) -> Story:
        self._segments.append((name, kind, self._at))
        return self

    def person(self, name: str, **attributes: Any) -> str:
        """Somebody the copy names, once so far."""
        person = Person(id=f"p{len(self._persons) + 1}", names=(name,), **_frozen(attributes))
        self._persons[person.id] = person
        self.mention(person.id)
        return person.id

    def unnamed(self, **attributes: Any) -> str:
        """Somebody the copy speaks of and does not name."""
        person = Person(
            id=f"p{len(self._persons) + 1}", descriptions=((self._at, self._at),), **_frozen(attributes)
        )
        self._persons[person.id] = person
        return person.id

    def change(self, person_id: str, **attributes: Any) -> None:
        self._persons[person_id] = replace(self._persons[person_id], **_frozen(attributes))

    def mention(self, person_id: str, form: str = "full") -> Story:
        person = self._persons[person_id]
        kind = "PERSON"
        if person.life_stage == "minor":
            kind = "NAMED_MINOR"
        elif person.sex_offence_complainant or person.relative_of:
            kind = "PROTECTED_PERSON"
        start = self._see(kind, person=person_id)
        seen = Mention(start, start + _WIDTH, "tagger", form)  # type: ignore[arg-type]
        self._persons[person_id] = replace(person, mentions=(*person.mentions, seen))
        return self

    def siblings(self, *person_ids: str) -> Story:
        """Children whom the copy makes brothers and sisters."""
        self._families.append(frozenset(person_ids))
        return self

    def see(self, entity_type: str, person: str | None = None, **facts: Any) -> Story:
        """A detail, or anything else that a recognizer marks."""
        self._see(entity_type, person=person, **facts)
        return self

    def piece(self, entity_type: str, person: str, **facts: Any) -> Story:
        self._see(entity_type, person=person, piece=_PIECES[entity_type], **facts)
        return self

    def within(self, entity_type: str, **facts: Any) -> Story:
        """Something at the place of what was seen last, and as long."""
        self._at -= _WIDTH
        self._see(entity_type, **facts)
        return self

    def subject(self, category: str, severity: int, entity_type: str = "CHILD_HARM") -> Story:
        self._subjects.append(Subject(category, severity))
        self._see(entity_type, category=category, severity=severity)
        return self

    def block(self, *helplines: str) -> Story:
        start = self._see("SUPPORT_BLOCK", helplines=helplines)
        self._blocks.append(SupportBlock(start, start + _WIDTH, helplines))
        return self

    def helpline_named(self, helpline: str) -> Story:
        start = self._see("HELPLINE", helpline=helpline, in_block=False)
        self._mentions.append((helpline, start, start + _WIDTH))
        return self

    def analysis(self) -> Analysis:
        ends = [start for _, _, start in self._segments[1:]] + [self._at]
        segments = tuple(
            Segment(name, None, start, end, kind)
            for (name, kind, start), end in zip(self._segments, ends, strict=True)
        )
        return Analysis(
            people=People(persons=tuple(self._persons.values()), families=tuple(self._families)),
            subjects=tuple(self._subjects),
            support=Support(blocks=tuple(self._blocks), mentions=tuple(self._mentions)),
            observations=tuple(self._observations),
            reading=Reading(segments=segments),
            context=self._context,
        )

    def decide(self, policy: str | Policy = "uk-news") -> Decisions:
        loaded = policy if isinstance(policy, Policy) else load_policy(policy)
        return decide(loaded, self.analysis())

    def _see(self, entity_type: str, person: str | None = None, **facts: Any) -> int:
        start = self._at
        self._at += _WIDTH
        self._observations.append(
            Observation(entity_type, start, self._at, 0.9, "by hand", person=person, facts=facts)
        )
        return start


def of(decisions: Decisions, entity_type: str) -> Decision:
    """The decision about the one observation of that type. Fails when there are several."""
    found = [item.decision for item in decisions.decided if item.observation.entity_type == entity_type]
    assert len(found) == 1, f"{len(found)} of {entity_type}"
    return found[0]


def all_of(decisions: Decisions, entity_type: str) -> list[Decided]:
    return [item for item in decisions.decided if item.observation.entity_type == entity_type]


def said(decision: Decision) -> tuple[str, str]:
    """Action and rule."""
    return decision.action, decision.rule


def _frozen(attributes: dict[str, Any]) -> dict[str, Any]:
    sets = ("roles", "circumstances")
    return {key: frozenset(value) if key in sets else value for key, value in attributes.items()}
