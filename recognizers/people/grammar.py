"""The small words of grammar.yaml, compiled once for everybody who asks who does what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recognizers.vocabulary import load_vocabulary

_AGE_GAP = r"(?:,? \(?(?:aged )?\d{1,3}\)?,?)?"


@dataclass(frozen=True)
class Grammar:
    """Sets of words under their list's name (`words`), and patterns over what stands between two people.

    `aside` is an apposition in full; `restrictive` a clause that tells one person from others; `coordinated`
    joins two people; `listed` stands at the end of what lies between two who act together; `object_gap`
    between a phrase and whom it is about. `speech` stands behind words quoted, `leads_in` in front of them.
    """

    words: Mapping[str, frozenset[str]]
    lists: Mapping[str, tuple[str, ...]]
    adverb_phrase: re.Pattern[str]
    aside: re.Pattern[str]
    restrictive: re.Pattern[str]
    coordinated: re.Pattern[str]
    listed: re.Pattern[str]
    object_gap: re.Pattern[str]
    passive: re.Pattern[str]
    speech: re.Pattern[str]
    leads_in: re.Pattern[str]
    negated: re.Pattern[str]
    supposed: re.Pattern[str]

    def without_adverbs(self, text: str) -> str:
        """`text` without the adverbs, auxiliaries and spaces at its end."""
        adverbs = self.words["adverbs"]
        while True:
            text = text.rstrip()
            start = _last_word(text, len(text))
            if start == len(text):
                return text
            if text[start:].lower() in adverbs:
                text = text[:start]
                continue
            first = _last_word(text, start - 1) if text[start - 1 : start] == " " else start
            if first >= start - 1 or not self.adverb_phrase.fullmatch(text, first):
                return text
            text = text[:first]

    def gender(self, pronoun: str) -> str:
        """f or m for a pronoun in lower case; e for those that mean anybody."""
        return "m" if pronoun in self.words["male"] else "f" if pronoun in self.words["female"] else "e"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, tried in their order. Entries may hold choices of their own."""
    return "(?:" + "|".join(words) + ")"


def load_grammar() -> Grammar:
    """Read grammar.yaml. Raises FileNotFoundError or yaml.YAMLError when the file is broken."""
    lists: dict[str, list[str]] = load_vocabulary("recognizers.people", "grammar.yaml")
    possessive = r"(?:his |her |their )?"
    return Grammar(
        words={name: frozenset(words) for name, words in lists.items()},
        lists={name: tuple(words) for name, words in lists.items()},
        adverb_phrase=re.compile(any_of(lists["adverb_phrases"]), re.IGNORECASE),
        aside=re.compile(
            rf"\s*(?:,|\(|-)\s*(?:(?:{'|'.join(lists['asides'])}|\d{{1,3}})\b|\d)[^.;\n]*?[,)-]\s*$",
            re.IGNORECASE,
        ),
        restrictive=re.compile(
            rf" {any_of(lists['relative_words'])} (?:[^,.;\n]|, \d{{1,3}},){{4,160}}", re.IGNORECASE
        ),
        coordinated=re.compile(
            rf"(?:, \(?\d{{1,3}}\)?)?,? {any_of(lists['companions'])} (?:both )?", re.IGNORECASE
        ),
        listed=re.compile(
            rf"{_AGE_GAP}(?: and|, and|,) {possessive}(?:{any_of(lists['fellow_accused'])} )?$", re.IGNORECASE
        ),
        object_gap=re.compile(rf"[\s,:]*(?:{any_of(lists['before_object'])}\s+)*[\"'(]?", re.IGNORECASE),
        speech=re.compile(
            rf",? (?:{any_of(lists['saying'])}\b ?|(?P<who>he|she) (?:has |had )?{any_of(lists['saying'])}\b"
            rf"|(?=(?:M[rs]{{1,2}}s? )?[A-Z][\w' -]{{1,40}} {any_of(lists['saying'])}\b) ?)"
        ),
        leads_in=re.compile(
            rf"(?:, [^.\"]{{1,60}},|,)? (?:has |had )?{any_of(lists['saying'])}[^.\"]{{0,40}}[:,] ?"
        ),
        passive=re.compile(rf"\b{any_of(lists['passive'])}\s+(?:\w+ly\s+)?$", re.IGNORECASE),
        supposed=re.compile(rf"\b{any_of(lists['suppositions'])} (?:[\w'-]+ ){{0,3}}$", re.IGNORECASE),
        negated=re.compile(rf"\b{any_of(lists['negations'])}\b[^,;]{{0,16}}$", re.IGNORECASE),
    )


def _last_word(text: str, end: int) -> int:
    """Where the word that ends at `end` begins; `end` itself when none does."""
    start = end
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start
