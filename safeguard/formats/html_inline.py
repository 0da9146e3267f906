"""HTML that is the inside of one paragraph, as the text of a content element or a block is."""

from __future__ import annotations

import html

from safeguard.formats.html import Html
from safeguard.redaction.edits import Edit


class InlineHtml(Html):
    """As HTML; notes are no paragraphs, since a paragraph cannot hold one."""

    def note_before(self, source: str, text: str, markup: str = "") -> Edit:
        """A note on lines of its own before the text."""
        return Edit(0, 0, _note(text, "content-warning") + ("<br><br>" if source.strip() else ""))

    def note_after(self, source: str, text: str, markup: str = "") -> Edit:
        """A note on lines of its own after the text."""
        place = len(source.rstrip())
        return Edit(place, place, ("<br><br>" if place else "") + _note(text, "support"))


def _note(text: str, name: str) -> str:
    inner = "<br>".join(html.escape(line, quote=False) for line in text.strip().splitlines())
    return f'<span role="note" class="{name}">{inner}</span>'
