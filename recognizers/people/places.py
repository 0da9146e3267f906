"""Places smaller than a town, and streets, beside somebody protected (behaviour D6)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from recognizers.model import Piece
from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import any_of
from recognizers.people.scene import Scene
from recognizers.vocabulary import load_lines

_WORD = r"[A-Z][\w'-]+"
_LINK = r"(?: (?:of|the|on|in|upon|under|le|an|y))*"
_NAME = rf"{_WORD}(?:{_LINK} {_WORD}){{0,3}}"
# "Dean Cole, 34, of Mill Lane": the street of whoever was just named.
_ADDRESS = re.compile(r",?(?: \(?\d{1,3}\)?,?)?(?: [a-z][\w ]{2,30},)?,? (?:formerly )?of (?:\d+\w? |the )?$")
_ADDRESS_REACH = 60
# "Kacper Lis, 16, of Dogsthorpe", "a boy of nine from Ashlow": what may stand between them and their home.
_OF_HOME = re.compile(
    r",?(?: of| aged| who (?:is|was))?(?: \(?\d{1,2}\)?,?| [a-z]{3,9},?)? (?:who lives? in|of|from) "
)
_HOME_REACH = 40
# Of whom a place tells that no name stands beside.
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her|their)\b", re.IGNORECASE)


class SmallPlaces:
    """Finds small places and streets; made once from the words of pieces.yaml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        streets, no_name = any_of(words["street"]), any_of(words["no_name"])
        self._told = re.compile(
            rf"\b{any_of(words['place_before'])} (?P<place>{_NAME})"
            rf"|\b(?!{no_name} )(?P<estate>{_WORD}(?: {_WORD}){{0,2}}) {any_of(words['place_behind'])}\b"
            rf"|\b(?!{no_name} )(?P<village>{_NAME}), (?:a|an|the) (?:[a-z-]+ ){{0,3}}"
            rf"{any_of(words['small_place'])}\b"
            rf"|\b(?P<street>(?:{_WORD} ){{1,3}}{streets})\b(?! {any_of(words['behind_no_street'])})"
        )
        name = rf"(?!{no_name}\b)(?P<near>{_WORD}(?:{_LINK} {_WORD}){{0,2}})"
        ends = rf"(?=[,.;:)]| {any_of(words['behind_place'])}\b)"
        self._near = re.compile(rf"\b{any_of(words['near'])} {name}{ends}")
        self._opening = re.compile(rf"\bIn {name}(?=, where\b)")
        self._home = re.compile(rf"\b(?:of|from|lives? in) {name}{ends}")
        self._family = re.compile(rf"\b{any_of(words['family'])}\b", re.IGNORECASE)
        self._not_street = re.compile(rf"\b{any_of(words['not_street'])}\b")
        self._no_place = re.compile(rf"\b(?:{any_of(words['no_small_place'])}|{streets})\b")
        self._station = re.compile(rf"\b{any_of(words['travel'])}\b", re.IGNORECASE)
        towns = load_lines("recognizers.people", "towns.txt")
        self._larger = frozenset(name.casefold() for name in (*towns, *words["larger_places"]))

    def find(
        self, scene: Scene, subjects: Collection[Figure], main: Figure, whose: Mapping[Figure, str]
    ) -> list[Piece]:
        """Pieces of `subjects`: a place points at those spoken of in its sentence, or else at `main`.

        `whose` are the ids of the persons they are pieces of.
        """
        found = []
        for match in self._told.finditer(scene.readable.clean):
            start, end = match.span(match.lastgroup or 0)
            if not scene.readable.is_prose(start):
                continue
            beside = _beside(scene, start, subjects)
            if match["street"] and (not beside or self._elsewhere(scene, start, end, subjects)):
                continue
            found += [
                Piece("place", whose[f], start, end, "street" if match["street"] else "place")
                for f in (beside or [main])
            ]
        clean = scene.readable.clean
        for match in (*self._near.finditer(clean), *self._opening.finditer(clean)):
            if scene.readable.is_prose(match.start()) and self._is_small(scene, match):
                told = _beside(scene, match.start(), subjects) or self._meant(scene, match, subjects, main)
                found += [Piece("place", whose[f], *match.span("near"), "place") for f in told]
        for match in self._home.finditer(scene.readable.clean):
            if scene.readable.is_prose(match.start()) and self._is_small(scene, match):
                found += [
                    Piece("place", whose[ref.figure], *match.span("near"), "place")
                    for ref in scene.before(match.start(), 1)
                    if ref.figure in subjects
                    and match.start("near") - ref.end < _HOME_REACH
                    and _OF_HOME.fullmatch(scene.readable.clean, ref.end, match.start("near"))
                ]
        return found

    def _meant(
        self, scene: Scene, match: re.Match[str], subjects: Collection[Figure], main: Figure
    ) -> list[Figure]:
        """Of whom a place tells in a sentence that names nobody of the `subjects`: "She got off the bus in
        Splott", "in Inverdour, where the family lived".
        """
        clean = scene.readable.clean
        start, end = scene.readable.sentence_at(match.start())
        if any(ref.name for ref in scene.between(start, match.start())):
            return []
        if self._family.search(clean, start, end):
            return [main]
        told = _PRONOUN.search(clean, start, match.start())
        if told is None:
            return []
        meant = scene.pronoun(told[0], told.start())
        aside = meant is not None and meant.named and not (meant.blamed or meant.in_office)
        if aside and meant not in subjects:
            # The mother who was named last lives where the child does.
            meant = scene.pronoun(told[0], told.start(), "minor")
        return [meant] if meant is not None and meant in subjects else []

    def _elsewhere(self, scene: Scene, start: int, end: int, subjects: Collection[Figure]) -> bool:
        """Whether a street is none, or that of somebody else."""
        clean = scene.readable.clean
        if self._not_street.search(clean, start, end):
            return True
        first, last = scene.readable.sentence_at(start)
        if self._station.search(clean, first, last):
            return True
        return any(
            ref.figure not in subjects and _ADDRESS.fullmatch(clean, ref.end, start)
            for ref in scene.before(start, 1)
            if start - ref.end < _ADDRESS_REACH
        )

    def _is_small(self, scene: Scene, match: re.Match[str]) -> bool:
        """Whether the name that was found, the group `near`, is a place smaller than a town and nobody's."""
        name = match["near"]
        start, end = match.span("near")
        if name.casefold() in self._larger or self._no_place.search(name):
            return False
        names = (ref for ref in scene.between(start - 30, end) if ref.name and ref.end > start)
        return not any(_is_person(ref) for ref in names)


def _is_person(ref: Ref) -> bool:
    """Whether a name is surely somebody's: the copy tells more of whom than that "when he was" follows it."""
    figure = ref.figure
    titled = figure.cluster is not None and any(figure.cluster.titles)
    return bool(figure.roles or figure.ages or titled or len(figure.refs) > 1 or figure.minor)


def _beside(scene: Scene, offset: int, subjects: Collection[Figure]) -> list[Figure]:
    """Whom of the subjects the sentence around `offset` speaks of."""

    def of(index: int) -> Iterator[Figure]:
        start, end = scene.readable.sentences[index]
        return (ref.figure for ref in scene.between(start, end) if ref.figure in subjects)

    index = scene.readable.sentence_index(offset)
    return list(dict.fromkeys(of(index))) if index >= 0 else []
