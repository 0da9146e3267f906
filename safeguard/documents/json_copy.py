"""Copy in a JSON file: parts, where in the source each of their texts stands, edits put in there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from safeguard.documents import PartEdit, Parts
from safeguard.documents.json_source import Value, edited, offsets_in, spliced, writer_like


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the source for a text that is not there yet: written between `before` and `after`."""

    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class JsonCopy:
    """The source of a JSON file and the copy in it.

    `places` has where each text of the parts stands, by part and item (None outside a list).
    """

    source: str
    parts: Parts
    places: Mapping[tuple[str, int | None], Value | Room]
    formats: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str | list[str]] = field(default_factory=dict)

    def offsets(self, part: str, index: int | None) -> Sequence[int]:
        """Where each character of a text begins in the source, and where its last one ends."""
        place = self.places[part, index]
        return offsets_in(self.source, place) if isinstance(place, Value) else [place.at]

    def rewrite(self, edits: Iterable[PartEdit]) -> str:
        """The source with the edits carried out inside its strings."""
        wanted: dict[tuple[str, int | None], list[PartEdit]] = {}
        for edit in edits:
            wanted.setdefault((edit.part, edit.index), []).append(edit)
        written = writer_like(self.source)
        changes: list[tuple[int, int, str]] = []
        rooms: dict[int, list[str]] = {}
        for key, each in wanted.items():
            place = self.places[key]
            if isinstance(place, Value):
                changes += edited(self.source, place, each, written)
            else:
                text = written("".join(edit.text for edit in each).strip())
                rooms.setdefault(place.at, []).append(f"{place.before}{text}{place.after}")
        changes += ((at, at, ",".join(texts)) for at, texts in rooms.items())
        return spliced(self.source, changes)
