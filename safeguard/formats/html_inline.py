"""HTML that is the inside of one paragraph, as the text of a content element or a block is."""

from __future__ import annotations

import html

from safeguard.formats.html import Html
from safeguard.formats.visible import Markup
from safeguard.redaction.edits import Edit


class InlineHtml(Html):
    """As HTML; notes are no paragraphs, since a paragraph cannot hold one."""

    def note_before(self, source: str, text: str, markup: Markup) -> Edit:
        """A note on lines of its own before the text."""
        return Edit(0, 0, _note(text, markup.inline) + ("<br><br>" if source.strip() else ""))

    def note_after(self, source: str, text: str, markup: Markup) -> Edit:
        """A note on lines of its own after the text."""
        place = len(source.rstrip())
        return Edit(place, place, ("<br><br>" if place else "") + _note(text, markup.inline))


def _note(text: str, markup: str) -> str:
    lines = (html.escape(line, quote=False) for line in text.strip().splitlines())
    return markup.replace("{text}", "<br>".join(lines))
