"""Many phrases, one pass: every phrase of the vocabulary is looked up by its first word.

A vocabulary phrase is plain words in which (a|b) offers a choice and ? makes what it follows optional. Tried
one after the other at every word, a thousand phrases cost more than the tagger; looked up by first word, they
cost a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

_WORD = re.compile(r"[^\W_](?:[^\W_]|['*](?=\w))*")
_FIRST = re.compile(r"[^\W_]+(?:['*][^\W_]+)*")
# Behind a group, what cannot lengthen the word in front of it.
_SPACE_NEXT = re.compile(r"\??(?:[ ,]|$)")
_REPEATED = re.compile(r"(?:\*|\{\d+,\d+\})(?:[ ,]|$)")
_MOST_EXPANSIONS = 600
# Right behind a comma or an opening bracket.
_SET_OFF = r"(?:(?<=, )|(?<=\())"
# What looks ahead lengthens no word.
_LOOKING_ON = ("(?=", "(?!")


def _closing(phrase: str) -> int:
    """Index of the bracket that closes the group `phrase` opens with."""
    depth = 0
    escaped = False
    for index, char in enumerate(phrase):
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                return index
    raise ValueError(f"unbalanced bracket in the phrase {phrase!r}")


def _choices(group: str) -> list[str]:
    found, depth, start = [], 0, 0
    for index, char in enumerate(group):
        depth += char == "("
        depth -= char == ")"
        if char == "|" and not depth:
            found.append(group[start:index])
            start = index + 1
    return [*found, group[start:]]


def first_words(phrase: str) -> list[tuple[str, str]]:
    """(first word, whole pattern) for each way `phrase` can begin; the word is "" where it is no plain
    word.
    """
    if (phrase.startswith("(") and not phrase.startswith("(?")) or phrase.startswith("(?:"):
        end = _closing(phrase)
        body = phrase[3:end] if phrase.startswith("(?:") else phrase[1:end]
        rest = phrase[end + 1 :]
        optional = rest.startswith("?")
        if rest[:1] and rest[:1] in "*+{":
            return [("", phrase)]
        rest = rest[1:] if optional else rest
        heads = [*_choices(body), *([""] if optional else [])]
        found: list[tuple[str, str]] = []
        for head in heads:
            found += first_words(head + rest)
            if len(found) > _MOST_EXPANSIONS:
                return [("", phrase)]
        return found
    match = _FIRST.match(phrase)
    if match is None:
        return [("", phrase)]
    after = phrase[match.end() : match.end() + 1]
    if after == "(":
        return _glued(phrase, match.end())
    if after and after in "?*+{[(|\\":
        # "faces?" or "alleg(ed|es)": the first word has no one spelling.
        stem = match[0][:-1] if after in "?*{" else match[0]
        return (
            [("", phrase)]
            if after != "?"
            else [
                *first_words(match[0] + phrase[match.end() + 1 :]),
                *first_words(stem + phrase[match.end() + 1 :]),
            ]
        )
    return [(match[0].lower(), phrase)]


def _glued(phrase: str, opening: int) -> list[tuple[str, str]]:
    """`first_words` of a phrase whose first word runs into a group: "attack(s|ed)? on"."""
    if phrase.startswith(_LOOKING_ON, opening):
        return [(phrase[:opening].lower(), phrase)]
    end = opening + _closing(phrase[opening:])
    choices = _choices(phrase[opening + 1 : end])
    rest = phrase[end + 1 :]
    if all(choice.startswith(" ") for choice in choices) and _REPEATED.match(rest):
        return [(phrase[:opening].lower(), phrase)]
    if rest[:1] in ("*", "+", "{") or phrase[opening + 1] == "?":
        return [("", phrase)]
    if all(choice.startswith(" ") for choice in choices) and _SPACE_NEXT.match(rest):
        return [(phrase[:opening].lower(), phrase)]
    optional = rest.startswith("?")
    rest = rest[1:] if optional else rest
    return [
        found
        for choice in [*choices, *([""] if optional else [])]
        for found in first_words(phrase[:opening] + choice + rest)
    ]


class PhraseIndex(Generic[Key]):
    """Phrases under keys; `scan` finds them all in one pass over the words of a text."""

    def __init__(self, entries: Iterable[tuple[Key, str]], apposed: Collection[Key] = ()) -> None:
        """`apposed` are keys whose phrases count only behind a comma or a bracket, unless a word that the
        vocabulary spells out begins them: what any word may begin is looked for at every word.
        """
        grouped: dict[str, dict[Key, list[str]]] = {}
        for key, phrase in entries:
            for word, pattern in dict.fromkeys(first_words(phrase)):
                grouped.setdefault(word, {}).setdefault(key, []).append(pattern)
        self._by_word = {
            word: [
                (key, re.compile(r"(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE))
                for key, patterns in keys.items()
            ]
            for word, keys in grouped.items()
        }
        self._anywhere = [
            (key, re.compile(rf"(?<!\w){_SET_OFF if key in apposed else ''}{pattern.pattern}", re.IGNORECASE))
            for key, pattern in self._by_word.pop("", [])
        ]

    def scan(self, text: str) -> dict[Key, list[tuple[int, int]]]:
        """Spans of every phrase found, by key, in text order; spans of one key never overlap."""
        found: dict[Key, list[tuple[int, int]]] = {}
        for word in _WORD.finditer(text):
            for key, pattern in self._by_word.get(word[0].lower(), ()):
                match = pattern.match(text, word.start())
                if match is not None:
                    spans = found.setdefault(key, [])
                    if not spans or match.start() >= spans[-1][1]:
                        spans.append(match.span())
        for key, pattern in self._anywhere:
            extra = [m.span() for m in pattern.finditer(text)]
            if extra:
                known = found.get(key, [])
                found[key] = sorted({*known, *extra})
        return found
