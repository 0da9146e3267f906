"""Harm told sentence by sentence: which category each harm word speaks for, and how firmly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from recognizers.harm.lexicon import Category, Lexicon, Sign
from recognizers.harm.page import HINT, STRONG, TOLD, WEAK, Page, Trace, Unit
from recognizers.harm.phrases import Hit
from recognizers.harm.resolved import resolved_people
from recognizers.harm.victims import Somebody, find_people, harmed_after, harmed_before, harmed_next

if TYPE_CHECKING:
    from recognizers.model import People

_S = TypeVar("_S", Hit[Sign], Somebody)

_FAMILY_VERBS_NEED = frozenset({"partner", "family"})
_MEANT = frozenset({"child_physical_abuse", "domestic_abuse"})  # nobody commits these by accident
_SEXUAL = frozenset({"child_sexual_abuse", "sexual_violence"})
_YOUNG = frozenset({"child", "newborn", "childhood"})
_OFFENCE_NAMES = frozenset({"strong", "before", "after"})
_FOCUS_LASTS = 6


def read_page(text: str, units: Sequence[Unit], lexicon: Lexicon, people: People) -> Page:
    """Collect every trace of every category in `text`; offsets are those of `text`.

    Sentences are read in order because a pronoun speaks of whoever was harmed before it.
    """
    page = Page(units)
    hits = [hit for hit in lexicon.index.find(text) if not _somebody_elses(text, hit)]
    _count_genres(text, hits, page)
    by_unit = [_visible(inside) for inside in _share_out(units, hits)]
    named = _share_out(units, resolved_people(text, people, lexicon))
    everybody = [
        find_people(text, unit.start, unit.end, by_unit[number], lexicon, named[number])
        for number, unit in enumerate(units)
    ]
    page.kinds = frozenset(p.kind for present in everybody for p in present)
    page.opening_kinds = frozenset(
        p.kind
        for unit, present in zip(units, everybody, strict=True)
        for p in present
        if unit.place and (not p.apart or p.kind in _YOUNG)  # a child's part is often told wrong
    )
    page.child_units = sum(any(p.kind in _YOUNG for p in present) for present in everybody)
    page.childhoods = frozenset(
        number
        for number, present in enumerate(everybody)
        if any(p.kind in ("child", "childhood") and p.specific and not p.apart for p in present)
    )
    for unit, inside in zip(units, by_unit, strict=True):
        names = {h.value.name for h in inside if h.value.kind == "frame"}
        if lexicon.old_years.search(text, unit.start, unit.end):
            names.add("history")
        page.frames.append(frozenset(names))
    focus: Somebody | None = None
    focus_unit = 0
    for number, inside in enumerate(by_unit):
        if number - focus_unit > _FOCUS_LASTS:
            focus = None
        recent = _only_one(everybody[number - 1]) if number else None
        harmed = _Sentence(text, number, everybody[number], focus or recent, page, lexicon).read(inside)
        if harmed is not None:
            focus, focus_unit = harmed, number
    return page


def _somebody_elses(text: str, hit: Hit[Sign]) -> bool:
    """ "Murdered his partner's son" is done to the son: a partner with an 's is not who was harmed."""
    return hit.value.name == "domestic_abuse" and text.startswith(("’s ", "'s "), hit.end)


def _only_one(present: Sequence[Somebody]) -> Somebody | None:
    """Whom a pronoun in the next sentence means, when all that this one speaks of are of one kind."""
    told = [p for p in present if not p.apart and p.kind != "childhood"]
    return told[0] if told and len({p.kind for p in told}) == 1 and told[0].specific else None


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
    """Leave out the cues that stand inside an idiom, another excluded phrase, or a sexual offence's name."""
    masks = [(h.start, h.end) for h in hits if h.value.kind == "exclusion"]
    sexual = [
        (h.start, h.end)
        for h in hits
        if h.value.kind == "cue" and h.value.name in _SEXUAL and h.value.group in _OFFENCE_NAMES
    ]
    if not masks and not sexual:
        return hits
    return [h for h in hits if h.value.kind not in ("cue", "frame") or not _masked(h, masks, sexual)]


def _masked(hit: Hit[Sign], masks: list[tuple[int, int]], sexual: list[tuple[int, int]]) -> bool:
    if any(a <= hit.start < b or hit.start <= a < hit.end for a, b in masks):
        return True
    # The "assault" of "sexual assault" is no second harm.
    return hit.value.name in _MEANT and any(a < hit.start < b for a, b in sexual)


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
        self._text, self._number, self._focus = text, number, focus
        self._page, self._lexicon, self._grammar = page, lexicon, lexicon.grammar
        frames = page.frames[number]
        self._case = "case" in frames or "police" in frames
        self._childhood = any(p.kind == "childhood" for p in people)
        self._somebody = [p for p in people if p.kind != "childhood"]
        self._hypothetical = "hypothetical" in frames and "case" not in frames
        self._case_near = any("case" in f for f in page.frames[max(0, number - 1) : number + 2])
        if page.units[number].place == "headline":
            self._case_near = any("case" in f for f in page.frames)
            self._case = self._case_near or page.cases > 0
        nearby = page.frames[max(0, number - 1) : number + 1]
        self._accident = any("accident" in f for f in nearby) and not page.violence_charged
        self._traffic = any("traffic" in f for f in nearby) and not page.violence_charged
        self._harmed: Somebody | None = None

    def read(self, hits: Sequence[Hit[Sign]]) -> Somebody | None:
        """Add this unit's traces to the page; returns who was harmed in it, if anybody could be told."""
        for hit in hits:
            if hit.value.kind != "cue" or self._denied(hit):
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
            elif group == "signs":
                if not self._hypothetical and not (self._accident and category.name in _MEANT):
                    self._add(hit, category, HINT, True, "", sign=True)
            elif group == "debate":
                self._add(hit, category, WEAK, self._case and self._has_specific(), "")
            elif group in ("strong", "vague"):
                self._read_strong(hit, category)
            else:
                self._read_directed(hit, category, group)
        return self._harmed

    def _denied(self, hit: Hit[Sign]) -> bool:
        """Whether the copy says that it did not happen; the opening of a new line denies nothing."""
        denial, phrase = self._grammar.denial, hit.value.phrase
        if denial.search(self._text, hit.start, hit.end) and not denial.search(phrase):
            return True
        return bool(self._grammar.negation.search(self._text, max(0, hit.start - 16), hit.start))

    def _read_strong(self, hit: Hit[Sign], category: Category) -> None:
        if self._by_chance(hit) and self._by_accident(hit, category):
            return
        victim = ""
        if category.victim == "adult":
            people, grammar = self._somebody, self._grammar
            somebody = harmed_after(self._text, people, hit.end, self._focus, grammar) or harmed_before(
                self._text, people, hit.start, hit.end, self._focus, grammar
            )
            victim = self._kind(somebody, category)
            if victim == "child":
                return
        inside = bool(self._grammar.selves.search(self._text, hit.start, hit.end))
        around = self._text[max(0, hit.start - 40) : hit.end + 5]
        inside = inside or bool(self._grammar.persons.search(around))
        concrete = not self._hypothetical and (self._case_near or inside or self._has_specific())
        self._add(hit, category, STRONG, concrete, victim, hit.value.group == "vague")

    def _read_directed(self, hit: Hit[Sign], category: Category, group: str) -> None:
        if self._by_accident(hit, category):
            return
        people, focus, grammar = self._somebody, self._focus, self._grammar
        if group == "next":
            somebody = harmed_next(self._text, people, hit.start, focus, grammar)
        elif group.endswith("before"):
            somebody = harmed_before(self._text, people, hit.start, hit.end, focus, grammar)
        else:
            inside = (p for p in people if hit.start < p.start and p.end <= hit.end and not p.apart)
            somebody = next(inside, None) or harmed_after(self._text, people, hit.end, focus, grammar)
        if somebody is not None and category.victim == "partner" and self._is_owner(somebody):
            return
        kind = self._kind(somebody, category)
        if somebody is not None and kind in ("child", "newborn", "adult", "partner") and self._harmed is None:
            self._harmed = somebody
        if somebody is None or not _fits(kind, category):
            return
        weight = WEAK if category.victim == "partner" and group == "before" else TOLD
        concrete = somebody.specific or self._case
        self._add(hit, category, weight, concrete and not self._hypothetical, kind, group.startswith("vague"))

    def _is_owner(self, somebody: Somebody) -> bool:
        """ "The murder of his partner's son": a partner with an 's is not who was harmed."""
        return self._text.startswith(("’s ", "'s "), somebody.end)

    def _by_accident(self, hit: Hit[Sign], category: Category) -> bool:
        if category.name not in _MEANT:
            return False
        return self._accident or (self._traffic and self._by_chance(hit))

    def _by_chance(self, hit: Hit[Sign]) -> bool:
        return bool(self._lexicon.chance.search(self._text, hit.start, hit.end))

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
        sign: bool = False,
    ) -> None:
        self._page.traces.append(
            Trace(
                category.name,
                hit.start,
                hit.end,
                weight,
                concrete,
                hit.value.phrase,
                self._number,
                victim,
                vague,
                sign,
                self._text[hit.start : hit.end].lower(),
            )
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
