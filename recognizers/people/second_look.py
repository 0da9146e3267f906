"""A second look at those whom no rule explains, in copy about somebody protected.

The rules know what they were taught, and every reporter words it anew: "the Oduyas' youngest", "little Fin
had been out of sorts since Sunday". What surrounds a name still tells a family from the officer in charge.
The marks of everybody whom the rules leave alone are weighed, with weights learned from the annotated
samples (`scripts/learn_likeness.py`).
"""

from __future__ import annotations

import re

from recognizers.model import Evidence
from recognizers.people.cast import Cast
from recognizers.people.copy_kind import CopyKind
from recognizers.people.figures import BLAMED, LOOKED_ON, OFFICE, Figure, Ref, plays_a_part
from recognizers.people.lexicon import NameLexicon
from recognizers.people.likeness import CopyLikeness
from recognizers.people.spans import Spans
from recognizers.people.strays import nearest, protected_figures
from recognizers.people.surroundings import Surroundings
from recognizers.people.ties import LIKENESS, is_protected, protecting_tie
from recognizers.vocabulary import load_lines
from recognizers.weighing import MarkScales

_PACKAGE = "recognizers.people"
_EXPLAINED = OFFICE | BLAMED | LOOKED_ON
_NOBODY = frozenset(["fiction", "pseudonym", "waived", "public_role", "outsider"])
# From this probability on somebody is taken for one of those whose names go: 158 of the 247 whom the rules
# left in by mistake, and 91 of the 2,387 whom they left in rightly (ten-fold cross-validation on the
# annotated samples, November 2026).
SURE = 0.35
# The same where the copy tells of nobody else who is protected.
ALONE = 0.5
# The same for a grown-up whom a crime killed or hurt: such victims are named.
NEARLY_CERTAIN = 0.75
# In front of a place or a thing.
_PLACED = re.compile(
    r"(?:\b(?:in|at|near|from|of|to|around|across|outside|through|via|an?|the|this|that) |[A-Z][\w'-]*, )$"
)
# In front of a place, and of nobody.
_INSIDE = re.compile(
    r"\b(?:in|at|near|around|across|outside"
    r"|(?:residents|villagers|people|village|town|parish|hamlet|outskirts|south|north|east|west|centre) of) $"
)
_PLACE_REACH = 20


class SecondLook:
    """Weighs the marks of figures. Made once; keeps nothing between copies."""

    def __init__(self, likeness: CopyLikeness, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        self._words = likeness.words
        self._scales = MarkScales(load_lines(_PACKAGE, "person_likeness.txt"))

    def look(self, cast: Cast, kind: CopyKind, elsewhere: Spans) -> bool:
        """Tie whoever is like a protected person to one, or make them one. Returns whether there was anybody.

        `elsewhere` are the spans that the tagger calls a place, a body or a thing.
        """
        figures = cast.scene.figures
        if kind.likeness.calm or kind.harmless or kind.fiction or kind.obituary:
            return False
        around = self.surroundings(cast, kind, elsewhere)
        found = False
        for figure in [f for f in figures if is_open(cast, f) and self._is_somebody(cast, f, elsewhere)]:
            # Whoever a crime killed or hurt as a grown-up is named (behaviour: P6), and so is their family.
            victims_are_named = not kind.names_offence
            if victims_are_named and _is_kin_of_grown_victim(cast, figure):
                continue
            chance = self._scales.probability(around.of(figure))
            if chance >= (NEARLY_CERTAIN if victims_are_named and _is_grown_victim(figure) else SURE):
                found |= _protect(cast, figure, kind, chance)
        return found

    def _is_somebody(self, cast: Cast, figure: Figure, elsewhere: Spans) -> bool:
        """Whether the copy tells what only a person has, or nothing speaks for a place or a body."""
        cluster = figure.cluster
        assert cluster is not None
        lexicon = self._lexicon
        if figure.ages or figure.nouns or figure.roles or cluster.titles or cast.kinship.of(figure):
            return True
        words = {word for m in cluster.mentions for word in m.words}
        if words & lexicon.not_people or any(word.casefold() in lexicon.towns for word in words):
            return False
        names = [r for r in figure.refs if r.name]
        readable = cast.scene.readable
        if all(_INSIDE.search(readable.clean, max(0, r.start - _PLACE_REACH), r.start) for r in names):
            return False
        if bool(cluster.given) and lexicon.is_given(cluster.given):
            return True
        return not (
            all(elsewhere.touches(r.start, r.end) for r in names)
            or any(_PLACED.search(readable.clean, max(0, r.start - _PLACE_REACH), r.start) for r in names)
            or any(readable.writes_small(word) for word in words)
        )

    def surroundings(self, cast: Cast, kind: CopyKind, elsewhere: Spans) -> Surroundings:
        """What is weighed of the figures of a copy."""
        return Surroundings(cast, self._words, kind.likeness.score, self._lexicon, elsewhere)


def is_open(cast: Cast, figure: Figure) -> bool:
    """Whether nothing explains somebody named and nothing protects them yet."""
    cluster = figure.cluster
    if cluster is None or cluster.moniker or cluster.label or not any(r.name for r in figure.refs):
        return False
    roles = figure.roles.keys() & _EXPLAINED
    if roles <= OFFICE and not plays_a_part(figure, cast.scene.readable.clean):
        roles = set()
    if roles or figure.flags.keys() & _NOBODY or is_protected(figure):
        return False
    return protecting_tie(cast.kinship, figure) is None


def _is_grown_victim(figure: Figure) -> bool:
    return figure.adult and not figure.minor and "victim" in figure.roles


def _is_kin_of_grown_victim(cast: Cast, figure: Figure) -> bool:
    others = (relation.other(figure) for relation in cast.kinship.of(figure))
    return any(f.named and _is_grown_victim(f) and not is_protected(f) for f in others)


def _protect(cast: Cast, figure: Figure, kind: CopyKind, chance: float) -> bool:
    """A child is at the centre of such copy, a grown-up is family or, where an offence is told whose
    victims are never named, who it was done to.
    """
    first = next(r for r in figure.refs if r.name)
    if figure.minor:
        figure.suffers("at_risk", _evidence(first, "circumstance", "at_risk"))
        return True
    others = [f for f in protected_figures(cast) if f is not figure]
    named_complainant = any(
        "complainant" in f.flags and f.named and "waived" not in f.flags for f in cast.scene.figures
    )
    if kind.names_offence and not named_complainant and not cast.kinship.of(figure):
        evidence = _evidence(first, "sex_offence_complainant", "yes")
        figure.flags.setdefault("complainant", evidence)
        figure.says("complainant", evidence)
    elif others:
        cast.kinship.relate(figure, "kin", LIKENESS, nearest(others, first), first.start, first.end)
    elif chance >= ALONE and kind.likeness.harmful and not figure.adult:
        figure.minor_evidence.append(_evidence(first, "life_stage", "minor"))
        figure.suffers("at_risk", _evidence(first, "circumstance", "at_risk"))
    else:
        return False
    return True


def _evidence(name: Ref, attribute: str, value: str) -> Evidence:
    return Evidence(name.start, name.end, "likeness", attribute, value)
