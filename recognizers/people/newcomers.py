"""Newcomers: names that enter a copy without a word of who they are, because the copy has just said it.

A reporter never brings in a full name unexplained. Where nothing explains one ("Her mother told the trial …
'Aoibhinn slept with that jersey,' Noreen Cawley said"), whoever was described a moment before is meant.
"""

from __future__ import annotations

import re

from recognizers.people.cast import Cast, same_gender
from recognizers.people.figures import LOOKED_ON, Figure, Ref
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.lexicon import NameLexicon

_RELATED = frozenset(["parent", "grandparent", "partner", "kin", "carer", "sibling"])
_HARMED = frozenset(["complainant", "complainer", "victim", "survivor"])
# In how many sentences before the name the description may stand.
_SENTENCES_BACK = 4
_LOOK_BEFORE = 48
# "Maureen Pell, 58, sat": an age is all that explains her.
_ONLY_AGED = re.compile(
    r"(?:, \d\d,| \(\d\d\),?) (?!of\b|from\b|an?\b|the\b|who\b|whose\b|both\b|and\b|one\b)[a-z]"
)
# What goes on about a child rather than about somebody who acts.
_SUFFERS = re.compile(
    r" (?:was|had been|has been|is being|is in|has lost|has had|counts|would have|died|went missing|never)\b"
    r"|, who (?:was|had|has)\b"
)
# "Donnie Mackay, who runs the juniors": what somebody does for a living explains the name.
_EXPLAINED = re.compile(
    r", who (?:now |still |also )?(?!is\b|has\b|was\b|does\b|lives\b|says\b|tells\b)[a-z]+s\b"
)
# What goes on about somebody known ("… told the judge", ", who sat", "'s voice"), and what explains a name.
_GOES_ON = re.compile(r"(?:'s)? (?!of\b|from\b|and [A-Z]|are\b|were\b|have\b|on \+?\d|at \d)[a-z]|, who\b")
# "It was the boy's mother who raised the alarm."
_CLEFT = re.compile(r"\"?It (?:was|is|fell to|took|had been) ")


class Newcomers:
    """Joins such names with those described before them. Made once; keeps nothing between copies."""

    def __init__(self, grammar: Grammar, lexicon: NameLexicon) -> None:
        self._courtesy = lexicon.courtesy_titles
        self._bare_before = re.compile(
            rf"(?:[.!?]['\"]? |\n|^|['\"] |, |\b{any_of(grammar.lists['before_newcomer'])} )$"
        )
        self._named_as = re.compile(rf"\b{any_of(grammar.lists['named_as'])} $", re.IGNORECASE)
        self._job_before = re.compile(rf"\b{any_of(sorted(lexicon.jobs))} $")
        self._spoken = re.compile(rf"\b{any_of(grammar.lists['saying'])} $")

    def join(self, cast: Cast) -> None:
        """Make each newcomer one with the nearest family member or complainant whom the copy left unnamed."""
        named = [f for f in cast.scene.figures if f.named and f.refs]
        for figure in sorted(named, key=lambda f: f.refs[0].start):
            first = next((r for r in figure.refs if r.name), figure.refs[0])
            singled = _singled_out(cast, figure, first)
            if singled is not None:
                cast.merge(singled, figure)
            elif self._is_newcomer(cast, figure, first):
                described = (
                    self._called(cast, figure, first)
                    or _described(cast, figure, first)
                    or self._child(cast, figure, first)
                )
                if described is not None:
                    cast.merge(described, figure)

    def _called(self, cast: Cast, figure: Figure, first: Ref) -> Figure | None:
        """The child of "a boy of nine who drowned has been named as Ismael Kabore"."""
        named_as = self._is_named_as(cast, first)
        return _last_child(cast, figure, first) if named_as and not figure.adult else None

    def _is_named_as(self, cast: Cast, first: Ref) -> bool:
        floor = max(0, first.outer - _LOOK_BEFORE)
        return self._named_as.search(cast.scene.readable.clean, floor, first.outer) is not None

    def _child(self, cast: Cast, figure: Figure, first: Ref) -> Figure | None:
        """The one child described before `first` and left unnamed, where the name is no speaker's."""
        clean = cast.scene.readable.clean
        speaks = self._spoken.search(clean, max(0, first.outer - _LOOK_BEFORE), first.outer)
        if self._is_named_as(cast, first) and not figure.adult:
            return None
        if speaks or _SUFFERS.match(clean, first.end) is None or figure.ages or figure.adult_evidence:
            return None
        hidden = [
            f
            for f in cast.scene.around(first.start)
            if not f.named and not f.plural and f.young and f.refs and f.refs[0].start < first.start
        ]
        fits = len(hidden) == 1 and same_gender(figure, hidden[0]) and not cast.tied(figure, hidden[0])
        known = any(f.named and f.young for f in cast.scene.around(first.start))
        return hidden[0] if fits and not known and not hidden[0].blamed else None

    def _is_newcomer(self, cast: Cast, figure: Figure, first: Ref) -> bool:
        cluster = figure.cluster
        if cluster is None or not first.name or not (cluster.given and cluster.surname):
            return False
        if cluster.moniker or cluster.label or not cluster.titles <= self._courtesy:
            return False
        if figure.young or figure.blamed or figure.in_office or figure.roles.keys() & LOOKED_ON:
            return False
        placed = any(r.group != "partner" and _is_known(r.other(figure)) for r in cast.kinship.of(figure))
        opening, closing = cast.scene.readable.sentence_at(first.start)
        if placed or any(not r.name and opening <= r.start < closing for r in figure.refs):
            return False
        clean = cast.scene.readable.clean
        if self._job_before.search(clean, max(0, first.outer - _LOOK_BEFORE), first.outer) is not None:
            # "Helm Mark Jolly said".
            return False
        if any(
            r.group == "adult" and clean[r.end : first.outer] == ", "
            for r in cast.scene.before(first.outer, 1)
        ):
            # "The driver, Keith Lund, 58, was unhurt."
            return False
        if _EXPLAINED.match(clean, first.end) is not None:
            return False
        if figure.ages and (figure.minor or _ONLY_AGED.match(clean, first.end) is None):
            return False
        floor = max(0, first.outer - _LOOK_BEFORE)
        if self._is_named_as(cast, first):
            return True
        if self._spoken.search(clean, floor, first.outer) is not None:
            return clean[first.end : first.end + 1] not in (",", "(")
        if not figure.ages and _GOES_ON.match(clean, first.end) is None:
            return False
        return self._bare_before.search(clean, floor, first.outer) is not None


def _singled_out(cast: Cast, figure: Figure, first: Ref) -> Figure | None:
    """ "It was Dafydd's mother who raised the alarm. Glenys Prosser, a dinner lady, went …": the mother."""
    readable = cast.scene.readable
    if not first.name or figure.young or figure.blamed or not readable.opens_sentence(first.outer):
        return None
    index = readable.sentence_index(first.start)
    if index < 1 or cast.kinship.of(figure):
        return None
    start, end = readable.sentences[index - 1]
    match = _CLEFT.match(readable.clean, start)
    if match is None:
        return None
    # Whose mother it is may be named in front of her.
    described = next((r for r in cast.scene.between(match.end(), end)[:2] if not r.name), None)
    if described is None or described.group not in _RELATED:
        return None
    other = described.figure
    fits = not (other.named or other.plural or other.blamed) and same_gender(figure, other)
    return other if fits else None


def _last_child(cast: Cast, figure: Figure, first: Ref) -> Figure | None:
    """The child or person of an age last described before `first` and left unnamed."""
    for ref in cast.scene.before(first.start, 12):
        other = ref.figure
        lone = not (other.named or other.plural or ref.name or other.in_office or other.blamed)
        if lone and (other.young or other.ages) and same_gender(figure, other):
            return other
    return None


def _is_known(figure: Figure) -> bool:
    """Whether the copy names somebody and tells more of them than whose they are."""
    return figure.named and bool(figure.ages or figure.roles or figure.minor_evidence or figure.circumstances)


def _described(cast: Cast, figure: Figure, first: Ref) -> Figure | None:
    """Whom the copy last described before `first` and left unnamed, if they can be `figure`."""
    index = cast.scene.readable.sentence_index
    place = index(first.start)
    for ref in cast.scene.before(first.start, 12):
        if place - index(ref.start) > _SENTENCES_BACK:
            return None
        other = ref.figure
        if other.named or other.plural or other.young or ref.name or not same_gender(figure, other):
            continue
        if cast.tied(figure, other) or other.blamed or other.in_office:
            continue
        family = ref.group in _RELATED and bool(cast.kinship.of(other))
        harmed = bool(other.nouns & _HARMED) or "complainant" in other.roles
        # "A friend from her course. Jessica Holroyd, 23, told the jury": a witness has an age as well.
        if family or (harmed and not figure.ages):
            return other
    return None
