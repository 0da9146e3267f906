"""Whether somebody accused of an offence against a child had a place in its home or family, as far as all
words of a copy taken together tell it (behaviour B1).

"By bonfire night his post was being redirected. By Christmas there was a new man carving the turkey": no word
of kin, and no sentence that holds the two of them. Every reporter finds another way to say so, and all of
them speak of beds, keys, breakfasts and night shifts; copy about a coach or a stranger speaks of lessons and
messages.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from math import log1p
from typing import Any

from recognizers.people.figures import Figure
from recognizers.people.grammar import any_of
from recognizers.people.scene import Scene
from recognizers.vocabulary import load_vocabulary

_OF_A_MAN_OR_WOMAN = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)


class HomeReader:
    """Reads the words of homes.yaml once; keeps nothing between copies."""

    def __init__(self) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "homes.yaml")
        self._bias, self._least = float(words["bias"]), float(words["least"])
        self._kinds = [
            (float(kind["weight"]), re.compile(rf"\b{any_of(kind['words'])}\b"))
            for kind in words["kinds"].values()
        ]

    def told(self, scene: Scene, accused: Collection[Figure]) -> tuple[int, int] | None:
        """The words of the sentence about one of the `accused` that tell most of a shared home, where the
        copy as a whole tells of one; else None.
        """
        found: list[tuple[int, int, float]] = []
        weighed = self._bias
        for weight, pattern in self._kinds:
            spans = [match.span() for match in pattern.finditer(scene.readable.clean)]
            weighed += weight * log1p(len(spans))
            found += [(start, end, weight) for start, end in spans if weight > 0]
        if weighed < self._least or not found:
            return None
        by_sentence: dict[int, list[tuple[int, int, float]]] = {}
        for word in sorted(found):
            by_sentence.setdefault(scene.readable.sentence_index(word[0]), []).append(word)
        best = max(
            by_sentence.values(),
            key=lambda told: (_speaks_of(scene, told[0][0], accused), sum(w for *_, w in told), -told[0][0]),
        )
        return best[0][0], max(end for _, end, _ in best)


def _speaks_of(scene: Scene, offset: int, accused: Collection[Figure]) -> int:
    """2 where the sentence around `offset` speaks of one of the accused, 1 where a pronoun in it may."""
    start, end = scene.readable.sentence_at(offset)
    if any(ref.figure in accused for ref in scene.between(start, end)):
        return 2
    return int(_OF_A_MAN_OR_WOMAN.search(scene.readable.clean, start, end) is not None)
