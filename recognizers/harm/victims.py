"""Who was harmed: the words for people in one stretch of copy, and which of them a harm word speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recognizers.harm.lexicon import Sign
from recognizers.harm.phrases import Hit

if TYPE_CHECKING:
    from recognizers.model import People

ADULT_AGE = 18
_REACH_BEFORE, _REACH_AFTER, _REACH_ACCUSED, _AGE_GAP = 120, 70, 45, 24
_SPECIFIC = frozenset({"child", "offspring", "adult", "partner", "family", "newborn"})
_PRONOUN_BEFORE = re.compile(
    r"\b(?:he|she|they|who|I|we|his|her|their)(?:['’](?:d|s|re|ve))?(?: \w+ly)?(?: (?:had|has|have))?\s*$",
    re.I,
)
_PRONOUN_AFTER = re.compile(r"\s*(?:her|him|them|me|us)\b", re.I)
_AGENT = re.compile(r"\bby\b|\bat the hands of\b", re.I)
_POSSESSIVE = re.compile(r"['’]s?\s")
_APART = re.compile(r"[\n.!?;]|\b(?:and|but|while|after|by|with)\b")
_CLAUSE_END = re.compile(r"[\n.,;:!?]")
_INDEFINITE_PLURAL = re.compile(r"(?:s|children|people|men|women)$", re.I)
_COUNTED = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|her|his|their|our|my|the|hundreds|dozens|thousands)"
    r"(?: of)?(?: \w+)?)\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A word for a person. `specific` means one person or a counted few, not people in general.

    `apart` marks somebody who was not harmed: who did it, an official, or kin named for somebody's sake.
    """

    start: int
    end: int
    kind: str
    specific: bool
    apart: bool = False


def find_people(
    text: str,
    start: int,
    end: int,
    hits: Sequence[Hit[Sign]],
    ages: Iterable[re.Pattern[str]],
    named: Sequence[Somebody],
) -> list[Somebody]:
    """Everybody that the sentence from `start` to `end` speaks of, in order.

    They come from the vocabulary's words (`hits`), from ages, and from `named`: mentions of resolved people.
    """
    frames: dict[str, list[Hit[Sign]]] = {}
    for hit in hits:
        if hit.value.kind == "frame":
            frames.setdefault(hit.value.name, []).append(hit)
    masked = [(h.start, h.end) for h in frames.get("not_people", ())]
    found = [
        Somebody(hit.start, hit.end, hit.value.name, _is_specific(text, hit.start, hit.end))
        for hit in hits
        if hit.value.kind == "person" and not any(a < hit.end and hit.start < b for a, b in masked)
    ]
    found = _longest(found)
    found = _with_ages(text, start, end, found, ages)
    found += named
    found.sort(key=lambda p: (p.start, -p.end))
    accused = [h.start for h in frames.get("accused", ())]
    kin_ends = [h.end for h in frames.get("kin_of", ())]
    return [_set_apart(text, found, i, accused, kin_ends) for i in range(len(found))]


def harmed_before(text: str, people: Sequence[Somebody], at: int, focus: Somebody | None) -> Somebody | None:
    """Who was harmed where the words for it come after them ("the girl, 9, was beaten")."""
    near = [p for p in people if p.start < at and not p.apart]
    if _PRONOUN_BEFORE.search(text, max(0, at - 24), at):
        return near[0] if near else focus
    near = [p for p in near if at - p.end <= _REACH_BEFORE]
    return near[-1] if near else None


def harmed_after(text: str, people: Sequence[Somebody], end: int, focus: Somebody | None) -> Somebody | None:
    """Who was harmed where the words for it come before them ("the murder of a girl", "raped her")."""
    pronoun = _PRONOUN_AFTER.match(text, end)
    ahead = [p for p in people if p.end > end and p.start - end <= _REACH_AFTER]
    for index, person in enumerate(ahead):
        following = ahead[index + 1] if index + 1 < len(ahead) else None
        if following and following.start - person.end <= 14 and _POSSESSIVE.match(text, person.end):
            continue
        if pronoun and person.start - pronoun.end() > 2:
            break
        if person.apart:
            continue
        if _AGENT.search(text, end, max(end, person.start)):
            return None
        return person
    if pronoun:
        near = [p for p in people if p.end <= end and not p.apart]
        return near[-1] if near else focus
    return None


def _is_specific(text: str, start: int, end: int) -> bool:
    if not _INDEFINITE_PLURAL.search(text, start, end):
        return True
    return bool(_COUNTED.search(text, max(0, start - 24), start))


def _longest(found: list[Somebody]) -> list[Somebody]:
    kept: list[Somebody] = []
    for person in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
    return kept


def _with_ages(
    text: str, start: int, end: int, found: list[Somebody], patterns: Iterable[re.Pattern[str]]
) -> list[Somebody]:
    """Let an age beside a person decide what they are; an age beside nobody is somebody of its own."""
    ages: list[Somebody] = []
    for pattern in patterns:
        for match in pattern.finditer(text, start, end):
            if not any(a.start < match.end() and match.start() < a.end for a in ages):
                ages.append(Somebody(match.start(), match.end(), _kind_of_age(match), True))
    for age in ages:
        near = [p for p in found if _stands_by(text, p, age)]
        if not near:
            found.append(age)
            continue
        person = min(near, key=lambda p: min(abs(age.start - p.end), abs(p.start - age.end)))
        kind = age.kind
        if kind == "adult" and person.kind in ("partner", "family"):
            kind = person.kind
        found[found.index(person)] = Somebody(
            min(age.start, person.start), max(age.end, person.end), kind, True
        )
    return found


def _stands_by(text: str, person: Somebody, age: Somebody) -> bool:
    first, second = (person, age) if person.start <= age.start else (age, person)
    return second.start - first.end <= _AGE_GAP and not _APART.search(
        text, first.end, max(first.end, second.start)
    )


def _kind_of_age(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("months") or groups.get("young"):
        words = match.group().lower()
        return "newborn" if any(unit in words for unit in ("day", "hour")) else "child"
    if groups.get("under"):
        return "child"
    if groups.get("word"):
        return "child"
    return "child" if int(groups["years"]) < ADULT_AGE else "adult"


def resolved_people(people: People) -> list[Somebody]:
    """Every mention of the resolved people whose life stage or part in the case is known, in order."""
    found = []
    for person in people.persons:
        harmed = (
            bool(person.roles & {"victim", "complainant"}) or bool(person.circumstances) or person.deceased
        )
        apart = not harmed and bool(
            person.roles & {"accused", "convicted", "professional", "official", "journalist"}
        )
        if person.life_stage == "unknown" and not apart:
            continue
        kind = "child" if person.life_stage == "minor" else "adult"
        spans = [(m.start, m.end) for m in person.mentions if m.form != "address"] + list(person.descriptions)
        found += [Somebody(start, end, kind, True, apart) for start, end in spans]
    return sorted(found, key=lambda p: (p.start, -p.end))


def _set_apart(
    text: str, found: list[Somebody], index: int, accused: list[int], kin_ends: list[int]
) -> Somebody:
    person = found[index]
    if person.apart:
        return person
    following = next((p for p in found[index + 1 :] if p.start >= person.end), None)
    limit = min(person.end + _REACH_ACCUSED, following.start if following else person.end + _REACH_ACCUSED)
    by_the_act = any(person.end <= at <= limit and "." not in text[person.end : at] for at in accused)
    for_kin = any(
        0 <= person.start - end <= 24 and not _CLAUSE_END.search(text, end, max(end, person.start))
        for end in kin_ends
    )
    if for_kin:
        # "the mother of the boy" stands for the mother, unless it is she who did it.
        return replace(person, apart=person.kind in _SPECIFIC and not by_the_act)
    return replace(person, apart=by_the_act)
