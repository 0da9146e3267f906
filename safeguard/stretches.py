"""In which order the texts of a copy are read, and which of them run on as one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from recognizers.model import Segment

if TYPE_CHECKING:
    from safeguard.copy import Field

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """`start:end` of the visible text of the field of that number, read at `at` of the reading text."""

    field: int
    start: int
    end: int
    at: int
    runs_on: bool = False


def stretches_of(fields: Sequence[Field]) -> tuple[Stretch, ...]:
    """All visible text of the fields in reading order.

    The running texts of one part follow each other, and what stands in attributes and comments there comes
    after the last: a link in one paragraph does not part it from the next.
    """
    found: list[Stretch] = []
    offset = 0

    def read(number: int, start: int, end: int, *, runs_on: bool = False) -> None:
        nonlocal offset
        if start < end:
            found.append(Stretch(number, start, end, offset, runs_on))
            offset += end - start + len(SEPARATOR)

    numbered = ((number, field) for number, field in enumerate(fields) if not field.blank)
    for (_, running), group in groupby(numbered, key=lambda item: (item[1].part, item[1].running)):
        texts = list(group)
        for number, field in texts:
            if running:
                read(number, field.sections[0].start, field.sections[0].end, runs_on=True)
            else:
                read(number, 0, len(field.visible.text))
        for number, field in texts if running else ():
            for section in field.sections[1:]:
                read(number, section.start, section.end)
    return tuple(found)


def segments_of(fields: Sequence[Field], stretches: Sequence[Stretch]) -> Iterator[Segment]:
    """The segments of the reading text, in order; texts that run on as one are one segment without index."""
    for (runs_on, part), group in groupby(stretches, key=lambda s: (s.runs_on, fields[s.field].part)):
        together = list(group)
        if runs_on:
            last = together[-1]
            yield Segment(part, None, together[0].at, last.at + last.end - last.start)
            continue
        for stretch in together:
            field = fields[stretch.field]
            for section in field.sections_in(stretch.start, stretch.end):
                start = stretch.at + section.start - stretch.start
                end = start + section.end - section.start
                credit = section.kind == "credit"
                yield Segment(part, field.index, start, end, "prose" if credit else section.kind, credit)
