"""The text a reader sees of a source, with the way back from every character to its place there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of source, `start:end`, and the text it is read as.

    In an `exact` run every character of the source is one character of the text. In any other run the text
    stands for the source as a whole (an accent typed apart from its letter, a line break of two characters).
    """

    start: int
    end: int
    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Visible:
    """Visible text made of runs in source order. Source that no run covers is not visible."""

    text: str
    runs: tuple[Run, ...]
    _offsets: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Visible:
        """Join runs, which must be in source order and not empty."""
        offsets: list[int] = []
        length = 0
        for run in runs:
            offsets.append(length)
            length += len(run.text)
        return cls("".join(run.text for run in runs), tuple(runs), tuple(offsets))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `start:end` of the text stands in the source, as one span.

        Source inside the span that nobody sees (soft hyphens) is in it, such source around it is not. An
        empty span is the place before the character at `start`.
        """
        if start >= end:
            place = self._begin(start)
            return place, place
        return self._begin(start), self._finish(end)

    def _begin(self, offset: int) -> int:
        if offset >= len(self.text):
            return self.runs[-1].end if self.runs else 0
        index = bisect_right(self._offsets, offset) - 1
        run = self.runs[index]
        return run.start + (offset - self._offsets[index] if run.exact else 0)

    def _finish(self, offset: int) -> int:
        index = bisect_right(self._offsets, offset - 1) - 1
        run = self.runs[index]
        return run.start + offset - self._offsets[index] if run.exact else run.end
