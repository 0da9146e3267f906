"""Source decoded piece by piece (entities, escapes), and the way back through two readings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safeguard.formats.visible import Run, Visible
from safeguard.redaction.edits import Edit


@dataclass(frozen=True, slots=True)
class Piece:
    """`start:end` of the source stands for `text`; of the same length only where it is the text itself."""

    start: int
    end: int
    text: str


def replaced(visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
    """Edits for each piece of source behind `start:end` of the visible text; `text` goes into the first."""
    return tuple(
        Edit(first, last, "" if index else text)
        for index, (first, last) in enumerate(visible.pieces(start, end))
    )


def decoded(
    source: str, start: int, end: int, pattern: re.Pattern[str], decode: Callable[[str], str]
) -> list[Piece]:
    """`start:end` of the source in pieces; what `decode` leaves as it is, is no piece of its own."""
    pieces: list[Piece] = []
    done = start
    for match in pattern.finditer(source, start, end):
        text = decode(match[0])
        if text == match[0]:
            continue
        if done < match.start():
            pieces.append(Piece(done, match.start(), source[done : match.start()]))
        pieces.append(Piece(match.start(), match.end(), text))
        done = match.end()
    if done < end:
        pieces.append(Piece(done, end, source[done:end]))
    return pieces


def runs_of(pieces: Sequence[Piece], read: Visible) -> list[Run]:
    """Runs over the source for `read`, the reading of the joined texts of `pieces`."""
    offsets: list[int] = []
    length = 0
    for piece in pieces:
        offsets.append(length)
        length += len(piece.text)
    runs: list[Run] = []
    for run in read.runs:
        at = bisect_right(offsets, run.start) - 1
        if not run.exact:
            # A mark that markup parts from its letter stays where it is.
            runs.append(_part(pieces[at], offsets[at], run, run.start, run.end, run.text))
            continue
        start = run.start
        while start < run.end:
            end = min(run.end, offsets[at] + len(pieces[at].text))
            if start < end:
                text = run.text[start - run.start : end - run.start]
                runs.append(_part(pieces[at], offsets[at], run, start, end, text))
            start, at = end, at + 1
    return runs


def _part(piece: Piece, offset: int, run: Run, start: int, end: int, text: str) -> Run:
    if piece.end - piece.start != len(piece.text):
        return Run(piece.start, piece.end, text, exact=False)
    first = piece.start + start - offset
    last = min(piece.start + end - offset, piece.end)
    return Run(first, last, text, exact=run.exact and last - first == len(text))
