"""Which elements a stretch of HTML fills."""

from __future__ import annotations

import re
from functools import cache

from recognizers.vocabulary import load_vocabulary
from safeguard.formats.html_tokens import Token, tokens_of

_OPENED = re.compile(r"<[A-Za-z][^<>]*>[ \t]*\Z")
_CLOSED = re.compile(r"</[A-Za-z][^<>]*>")
# Behind so many characters a "<" opens no tag that is looked at.
_LONGEST_TAG = 2000


def enclosed(source: str, start: int, end: int) -> tuple[int, int]:
    """`start:end` with the tags around it of the elements that begin and end there.

    A tag of an element that holds more, or of one that holds nothing, such as a picture, is not part of it.
    """
    first, last = start, end
    while (opened := _OPENED.search(source, max(0, first - _LONGEST_TAG), first)) is not None:
        first = opened.start()
    while (closed := _CLOSED.match(source, last)) is not None:
        last = closed.end()
    matched: set[int] = set()
    open_tags: list[Token] = []
    tags = [tag for tag in tokens_of(source[first:last]) if tag.kind in ("start", "end")]
    for tag in tags:
        if tag.kind == "start":
            if tag.name not in _void():
                open_tags.append(tag)
            continue
        while any(other.name == tag.name for other in open_tags):
            other = open_tags.pop()
            if other.name == tag.name:
                matched |= {other.start, tag.start}
                break
    for tag in reversed([tag for tag in tags if first + tag.start < start]):
        if tag.start not in matched:
            break
        start = first + tag.start
    for tag in [tag for tag in tags if first + tag.start >= end]:
        if tag.start not in matched:
            break
        end = first + tag.end
    return start, end


@cache
def _void() -> frozenset[str]:
    return frozenset(load_vocabulary("safeguard.formats", "html_nesting.yaml")["void"])
