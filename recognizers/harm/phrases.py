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

_WORD = re.compile(r"(?<!\w)(?<!\w[’'])\w")
_GAP = r"(?:[ ,'’-]+\w+){0,4}?[ ,'’-]+"
_NUMBER = (
    r"(?:\d[\d,]*|(?:a )?(?:dozens?|hundreds?|thousands?)(?: of)?|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|several|multiple|many|scores of)"
)
_MIN_KEY, _MAX_KEY = 1, 4
_ASTERISK = "\ue000"  # stands in for an escaped asterisk while a phrase is read

# A line end parts two phrases unless the sentence plainly goes on in small letters.
_SPACE = r"(?:[^\S\n]+|\n(?-i:(?=[a-z])))"
_PIECES = {
    " ": _SPACE,
    "*": r"\w*",
    _ASTERISK: r"\*",
    "#": _NUMBER,
    "-": r"[-–\s]",
    "'": "['’]",
    "|": "|",
}


class Hit(NamedTuple, Generic[T]):
    """Where a phrase stands in the text, and what it was filed under."""

    start: int
    end: int
    value: T


def compile_phrase(phrase: str) -> re.Pattern[str]:
    """The pattern of one phrase. Raises ValueError when its brackets do not close."""
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
            out.append(_PIECES.get(char) or _letter(char, mixed))
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


def _beginnings(phrase: str) -> list[str]:
    """The ways a phrase may begin, each as its text up to where alternatives of the first group end."""
    if not phrase.startswith("("):
        return [phrase]
    depth, last, found = 0, 1, []
    for index, char in enumerate(phrase):
        depth += (char == "(") - (char == ")")
        if (char == "|" and depth == 1) or depth == 0:
            found.append(phrase[last:index])
            last = index + 1
        if depth == 0:
            if phrase.startswith(")?", index):
                raise ValueError(f"the phrase {phrase!r} may not begin with an optional word")
            break
    return [beginning for alternative in found for beginning in _beginnings(alternative)]


def _key(beginning: str) -> str:
    beginning = beginning.lower().replace("\\*", _ASTERISK)
    literal = re.split(r"[*()#|.\s'-]", beginning, maxsplit=1)[0].replace(_ASTERISK, "*")
    if len(literal) < _MIN_KEY:
        raise ValueError(f"a phrase must begin with a letter: {beginning!r}")
    return literal[:_MAX_KEY]


class PhraseIndex(Generic[T]):
    """Many phrases searched in one walk over the words of a text; the cost grows with the text."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        compiled: dict[str, tuple[re.Pattern[str], list[T]]] = {}
        self._by_key: dict[str, list[tuple[re.Pattern[str], list[T]]]] = {}
        for phrase, value in phrases:
            if phrase in compiled:
                if value not in compiled[phrase][1]:
                    compiled[phrase][1].append(value)
                continue
            entry = compiled[phrase] = (compile_phrase(phrase), [value])
            for key in dict.fromkeys(_key(beginning) for beginning in _beginnings(phrase)):
                self._by_key.setdefault(key, []).append(entry)

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Every phrase of the index in `text`, in order of where it begins; phrases may overlap."""
        lowered = text.lower() if len(text.lower()) == len(text) else text
        keys = self._by_key
        for word in _WORD.finditer(text):
            start = word.start()
            for size in range(_MIN_KEY, _MAX_KEY + 1):
                for pattern, values in keys.get(lowered[start : start + size], ()):
                    found = pattern.match(text, start)
                    if found:
                        for value in values:
                            yield Hit(start, found.end(), value)
