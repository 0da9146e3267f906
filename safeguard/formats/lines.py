"""Text taken out of lines of a source, less what begins them (quote marks, indents), with the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import MD_TRIM_CHARS

from safeguard.formats.pieces import Piece

# What CommonMark takes for a line ending.
_ENDING = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a source as CommonMark counts them; the text of each without its ending."""

    def __init__(self, source: str, start: int = 0) -> None:
        self.spans: list[tuple[int, int]] = []
        for match in _ENDING.finditer(source, start):
            self.spans.append((start, match.start()))
            start = match.end()
        self.spans.append((start, len(source)))
        self._source = source

    def text(self, number: int) -> str:
        """The line of that number, counted from 0; empty beyond the last."""
        start, end = self.spans[number] if number < len(self.spans) else (0, 0)
        return self._source[start:end]

    def place(self, number: int) -> int:
        """Where the line begins; the end of the source beyond the last."""
        return self.spans[number][0] if number < len(self.spans) else len(self._source)

    def content(self, text: str, first: int, last: int, closing: str = "") -> Content | None:
        """`text`, which was made of the ends of the lines `first` to `last` (not counted), with its places.

        Blanks at its two ends may be gone, and so may signs of `closing` at the end of a line (a heading's).
        None where the lines do not end in it.
        """
        wanted = text.split("\n")
        for skipped in range(max(1, last - first - len(wanted) + 1)):
            found = self._found(wanted, first + skipped, closing)
            if found is not None:
                starts = [0]
                for line, _ in found:
                    starts.append(starts[-1] + len(line) + 1)
                return Content("\n".join(line for line, _ in found), starts[:-1], [at for _, at in found])
        return None

    def _found(self, wanted: Sequence[str], first: int, closing: str) -> list[tuple[str, int]] | None:
        found: list[tuple[str, int]] = []
        for number, line in enumerate(wanted, first):
            there = self.text(number)
            # Blanks that a tab was turned into are not in the source; nobody reads them there.
            bare = line if there.endswith(line) else line.lstrip(" ")
            if number == first + len(wanted) - 1 and not there.endswith(bare):
                there = there.rstrip(MD_TRIM_CHARS)
                if closing and not there.endswith(bare):
                    there = there.rstrip(closing).rstrip(MD_TRIM_CHARS)
            if not there.endswith(bare):
                return None
            found.append((bare, self.place(number) + len(there) - len(bare)))
        return found


@dataclass(frozen=True, slots=True)
class Content:
    """`text` in stretches: each begins at one of `starts`, and in the source at that of `places`."""

    text: str
    starts: list[int]
    places: list[int]

    def part(self, start: int, end: int) -> Content:
        """The stretch `start:end` by itself."""
        starts, places = [0], [self.at(start)]
        for begin, place in zip(self.starts, self.places, strict=True):
            if start < begin < end:
                starts.append(begin - start)
                places.append(place)
        return Content(self.text[start:end], starts, places)

    def at(self, offset: int) -> int:
        """Where the character at `offset` stands in the source."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.places[index] + offset - self.starts[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `start:end` stands in the source, what begins the lines inside it included."""
        return self.at(start), self.at(end - 1) + 1 if start < end else self.at(start)

    def placed(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Pieces of the text as pieces of the source; a break between two stretches is one of its own."""
        placed: list[Piece] = []
        for piece in pieces:
            if piece.end - piece.start != len(piece.text):
                placed.append(Piece(self.at(piece.start), self._until(piece.end), piece.text))
                continue
            start = piece.start
            index = bisect_right(self.starts, start)
            while start < piece.end:
                bound = self.starts[index] if index < len(self.starts) else piece.end
                end = min(piece.end, bound)
                text = piece.text[start - piece.start : end - piece.start]
                placed.extend(self._exact(start, end, text, self._until(end)))
                start, index = end, index + 1
        return placed

    def _exact(self, start: int, end: int, text: str, until: int) -> list[Piece]:
        last = self.at(end - 1)
        if until == last + 1:
            return [Piece(self.at(start), until, text)]
        # The break at the end of a line stands for all that is between the lines.
        whole = [Piece(self.at(start), last, text[:-1])] if len(text) > 1 else []
        return [*whole, Piece(last, until, text[-1])]

    def _until(self, end: int) -> int:
        """The end in the source of what ends at `end`; up to the next stretch, if it ends the one before."""
        return self.at(end) if end in self.starts[1:] else self.at(end - 1) + 1
