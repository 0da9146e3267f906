"""What stands in front of a noun and belongs to it: "her late", "a tiny 17-month-old", "the Year 9"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recognizers.people.grammar import Grammar, any_of
from recognizers.people.nouns import NounLexicon

# (start, end, word)
Token = tuple[int, int, str]
_MOST_WORDS = 4
_MOST_UNKNOWN_ADJECTIVES = 2
_MOST_PLACES = 3
_LOOK_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Front:
    """Where the phrase begins, its determiner ("" without one) and the age in it, as (start, end, years)."""

    start: int
    determiner: str
    age: tuple[int, int, float] | None


class Premodifiers:
    """Reads back from a noun. Made once; keeps nothing between copies."""

    def __init__(self, nouns: NounLexicon, grammar: Grammar) -> None:
        self._adjectives = nouns.adjectives
        self._determiners = grammar.words["determiners"]
        self._no_adjective = grammar.words["not_adjectives"]
        self._school = re.compile(rf"{any_of(grammar.lists['schooling'])}|[PSY]\d\d?|\d{{1,2}}")

    def read(
        self,
        clean: str,
        tokens: list[Token],
        index: int,
        start: int,
        ages: dict[int, tuple[int, int, float]],
    ) -> Front:
        """The front of the noun that begins at `start`, in token `index`; `ages` are those told, by their
        ends.
        """
        first = start
        age: tuple[int, int, float] | None = None
        back = index - 1
        while back >= 0 and tokens[back][0] >= first:
            back -= 1
        steps = 0
        while back >= 0 and steps < _MOST_WORDS:
            begin, end, word = tokens[back]
            gap = clean[end:first]
            if word.endswith("'s") or gap not in (" ", ", "):
                break
            lower = word.lower()
            old = ages.get(end)
            if old is not None and gap == " ":
                age, first = old, old[0]
                while back >= 0 and tokens[back][0] >= first:
                    back -= 1
                steps += 1
                continue
            if gap == " " and lower in self._determiners:
                return Front(begin, lower, age)
            known = lower in self._adjectives
            if known or (
                gap == " "
                and (
                    self._school.fullmatch(word)
                    or (steps < _MOST_UNKNOWN_ADJECTIVES and self._adjective_like(word))
                )
            ):
                if not self._leads_to_determiner(clean, tokens, back, ages):
                    break
            # "a seven-year-old Co Antrim girl": a place may stand between the age and the noun.
            elif not (
                gap == " "
                and word[0].isupper()
                and steps < _MOST_PLACES
                and any(tokens[back - n][1] in ages for n in (1, 2) if back - n >= 0)
            ):
                break
            first = begin
            back -= 1
            steps += 1
        return Front(first, "", age)

    def _adjective_like(self, word: str) -> bool:
        return word.islower() and len(word) > 2 and word not in self._no_adjective

    def _leads_to_determiner(
        self,
        clean: str,
        tokens: list[Token],
        back: int,
        ages: dict[int, tuple[int, int, float]],
    ) -> bool:
        """Whether the words in front of an adjective soon come to a determiner, a possessor or a known
        adjective.
        """
        word = tokens[back][2]
        if word.lower() in self._adjectives or self._school.fullmatch(word):
            return True
        for step in range(1, _LOOK_AHEAD + 1):
            if back - step < 0:
                return False
            _, end, word = tokens[back - step]
            gap = clean[end : tokens[back - step + 1][0]]
            if gap not in (" ", ", "):
                return gap == "'s "
            if word.lower() in self._determiners or word.endswith("'s") or end in ages:
                return True
            if not self._adjective_like(word):
                return False
        return False
