"""Weighing the words of a copy: what it is about, told by all its words taken together.

Each word has a rarity and, for each question, a weight, both learned from the annotated samples (logistic
regression on how often a word stands in the copy and how rare it is, see `scripts/learn_likeness.py`). Marks,
which are what is known of the copy besides its words, have a weight for each question as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import exp, log, sqrt

# Labels of an earlier run say nothing of the copy, and names are no words.
_WORD = re.compile(r"\[[^\]\n]{1,60}\]|[^\W\d_]+(?:['-][^\W\d_]+)*")
_BIAS = "(bias)"
# Endings of one word's forms, the longer first. What is left need not be a word, only the same for all forms.
_ENDINGS = ("'s", "ings", "ing", "edly", "ed", "ies", "es", "ly", "s")
_SHORTEST_STEM = 3


class WordScales:
    """The weights of one file: lines of a word or mark, its rarity and a weight for each question, in order.

    `form` is what is looked up of a word: itself, or its stem. A mark is written in brackets.
    """

    def __init__(self, lines: Iterable[str], form: Callable[[str], str] = str) -> None:
        self._form = form
        self._bias: tuple[float, ...] = ()
        self._words: dict[str, tuple[float, tuple[float, ...]]] = {}
        self._marks: dict[str, tuple[float, ...]] = {}
        for line in lines:
            word, rarity, *weights = line.split("\t")
            if word == _BIAS:
                self._bias = tuple(map(float, weights))
            elif word.startswith("("):
                self._marks[word] = tuple(map(float, weights))
            else:
                self._words[word] = float(rarity), tuple(map(float, weights))

    @property
    def words(self) -> frozenset[str]:
        """The words that have a weight."""
        return frozenset(self._words)

    def scores(self, clean: str, marks: Mapping[str, float] | None = None) -> list[float]:
        """What the copy (with straight quotes) weighs in each question: log odds, 0 is as likely as not."""
        counts = Counter(word for word in map(self._form, small_words(clean)) if word in self._words)
        known = [(*self._words[word], 1 + log(count)) for word, count in sorted(counts.items())]
        length = sqrt(sum((rarity * often) ** 2 for rarity, _, often in known)) or 1.0
        marked = [
            (self._marks[mark], much) for mark, much in sorted((marks or {}).items()) if mark in self._marks
        ]
        return [
            bias
            + sum(rarity * often * weights[question] for rarity, weights, often in known) / length
            + sum(weights[question] * much for weights, much in marked)
            for question, bias in enumerate(self._bias)
        ]

    def telling(self, clean: str, question: int) -> tuple[int, int]:
        """Where the word first stands that weighs most in a question; (0, 0) where none has a weight."""
        best, span = 0.0, (0, 0)
        for match in _small(clean):
            rarity, weights = self._words.get(self._form(match[0]), (0.0, ()))
            if weights and (span == (0, 0) or rarity * weights[question] > best):
                best, span = rarity * weights[question], match.span()
        return span


class MarkScales:
    """The weights of one file of marks around a name: lines of a mark and its weight."""

    def __init__(self, lines: Iterable[str]) -> None:
        weights = (line.rsplit("\t", 1) for line in lines)
        self._weights = {mark: float(weight) for mark, weight in weights}

    def probability(self, marks: Mapping[str, float]) -> float:
        """How likely the answer is yes where these marks are found, each with its strength: 0 to 1."""
        score = self._weights[_BIAS] + sum(
            self._weights.get(mark, 0.0) * strength for mark, strength in sorted(marks.items())
        )
        return 1 / (1 + exp(-score))


def small_words(clean: str) -> list[str]:
    """The words that a copy writes without a capital, in order."""
    return [match[0] for match in _small(clean)]


def _small(clean: str) -> Iterable[re.Match[str]]:
    return (match for match in _WORD.finditer(clean) if match[0][0].islower())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of one word have in common ("punched", "punching" and "punches" are "punch")."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
