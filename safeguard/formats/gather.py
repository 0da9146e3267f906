"""What a format with markup gathers while it reads: the running text, what stands beside it, the marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeguard.formats.characters import read_characters
from safeguard.formats.pieces import Piece, runs_of
from safeguard.formats.visible import Run, Section

Found = tuple[str, list[Piece]]

_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What `Visible.of` is made of; `markup` are the spans of the source that are marks and no text."""

    runs: list[Run]
    sections: list[Section]
    markup: list[tuple[int, int]]


class Gather:
    """The first section is the running text, with breaks where blocks begin; each of `extra` is another."""

    def __init__(self) -> None:
        self._body: list[Piece] = []
        self._markup: list[tuple[int, int]] = []
        self._pending = ""
        self.extra: list[Found] = []

    def paragraph(self) -> None:
        """What comes next begins a paragraph."""
        self._pending = _BREAK

    def line(self) -> None:
        """What comes next begins a line."""
        self._pending = self._pending or "\n"

    def mark(self, start: int, end: int) -> None:
        """`start:end` of the source is markup: no edit of the text around it may take it out unseen."""
        if start < end:
            self._markup.append((start, end))

    def text(self, pieces: Iterable[Piece]) -> None:
        """The next pieces of the running text; blanks at the edge of a block are dropped."""
        for piece in pieces:
            blank = piece.text.isspace()
            if blank and (self._pending or not self._body or self._body[-1].text[-1:].isspace()):
                continue
            if self._pending and self._body:
                self._body.append(Piece(piece.start, piece.start, self._pending))
            elif self._body and self._body[-1].text[-1:] == " " == piece.text[:1] and _letters(piece):
                # What stood between the two is struck out, or a tag.
                piece = Piece(piece.start + 1, piece.end, piece.text[1:])
            self._pending = ""
            self._body.append(piece)

    def take_in(self, other: Gather) -> None:
        """What `other` gathered: its running text becomes a section here."""
        if other._body:
            self.extra.append(("prose", other._body))
        self.extra.extend(other.extra)
        self._markup.extend(other._markup)

    def finish(self) -> Gathered:
        """All that was gathered; characters nobody sees are gone, those typed apart are composed."""
        sections: list[Section] = []
        runs: list[Run] = []
        length = 0
        for kind, pieces in (("prose", self._body), *self.extra):
            read = read_characters("".join(piece.text for piece in pieces))
            if not read.text.strip():
                if not sections:
                    sections.append(Section(0, 0, kind, 0, 0))
                continue
            if runs:
                runs.append(Run(pieces[0].start, pieces[0].start, _BREAK, exact=False))
                length += len(_BREAK)
            runs.extend(runs_of(pieces, read))
            sections.append(Section(length, length + len(read.text), kind, pieces[0].start, pieces[-1].end))
            length += len(read.text)
        return Gathered(runs, sections, sorted(self._markup))


def _letters(piece: Piece) -> bool:
    """Whether the source of a piece is its text, letter by letter."""
    return len(piece.text) == piece.end - piece.start > 1
