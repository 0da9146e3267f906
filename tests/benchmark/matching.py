"""When a string of a sample counts as standing in a text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GAP = r"[\s_.+\-\u2010-\u2013]*"


@lru_cache(maxsize=4096)
def _leak_pattern(text: str) -> re.Pattern[str]:
    words = [word for word in re.split(_GAP.replace("*", "+"), unicodedata.normalize("NFC", text)) if word]
    return re.compile(rf"(?<![^\W_]){_GAP.join(map(re.escape, words))}(?![^\W_])", re.IGNORECASE)


def leaks(text: str, copy: str) -> bool:
    """Whether ``text`` still stands in ``copy`` in any guise: any case, and any or no space, hyphen,
    underscore or full stop between its words, so that slugs, file names, hashtags and unspaced phone
    numbers count. Whole words only: "Alf" does not leak through "half"."""
    return _leak_pattern(text).search(unicodedata.normalize("NFC", copy)) is not None


def count_exact(text: str, copy: str) -> int:
    """How often ``text`` stands in ``copy`` letter by letter, as whole words."""
    return len(re.findall(rf"(?<!\w){re.escape(text)}(?!\w)", copy))


def find_all(text: str, copy: str) -> list[tuple[int, int]]:
    """Where ``text`` stands in ``copy`` as whole words: offsets in characters, end exclusive."""
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", copy)]
