"""Harm told sentence by sentence: which category each harm word speaks for, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from recognizers.harm.lexicon import Category, Lexicon, Sign
from recognizers.harm.phrases import Hit
from recognizers.harm.victims import Somebody, find_people, harmed_after, harmed_before, resolved_people

if TYPE_CHECKING:
    from recognizers.model import People

_S = TypeVar("_S", Hit[Sign], Somebody)

HINT, WEAK, TOLD, STRONG = 0.5, 1.0, 2.0, 3.0
_FAMILY_VERBS_NEED = frozenset({"partner", "family"})
_OLD_YEAR = re.compile(r"\b1[0-8]\d\d\b|\b19[0-4]\d\b")
_SELF = re.compile(r"(?:him|her|them)sel(?:f|ves)|\b(?:his|her|their)\b", re.I)
_SOMEBODY = re.compile(r"\b(?:he|she|her|him|I|me|my)\b", re.I)
_FOCUS_LASTS = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or one line of a heading; its place is `headline`, `lead` (the opening) or ""."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One harm word that counts for a category. `concrete`: somebody in particular was harmed, in earnest."""

    category: str
    start: int
    end: int
    weight: float
    concrete: bool
    phrase: str
    unit: int
    victim: str = ""
    vague: bool = False


@dataclass(slots=True)
class Page:
    """What the copy says, sentence by sentence: traces of harm, details by category, frames by unit."""

    units: Sequence[Unit]
    traces: list[Trace] = field(default_factory=list)
    details: dict[str, list[tuple[int, int, int, bool]]] = field(default_factory=dict)
    unless: dict[str, int] = field(default_factory=dict)
    frames: list[frozenset[str]] = field(default_factory=list)
    genres: dict[str, dict[str, int]] = field(default_factory=dict)
    minors: bool = False
    childhoods: frozenset[int] = frozenset()  # units that tell of somebody's childhood or a child's age


def read_page(text: str, units: Sequence[Unit], lexicon: Lexicon, people: People) -> Page:
    """Collect every trace of every category in `text`; offsets are those of `text`.

    Sentences are read in order because a pronoun speaks of whoever was harmed before it.
    """
    page = Page(units)
    hits = list(lexicon.index.find(text))
    _count_genres(text, hits, page)
    by_unit = [_visible(inside) for inside in _share_out(units, hits)]
    named = _share_out(units, resolved_people(people))
    everybody = [
        find_people(text, unit.start, unit.end, by_unit[number], lexicon.ages, named[number])
        for number, unit in enumerate(units)
    ]
    page.minors = any(p.kind in ("child", "newborn", "childhood") for present in everybody for p in present)
    page.childhoods = frozenset(
        number
        for number, present in enumerate(everybody)
        if any(p.kind in ("child", "childhood") and p.specific and not p.apart for p in present)
    )
    for unit, inside in zip(units, by_unit, strict=True):
        names = {h.value.name for h in inside if h.value.kind == "frame"}
        if _OLD_YEAR.search(text, unit.start, unit.end):
            names.add("history")
        page.frames.append(frozenset(names))
    focus: Somebody | None = None
    focus_unit = 0
    for number, inside in enumerate(by_unit):
        if number - focus_unit > _FOCUS_LASTS:
            focus = None
        harmed = _Sentence(text, number, everybody[number], focus, page, lexicon).read(inside)
        if harmed is not None:
            focus, focus_unit = harmed, number
    return page


def _share_out(units: Sequence[Unit], spans: Sequence[_S]) -> list[list[_S]]:
    """The spans (sorted by start) that begin in each unit."""
    shared: list[list[_S]] = []
    cursor = 0
    for unit in units:
        inside: list[_S] = []
        while cursor < len(spans) and spans[cursor].start < unit.end:
            if spans[cursor].start >= unit.start:
                inside.append(spans[cursor])
            cursor += 1
        shared.append(inside)
    return shared


def _visible(hits: list[Hit[Sign]]) -> list[Hit[Sign]]:
    """Leave out the cues that stand inside an idiom or another excluded phrase."""
    masks = [(h.start, h.end) for h in hits if h.value.kind == "exclusion"]
    if not masks:
        return hits
    return [
        h
        for h in hits
        if h.value.kind != "cue" or not any(a <= h.start < b or h.start <= a < h.end for a, b in masks)
    ]


def _count_genres(text: str, hits: list[Hit[Sign]], page: Page) -> None:
    seen: dict[str, dict[str, set[str]]] = {}
    for hit in hits:
        if hit.value.kind == "genre":
            word = text[hit.start : hit.end].lower()
            seen.setdefault(hit.value.name, {}).setdefault(hit.value.group, set()).add(word)
    page.genres = {
        name: {group: len(words) for group, words in found.items()} for name, found in seen.items()
    }


class _Sentence:
    """Reads one unit: decides for each harm word who was harmed and whether it counts."""

    def __init__(
        self,
        text: str,
        number: int,
        people: Sequence[Somebody],
        focus: Somebody | None,
        page: Page,
        lexicon: Lexicon,
    ) -> None:
        self._text, self._number, self._people, self._focus = text, number, people, focus
        self._page, self._lexicon = page, lexicon
        frames = page.frames[number]
        self._case = "case" in frames
        self._childhood = any(p.kind == "childhood" for p in people)
        self._somebody = [p for p in people if p.kind != "childhood"]
        self._hypothetical = "hypothetical" in frames and not self._case
        around = page.frames[max(0, number - 1) : number + 2]
        self._case_near = any("case" in f for f in around)
        nearby = page.frames[max(0, number - 1) : number + 1]
        self._accident = any("accident" in f for f in nearby)
        self._harmed: Somebody | None = None

    def read(self, hits: Sequence[Hit[Sign]]) -> Somebody | None:
        """Add this unit's traces to the page; returns who was harmed in it, if anybody could be told."""
        for hit in hits:
            if hit.value.kind != "cue":
                continue
            category = self._lexicon.categories[hit.value.name]
            group = hit.value.group
            if group in ("details", "graphic"):
                where = self._page.details.setdefault(category.name, [])
                where.append((hit.start, hit.end, self._number, group == "graphic"))
            elif group == "unless":
                if not self._hypothetical:
                    self._page.unless[category.name] = self._page.unless.get(category.name, 0) + 1
            elif group == "hints":
                self._add(hit, category, HINT, False, "")
            elif group == "debate":
                self._add(hit, category, WEAK, self._case and self._has_specific(), "")
            elif group == "strong":
                self._read_strong(hit, category)
            else:
                self._read_directed(hit, category, group)
        return self._harmed

    def _read_strong(self, hit: Hit[Sign], category: Category) -> None:
        victim = ""
        if category.victim == "adult":
            somebody = harmed_after(self._text, self._somebody, hit.end, self._focus) or harmed_before(
                self._text, self._somebody, hit.start, self._focus
            )
            victim = self._kind(somebody, category)
            if victim == "child":
                return
        inside = bool(_SELF.search(self._text, hit.start, hit.end))
        inside = inside or bool(_SOMEBODY.search(self._text, max(0, hit.start - 40), hit.end + 5))
        concrete = not self._hypothetical and (self._case_near or inside or self._has_specific())
        self._add(hit, category, STRONG, concrete, victim)

    def _read_directed(self, hit: Hit[Sign], category: Category, group: str) -> None:
        if category.victim == "partner" and self._accident:
            return
        if category.name == "child_physical_abuse" and self._accident:
            return
        if group.endswith("before"):
            somebody = harmed_before(self._text, self._somebody, hit.start, self._focus)
        else:
            somebody = harmed_after(self._text, self._somebody, hit.end, self._focus)
        kind = self._kind(somebody, category)
        if somebody is not None and kind in ("child", "adult") and self._harmed is None:
            self._harmed = somebody
        if somebody is None or not _fits(kind, category):
            return
        weight = WEAK if category.victim == "partner" and group == "before" else TOLD
        concrete = somebody.specific or self._case
        self._add(hit, category, weight, concrete and not self._hypothetical, kind, group.startswith("vague"))

    def _kind(self, somebody: Somebody | None, category: Category) -> str:
        if self._childhood and category.victim in ("child", "adult"):
            return "child"
        if somebody is None:
            return ""
        if somebody.kind == "offspring":
            return (
                "child" if category.offspring or self._page.minors or category.victim == "adult" else "adult"
            )
        return somebody.kind

    def _has_specific(self) -> bool:
        return any(p.specific for p in self._somebody)

    def _add(
        self,
        hit: Hit[Sign],
        category: Category,
        weight: float,
        concrete: bool,
        victim: str,
        vague: bool = False,
    ) -> None:
        phrase = hit.value.phrase
        self._page.traces.append(
            Trace(category.name, hit.start, hit.end, weight, concrete, phrase, self._number, victim, vague)
        )


def _fits(kind: str, category: Category) -> bool:
    if category.victim == "any":
        return True
    if category.victim == "child":
        return kind in ("child", "newborn")
    if category.victim == "adult":
        return kind in ("adult", "partner", "family")
    if category.victim == "partner":
        return kind in _FAMILY_VERBS_NEED
    return kind == category.victim
