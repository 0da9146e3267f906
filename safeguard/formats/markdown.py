"""Markdown as static sites and content systems keep it, edited in place and never written anew."""

from __future__ import annotations

from collections.abc import Sequence

from safeguard.formats.front_matter import front_matter
from safeguard.formats.lines import Lines
from safeguard.formats.markdown_edits import escaped, finished
from safeguard.formats.markdown_inline import parser
from safeguard.formats.markdown_reader import read_markdown
from safeguard.formats.markdown_visible import MarkdownVisible
from safeguard.formats.pieces import replaced
from safeguard.formats.plain import line_ending
from safeguard.formats.visible import Markup, Visible
from safeguard.redaction.edits import Edit, Finished, FixedPoints


class Markdown:
    """The format of Markdown: CommonMark with tables, strike-through, footnotes and front matter."""

    def read(self, source: str) -> MarkdownVisible:
        """Text with paragraph breaks where blocks begin and end, then each further section."""
        return read_markdown(source)

    def replace(self, visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Edits between the marks inside the span: `text` goes where the span begins."""
        return replaced(visible, start, end, text)

    def finish(self, visible: Visible, edits: Sequence[Edit], fixed: FixedPoints) -> Finished:
        """Edits that leave no mark alone and put in no text that would be read as a mark."""
        if not edits:
            return Finished([])
        read = visible if isinstance(visible, MarkdownVisible) else read_markdown(visible.source)
        return finished(read, edits, fixed)

    def protected(self, visible: Visible, start: int, end: int) -> tuple[int, int]:
        """The span with the marks right before it that open something, and those right after that close."""
        pairs = visible.pairs if isinstance(visible, MarkdownVisible) else ()
        opening = {pair.inner: pair.start for pair in pairs}
        closing = {pair.inner_end: pair.end for pair in pairs}
        while start in opening:
            start = opening[start]
        while end in closing:
            end = closing[end]
        return start, end

    def note_before(self, source: str, text: str, markup: Markup) -> Edit:
        """A note as the first paragraph, behind the front matter."""
        matter = front_matter(source).end
        place = matter or (1 if source.startswith("\ufeff") else 0)
        eol = line_ending(source)
        # Front matter that nothing follows may end without a line break.
        lead = "" if place < 2 or source[place - 1] in "\r\n" else eol
        gap = eol if matter else ""
        tail = eol if source[place : place + 1] in ("\r", "\n") else eol * 2
        return Edit(place, place, lead + gap + _paragraph(text, eol) + tail)

    def note_after(self, source: str, text: str, markup: Markup) -> Edit:
        """A note as the last paragraph, before a block that nothing closes; ends as the source does."""
        eol = line_ending(source)
        open_block = _open_block(source)
        if open_block is not None:
            return Edit(open_block, open_block, _paragraph(text, eol) + eol * 2)
        trailing = source[len(source.rstrip("\r\n")) :]
        breaks = trailing.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        tail = eol if breaks else ""
        return Edit(len(source), len(source), eol * max(0, 2 - breaks) + _paragraph(text, eol) + tail)


def _paragraph(text: str, eol: str) -> str:
    """The lines of a note as one paragraph that keeps its lines."""
    return f"\\{eol}".join(escaped(line.strip()) for line in text.strip().splitlines() if line.strip())


def _open_block(source: str) -> int | None:
    """Where the last block begins if nothing closes it, so that whatever comes after would be part of it."""
    start = front_matter(source).end
    tokens = parser().parse(f"{source[start:]}\n\nx", {})
    if not tokens or tokens[-1].type == "paragraph_close":
        return None
    last = next((token for token in reversed(tokens) if token.level == 0 and token.map), None)
    return Lines(source, start).place(last.map[0]) if last is not None and last.map else None
