"""What a part or field holds, by its name and a look at the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from recognizers.vocabulary import load_vocabulary

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|www\.|/)\S*", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S(?:.*\S)?\.[A-Za-z][A-Za-z0-9]{1,4}", re.DOTALL)


def kind_of(part: str, source: str) -> str:
    """What a part holds, by its name and a look at the text: "prose" or a kind of part_kinds.yaml."""
    kind = next((_kinds()[end] for end in _endings(part) if end in _kinds()), "prose")
    text = source.strip()
    if kind in ("file", "url"):
        if _ADDRESS.fullmatch(text):
            return "url"
        if _FILE_NAME.fullmatch(text) and "\n" not in text:
            return "file"
        return "prose" if re.search(r"\s", text) else kind
    return kind


def is_named(part: str, words: frozenset[str]) -> bool:
    """Whether the name of a part ends in one of `words`."""
    return any(end in words for end in _endings(part))


def words_of(part: str) -> tuple[str, ...]:
    """The words that a part's name is made of, in lower case: "seoTitle" and "seo_title" are two."""
    return tuple(word.lower() for word in _WORD.findall(part))


def _endings(part: str) -> tuple[str, ...]:
    """The last two words of a part's name as one, and the last word."""
    words = words_of(part)
    return ("".join(words[-2:]), *words[-1:])


@cache
def _kinds() -> Mapping[str, str]:
    kinds = load_vocabulary("safeguard.formats", "part_kinds.yaml")
    return {word: kind for kind, words in kinds.items() for word in words}
