"""Where a finding stands, for people: the part, the line, and the words around it with the finding marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from safeguard.formats import format_named

if TYPE_CHECKING:
    from safeguard.formats import Visible
    from safeguard.report import Span
    from safeguard.reports import Checked

Copy = str | Mapping[str, str | list[str]]

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\xad]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of the copy cut to size: `before`, `marked` and `after` follow each other."""

    place: str
    before: str
    marked: str
    after: str


class Excerpts:
    """Excerpts from one copy as its readers see it: without the tags of HTML."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._copy = checked.copy
        self._formats = checked.document.formats if checked.document else {}
        self._seen: dict[tuple[str, int | None], _Seen] = {}

    def of(self, span: Span, width: int) -> Excerpt:
        """The words of a finding or of evidence, and those around them, in about `width` characters."""
        key = (span.part, span.index)
        text = text_of(self._copy, *key)
        if key not in self._seen:
            self._seen[key] = _Seen(format_named(self._formats.get(span.part, "auto"), text).read(text))
        seen = self._seen[key]
        start, end = seen.span(span.start, span.end)
        if 0 <= start < end:
            text = seen.text
        else:  # nobody sees it
            start, end = span.start, span.end
        where = place(self._copy, *key, span.start, self._checked.path_of(span))
        return _cut(where, text, start, end, width)


class _Seen:
    """Visible text, and where in it a place of the source stands."""

    def __init__(self, visible: Visible) -> None:
        self.text = visible.text
        offsets = accumulate((len(run.text) for run in visible.runs), initial=0)
        found = ((run, offset) for run, offset in zip(visible.runs, offsets, strict=False))
        self._runs = sorted(
            ((run, offset) for run, offset in found if run.start < run.end), key=lambda each: each[0].start
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `start:end` of the source is seen; not a span where it is not."""
        return self._offset(start), self._offset(end - 1, last=True)

    def _offset(self, place: int, *, last: bool = False) -> int:
        index = bisect_right(self._runs, place, key=lambda each: each[0].start) - 1
        if index < 0 or place >= self._runs[index][0].end:
            return -1
        run, offset = self._runs[index]
        if run.exact:
            return offset + place - run.start + last
        return offset + (len(run.text) if last else 0)


def excerpt(copy: Copy, part: str, index: int | None, start: int, end: int, width: int) -> Excerpt:
    """The finding at `start:end` of a part (or of item `index` of a list) in about `width` characters.

    Control and invisible characters are shown as blanks: copy must not be able to write to the terminal.
    """
    return _cut(place(copy, part, index, start), text_of(copy, part, index), start, end, width)


def _cut(where: str, text: str, start: int, end: int, width: int) -> Excerpt:
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
        place=where,
        before=("… " if left > line_start else "") + printable(text[left:start]).lstrip(),
        marked=marked,
        after=printable(text[end:right]).rstrip() + (" …" if right < line_end else ""),
    )


def place(copy: Copy, part: str, index: int | None, start: int, path: str | None = None) -> str:
    """Part and line as an editor counts them: "line 4", "body, line 4", "headline", "tags, item 2".

    With a path in a document it is the path: "body, paragraph 12".
    """
    if path is not None:
        return f"{part}, {path}"
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
