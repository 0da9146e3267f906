"""Plain text: what is there is what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from safeguard.formats.characters import read_characters
from safeguard.formats.visible import Markup, Visible
from safeguard.redaction.edits import Edit, Finished, FixedPoints


class PlainText:
    """The format without markup; additions are paragraphs of their own in the copy's own line ending."""

    def read(self, source: str) -> Visible:
        """All of the source, less invisible characters."""
        return read_characters(source)

    def replace(self, visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """One edit: whatever invisible characters stand inside the span go with it."""
        return (Edit(*visible.source_span(start, end), text),)

    def finish(self, visible: Visible, edits: Sequence[Edit], fixed: FixedPoints) -> Finished:
        """The edits: text alone leaves nothing behind."""
        return Finished(list(edits))

    def protected(self, visible: Visible, start: int, end: int) -> tuple[int, int]:
        """The span itself: there is no markup around it."""
        return start, end

    def note_before(self, source: str, text: str, markup: Markup) -> Edit:
        """`text` as the first paragraph, a blank line after it."""
        place = 1 if source.startswith("\ufeff") else 0
        eol = line_ending(source)
        return Edit(place, place, _lines(text, eol) + eol * 2)

    def note_after(self, source: str, text: str, markup: Markup) -> Edit:
        """`text` as the last paragraph, a blank line before it; ends in a line break if the source does."""
        eol = line_ending(source)
        trailing = source[len(source.rstrip("\r\n")) :]
        breaks = trailing.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        tail = eol if breaks else ""
        return Edit(len(source), len(source), eol * max(0, 2 - breaks) + _lines(text, eol) + tail)


def line_ending(source: str) -> str:
    """The line ending that most lines of the source have; "\\n" for a source of one line."""
    windows = source.count("\r\n")
    counts = (
        ("\n", source.count("\n") - windows),
        ("\r\n", windows),
        ("\r", source.count("\r") - windows),
    )
    return max(counts, key=lambda pair: pair[1])[0]


def _lines(text: str, eol: str) -> str:
    return eol.join(text.strip("\r\n").splitlines())
