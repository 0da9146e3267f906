"""The copy as it was given, and the one text that recognizers read, with the way back to every character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from recognizers.model import Reading
from recognizers.vocabulary import load_vocabulary
from safeguard.errors import CopyError
from safeguard.formats import Format, Section, Visible, format_named
from safeguard.formats.part_kinds import is_named, kind_of
from safeguard.given import Formats, Paths, Shape, check_size, formats_of, paths_of, texts_of
from safeguard.stretches import SEPARATOR, segments_of, stretches_of

SafeCopy = str | dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One text of the copy: a part, or the item `index` of a part that is a list.

    `kind` is that of `recognizers.model.Segment`. `running` says that it is a paragraph of the text that its
    part is as a whole. `path` is where it stands in the document that the copy was taken from.
    """

    part: str
    index: int | None
    source: str
    kind: str
    format: Format
    visible: Visible
    running: bool = False
    path: str | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return not self.visible.text.strip()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the visible text; one over all of it where the format makes none."""
        whole = Section(0, len(self.visible.text), self.kind, 0, len(self.source))
        return self.visible.sections or (whole,)

    def section_at(self, offset: int) -> Section:
        """The section that holds the character at `offset` of the visible text."""
        return self.visible.section_at(offset) or self.sections[0]

    def sections_in(self, start: int, end: int) -> tuple[Section, ...]:
        """The sections that `start:end` of the visible text reaches into."""
        sections = self.sections
        first = max(bisect_right(sections, start, key=lambda section: section.start) - 1, 0)
        last = bisect_right(sections, end - 1, key=lambda section: section.start)
        return tuple(s for s in sections[first:last] if max(start, s.start) < min(end, s.end))


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the source of the field with that number; `start:end` are offsets of its visible text."""

    field: int
    start: int
    end: int


class Copy:
    """All texts of one copy, joined into the reading text (`text`) by blank lines."""

    def __init__(self, given: Shape, fields: Sequence[Field]) -> None:
        self._given = given
        self.fields = tuple(fields)
        self._stretches = stretches_of(self.fields)
        self._starts = [stretch.at for stretch in self._stretches]
        self.text = SEPARATOR.join(
            self.fields[s.field].visible.text[s.start : s.end] for s in self._stretches
        )

    @classmethod
    def of(
        cls,
        copy: Shape,
        format: Formats = "auto",
        max_bytes: int | None = None,
        paths: Paths | None = None,
    ) -> Copy:
        """Take text, or a mapping of part name to text or list of texts.

        `format` is one of FORMAT_NAMES, or with a mapping also a mapping of part name to one of them.
        `max_bytes` is the most that all texts together may have in UTF-8. `paths` tells where each text
        stands in a document, in the shape of the copy; parts may be left out. Raises CopyError, one sentence,
        for anything else, for copy without any text, and for copy that is too large.
        """
        texts = texts_of(copy)
        check_size([text for _, _, text in texts], max_bytes)
        formats = formats_of(format, copy)
        where = paths_of(paths, copy)
        fields: list[Field] = []
        for part, index, source in texts:
            kind = kind_of(part, source)
            # A slug or a tag has no markup whatever signs are in it.
            how = format_named(formats.get(part, "auto") if kind == "prose" else "text", source)
            running = index is not None and kind == "prose" and is_named(part, _running())
            path = where.get((part, index))
            fields.append(Field(part, index, source, kind, how, how.read(source), running, path))
        if all(field.blank for field in fields):
            raise CopyError("The copy is empty: there is nothing to check.")
        return cls(copy, fields)

    def reading(self, published: date | None = None) -> Reading:
        """What recognizers are told beside the text: which part each stretch of it comes from."""
        return Reading(tuple(segments_of(self.fields, self._stretches)), published)

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where `start:end` of the reading text lies, field by field; nothing for what is between fields."""
        found: list[Place] = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self._stretches) and self._starts[index] < end:
            stretch = self._stretches[index]
            first = stretch.start + max(start - stretch.at, 0)
            last = min(stretch.start + end - stretch.at, stretch.end)
            found.extend(
                Place(stretch.field, max(first, section.start), min(last, section.end))
                for section in self.fields[stretch.field].sections_in(first, last)
            )
            index += 1
        return tuple(found)

    def source_span(self, place: Place) -> tuple[int, int]:
        """The span of a place in the source of its field, in code points of the part as given."""
        return self.fields[place.field].visible.source_span(place.start, place.end)

    def protected_span(self, place: Place) -> tuple[int, int]:
        """The span of a support block in the source of its field, its markup included."""
        field = self.fields[place.field]
        return field.format.protected(field.visible, *self.source_span(place))

    def rebuilt(self, sources: Sequence[str]) -> SafeCopy:
        """The copy in the shape it was given in, with `sources` (one per field) in place of its texts."""
        if isinstance(self._given, str):
            return sources[0]
        texts = iter(sources)
        return {
            part: next(texts) if isinstance(value, str) else [next(texts) for _ in value]
            for part, value in self._given.items()
        }


@cache
def _running() -> frozenset[str]:
    return frozenset(load_vocabulary("safeguard.formats", "running_parts.yaml")["running"])
