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


class SmallPlaces:
    """Finds small places and streets; made once from the words of pieces.yaml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        streets, no_name = any_of(words["street"]), any_of(words["no_name"])
        self._told = re.compile(
            rf"\b{any_of(words['place_before'])} (?P<place>{_NAME})"
            rf"|\b(?!{no_name} )(?P<estate>{_WORD}(?: {_WORD}){{0,2}}) {any_of(words['place_behind'])}\b"
            rf"|\b(?P<street>(?:{_WORD} ){{1,3}}{streets})\b(?! {any_of(words['behind_no_street'])})"
        )
        self._near = re.compile(
            rf"\b{any_of(words['near'])} (?!{no_name}\b)(?P<near>{_WORD}(?:{_LINK} {_WORD}){{0,2}})"
            rf"(?=[,.;:)]| {any_of(words['behind_place'])}\b)"
        )
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
        for match in self._near.finditer(scene.readable.clean):
            start, end = match.span("near")
            if scene.readable.is_prose(start) and self._is_small(scene, match["near"], start, end):
                found += [
                    Piece("place", whose[f], start, end, "place") for f in _beside(scene, start, subjects)
                ]
        return found

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

    def _is_small(self, scene: Scene, name: str, start: int, end: int) -> bool:
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
