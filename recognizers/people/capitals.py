"""Stretches of capitalised words: wherever a name can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.people.text import WORD, ReadableText

_GLUED = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class CapitalWord:
    """One word of a stretch; the span leaves out a possessive ending."""

    start: int
    end: int
    text: str


def runs(readable: ReadableText, particles: frozenset[str]) -> Iterator[list[CapitalWord]]:
    """Stretches of capitalised words with nothing but one space (or an initial's full stop) between them."""
    clean = readable.clean
    run: list[CapitalWord] = []
    held: list[CapitalWord] = []
    for word in _words(clean):
        if run:
            last = held[-1] if held else run[-1]
            gap = clean[last.end : word.start]
            if not (gap == " " or (gap in (". ", ".") and len(last.text) == 1)):
                yield run
                run, held = [], []
        if _capital(word.text):
            run += held
            held = []
            run.append(word)
        elif run and word.text in particles:
            held.append(word)
        elif run:
            yield run
            run, held = [], []
    if run:
        yield run


def title_case(word: str) -> str:
    """ "MCDONALD-SMITH" as a name is written: "McDonald-Smith"."""
    parts = re.split(r"(['-])", word.lower())
    cased = "".join(part[:1].upper() + part[1:] for part in parts)
    return "Mc" + cased[2:].capitalize() if cased.startswith("Mc") and len(cased) > 4 else cased


def _words(clean: str) -> Iterator[CapitalWord]:
    for match in WORD.finditer(clean):
        text = match[0]
        start, end = match.span()
        if not text.islower() and _GLUED.search(text) is not None:
            # "FebruaryRelated", "CourtLeedsTia": what a web page glued together.
            for piece in _GLUED.split(text):
                yield CapitalWord(start, start + len(piece), piece)
                start += len(piece)
            continue
        if text.endswith(("'s", "'S")):
            text, end = text[:-2], end - 2
        yield CapitalWord(start, end, text)


def _capital(word: str) -> bool:
    if word[0].isupper():
        return True
    # d'Souza, o'Hara, al-Hassan
    return (len(word) > 2 and word[1] in "'-" and word[2].isupper()) or (
        word[:3].lower() in ("al-", "el-") and word[3:4].isupper()
    )
