"""Who was harmed: the people that one stretch of copy speaks of, and which of them a harm word means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recognizers.harm.lexicon import Lexicon, Sign
from recognizers.harm.phrases import Hit

if TYPE_CHECKING:
    from recognizers.harm.grammar import Grammar

ADULT_AGE = 18
_REACH_BEFORE, _REACH_AFTER, _REACH_ACCUSED, _REACH_NEXT, _AGE_GAP = 120, 70, 45, 3, 24
_BY_WORD = frozenset({"partner", "family"})
_SPECIFIC = frozenset({"child", "offspring", "adult", "partner", "family", "newborn"})
_CLAUSE_END = re.compile(r"[\n.,;:!?]")
_SENTENCE_END = re.compile(r"[.\n;]")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A word for a person. `specific` means one person or a counted few, not people in general.

    `apart` marks somebody who was not harmed: who did it, an official, or kin named for somebody's sake;
    `harmed` somebody whom the resolved people know to have been. `kind` is "" where nothing tells it.
    """

    start: int
    end: int
    kind: str
    specific: bool
    apart: bool = False
    harmed: bool = False
    resolved: bool = False


def find_people(
    text: str, start: int, end: int, hits: Sequence[Hit[Sign]], lexicon: Lexicon, named: Sequence[Somebody]
) -> list[Somebody]:
    """Everybody that the sentence from `start` to `end` speaks of, in order.

    They come from the vocabulary's words (`hits`), from ages, and from `named`: mentions of resolved people.
    """
    frames: dict[str, list[Hit[Sign]]] = {}
    for hit in hits:
        if hit.value.kind == "frame":
            frames.setdefault(hit.value.name, []).append(hit)
    grammar = lexicon.grammar
    masked = [(h.start, h.end) for h in frames.get("not_people", ())]
    words = [
        Somebody(hit.start, hit.end, hit.value.name, _is_specific(text, hit.start, hit.end, grammar))
        for hit in hits
        if hit.value.kind == "person"
        and (hit.value.name == "childhood" or not any(a < hit.end and hit.start < b for a, b in masked))
    ]
    found = _merged(words, named)
    if lexicon.age_hint.search(text, start, end):
        found = _with_ages(text, start, end, found, lexicon)
    found = [p for p in found if p.kind]
    owners = _accused(text, found, [h.start for h in frames.get("accused", ())], grammar)
    kin_ends = [h.end for h in frames.get("kin_of", ())]
    return [_set_apart(text, person, i in owners, kin_ends) for i, person in enumerate(found)]


def harmed_before(
    text: str, people: Sequence[Somebody], at: int, end: int, focus: Somebody | None, grammar: Grammar
) -> Somebody | None:
    """Who was harmed where the words for it, from `at` to `end`, come after them ("the girl was beaten")."""
    following = next((p for p in people if p.start >= end), None)
    if following and grammar.object_follows.fullmatch(text, end, following.start):
        return None  # "the boy killed a man" harms the man
    passive = grammar.passive.match(text, at) is not None
    near = [
        p for p in people if p.start < at and (not p.apart or (passive and p.resolved and at - p.end <= 1))
    ]
    pronoun = grammar.pronoun_before.search(text, max(0, at - 24), at)
    if pronoun and not grammar.relative.match(text, pronoun.start()):
        return near[0] if near else focus
    near = [p for p in near if at - p.end <= _REACH_BEFORE]
    return near[-1] if near else None


def harmed_next(
    text: str, people: Sequence[Somebody], at: int, focus: Somebody | None, grammar: Grammar
) -> Somebody | None:
    """Who was harmed where a noun follows them directly ("the girl's murder", "his death")."""
    if grammar.possessive_before.search(text, max(0, at - 8), at):
        near = [p for p in people if p.end < at and not p.apart]
        return near[-1] if near else focus
    return next((p for p in people if 0 < at - p.end <= _REACH_NEXT and not p.apart), None)


def harmed_after(
    text: str, people: Sequence[Somebody], end: int, focus: Somebody | None, grammar: Grammar
) -> Somebody | None:
    """Who was harmed where the words for it come before them ("the murder of a girl", "raped her")."""
    pronoun = grammar.pronoun_after.match(text, end)
    ahead = [p for p in people if p.end > end and p.start - end <= _REACH_AFTER]
    if pronoun and grammar.with_another.match(text, pronoun.end()):
        pronoun = None  # "her and one other girl": both are girls
    for index, person in enumerate(ahead):
        following = ahead[index + 1] if index + 1 < len(ahead) else None
        if following and grammar.own.fullmatch(text, person.end, following.start):
            continue
        if pronoun and person.start - pronoun.end() > 2:
            break
        if person.apart and not (
            person.resolved and grammar.object_of.fullmatch(text, end - 2, person.start)
        ):
            continue
        if grammar.agent.search(text, end, max(end, person.start)):
            return None
        return person
    if pronoun:
        near = [p for p in people if p.end <= end and not p.apart]
        return near[-1] if near else focus
    return None


def _is_specific(text: str, start: int, end: int, grammar: Grammar) -> bool:
    if not grammar.plural.search(text, start, end):
        return True
    return bool(grammar.counted.search(text, max(0, start - 24), start))


def _merged(words: Iterable[Somebody], named: Iterable[Somebody]) -> list[Somebody]:
    """One somebody for every stretch of words that speaks of one, in order."""
    kept: list[Somebody] = []
    for person in sorted([*words, *named], key=lambda p: (p.start, -p.end, not p.resolved)):
        if kept and person.start < kept[-1].end:
            kept[-1] = _joined(kept[-1], person)
        else:
            kept.append(person)
    return kept


def _joined(one: Somebody, other: Somebody) -> Somebody:
    """What two overlapping words say of one person; the resolved people know their stage and their part."""
    known, word = (one, other) if one.resolved or not other.resolved else (other, one)
    kind = known.kind or word.kind
    if kind == "adult" and word.kind in _BY_WORD:
        kind = word.kind
    if kind == "child" and "newborn" in (known.kind, word.kind):
        kind = "newborn"
    start, end = min(one.start, other.start), max(one.end, other.end)
    harmed = one.harmed or other.harmed
    specific = word.specific or (known.resolved and not word.kind)
    return Somebody(start, end, kind, specific, known.apart and not harmed, harmed, known.resolved)


def _with_ages(text: str, start: int, end: int, found: list[Somebody], lexicon: Lexicon) -> list[Somebody]:
    """Let an age beside a person decide what they are; an age beside nobody is somebody of its own."""
    ages: list[Somebody] = []
    for pattern in lexicon.ages:
        for match in pattern.finditer(text, start, end):
            if not any(a.start < match.end() and match.start() < a.end for a in ages):
                kind = _kind_of_age(match, lexicon.grammar)
                ages.append(Somebody(match.start(), match.end(), kind, True))
    people = list(found)
    for age in sorted(ages, key=lambda a: a.start):
        near = [p for p in found if _stands_by(text, p, age, lexicon.grammar)]
        if not near:
            people.append(age)
            continue
        person = min(near, key=lambda p: max(0, age.start - p.end, p.start - age.end))
        kind = age.kind
        if (kind == "adult" and person.kind in _BY_WORD) or (person.resolved and person.kind):
            kind = person.kind
        if kind == "child" and "newborn" in (age.kind, person.kind):
            kind = "newborn"
        older = replace(
            person, start=min(age.start, person.start), end=max(age.end, person.end), kind=kind, specific=True
        )
        people[people.index(person)] = older
        found[found.index(person)] = older
    return sorted(people, key=lambda p: (p.start, -p.end))


def _stands_by(text: str, person: Somebody, age: Somebody, grammar: Grammar) -> bool:
    first, second = (person, age) if person.start <= age.start else (age, person)
    return second.start - first.end <= _AGE_GAP and not grammar.apart.search(
        text, first.end, max(first.end, second.start)
    )


def _kind_of_age(match: re.Match[str], grammar: Grammar) -> str:
    groups = match.groupdict()
    if groups.get("months") or groups.get("young"):
        return "newborn" if grammar.newborn_age.search(match.group()) else "child"
    if groups.get("under") or groups.get("word"):
        return "child"
    return "child" if int(groups["years"]) < ADULT_AGE else "adult"


def _accused(text: str, found: Sequence[Somebody], cues: Iterable[int], grammar: Grammar) -> frozenset[int]:
    """Which of `found` the words for an arrest or a sentence speak of (their indexes)."""
    owners: set[int] = set()
    for at in cues:
        earlier = [i for i, p in enumerate(found) if p.end <= at]
        if not earlier or _SENTENCE_END.search(text, found[earlier[-1]].end, at):
            continue
        opened = next((i for i in earlier[:-1] if grammar.relative.match(text, found[i].end)), None)
        nearest = earlier[-1]
        if opened is not None:
            nearest = opened  # "a man who killed a girl was jailed": the man
        elif at - found[nearest].end > _REACH_ACCUSED:
            continue
        owners.add(nearest)
        if nearest and grammar.join.fullmatch(text, found[nearest - 1].end, found[nearest].start):
            owners.add(nearest - 1)
    return frozenset(owners)


def _set_apart(text: str, person: Somebody, accused: bool, kin_ends: Sequence[int]) -> Somebody:
    if person.apart or person.harmed:
        return person
    for_kin = any(
        0 <= person.start - end <= 24 and not _CLAUSE_END.search(text, end, max(end, person.start))
        for end in kin_ends
    )
    if for_kin:
        # "the mother of the boy" stands for the mother, unless it is she who did it.
        return replace(person, apart=person.kind in _SPECIFIC and not accused)
    return replace(person, apart=accused)
