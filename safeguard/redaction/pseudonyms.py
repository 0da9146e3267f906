"""Invented names for the operator `pseudonym`."""

from __future__ import annotations

import re
from functools import cache

from recognizers.vocabulary import load_vocabulary

_WORD = re.compile(r"\w+")


def pseudonyms_for(text: str) -> tuple[str, ...]:
    """The names of pseudonyms.yaml, in their order, less those that stand in `text` in any capitals."""
    words = set(_WORD.findall(text.casefold()))
    return tuple(name for name in _names() if name.casefold() not in words) or ("Somebody",)


@cache
def _names() -> tuple[str, ...]:
    return tuple(load_vocabulary(__package__ or "safeguard.redaction", "pseudonyms.yaml")["names"])
