"""Before and after: the lines of the copy that the safe copy has otherwise, and what in them was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from safeguard.reports.excerpt import Copy, place, text_of

if TYPE_CHECKING:
    from safeguard.documents import Document
    from safeguard.report import Edit, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line that follow each other; `changed` when only this side has them."""

    text: str
    changed: bool


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Lines as they were and as they are in the safe copy; one side may have none. `place` is for people."""

    place: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]


def changes(copy: Copy, report: Report, document: Document | None = None) -> Iterator[Change]:
    """What the edits of a report make of the lines of `copy`, in order; edits of one line are one change.

    `document` is what the copy was read from, if there is one.
    """
    for (part, index), edits in groupby(report.edits, key=lambda edit: (edit.part, edit.index)):
        text = text_of(copy, part, index)
        for group in _by_lines(text, list(edits)):
            path = group[0].path if document is not None and document.paths else None
            yield Change(place(copy, part, index, group[0].start, path), *_both_sides(text, group))


def _by_lines(text: str, edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits in groups that share no line; a line put in between two is a group of its own."""
    group: list[Edit] = []
    for edit in edits:
        if group and (
            _whole_lines(text, edit)
            or _whole_lines(text, group[-1])
            or "\n" in text[group[-1].end : edit.start]
        ):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _whole_lines(text: str, edit: Edit) -> str:
    """The text of an edit that puts in lines and leaves those around it alone; "" for any other."""
    if edit.start != edit.end:
        return ""
    at_start = edit.start == 0 or text[edit.start - 1] == "\n"
    at_end = edit.start == len(text) or text[edit.start] in "\r\n"
    if at_start and edit.text.endswith("\n"):
        return edit.text
    return edit.text if at_end and edit.text.startswith(("\n", "\r\n")) else ""


def _both_sides(text: str, edits: Sequence[Edit]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    whole = _whole_lines(text, edits[0])
    if whole:
        return (), _lines([Piece(whole.strip("\r\n"), True)])
    start = text.rfind("\n", 0, edits[0].start) + 1
    end = text.find("\n", edits[-1].end)
    end = len(text) if end < 0 else end
    before: list[Piece] = []
    after: list[Piece] = []
    done = start
    for edit in edits:
        same = Piece(text[done : edit.start], False)
        before += same, Piece(text[edit.start : edit.end], True)
        after += same, Piece(edit.text, True)
        done = edit.end
    rest = Piece(text[done:end], False)
    return _lines([*before, rest]), _lines([*after, rest])


def _lines(pieces: Sequence[Piece]) -> tuple[Line, ...]:
    """Pieces cut at line breaks, which are left out."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if text.rstrip("\r"):
                lines[-1].append(Piece(text.rstrip("\r"), piece.changed))
    return tuple(map(tuple, lines))
