"""Jigsaw pieces and relations to an accused: facts left in the copy that identify together, or at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from recognizers.model import Observation, Support
from safeguard.policy.decisions import Decision
from safeguard.policy.details import owners
from safeguard.policy.facts import Facts, yes
from safeguard.policy.model import Policy
from safeguard.policy.people import Ruled, waived
from safeguard.policy.ruling import UNMATCHED, rule_on

_KINDS: Mapping[str, str] = {
    "AGE": "age",
    "SCHOOL_YEAR": "school_year",
    "RELATION": "relation",
    "SMALL_PLACE": "place",
    "STAFF": "staff",
    "UNIQUE_EVENT": "event",
}
# Facts of one child, where the others are of the whole family.
_OF_ONE = frozenset(("age", "school_year"))
_ACCUSED = frozenset(("accused", "convicted"))
# The kind of institution whose staff lead no other.
_SURGERY = "surgery"
# From this many pieces on a finding names each thing told once, and not each telling.
_MANY_PIECES = 60


def is_piece(entity_type: str) -> bool:
    """Whether observations of this type are jigsaw pieces."""
    return entity_type in _KINDS


@dataclass(slots=True)
class Pieces:
    """The pieces of one copy, as far as they are left in it once everything else is decided.

    `decisions` are those made so far, by index into `observations`.
    """

    policy: Policy
    observations: Sequence[Observation]
    decisions: Mapping[int, Decision]
    people: Ruled
    support: Support
    _left: dict[str, list[int]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _reach: list[int] = field(default_factory=list)
    _without_institution: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _groups: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _homes: Sequence[Observation] = ()

    def __post_init__(self) -> None:
        gone = sorted(
            (self.observations[i] for i, decision in self.decisions.items() if decision.action == "redact"),
            key=lambda seen: seen.start,
        )
        self._starts = [seen.start for seen in gone]
        self._reach = list(accumulate((seen.end for seen in gone), max))
        self._without_institution = self._deprived(gone)
        self._homes = [seen for seen in self.observations if seen.entity_type == "HOME_STREET"]
        families = _families(self.people)
        for index, piece in enumerate(self.observations):
            if is_piece(piece.entity_type) and self._counts(piece):
                told = dict.fromkeys(families.get(person, person) for person in self._told_of(piece))
                self._groups[index] = tuple(told)
                for group in told:
                    self._left.setdefault(group, []).append(index)
        self._told = {group: self._facts(left) for group, left in self._left.items()}
        self._shown = {group: self._once_each(left) for group, left in self._left.items()}

    def _deprived(self, gone: Sequence[Observation]) -> dict[str, frozenset[str]]:
        """Which kinds of institution were taken out, by the protected person whose own they were."""
        found: dict[str, set[str]] = {}
        for seen in gone:
            if seen.entity_type == "SCHOOL":
                for person in self.people.protected.intersection(owners(seen)):
                    found.setdefault(person, set()).add(str(seen.facts.get("kind", "")))
        return {person: frozenset(kinds) for person, kinds in found.items()}

    def _led(self, piece: Observation) -> list[str]:
        """Who lost an institution that whoever `piece` names may lead: a doctor leads no school."""
        surgery = piece.facts.get("institution") == _SURGERY
        return sorted(
            person
            for person, kinds in self._without_institution.items()
            if any((kind == _SURGERY) == surgery or not kind for kind in kinds)
        )

    def rule_on(self, index: int) -> tuple[Decision, tuple[int, ...]]:
        """The decision about one piece, and the indexes of what makes it one."""
        piece = self.observations[index]
        if piece.person is None or piece.person not in self.people.persons:
            return UNMATCHED, ()
        harmless: tuple[str, ...] = ()
        if piece.facts.get("accused") is True and piece.entity_type == "RELATION":
            decision = rule_on(self.policy, "relation-to-accused", self._relation(piece))
            if decision.action != "keep":
                return decision, self._accused_mention(piece)
            harmless = (decision.rule,)
        group = max(self._groups.get(index, ()), key=lambda group: self._told[group], default="")
        together = self._told.get(group, 0) >= self.policy.settings.jigsaw_pieces
        protected = piece.person in self.people.protected
        facts: Facts = {
            "piece": frozenset((_kind(piece),)),
            "of": frozenset(("anyone", "protected")) if protected else frozenset(("anyone",)),
            "together": yes(together),
        }
        decision = replace(rule_on(self.policy, "jigsaw", facts), also=harmless)
        return decision, tuple(i for i in self._shown[group] if i != index) if together else ()

    def _once_each(self, left: Sequence[int]) -> tuple[int, ...]:
        """The first piece of each thing that is told: a long copy tells an age a thousand times."""
        first: dict[tuple[object, ...], int] = {}
        for index in left:
            piece = self.observations[index]
            told = tuple(sorted((name, str(value)) for name, value in piece.facts.items()))
            first.setdefault((_kind(piece), piece.person, told), index)
        return tuple(first.values()) if len(left) > _MANY_PIECES else tuple(left)

    def _told_of(self, piece: Observation) -> tuple[str, ...]:
        """Whom a piece points at: the head of a school at each of those whose school was taken out."""
        if _kind(piece) == "staff":
            return (str(piece.person), *self._led(piece))
        return (str(piece.person),)

    def _facts(self, left: Sequence[int]) -> int:
        """How many different facts the pieces tell of one family.

        One child's age is one fact however often it is told, and twins have one age; the ages of a brother
        and a sister are two.
        """
        first: dict[tuple[str, str | None], int] = {}
        for index in left:
            piece = self.observations[index]
            kind = _kind(piece)
            key = (kind, piece.person if kind in _OF_ONE else None)
            first.setdefault(key, piece.start if kind in _OF_ONE else 0)
        return len({(kind, start) for (kind, _), start in first.items()})

    def _counts(self, piece: Observation) -> bool:
        """Whether the piece is left in the copy and still says something there."""
        before = bisect_right(self._starts, piece.start)
        if before and self._reach[before - 1] >= piece.end:
            return False
        if self.support.covers(piece.start, piece.end):
            return False
        kind, other = _kind(piece), piece.facts.get("other")
        if kind == "relation":
            return isinstance(other, str) and self.people.stays_named(other)
        if kind == "staff":
            return bool(self._led(piece))
        if kind == "place":
            return not self._is_anothers_home(piece)
        return True

    def _is_anothers_home(self, piece: Observation) -> bool:
        """Whether a place is somebody else's street alone: "of Mill Lane" tells where the accused lives."""
        homes = [owners(seen) for seen in self._homes if seen.start < piece.end and piece.start < seen.end]
        return any(homes) and all(of and piece.person not in of for of in homes)

    def _named_accused(self, piece: Observation) -> list[str]:
        """Ids of the accused the words speak of, if they stay named; of any, where they do not say."""
        other = piece.facts.get("other")
        people = self.people
        asked = (
            [other]
            if isinstance(other, str)
            else [p.id for p in people.persons.values() if _ACCUSED & p.roles]
        )
        return [person for person in asked if people.stays_named(person)]

    def _relation(self, piece: Observation) -> Facts:
        person = self.people.persons[str(piece.person)]
        return {
            "sex-offence-complainant": yes(person.sex_offence_complainant),
            "life-stage": frozenset((person.life_stage,)),
            "waived": yes(waived(person)),
            "accused-named": yes(bool(self._named_accused(piece))),
            "implied": yes(piece.facts.get("implied") is True),
        }

    def _accused_mention(self, piece: Observation) -> tuple[int, ...]:
        named = self._named_accused(piece)
        people = ("PERSON", "PROTECTED_PERSON", "NAMED_MINOR")
        for index, seen in enumerate(self.observations):
            if seen.person in named and seen.entity_type in people:
                return (index,)
        return ()


def _families(people: Ruled) -> dict[str, str]:
    """A name for the family of each protected child who has brothers or sisters that are protected.

    What is told of one of them points at all.
    """
    children = [
        person
        for person in people.persons
        if person in people.protected and people.persons[person].life_stage == "minor"
    ]
    family: dict[str, str] = {}
    for child in children:
        if child in family:
            continue
        family[child] = child
        pending = [child]
        while pending:
            one = pending.pop()
            siblings = [other for members in people.families if one in members for other in sorted(members)]
            for other in (*people.relatives.get(one, ()), *siblings):
                if other not in family and other in people.protected and other in children:
                    family[other] = child
                    pending.append(other)
    return family


def _kind(piece: Observation) -> str:
    return str(piece.facts.get("piece") or _KINDS[piece.entity_type])
