"""Phrases as editors write them, compiled once and looked up by the first letters of each word.

Syntax of a phrase: plain words; `murder*` any ending; `(jailed|sentenced)` alternatives; `(the)?` may be
missing (never at the start); `\\*` a real asterisk; ` .. ` up to four words between; `#` a number; a hyphen
also matches a space and a straight apostrophe a curly one. A capital letter stands for itself only, a small
letter for either case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"(?<!\w)(?<!\w[’'])\w+")
# "nine-day-old" is one word.
_GAP = r"(?:[ ,'’-]+\w+(?:-\w+){0,3}){0,4}?[ ,'’-]+"
_PREFIX = 4  # letters of a word that begins a phrase and may go on ("murder*")
_ASTERISK = "\ue000"  # stands in for an escaped asterisk while a phrase is read

# A line end parts two phrases unless the sentence plainly goes on in small letters.
_SPACE = r"(?:[^\S\n]+|\n(?-i:(?=[a-z])))"
_PIECES = {
    " ": _SPACE,
    "*": r"\w*",
    _ASTERISK: r"\*",
    "-": r"[-–\s]",
    "'": "['’]",
    "|": "|",
}


class Hit(NamedTuple, Generic[T]):
    """Where a phrase stands in the text, and what it was filed under."""

    start: int
    end: int
    value: T


def compile_phrase(phrase: str, number: str) -> re.Pattern[str]:
    """The pattern of one phrase; `number` is what `#` means. Raises ValueError when brackets do not close."""
    phrase = phrase.removesuffix(" ..").strip()
    if phrase.count("(") != phrase.count(")"):
        raise ValueError(f"brackets do not match in the phrase {phrase!r}")
    phrase = phrase.replace("\\*", _ASTERISK)
    mixed = phrase != phrase.lower()
    out: list[str] = []
    starts: list[int] = []
    index = 0
    while index < len(phrase):
        char = phrase[index]
        if phrase.startswith(" .. ", index):
            out.append(_GAP)
            index += 4
            continue
        if char == "(":
            starts.append(len(out))
            out.append("(?:")
        elif char == ")":
            out.append(")")
            opened = starts.pop()
            if phrase.startswith(")?", index):
                index += 1 + _make_optional(out, opened)
        else:
            out.append(number if char == "#" else _PIECES.get(char) or _letter(char, mixed))
        index += 1
    flags = 0 if mixed else re.IGNORECASE
    return re.compile("".join(out) + r"(?!\w)", flags)


def _letter(char: str, mixed: bool) -> str:
    return f"[{char}{char.upper()}]" if mixed and char.islower() else re.escape(char)


def _make_optional(out: list[str], opened: int) -> int:
    """Make the group that begins at `opened` optional together with one space; how many characters it ate."""
    before = out[opened - 1] if opened else ""
    if before == _SPACE:
        out[opened - 1] = "(?:" + _SPACE
        out.append(")?")
        return 0
    if before == _GAP:
        out.insert(opened, "(?:")
        out.append(_SPACE + ")?")
        return 1
    out.append("?")
    return 0


def _beginnings(phrase: str, tail: str = "") -> list[tuple[str, str]]:
    """The ways a phrase may begin: each alternative of its first group, and what follows it."""
    if not phrase.startswith("("):
        return [(phrase, tail)]
    depth, last = 0, 1
    found: list[str] = []
    rest = ""
    for index, char in enumerate(phrase):
        depth += (char == "(") - (char == ")")
        if (char == "|" and depth == 1) or depth == 0:
            found.append(phrase[last:index])
            last = index + 1
        if depth == 0:
            rest = phrase[index + 1 :] or tail
            if rest.startswith("?"):
                raise ValueError(f"the phrase {phrase!r} may not begin with an optional word")
            break
    return [beginning for alternative in found for beginning in _beginnings(alternative, rest)]


def _key(beginning: str, tail: str) -> tuple[str, bool]:
    """The letters to look a phrase up by, and whether they are its whole first word."""
    beginning = beginning.lower().replace("\\*", _ASTERISK)
    literal = re.split(rf"[*()#|.\s'{_ASTERISK}-]", beginning, maxsplit=1)[0]
    if not literal:
        raise ValueError(f"a phrase must begin with a letter: {beginning!r}")
    after = (beginning + tail)[len(literal) : len(literal) + 1]
    whole = not after or (after not in "*()|" and not after.isalnum())
    return (literal, True) if whole else (literal[:_PREFIX], False)


class PhraseIndex(Generic[T]):
    """Many phrases searched in one walk over the words of a text; the cost grows with the text."""

    def __init__(self, phrases: Iterable[tuple[str, T]], number: str) -> None:
        """`number` is the pattern for `#`. Raises ValueError for a phrase that cannot be read."""
        compiled: dict[str, tuple[re.Pattern[str], list[T]]] = {}
        self._words: dict[str, list[tuple[re.Pattern[str], list[T]]]] = {}
        self._prefixes: dict[str, list[tuple[re.Pattern[str], list[T]]]] = {}
        for phrase, value in phrases:
            if phrase in compiled:
                if value not in compiled[phrase][1]:
                    compiled[phrase][1].append(value)
                continue
            entry = compiled[phrase] = (compile_phrase(phrase, number), [value])
            keys = dict.fromkeys(_key(beginning, tail) for beginning, tail in _beginnings(phrase))
            for key, whole in keys:
                (self._words if whole else self._prefixes).setdefault(key, []).append(entry)
        self._initials = frozenset(key[0] for key in self._prefixes)

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Every phrase of the index in `text`, in order of where it begins; phrases may overlap."""
        words, prefixes = self._words, self._prefixes
        for word in _WORD.finditer(text):
            start = word.start()
            letters = word.group().lower()
            entries = words.get(letters, [])
            if letters[0] in self._initials:
                for size in range(1, min(_PREFIX, len(letters)) + 1):
                    entries = entries + prefixes.get(letters[:size], [])
            for pattern, values in entries:
                found = pattern.match(text, start)
                if found:
                    for value in values:
                        yield Hit(start, found.end(), value)
