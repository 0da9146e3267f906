"""HTML as content systems and word processors make it, edited in place and never written anew.

What a reader sees is one text, the first section; attributes, comments and the strings of scripts follow it
as sections of their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache

from safeguard.formats.gather import Gather
from safeguard.formats.html_edits import finished
from safeguard.formats.html_elements import enclosed
from safeguard.formats.html_reader import HtmlReader
from safeguard.formats.html_sections import known
from safeguard.formats.html_tokens import Token, tokens_of
from safeguard.formats.pieces import replaced
from safeguard.formats.plain import line_ending
from safeguard.formats.visible import Markup, Visible
from safeguard.redaction.edits import Edit, Finished, FixedPoints

_OPENERS = ("article", "main", "body")


class Html:
    """The format of web pages and rich-text fields. Tokens are kept as long as one source is asked about."""

    def __init__(self) -> None:
        self._tokens: tuple[str, list[Token]] | None = None

    def tokens(self, source: str) -> list[Token]:
        """The tokens of the source."""
        if self._tokens is None or self._tokens[0] != source:
            self._tokens = (source, tokens_of(source))
        return self._tokens[1]

    def read(self, source: str) -> Visible:
        """Text with paragraph breaks where blocks begin and end, then each further section."""
        gather = Gather()
        reader = HtmlReader(source, gather)
        for token in self.tokens(source):
            reader.take(token)
        reader.finish()
        found = gather.finish()
        return Visible.of(found.runs, found.sections, source, found.markup)

    def replace(self, visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Edits between the tags inside the span: the tags stay, `text` goes where the span begins."""
        return replaced(visible, start, end, text)

    def finish(self, visible: Visible, edits: Sequence[Edit], fixed: FixedPoints) -> Finished:
        """Edits written as HTML, which make no tag with what stands beside them."""
        return finished(visible, edits, fixed, Html().read) if edits else Finished([])

    def protected(self, visible: Visible, start: int, end: int) -> tuple[int, int]:
        """The span with the tags right before and after it, of elements that hold nothing else."""
        return enclosed(visible.source, start, end)

    def note_before(self, source: str, text: str, markup: Markup) -> Edit:
        """A note as the first element of the article, main part or body; else of the whole."""
        place = 1 if source.startswith("\ufeff") else 0
        for name in _OPENERS:
            opening = next((t for t in self.tokens(source) if t.kind == "start" and t.name == name), None)
            if opening is not None:
                place = opening.end
                break
        return Edit(place, place, _element(source, text, markup.block) + line_ending(source))

    def note_after(self, source: str, text: str, markup: Markup) -> Edit:
        """A note as the last element of the article, main part or body; else of the whole."""
        place = len(source.rstrip())
        for name in _OPENERS:
            closing = [t for t in self.tokens(source) if t.kind == "end" and t.name == name]
            if closing:
                place = closing[0 if name == "article" else -1].start
                break
        return Edit(
            place,
            place,
            line_ending(source) + _element(source, text, markup.block) + line_ending(source),
        )


def looks_like_html(source: str) -> bool:
    """Whether the source has a tag that only HTML has."""
    return _markup().search(source) is not None


@cache
def _markup() -> re.Pattern[str]:
    names = "|".join(sorted(known()["blocks"] | known()["inline"], key=len, reverse=True))
    return re.compile(rf"<(?:!--|!doctype\b|/?(?:{names})(?=[\s/>])[^<>]*>)", re.IGNORECASE)


def _element(source: str, text: str, markup: str) -> str:
    eol = line_ending(source)
    inner = f"<br>{eol}".join(html.escape(line, quote=False) for line in text.strip("\r\n").splitlines())
    element = markup.replace("{text}", inner)
    # A block editor takes what stands in no block for damage.
    return f"<!-- wp:html -->{eol}{element}{eol}<!-- /wp:html -->" if "<!-- wp:" in source else element
