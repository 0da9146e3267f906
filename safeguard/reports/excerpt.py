"""Where a finding stands, for people: the part, the line, and the words around it with the finding marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Copy = str | Mapping[str, str | list[str]]

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\xad]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of the copy cut to size: `before`, `marked` and `after` follow each other."""

    place: str
    before: str
    marked: str
    after: str


def excerpt(copy: Copy, part: str, index: int | None, start: int, end: int, width: int) -> Excerpt:
    """The finding at `start:end` of a part (or of item `index` of a list) in about `width` characters.

    Control and invisible characters are shown as blanks: copy must not be able to write to the terminal.
    """
    text = text_of(copy, part, index)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    room = max(20, width - min(end - start, width // 2))
    half = room // 2
    # What one side does not need, the other may have.
    left = _word_start(text, line_start, start, max(half, room - (line_end - end)))
    right = _word_end(text, end, line_end, max(half, room - (start - left)))
    marked = printable(text[start:end])
    if len(marked) > width:
        marked = marked[: width // 2] + " … " + marked[-width // 3 :]
    return Excerpt(
        place=place(copy, part, index, start),
        before=("… " if left > line_start else "") + printable(text[left:start]).lstrip(),
        marked=marked,
        after=printable(text[end:right]).rstrip() + (" …" if right < line_end else ""),
    )


def place(copy: Copy, part: str, index: int | None, start: int) -> str:
    """Part and line as an editor counts them: "line 4", "body, line 4", "headline", "tags, item 2"."""
    text = text_of(copy, part, index)
    line = f"line {text.count(chr(10), 0, start) + 1}"
    if isinstance(copy, str):
        return line
    if index is not None:
        part = f"{part}, item {index + 1}"
    return f"{part}, {line}" if "\n" in text.strip() else part


def text_of(copy: Copy, part: str, index: int | None) -> str:
    """The text that offsets of a part, or of item `index` of a list, count in."""
    if isinstance(copy, str):
        return copy
    value = copy[part]
    return value if isinstance(value, str) else value[index or 0]


def _word_start(text: str, line_start: int, start: int, room: int) -> int:
    if start - line_start <= room:
        return line_start
    blank = text.find(" ", start - room, start)
    return blank + 1 if blank >= 0 else start - room


def _word_end(text: str, end: int, line_end: int, room: int) -> int:
    if line_end - end <= room:
        return line_end
    blank = text.rfind(" ", end, end + room)
    return blank if blank > end else end + room


def printable(text: str) -> str:
    """Text with control and invisible characters as blanks, so that it cannot write to the terminal."""
    return _UNSEEN.sub(" ", text)
