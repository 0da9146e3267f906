"""Phrases that speak of somebody without a name: "a 14-year-old boy", "the girl", "her late mother"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from recognizers.people.ages import ADULT_AGE, find_olds
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.nouns import Noun, NounLexicon
from recognizers.people.premodifiers import Premodifiers, Token
from recognizers.people.text import ReadableText

_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_ARTICLE_OR_CO = re.compile(r"\b(?:the|an|co-) ?$", re.IGNORECASE)
# "a two-year-old choked on": what somebody did, and no "listed" building.
_DID = re.compile(
    r" [a-z]+ed (?:to|by|on|in|at|from|with|into|onto|off|down|up|after|that|out|over|under|through|when"
    r"|while|his|her|their|the|a|an)\b"
)
_LOWER_BEHIND = re.compile(r" [a-z]")


@dataclass(frozen=True, slots=True)
class Description:
    """One such phrase. `determiner` is its first word if it is one ("her"), `age` in years when it tells one.

    `possessor_end` is where a name with 's ends right in front of the phrase, else None; `pronoun` the
    possessive pronoun in front, or ""; `definite` says that it speaks of somebody known.
    """

    start: int
    end: int
    noun: str
    kind: Noun
    determiner: str
    age: float | None
    age_span: tuple[int, int] | None
    possessor_end: int | None
    pronoun: str
    definite: bool


class DescriptionFinder:
    """Finds descriptions. Made once; keeps nothing between copies."""

    def __init__(self, nouns: NounLexicon, grammar: Grammar) -> None:
        self._nouns = nouns
        self._grammar = grammar
        self._premodifiers = Premodifiers(nouns, grammar)
        lists = grammar.lists
        self._comparison = re.compile(
            rf"\b{any_of(lists['comparisons'])} (?:just |only |still )?(?:an? )(?:\w+ )?$"
        )
        self._hyperbole = re.compile(rf"\b{any_of(lists['hyperbole'])} an? $")
        self._group = re.compile(rf" of the {any_of(lists['groups'])}\b")

    def find(self, readable: ReadableText, taken: Iterable[tuple[int, int]]) -> Iterator[Description]:
        """Descriptions in text order, none overlapping a span in `taken` (names, support blocks)."""
        clean = readable.clean
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(clean)]
        ages = {end: (start, end, years) for start, end, years in find_olds(clean)}
        covered = sorted([*taken, *(m.span() for m in self._nouns.idioms.finditer(clean))])
        position = 0
        index = 0
        while index < len(tokens):
            start, end, word = tokens[index]
            while position < len(covered) and covered[position][1] <= start:
                position += 1
            blocked = position < len(covered) and covered[position][0] < end
            if blocked or (len(word) == 1 and word.isupper()):
                index += 1
                continue
            found = self._noun_at(tokens, index, clean)
            if found is None:
                bare = ages.get(end) or (ages.get(end - 2) if word.endswith("'s") else None)
                if bare is not None and self._stands_for_person(clean, bare, tokens, index):
                    group = "minor" if bare[2] < ADULT_AGE else "adult"
                    noun = Noun(group, "e", plural=clean.endswith("s", 0, bare[1]))
                    yield self._description(clean, tokens, index, bare[:2], "year-old", noun, ages)
                index += 1
                continue
            length, noun = found
            last = tokens[index + length - 1][1]
            if clean[last - 2 : last] == "'s":
                last -= 2
            if (
                not (length == 1 and self._adjectival(clean, tokens, index))
                and self._is_description(readable, tokens, index, length)
                and not self._compound(clean, last)
            ):
                words = clean[start:last].lower()
                found_here = self._description(clean, tokens, index, (start, last), words, noun, ages)
                # "Dad's my eldest child": a joke about Dad, and nobody else.
                if not (found_here.determiner == "my" and clean.endswith("'s ", 0, found_here.start)):
                    yield found_here
            index += length

    def _noun_at(self, tokens: list[Token], index: int, clean: str) -> tuple[int, Noun] | None:
        """The longest noun that begins with a token: how many tokens it has, and what it says."""
        first = tokens[index][2].lower()
        bare = first.removesuffix("'s")
        longest = self._nouns.longest.get(first) or self._nouns.longest.get(bare, 0)
        for length in range(min(longest, len(tokens) - index), 0, -1):
            window = tokens[index : index + length]
            if any(clean[a[1] : b[0]] != " " for a, b in pairwise(window)):
                continue
            words = [word.lower() for _, _, word in window]
            words[-1] = words[-1].removesuffix("'s")
            noun = self._nouns.nouns.get(tuple(words))
            if noun is not None:
                return length, noun
        if "-" not in first or "-old" in first:
            return None
        noun = self._nouns.nouns.get((bare.rpartition("-")[2],))
        return (1, noun) if noun is not None and noun.group == "adult" else None

    def _is_description(self, readable: ReadableText, tokens: list[Token], index: int, length: int) -> bool:
        """Whether the noun speaks of somebody: no part of a proper name, no "as a child", no "children's
        home".
        """
        clean = readable.clean
        start, _, word = tokens[index]
        last = tokens[index + length - 1]
        if word.lower() == "accused" and not _ARTICLE_OR_CO.search(clean[max(0, start - 4) : start]):
            return False
        if word[0].isupper() and not word.isupper() and not readable.opens_sentence(start):
            return False
        if self._comparison.search(clean[max(0, start - 28) : start]):
            return False
        whole = last[2].lower() + ("'" if clean.startswith("' ", last[1]) else "")
        end = last[1] + whole.endswith("s'")
        if whole in self._grammar.words["compound_possessives"] and _LOWER_BEHIND.match(clean, end):
            following = tokens[index + length][2].lower() if index + length < len(tokens) else ""
            return following in self._nouns.possessed
        return self._group.match(clean, last[1]) is None

    def _adjectival(self, clean: str, tokens: list[Token], index: int) -> bool:
        """Whether a word such as "minor" or "teen" only describes the noun behind it ("a minor cut")."""
        _, end, word = tokens[index]
        if word.lower() not in self._nouns.adjectival or index + 1 >= len(tokens):
            return False
        start, _, following = tokens[index + 1]
        return clean[end:start] == " " and following.islower() and following not in self._nouns.after_bare_age

    def _compound(self, clean: str, end: int) -> bool:
        """Whether the noun is only the first half of a word or a compound ("boy band", "child-friendly")."""
        if clean[end : end + 1] == "-" and clean[end : end + 2] != "- ":
            return True
        return self._nouns.compound.match(clean, end) is not None

    def _stands_for_person(
        self, clean: str, bare: tuple[int, int, float], tokens: list[Token], index: int
    ) -> bool:
        """Whether "17-year-old" stands for a person by itself: behind it a verb, a stop or, past a job, a
        name.
        """
        begin, end, _ = bare
        if "-" not in clean[begin:end] or self._hyperbole.search(clean, max(0, begin - 24), begin):
            return False
        if clean[end : end + 1] != " " or index + 1 >= len(tokens):
            return True
        start, _, following = tokens[index + 1]
        if clean[end:start] != " " or following[0].isupper():
            return True
        if _DID.match(clean, end):
            return True
        if following.lower() in self._nouns.after_bare_age or self._of_an_age(clean, tokens, index + 1):
            return True
        for step in range(2, 5):
            if (
                index + step >= len(tokens)
                or clean[tokens[index + step - 1][1] : tokens[index + step][0]] != " "
            ):
                return False
            if self._noun_at(tokens, index + step, clean) is not None:
                return False
            if tokens[index + step][2][0].isupper():
                return True
        return False

    def _of_an_age(self, clean: str, tokens: list[Token], index: int) -> bool:
        """Whether the one or two words from a token on say what somebody was doing ("cyclist")."""
        one = tokens[index][2]
        two = f"{one} {tokens[index + 1][2]}" if index + 1 < len(tokens) else ""
        known = self._nouns.of_an_age
        end = tokens[index][1] if one in known else tokens[index + 1][1] if two in known else -1
        return end >= 0 and self._noun_at(tokens, index, clean) is None

    def _description(
        self,
        clean: str,
        tokens: list[Token],
        index: int,
        span: tuple[int, int],
        word: str,
        noun: Noun,
        ages: dict[int, tuple[int, int, float]],
    ) -> Description:
        start, end = span
        front = self._premodifiers.read(clean, tokens, index, start, ages)
        age = front.age or (ages.get(end) if word == "year-old" else None)
        possessor: int | None = None
        # "Danny's the golden boy" says is, not whose.
        if not front.determiner:
            if clean[max(0, front.start - 3) : front.start] == "'s ":
                possessor = front.start - 3
            elif clean[max(0, front.start - 2) : front.start] == "' ":
                possessor = front.start - 2
        words = self._grammar.words
        return Description(
            front.start,
            end,
            word.removesuffix("'s"),
            noun,
            front.determiner,
            age[2] if age else None,
            age[:2] if age else None,
            possessor,
            front.determiner if front.determiner in words["possessives"] else "",
            front.determiner in words["definites"] or possessor is not None,
        )
