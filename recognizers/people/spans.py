"""Stretches of the reading text, asked many times whether they touch another one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """A fixed set of (start, end) spans, sorted once, so that each question costs a bisection.

    Spans may overlap; overlapping ones are merged for the question whether something is touched.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether any span shares a character with [start, end)."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end


def first_within(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[int, int] | None:
    """The first of `spans` (sorted, as a scan finds them) that begins in [start, end)."""
    place = bisect_left(spans, (start, -1))
    return spans[place] if place < len(spans) and spans[place][0] < end else None
