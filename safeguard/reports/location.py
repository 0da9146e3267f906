"""Where a finding stands in the file that was checked, in the lines and columns that other programs count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from safeguard.files import STANDARD_INPUT_NAME

if TYPE_CHECKING:
    from safeguard.report import Span
    from safeguard.reports import Checked


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a text file. Lines and columns count from 1, offsets from 0, all in code points.

    `end_column` is the column after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Locator:
    """Finds regions in the file of one piece of copy: the text itself, or the JSON that holds its parts."""

    def __init__(self, checked: Checked) -> None:
        self._document = checked.document
        self._places: dict[tuple[str, int | None], Sequence[int]] = {}
        self._text: str | None = None
        if checked.document is not None:
            self._text = checked.document.source
        elif isinstance(checked.copy, str):
            self._text = checked.copy
        self._lines = [0]
        for line in (self._text or "").split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def region(self, span: Span) -> Region | None:
        """Where a span of a part stands in the file; None for parts that were in no text file."""
        if self._text is None:
            return None
        start, end = span.start, span.end
        if self._document is not None:
            key = (span.part, span.index)
            if key not in self._places:
                self._places[key] = self._document.offsets(*key)
            start, end = self._places[key][start], self._places[key][end]
        line, end_line = self._line(start), self._line(end)
        return Region(
            line,
            start - self._lines[line - 1] + 1,
            end_line,
            end - self._lines[end_line - 1] + 1,
            start,
            end,
        )

    def _line(self, offset: int) -> int:
        return bisect_right(self._lines, offset, hi=len(self._lines) - 1)


def file_address(name: str) -> str | None:
    """A checked file's name as a URI reference, relative when the name is; None for standard input."""
    if name == STANDARD_INPUT_NAME:
        return None
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
