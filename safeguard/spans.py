"""Where a stretch of the reading text stands, told in every way that other programs count."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from safeguard.formats.html import Html
from safeguard.formats.html_paths import ElementPaths

if TYPE_CHECKING:
    from safeguard.copy import Copy, Field

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Spans:
    """Spans of the texts of one copy. What they need of a text is worked out when a span lies in it."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._fields: dict[int, _Text] = {}

    def read(self, start: int, end: int) -> dict[str, Any]:
        """The fields of report.Span for `start:end` of the reading text, which lies in some part."""
        place = self._copy.places(start, end)[0]
        return self.within(place.field, *self._copy.source_span(place))

    def within(self, number: int, start: int, end: int) -> dict[str, Any]:
        """The same for `start:end` of the source of the field of that number."""
        field = self._copy.fields[number]
        text = self._fields.setdefault(number, _Text(field))
        return {
            "part": field.part,
            "index": field.index,
            "start": start,
            "end": end,
            "start_utf16": text.utf16(start),
            "end_utf16": text.utf16(end),
            "path": text.path(start),
        }

    def text(self, start: int, end: int) -> str:
        """The source of `start:end` of the reading text."""
        place = self._copy.places(start, end)[0]
        first, last = self._copy.source_span(place)
        return self._copy.fields[place.field].source[first:last]


class _Text:
    def __init__(self, field: Field) -> None:
        self._field = field

    def utf16(self, offset: int) -> int:
        """The offset in UTF-16 units: a character beyond the first 65,536 counts twice."""
        return offset + bisect_left(self._astral, offset)

    def path(self, offset: int) -> str | None:
        """Where the text stands in its document, and the place in it in terms of its elements."""
        field = self._field
        outer = field.path if field.path is not None else "" if field.index is None else f"[{field.index}]"
        inner = self._elements.at(offset) if self._elements else ""
        return " > ".join(step for step in (outer, inner) if step) or None

    @cached_property
    def _astral(self) -> list[int]:
        return [match.start() for match in _ASTRAL.finditer(self._field.source)]

    @cached_property
    def _elements(self) -> ElementPaths | None:
        source, format = self._field.source, self._field.format
        return ElementPaths(source, format.tokens(source)) if isinstance(format, Html) else None
