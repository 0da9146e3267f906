"""How a source is read and edited, per format: source, visible text with a map back, edits for the source.

To add a format: a module here with a class that has the methods of `Format`, and its line in `_FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from safeguard.formats.html import Html, looks_like_html
from safeguard.formats.html_inline import InlineHtml
from safeguard.formats.markdown_signs import looks_like_markdown
from safeguard.formats.plain import PlainText
from safeguard.formats.visible import Markup, Section, Visible
from safeguard.redaction.edits import Edit, Finished, FixedPoints


class Format(Protocol):
    """One way of writing copy down. Offsets given count the visible text, those of edits the source."""

    def read(self, source: str) -> Visible:
        """The text a reader sees."""

    def replace(self, visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Edits that put `text` in the place of `start:end` of the visible text; several around markup."""

    def finish(self, visible: Visible, edits: Sequence[Edit], fixed: FixedPoints) -> Finished:
        """All edits of the source, settled, with whatever else they call for; none on a fixed point."""

    def protected(self, visible: Visible, start: int, end: int) -> tuple[int, int]:
        """`start:end` of the source together with the markup that belongs to it."""

    def note_before(self, source: str, text: str, markup: Markup) -> Edit:
        """An edit that puts a note at the head of the source, in HTML for the "{text}" of `markup`."""

    def note_after(self, source: str, text: str, markup: Markup) -> Edit:
        """An edit that puts a note at its end."""


FORMAT_NAMES = ("auto", "text", "markdown", "html", "inline-html")


def _markdown() -> Format:
    # Its parser takes longer to import than everything else here together.
    from safeguard.formats.markdown import Markdown

    return Markdown()


_FORMATS: Mapping[str, Callable[[], Format]] = MappingProxyType(
    {"text": PlainText, "markdown": _markdown, "html": Html, "inline-html": InlineHtml}
)
_COMMENTS = re.compile(r"\ufeff?(?:\s*<!--(?!\s*/?wp:).*?-->)*\s*", re.DOTALL)


def format_named(name: str, source: str = "") -> Format:
    """The format of that name, one of FORMAT_NAMES; "auto" looks at `source`.

    Raises KeyError for any other.
    """
    if name == "auto":
        name = _format_of(source)
    return _FORMATS[name]()


def _format_of(source: str) -> str:
    """What a source is written in: HTML inside Markdown is Markdown, unless all of it is in tags."""
    html = looks_like_html(source)
    opening = _COMMENTS.match(source)
    if html and opening is not None and source.startswith("<", opening.end()):
        return "html"
    if looks_like_markdown(source[opening.end() :] if opening else source):
        return "markdown"
    return "html" if html else "text"


__all__ = ["FORMAT_NAMES", "Edit", "Format", "Markup", "Section", "Visible", "format_named"]
