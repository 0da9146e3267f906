"""The block vocabulary (blocks.yaml), compiled once for whoever reads blocks or contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from recognizers.vocabulary import load_vocabulary

Pattern = re.Pattern[str]

_CLASS_OR_APOSTROPHE = re.compile(r"\[(?:[^\]\\]|\\.)*\]|'")


def any_of(patterns: Iterable[str], case: bool = False) -> Pattern:
    """One pattern that matches where any of `patterns` does; a straight apostrophe stands for both kinds."""
    joined = "|".join(f"(?:{_either_apostrophe(pattern)})" for pattern in patterns)
    return re.compile(joined, 0 if case else re.IGNORECASE)


def _either_apostrophe(pattern: str) -> str:
    return _CLASS_OR_APOSTROPHE.sub(
        lambda m: "['’]" if m.group() == "'" else m.group().replace("'", "'’"), pattern
    )


@dataclass(frozen=True, slots=True)
class BlockWords:
    """Compiled lists of blocks.yaml under their names there."""

    openings: Pattern
    offers: Pattern
    continuations: Pattern
    emergencies: Pattern
    hours: Pattern
    news_actor: Pattern
    news_actor_before: Pattern
    narrative: Pattern
    appeals: Pattern
    donations: Pattern
    press: Pattern
    stoppers: Pattern
    noise: Pattern
    glue: Pattern
    persons: Pattern
    descriptions: Pattern
    strangers: Pattern
    introductions: Pattern
    short_number_cues: Pattern
    emergency_number_cues: Pattern
    helpline_nouns: Pattern
    web_endings: Pattern
    abbreviations: frozenset[str]
    days: frozenset[str]
    link_words: frozenset[str]
    after_words: frozenset[str]
    helpline_prefixes: tuple[str, ...]
    donation_codes: tuple[str, ...]
    neutral_web: tuple[str, ...]
    personal_mail: frozenset[str]


_CASED = frozenset({"glue", "persons"})
_LITERAL = {
    "abbreviations": frozenset,
    "days": frozenset,
    "link_words": frozenset,
    "after_words": frozenset,
    "personal_mail": frozenset,
    "helpline_prefixes": tuple,
    "donation_codes": tuple,
    "neutral_web": tuple,
}


@cache
def load_words() -> BlockWords:
    """Read and compile blocks.yaml, once for the process: the value is frozen."""
    data: dict[str, Any] = load_vocabulary(__package__ or "recognizers.helplines", "blocks.yaml")
    endings = "|".join(re.escape(e) for e in sorted(data.pop("web_endings"), key=len, reverse=True))
    values: dict[str, Any] = {
        "web_endings": re.compile(
            r"(?<![\w@.-])(?:https?://)?(?:[A-Za-z0-9][A-Za-z0-9-]*\.){1,5}(?:"
            + endings
            + r")(?![a-z0-9@-])(?!\.[a-z])(?:/[^\s<>\"'’”)\],;]*[^\s<>\"'’”)\],;.:!?])?"
        )
    }
    for key, entries in data.items():
        literal = _LITERAL.get(key)
        values[key] = literal(entries) if literal else any_of(entries, case=key in _CASED)
    return BlockWords(**values)
