"""What copy of such words is about: whether it is told of somebody whose name must go.

A word of harm that no list knows ("the caravan's gas bottle", "she was told to stay with her aunt") leaves
the rules silent. The words of a copy taken together seldom do: each has a weight, learned from the
annotated samples by `scripts/learn_likeness.py`, and their sum says how much the copy is like those in
which somebody was protected.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log, sqrt

from recognizers.vocabulary import load_lines

_PACKAGE = "recognizers.people"
# Labels of an earlier run say nothing of the copy, and names are no words.
_WORD = re.compile(r"\[[^\]\n]{1,60}\]|[^\W\d_]+(?:['-][^\W\d_]+)*")
_BIAS = "(bias)"
# Log odds from which a copy counts as one of harm to somebody protected: 345 of the 365 such copies lie above
# it, and 16 of the 198 others (ten-fold cross-validation on the annotated samples, November 2026).
HARMFUL = 0.4
# Log odds up to which it is none, whatever single words say: 125 of the 198 lie below, and one of the 365.
CALM = -1.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` in log odds (0 is as likely as not); the span of the word that weighed most."""

    score: float
    start: int
    end: int

    @property
    def harmful(self) -> bool:
        """Whether the words are those of copy about somebody whose name must go."""
        return self.score >= HARMFUL

    @property
    def calm(self) -> bool:
        """Whether the words are those of copy about nobody of the kind."""
        return self.score <= CALM


class CopyLikeness:
    """Weighs the words of a copy. Made once; keeps nothing between copies."""

    def __init__(self) -> None:
        self._bias = 0.0
        self._words: dict[str, tuple[float, float]] = {}
        for line in load_lines(_PACKAGE, "copy_likeness.txt"):
            word, rarity, weight = line.split("\t")
            if word == _BIAS:
                self._bias = float(weight)
            else:
                self._words[word] = float(rarity), float(weight)

    @property
    def words(self) -> frozenset[str]:
        """The words that have a weight."""
        return frozenset(self._words)

    def read(self, clean: str) -> Likeness:
        """How much the copy (with straight quotes) is like copy about somebody protected."""
        counts = Counter(word for word in small_words(clean) if word in self._words)
        known = [(self._words[word], 1 + log(count)) for word, count in sorted(counts.items())]
        length = sqrt(sum((rarity * often) ** 2 for (rarity, _), often in known)) or 1.0
        score = self._bias + sum(rarity * often * weight for (rarity, weight), often in known) / length
        weights = {word: self._words[word][0] * self._words[word][1] for word in counts}
        telling = max(weights, key=lambda word: (weights[word], word), default="")
        start = next((m.start() for m in _WORD.finditer(clean) if m[0] == telling), 0)
        return Likeness(score, start, start + len(telling))


def small_words(clean: str) -> list[str]:
    """The words that a copy writes without a capital, in order."""
    return [match[0] for match in _WORD.finditer(clean) if match[0][0].islower()]
