"""Whose is it: from words in a sentence to the persons that a detail belongs to.

Shared by dates of birth, addresses and institutions. People come from `doc._.people`, named or not; nothing
here reads names of its own. Every function returns person ids in the order of the copy's people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from recognizers.details.view import Reference, View
from recognizers.model import Person
from recognizers.vocabulary import load_vocabulary

Ids = tuple[str, ...]
_REACH = 700  # how far back, in characters, a pronoun or a bare "the pupil" looks for its person


def words(entries: Iterable[str]) -> str:
    """An alternation of the entries, longest first, with any white space between their words."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "|".join(r"\s+".join(re.escape(part) for part in entry.split()) for entry in ordered)


def ordered_ids(view: View, persons: Iterable[Person]) -> Ids:
    """The ids of `persons`, once each, in the order of the copy's people."""
    wanted = {person.id for person in persons}
    return tuple(person.id for person in view.people.persons if person.id in wanted)


def union(view: View, *groups: Ids) -> Ids:
    """All ids of the groups, once each, in the order of the copy's people."""
    wanted = {person_id for group in groups for person_id in group}
    return tuple(person.id for person in view.people.persons if person.id in wanted)


class Ownership:
    """Resolves "she", "her son", "Ellie Marsh, 9, who" and "the family" to persons of the copy."""

    def __init__(self) -> None:
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "ownership.yaml")
        self._gender = {word: g for g, group in vocabulary["pronouns"].items() for word in group}
        kin = words(vocabulary["children_words"])
        other = words(vocabulary["other_kin"])
        adjectives = r"(?:[a-z’'-]+\s+){0,3}?"
        self._pronoun = re.compile(
            rf"\b({words(self._gender)})\b(?:\s+{adjectives}(?:(?P<child>{kin})|(?P<other>{other}))\b)?",
            re.IGNORECASE,
        )
        links = "|".join(vocabulary["between"])
        self._adjacent = re.compile(rf"(?:[\s,;()–—]+(?:{links}))*[\s,;()–—]*", re.IGNORECASE)
        self._coordinated = re.compile(r"[\s,(]*(?:aged )?\d{0,3}[)\s,]*(?:and|&)?\s*", re.IGNORECASE)

    def adjacent(self, view: View, reference: Reference, offset: int) -> bool:
        """Whether only an age, "who", "was" and the like stand between the reference and `offset`."""
        gap = view.text[reference.end : offset]
        return len(gap) <= 60 and self._adjacent.fullmatch(gap) is not None

    def together(self, view: View, last: Reference, floor: int) -> tuple[Person, ...]:
        """The persons of a list that ends with `last` ("Ellie Marsh, 9, and Sam, 7"), from `floor` on."""
        persons = [last.person]
        begin = last.start
        for reference in reversed(view.between(floor, last.start)):
            if not self._coordinated.fullmatch(view.text[reference.end : begin]):
                break
            persons.append(reference.person)
            begin = reference.start
        return tuple(persons)

    def holder(self, view: View, floor: int, offset: int) -> tuple[tuple[Person, ...], bool]:
        """Who the nearest name, description or pronoun between `floor` and `offset` speaks of.

        The second value says whether it stands right before `offset`; nobody gives `((), False)`.
        """
        references = view.between(floor, offset)
        nearest = references[-1] if references else None
        pronoun = None
        for match in self._pronoun.finditer(view.text, nearest.end if nearest else floor, offset):
            pronoun = match
        if pronoun is not None:
            found = self.pronoun(view, pronoun)
            if found:
                return found, self._adjacent.fullmatch(view.text[pronoun.end() : offset]) is not None
        if nearest is None:
            return (), False
        return self.together(view, nearest, floor), self.adjacent(view, nearest, offset)

    def pronoun_at(self, view: View, start: int) -> tuple[Person, ...]:
        """Who the pronoun (and the kinship word it may own) at `start` speaks of; nobody if there is none."""
        match = self._pronoun.match(view.text, start)
        return self.pronoun(view, match) if match else ()

    def pronoun(self, view: View, match: re.Match[str]) -> tuple[Person, ...]:
        """Who a matched pronoun speaks of: the nearest person before it whose gender it can be."""
        gender = self._gender[match[1].casefold()]
        earlier = view.between(max(0, match.start() - _REACH), match.start())
        if gender == "several":
            if not earlier:
                return ()
            return self.together(view, earlier[-1], view.sentence(earlier[-1].start)[0])
        said = next((r for r in reversed(earlier) if r.person.gender == gender), None)
        if said is None:
            said = next((r for r in reversed(earlier) if r.person.gender == "unknown"), None)
        speaks_of = self._rather_the_child(said, gender, earlier) if said else None
        if match["child"]:
            return self.children(view, speaks_of) or self._nearest_minor(earlier)
        if match["other"]:
            return ()
        return (speaks_of,) if speaks_of else ()

    @staticmethod
    def _rather_the_child(said: Reference, gender: str, earlier: tuple[Reference, ...]) -> Person:
        """The child where the copy spoke last of "her mother" without naming her, and "she" may be either."""
        person = said.person
        named = person.named and (said.start, said.end) not in person.descriptions
        if named or person.life_stage != "adult" or person.relative_of is None:
            return person
        child = next((r.person for r in reversed(earlier) if r.person.id == person.relative_of), None)
        return child if child and child.life_stage == "minor" and child.gender == gender else person

    def children(self, view: View, person: Person | None) -> tuple[Person, ...]:
        """The minors of the copy who are tied to `person` by kinship, in either direction."""
        if person is None:
            return ()
        return tuple(p for p in view.people.persons if p.life_stage == "minor" and related(p, person))

    def family(self, view: View, person: Person) -> tuple[Person, ...]:
        """Everybody tied to `person` by kinship, directly or through somebody else, `person` included."""
        found = {person.id: person}
        waiting = [person]
        while waiting:
            member = waiting.pop()
            for other in view.people.persons:
                if other.id not in found and related(other, member):
                    found[other.id] = other
                    waiting.append(other)
        return tuple(found.values())

    def earlier_minor(self, view: View, offset: int) -> tuple[Person, ...]:
        """The minor (else the person of unknown age) that the copy spoke of last before `offset`."""
        return self._nearest_minor(view.between(max(0, offset - _REACH), offset))

    @staticmethod
    def _nearest_minor(references: tuple[Reference, ...]) -> tuple[Person, ...]:
        stages: tuple[Literal["minor", "unknown"], ...] = ("minor", "unknown")
        for stage in stages:
            for reference in reversed(references):
                if reference.person.life_stage == stage:
                    return (reference.person,)
        return ()


def related(one: Person, other: Person) -> bool:
    """Whether one of the two is a relative of the other."""
    return one.id != other.id and (one.relative_of == other.id or other.relative_of == one.id)
