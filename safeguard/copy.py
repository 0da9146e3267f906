"""The copy as it was given, and the one text that recognizers read, with the way back to every character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache

from recognizers.model import Reading, Segment
from recognizers.vocabulary import load_vocabulary
from safeguard.errors import CopyError
from safeguard.formats import FORMAT_NAMES, Format, Section, Visible, format_named

Shape = str | Mapping[str, str | list[str]]
SafeCopy = str | dict[str, str | list[str]]
Formats = str | Mapping[str, str]

TEXT_PART = "body"  # what the one part of a copy is called that is given as text
SEPARATOR = "\n\n"

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|www\.|/)\S*", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S(?:.*\S)?\.[A-Za-z][A-Za-z0-9]{1,4}", re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """One text of the copy: a part, or the item `index` of a part that is a list.

    `kind` is that of `recognizers.model.Segment`. `start` is where its visible text begins in the reading
    text; None for a field without visible text, which nobody reads.
    """

    part: str
    index: int | None
    source: str
    kind: str
    format: Format
    visible: Visible
    start: int | None

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
    """All texts of one copy in order, joined into the reading text (`text`) by blank lines."""

    def __init__(self, given: Shape, fields: Sequence[Field]) -> None:
        self._given = given
        self.fields = tuple(fields)
        read = [(number, field) for number, field in enumerate(self.fields) if field.start is not None]
        self.text = SEPARATOR.join(field.visible.text for _, field in read)
        self._numbers = [number for number, _ in read]
        self._starts = [field.start or 0 for _, field in read]

    @classmethod
    def of(cls, copy: Shape, format: Formats = "auto", max_bytes: int | None = None) -> Copy:
        """Take text, or a mapping of part name to text or list of texts.

        `format` is one of FORMAT_NAMES, or with a mapping also a mapping of part name to one of them.
        `max_bytes` is the most that all texts together may have in UTF-8. Raises CopyError, one sentence, for
        anything else, for copy without any text, and for copy that is too large.
        """
        texts = list(_texts(copy))
        _check_size([text for _, _, text in texts], max_bytes)
        formats = _formats(format, copy)
        fields: list[Field] = []
        offset = 0
        for part, index, source in texts:
            kind = kind_of(part, source)
            # A slug or a tag has no markup whatever signs are in it.
            how = format_named(formats.get(part, "auto") if kind == "prose" else "text", source)
            visible = how.read(source)
            start = offset if visible.text.strip() else None
            fields.append(Field(part, index, source, kind, how, visible, start))
            if start is not None:
                offset += len(visible.text) + len(SEPARATOR)
        if offset == 0:
            raise CopyError("The copy is empty: there is nothing to check.")
        return cls(copy, fields)

    def reading(self, published: date | None = None) -> Reading:
        """What recognizers are told beside the text: which part each stretch of it comes from."""
        segments = tuple(
            Segment(f.part, f.index, f.start + section.start, f.start + section.end, section.kind)
            for f in self.fields
            if f.start is not None
            for section in f.sections
            if section.start < section.end
        )
        return Reading(segments, published)

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where `start:end` of the reading text lies, field by field; nothing for what is between fields."""
        found: list[Place] = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self._starts) and self._starts[index] < end:
            begin = self._starts[index]
            length = len(self.fields[self._numbers[index]].visible.text)
            first, last = max(start - begin, 0), min(end - begin, length)
            number = self._numbers[index]
            found.extend(
                Place(number, max(first, section.start), min(last, section.end))
                for section in self.fields[number].sections_in(first, last)
            )
            index += 1
        return tuple(found)

    def source_span(self, place: Place) -> tuple[int, int]:
        """The span of a place in the source of its field, in code points of the part as given."""
        return self.fields[place.field].visible.source_span(place.start, place.end)

    def protected_span(self, place: Place) -> tuple[int, int]:
        """The span of a support block in the source of its field, its markup included."""
        field = self.fields[place.field]
        return field.format.protected(field.source, *self.source_span(place))

    def rebuilt(self, sources: Sequence[str]) -> SafeCopy:
        """The copy in the shape it was given in, with `sources` (one per field) in place of its texts."""
        if isinstance(self._given, str):
            return sources[0]
        texts = iter(sources)
        return {
            part: next(texts) if isinstance(value, str) else [next(texts) for _ in value]
            for part, value in self._given.items()
        }


def kind_of(part: str, source: str) -> str:
    """What a part holds, by its name and a look at the text: "prose", "slug", "tags", "file" or "url"."""
    words = [word.lower() for word in _WORD.findall(part)]
    kind = next((_kinds()[end] for end in ("".join(words[-2:]), *words[-1:]) if end in _kinds()), "prose")
    text = source.strip()
    if kind in ("file", "url"):
        if _ADDRESS.fullmatch(text):
            return "url"
        if _FILE_NAME.fullmatch(text) and "\n" not in text:
            return "file"
        return "prose" if re.search(r"\s", text) else kind
    return kind


@cache
def _kinds() -> Mapping[str, str]:
    kinds = load_vocabulary("safeguard.formats", "part_kinds.yaml")
    return {word: kind for kind, words in kinds.items() for word in words}


def _texts(copy: Shape) -> list[tuple[str, int | None, str]]:
    """Part, item number and text of all texts, in order. Raises CopyError for any other shape."""
    if isinstance(copy, str):
        return [(TEXT_PART, None, _whole(copy, TEXT_PART))]
    if not isinstance(copy, Mapping):
        raise CopyError(
            f"Copy is text or a mapping of part names to texts or lists of texts, not {_called(copy)}."
        )
    texts: list[tuple[str, int | None, str]] = []
    for part, value in copy.items():
        if not isinstance(part, str):
            raise CopyError(f"The name of a part is text, not {_called(part)}.")
        if isinstance(value, str):
            texts.append((part, None, _whole(value, part)))
            continue
        if not isinstance(value, list):
            raise CopyError(f"The part {part!r} is {_called(value)}; expected text or a list of texts.")
        for index, item in enumerate(value):
            if not isinstance(item, str):
                raise CopyError(f"Item {index + 1} of the part {part!r} is {_called(item)}; expected text.")
            texts.append((part, index, _whole(item, part)))
    if not texts:
        raise CopyError("The copy is empty: there is nothing to check.")
    return texts


def _whole(text: str, part: str) -> str:
    half = _HALF.search(text)
    if half:
        raise CopyError(
            f"Character {half.start()} of the part {part!r} is half of a character (a lone surrogate); "
            "decode the copy as UTF-8 or UTF-16 before it is checked."
        )
    return text


def _called(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"


def _check_size(texts: Sequence[str], max_bytes: int | None) -> None:
    if max_bytes is None or sum(map(len, texts)) * 4 <= max_bytes:
        return
    size = sum(len(text.encode()) for text in texts)
    if size > max_bytes:
        raise CopyError(
            f"The copy has {size / 1_000_000:.1f} MB and the limit is {max_bytes / 1_000_000:g} MB; split "
            "it, or raise the limit (max_bytes in the settings)."
        )


def _formats(format: Formats, copy: Shape) -> Mapping[str, str]:
    """The format of every part that has one. Raises CopyError for a format or part that does not exist."""
    parts = [TEXT_PART] if isinstance(copy, str) else list(copy)
    if isinstance(format, str):
        return dict.fromkeys(parts, _known(format))
    if not isinstance(format, Mapping) or isinstance(copy, str):
        raise CopyError(
            f"The format is one of: {', '.join(FORMAT_NAMES)}; per part only for a mapping of parts."
        )
    for part, name in format.items():
        if part not in parts:
            raise CopyError(f"A format is given for {part!r}, which is not a part of the copy.")
        _known(name)
    return format


def _known(name: object) -> str:
    if isinstance(name, str) and name in FORMAT_NAMES:
        return name
    close = get_close_matches(str(name), FORMAT_NAMES, 1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise CopyError(f"There is no format {str(name)!r}.{hint} Known: {', '.join(FORMAT_NAMES)}.")
