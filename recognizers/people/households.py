"""Households: with whom a child lives, who took a child in, who fosters.

"The teenager had been living with Pat and Jim Cotter, who took her in": hosts and foster families are carers,
and to name them names the child.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from recognizers.model import Evidence
from recognizers.people.ages import ADULT_AGE
from recognizers.people.cast import Cast
from recognizers.people.figures import BLAMED, LOOKED_ON, Figure, Ref
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.ties import is_protected

_LEAD = 64
# How far behind a name, and how many refs in front of one, a list of names is followed.
_LIST_REACH = 120
_LISTED_BEFORE = 3
_LISTED = re.compile(r"(?:,? (?:and|&) (?:(?:his|her|their) [a-z]+,? )?|, )")
_ACTS = re.compile(
    r"(?:,? who\b|'s [a-z]| (?:[a-z]+ed|is|was|has|had|did|came|went|said|says|loves|likes|[a-z]+n't)\b)"
)
# "with Mr Tudor's sister Menna"
_WHOSE = (
    r"(?:(?:host|foster) (?:family|parents|couple|mother|father),? (?:the )?"
    r"|(?:his|her|their|the|an?|[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}'s|the (?:boy|girl|child|family)'s)"
    r" (?:[a-z-]+ ){0,3}[a-z-]+,? )?"
)
_THEM = re.compile(r" (him|her|them)\b")
_TOGETHER = re.compile(r" and | or ")


class Households:
    """Finds carers. Made once; keeps nothing between copies."""

    def __init__(self, grammar: Grammar) -> None:
        lists = grammar.lists
        self._lives_with = re.compile(
            rf"\b(?:{any_of(lists['living'])}(?: [\w']+){{0,5}} (?:with|by)|{any_of(lists['cared_for'])})"
            rf" {_WHOSE}$",
            re.IGNORECASE,
        )
        self._lives_at = re.compile(rf"\b{any_of(lists['living'])}(?: [\w']+){{0,4}} at $", re.IGNORECASE)
        self._with_whom_behind = re.compile(
            rf",? (?:with|by|to) whom (?:[a-z]+ ){{1,8}}?{any_of(lists['living'])}\b"
        )
        self._moves_in = re.compile(rf"\b{any_of(lists['moving_in'])}\b")
        self._takes_in = re.compile(rf"\b{any_of(lists['taking_in'])}\b")
        self._fosters = re.compile(rf"\b{any_of(lists['fostering'])}\b")

    def read(self, cast: Cast) -> None:
        """Make carers of all who look after a protected child, and children in care of those who are
        fostered.
        """
        fostering = self._fostered(cast)
        protected = [f for f in cast.scene.figures if f.refs and is_protected(f) and not f.blamed]
        if not protected:
            return
        hosts = [*self._with_whom(cast), *self._who_took_in(cast), *self._who_moved_in(cast)]
        for carers, start, end in [*hosts, *fostering]:
            child = _nearest(protected, start)
            for carer in carers:
                if _may_care(carer) and carer is not child:
                    cast.kinship.relate(carer, "carer", "carer", child, start, end)

    def _with_whom(self, cast: Cast) -> Iterator[tuple[list[Figure], int, int]]:
        """ "She lives in the town with Pat and Jim Cotter"."""
        scene = cast.scene
        clean = scene.readable.clean
        for ref in list(scene.refs):
            if not ref.name:
                continue
            behind = self._with_whom_behind.match(clean, ref.end)
            if behind is not None:
                yield _listed_before(cast, ref), behind.start(), behind.end()
                continue
            opening, _ = scene.readable.sentence_at(ref.start)
            lead = self._lives_with.search(clean, max(opening, ref.outer - _LEAD), ref.outer)
            if lead is None and clean.startswith("'s", ref.end):
                # "The children have slept at Agnes Petrie's since."
                lead = self._lives_at.search(clean, max(opening, ref.outer - _LEAD), ref.outer)
            if lead is None:
                continue
            subjects = scene.subjects(lead.start()) or [r.figure for r in scene.before(lead.start(), 1)]
            if any(f.minor or is_protected(f) for f in subjects):
                yield _listed_with(cast, ref), lead.start(), lead.end()

    def _who_took_in(self, cast: Cast) -> Iterator[tuple[list[Figure], int, int]]:
        """ "The Cotters, who took in Daryna and her mother"."""
        for match in self._takes_in.finditer(cast.scene.readable.clean):
            _, closing = cast.scene.readable.sentence_at(match.start())
            told = cast.scene.between(match.end(), closing)
            pronoun = _THEM.match(cast.scene.readable.clean, match.end())
            meant = (
                cast.scene.pronoun(pronoun[1].lower(), pronoun.start(1), "minor")
                if pronoun is not None
                else None
            )
            # "Maureen Whitby, who had looked after him": he need not be the one the copy just named.
            loose = pronoun is not None and (meant is None or not (meant.ages or meant.adult_evidence))
            taken_in = [*(r.figure for r in told), *([meant] if meant is not None else [])]
            if loose or any(f.minor or f.young for f in taken_in):
                yield _with_partners(cast, match.start()), match.start(), match.end()

    def _who_moved_in(self, cast: Cast) -> Iterator[tuple[list[Figure], int, int]]:
        """ "Declan Toal, a plasterer who moved in with the family"."""
        for match in self._moves_in.finditer(cast.scene.readable.clean):
            yield [f for f in cast.scene.subjects(match.start()) if f.named], match.start(), match.end()

    def _fostered(self, cast: Cast) -> list[tuple[list[Figure], int, int]]:
        """Who fosters. Children called by first names in such copy are in their care."""
        found = [
            (_with_partners(cast, m.start()), m.start(), m.end())
            for m in self._fosters.finditer(cast.scene.readable.clean)
        ]
        found = [entry for entry in found if any(f.named and _may_care(f) for f in entry[0])]
        if not found:
            return []
        carers = {f for figures, _, _ in found for f in figures}
        clean = cast.scene.readable.clean
        for figure in cast.scene.figures:
            cluster = figure.cluster
            if cluster is None or figure in carers or not cluster.given or cluster.surname or cluster.titles:
                continue
            grown = figure.adult_evidence or (figure.age_now or 0) >= ADULT_AGE
            if grown or figure.in_office or figure.blamed:
                continue
            names = [r for r in figure.refs if r.name]
            placed = any(r.group == "partner" for r in cast.kinship.of(figure))
            if placed or not any(_ACTS.match(clean, r.end) or _TOGETHER.match(clean, r.end) for r in names):
                continue
            start, end = found[0][1:]
            if not figure.minor:
                figure.minor_evidence.append(Evidence(start, end, "fostered", "life_stage", "minor"))
            figure.suffers("in_care", Evidence(start, end, "fostered", "circumstance", "in_care"))
        return found


def _listed_with(cast: Cast, ref: Ref) -> list[Figure]:
    """Somebody named, and those named with them behind "and"."""
    others = cast.scene.between(ref.end, ref.end + _LIST_REACH)
    return _run(cast, ref, others, lambda last, other: (last.end, other.outer))


def _listed_before(cast: Cast, ref: Ref) -> list[Figure]:
    """Somebody named, and those named with them in front of "and"."""
    others = cast.scene.before(ref.outer, _LISTED_BEFORE)
    return _run(cast, ref, others, lambda last, other: (other.end, last.outer))


def _run(
    cast: Cast, ref: Ref, others: Iterable[Ref], gap: Callable[[Ref, Ref], tuple[int, int]]
) -> list[Figure]:
    """Somebody and `others` as far as each is listed with the last; `gap` is what lies between the two."""
    found, last = [ref.figure], ref
    for other in others:
        if not other.name or not _LISTED.fullmatch(cast.scene.readable.clean, *gap(last, other)):
            break
        found.append(other.figure)
        last = other
    return found


def _with_partners(cast: Cast, offset: int) -> list[Figure]:
    """Those who do what the verb at `offset` says, and their partners."""
    figures = cast.scene.subjects(offset)
    if not figures:
        opening, _ = cast.scene.readable.sentence_at(offset)
        figures = [r.figure for r in cast.scene.between(opening, offset) if r.name]
    partners = [
        r.other(f) for f in figures for r in cast.kinship.of(f) if r.group == "partner" and r.other(f).named
    ]
    return list(dict.fromkeys([*figures, *partners]))


def _may_care(figure: Figure) -> bool:
    """Whether somebody can be a carer who is to be kept out: no child, nobody in office, nobody blamed."""
    return not (figure.minor or figure.in_office or figure.roles.keys() & (BLAMED | LOOKED_ON))


def _nearest(figures: list[Figure], offset: int) -> Figure:
    return min(figures, key=lambda f: (not f.named, min(abs(r.start - offset) for r in f.refs), f.number))
