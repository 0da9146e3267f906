"""Weighing the words of a copy: what it is about, told by all its words taken together.

Each word has a rarity and, for each question, a weight, both learned from the annotated samples (logistic
regression on how often a word stands in the copy and how rare it is, see `scripts/learn_likeness.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

# Labels of an earlier run say nothing of the copy, and names are no words.
_WORD = re.compile(r"\[[^\]\n]{1,60}\]|[^\W\d_]+(?:['-][^\W\d_]+)*")
_BIAS = "(bias)"


class WordScales:
    """The weights of one file: lines of a word, its rarity and a weight for each question, in order."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._bias: tuple[float, ...] = ()
        self._words: dict[str, tuple[float, tuple[float, ...]]] = {}
        for line in lines:
            word, rarity, *weights = line.split("\t")
            if word == _BIAS:
                self._bias = tuple(map(float, weights))
            else:
                self._words[word] = float(rarity), tuple(map(float, weights))

    @property
    def words(self) -> frozenset[str]:
        """The words that have a weight."""
        return frozenset(self._words)

    def scores(self, clean: str) -> list[float]:
        """What the copy (with straight quotes) weighs in each question: log odds, 0 is as likely as not."""
        counts = Counter(word for word in small_words(clean) if word in self._words)
        known = [(*self._words[word], 1 + log(count)) for word, count in sorted(counts.items())]
        length = sqrt(sum((rarity * often) ** 2 for rarity, _, often in known)) or 1.0
        return [
            bias + sum(rarity * often * weights[question] for rarity, weights, often in known) / length
            for question, bias in enumerate(self._bias)
        ]

    def telling(self, clean: str, question: int) -> tuple[int, int]:
        """Where the word first stands that weighs most in a question; (0, 0) where none has a weight."""
        known = {word for word in small_words(clean) if word in self._words}
        heavy = {word: self._words[word][0] * self._words[word][1][question] for word in known}
        word = max(heavy, key=lambda word: (heavy[word], word), default="")
        start = next((m.start() for m in _WORD.finditer(clean) if m[0] == word), 0)
        return start, start + len(word)


def small_words(clean: str) -> list[str]:
    """The words that a copy writes without a capital, in order."""
    return [match[0] for match in _WORD.finditer(clean) if match[0][0].islower()]
