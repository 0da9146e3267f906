"""Finding quickly where words stand, so that dear patterns are tried nowhere else."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\W_]+")
_JOINS = "-'’."


def lower(text: str) -> str:
    """The text in lower case with every character where it was (one whose lower case is longer stays)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def starts_of(wanted: tuple[str, ...], text: str) -> list[int]:
    """Where the lower-case words `wanted` stand in the text, in any letter case; dearer reading begins there.

    Only words of the text are looked for, so the cost hardly depends on how many are wanted.
    """
    lowered = lower(text)
    present = set(_PLAIN.findall(lowered))
    starts = []
    for word in wanted:
        head = _PLAIN.match(word)
        if head is None or head[0] not in present:
            continue
        at = lowered.find(word)
        while at >= 0:
            end = at + len(word)
            if not _inside_a_word(lowered, at) and not lowered[end : end + 1].isalnum():
                starts.append(at)
            at = lowered.find(word, end)
    return sorted(set(starts))


def _inside_a_word(text: str, at: int) -> bool:
    """Whether the character at `at` has letters or digits before it, hyphens and apostrophes included."""
    before = text[at - 1 : at]
    return before.isalnum() or (before != "" and before in _JOINS and text[at - 2 : at - 1].isalnum())
