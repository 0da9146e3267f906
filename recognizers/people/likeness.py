"""What copy of such words is about: whether it is told of somebody whose name must go.

A word of harm that no list knows ("the caravan's gas bottle", "she was told to stay with her aunt") leaves
the rules silent. The words of a copy taken together seldom do: each has a weight, learned from the
annotated samples by `scripts/learn_likeness.py`, and their sum says how much the copy is like those in
which somebody was protected.
"""

from __future__ import annotations

from dataclasses import dataclass

from recognizers.vocabulary import load_lines
from recognizers.weighing import WordScales

# Log odds from which a copy counts as one of harm to somebody protected: 474 of the 513 such copies lie above
# it, and 25 of the 300 others (ten-fold cross-validation on the annotated samples, November 2026).
HARMFUL = 0.4
# Log odds up to which it is none, whatever single words say: 194 of the 300 lie below, and four of the 513.
CALM = -1.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` in log odds (0 is as likely as not)."""

    score: float

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
        self._scales = WordScales(load_lines("recognizers.people", "copy_likeness.txt"))

    @property
    def words(self) -> frozenset[str]:
        """The words that have a weight."""
        return self._scales.words

    def read(self, clean: str) -> Likeness:
        """How much the copy (with straight quotes) is like copy about somebody protected."""
        return Likeness(self._scales.scores(clean)[0])
