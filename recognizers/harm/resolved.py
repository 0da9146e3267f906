"""What the resolved people of a copy tell the harm reader: who is a child, did it, or is whose partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recognizers.harm.victims import Somebody

if TYPE_CHECKING:
    from recognizers.harm.lexicon import Lexicon
    from recognizers.model import People, Person

_LOOKED_ON = frozenset({"witness", "bystander"})
_HARMED_ROLES = frozenset({"victim", "complainant"})
_OTHER_ROLES = frozenset({"accused", "convicted", "professional", "official", "journalist"})
_ACCUSED = frozenset({"accused", "convicted"})
_EXPOSED = frozenset({"at_risk", "witness"})
_HARMED = frozenset({"abused", "hurt", "died"})

# Whoever is spoken of so often is no aside, and is whom the copy is about.
_NO_ASIDE, _CENTRAL = 2, 3


def central_deaths(people: People) -> tuple[tuple[int, int], ...]:
    """Where the copy tells how somebody died of whom it speaks again and again."""
    return tuple(
        (evidence.start, evidence.end)
        for person in people.persons
        if person.deceased and person.named and _told_of(person) >= _CENTRAL
        for evidence in person.evidence
        if evidence.value == "died"
    )


def central_harms(people: People) -> frozenset[str]:
    """The categories of what was done to those the copy is about, however late and seldom it says so.

    A campaigner's dead son, or somebody who waived their anonymity and tells of their life since.
    """
    found = set()
    for person in people.persons:
        if _told_of(person) < _CENTRAL or not person.named:
            continue
        child = person.life_stage == "minor"
        if person.deceased and child and not person.adult_now:
            found.add("child_death")
        if person.sex_offence_complainant:
            found.add("child_sexual_abuse" if child else "sexual_violence")
    return frozenset(found)


def children_exposed(people: People) -> tuple[tuple[int, int], ...]:
    """Where the copy tells of children who are at risk or saw it; what for, only the whole copy tells."""
    return tuple(
        (evidence.start, evidence.end)
        for person in people.persons
        if person.life_stage == "minor"
        and not person.adult_now
        and not person.roles & _ACCUSED
        and _told_of(person) >= _NO_ASIDE
        and not _of_onlookers(person, people)
        for evidence in person.evidence
        if evidence.value in _EXPOSED
    )


def resolved_people(text: str, people: People, lexicon: Lexicon) -> list[Somebody]:
    """Every mention of the resolved people in prose, in order; `kind` is "" where their stage is unknown."""
    partners = _partners(text, people, lexicon)
    found = []
    for person in people.persons:
        harmed = bool(person.roles & _HARMED_ROLES) or bool(person.circumstances & _HARMED)
        harmed = harmed or person.deceased or person.own_childhood
        apart = not harmed and bool(person.roles & _OTHER_ROLES)
        kind = _kind(person)
        if kind in ("", "adult") and person.id in partners:
            kind = "partner"
        spans = [(m.start, m.end) for m in person.mentions if m.form != "address"] + list(person.descriptions)
        found += [Somebody(start, end, kind, True, apart, harmed, True) for start, end in spans]
    return sorted(found, key=lambda p: (p.start, -p.end))


def _of_onlookers(child: Person, people: People) -> bool:
    """Whether all of a child's family only looked on: the neighbours' child, who does not live with it."""
    family = [p for p in people.persons if p.id == child.relative_of or p.relative_of == child.id]
    return bool(family) and all(person.roles & _LOOKED_ON for person in family)


def _told_of(person: Person) -> int:
    return len(person.mentions) + len(person.descriptions)


def _kind(person: Person) -> str:
    if person.own_childhood or person.adult_now:
        if person.deceased or person.roles & _ACCUSED:
            return "adult"
        return "child"
    return {"minor": "child", "adult": "adult"}.get(person.life_stage, "")


def _partners(text: str, people: People, lexicon: Lexicon) -> frozenset[str]:
    """The ids of those whom the copy calls somebody's wife, husband, partner or ex, and of the other half."""
    found = set()
    accused = {p.id for p in people.persons if p.roles & _ACCUSED}
    for person in people.persons:
        if accused and person.relative_of and not accused & {person.id, person.relative_of}:
            continue  # the husband of a stranger's victim
        spans = list(person.descriptions)
        words = [text[start:end] for start, end in spans] + [person.relation or ""]
        if any(word and lexicon.is_partner(word) for word in words):
            found.add(person.id)
            if person.relative_of and person.relation and lexicon.is_partner(person.relation):
                found.add(person.relative_of)
    return frozenset(found)
