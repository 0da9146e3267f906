"""The cells of a row of a Markdown table: where each stands in its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.token import Token

from safeguard.formats.lines import Content

_OPENING = re.compile(r"[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]+\]:)")


def row_of(tokens: Sequence[Token], number: int) -> Iterator[Token]:
    """The contents of the cells of the row that opens at `number`."""
    for token in tokens[number:]:
        if token.type == "tr_close":
            return
        if token.type == "inline":
            yield token


def row_cells(line: str, texts: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the cells of `line` stand, those beyond `texts` too; None where they do not read as `texts`.

    What may stand before the row (quote marks, a bullet) is passed over.
    """
    start = 0
    while True:
        cells = _split(line, start)
        read = [line[first:last].replace("\\|", "|") for first, last in cells]
        if [*read, *[""] * len(texts)][: len(texts)] == list(texts):
            return cells
        opening = _OPENING.match(line, start)
        if opening is None:
            return None
        start = opening.end()


def cell_content(line: str, start: int, end: int, place: int) -> Content:
    r"""The text of a cell, `\|` read as the bar it stands for; `place` is where the line begins."""
    parts, starts, places = [""], [0], [place + start]
    length = 0
    for match in re.finditer(r"\\\||(?:(?!\\\|).)+", line[start:end], re.DOTALL):
        text = match[0].replace("\\|", "|")
        if length:
            starts.append(length)
            places.append(place + start + match.start())
        parts.append(text)
        length += len(text)
    return Content("".join(parts), starts, places)


def _split(line: str, start: int) -> list[tuple[int, int]]:
    start += len(line[start:]) - len(line[start:].lstrip(MD_TRIM_CHARS))
    end = max(start, len(line.rstrip(MD_TRIM_CHARS)))
    cells: list[tuple[int, int]] = []
    begin = start
    for at in [*(m.start() for m in re.finditer(r"(?<!\\)\|", line[:end]) if m.start() >= start), end]:
        cells.append((begin, at))
        begin = at + 1
    if cells and cells[0][0] == cells[0][1]:
        cells.pop(0)
    if cells and cells[-1][0] == cells[-1][1]:
        cells.pop()
    return [_trimmed(line, *cell) for cell in cells]


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start] in MD_TRIM_CHARS:
        start += 1
    while start < end and line[end - 1] in MD_TRIM_CHARS:
        end -= 1
    return start, end
