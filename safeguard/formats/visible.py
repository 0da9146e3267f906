"""The text a reader sees of a source, with the way back from every character to its place there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self


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
class Markup:
    """A policy's tags around the "{text}" of a note: for HTML, and for the inside of a paragraph."""

    block: str
    inline: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of visible text read by itself: the running text, an attribute, a comment, a script's string.

    `kind` is that of `recognizers.model.Segment`; `source_start:source_end` is where it stands in the source.
    """

    start: int
    end: int
    kind: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Visible:
    """Visible text made of runs, in source order within a section. Source that no run covers is not visible.

    `sections` are in order; a text without any is read as one whole. `markup` are the spans of the
    source that are marks (tags, emphasis), in order.
    """

    text: str
    runs: tuple[Run, ...]
    _offsets: tuple[int, ...] = field(repr=False)
    sections: tuple[Section, ...] = ()
    source: str = field(default="", repr=False)
    markup: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        runs: Sequence[Run],
        sections: Sequence[Section] = (),
        source: str = "",
        markup: Sequence[tuple[int, int]] = (),
    ) -> Self:
        """Join runs, which must be in source order within a section and not empty."""
        offsets: list[int] = []
        length = 0
        for run in runs:
            offsets.append(length)
            length += len(run.text)
        text = "".join(run.text for run in runs)
        return cls(text, tuple(runs), tuple(offsets), tuple(sections), source, tuple(markup))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `start:end` of the text stands in the source, as one span.

        Source inside the span that nobody sees (soft hyphens) is in it, such source around it is not. An
        empty span is the place before the character at `start`.
        """
        if start >= end:
            place = self._begin(start)
            return place, place
        return self._begin(start), self._finish(end)

    def section_at(self, offset: int) -> Section | None:
        """The section that holds the character at `offset`; None in a text without sections."""
        index = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        return self.sections[index] if index >= 0 else None

    def text_from(self, place: int) -> str:
        """What is read, in the first section, of the source from `place` on."""
        end = self.sections[0].end if self.sections else len(self.text)
        for run, offset in zip(self.runs, self._offsets, strict=True):
            if offset < end and run.start >= place and run.start < run.end:
                return self.text[offset:end]
        return self.text[:end]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of source of `start:end` between which markup stands, in order."""
        found: list[tuple[int, int]] = []
        index = max(bisect_right(self._offsets, start) - 1, 0)
        while index < len(self.runs) and self._offsets[index] < end:
            run, offset = self.runs[index], self._offsets[index]
            index += 1
            if run.start == run.end:
                continue
            first, last = run.start, run.end
            if run.exact:
                first, last = run.start + max(start - offset, 0), min(run.start + end - offset, run.end)
            if found and not self._parted(found[-1][1], first):
                found[-1] = (found[-1][0], max(last, found[-1][1]))
            elif first < last:
                found.append((first, last))
        return found

    def _parted(self, start: int, end: int) -> bool:
        """Whether markup stands between two stretches of source, which no text parts."""
        index = bisect_left(self.markup, (start, start))
        return index < len(self.markup) and self.markup[index][1] <= end

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
