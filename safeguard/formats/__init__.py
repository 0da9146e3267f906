"""How a source is read and edited, per format: source, visible text with a map back, edits for the source.

To add a format: a module here with a class that has the methods of `Format`, and its line in `_FORMATS`.
Markdown is read as plain text until it has a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from safeguard.formats.html import Html, looks_like_html
from safeguard.formats.html_inline import InlineHtml
from safeguard.formats.plain import PlainText
from safeguard.formats.visible import Section, Visible
from safeguard.redaction.edits import Edit


class Format(Protocol):
    """One way of writing copy down. Offsets given count the visible text, those of edits the source."""

    def read(self, source: str) -> Visible:
        """The text a reader sees."""

    def replace(self, visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Edits that put `text` in the place of `start:end` of the visible text; several around markup."""

    def protected(self, source: str, start: int, end: int) -> tuple[int, int]:
        """A span of the source together with the markup that belongs to it."""

    def note_before(self, source: str, text: str) -> Edit:
        """An edit that puts a note at the head of the source."""

    def note_after(self, source: str, text: str) -> Edit:
        """An edit that puts a note at its end."""


FORMAT_NAMES = ("auto", "text", "markdown", "html", "inline-html")

_FORMATS: Mapping[str, Callable[[], Format]] = MappingProxyType(
    {"text": PlainText, "markdown": PlainText, "html": Html, "inline-html": InlineHtml}
)


def format_named(name: str, source: str = "") -> Format:
    """The format of that name, one of FORMAT_NAMES; "auto" looks at `source`.

    Raises KeyError for any other.
    """
    if name == "auto":
        name = "html" if looks_like_html(source) else "text"
    return _FORMATS[name]()


__all__ = ["FORMAT_NAMES", "Edit", "Format", "Section", "Visible", "format_named"]
