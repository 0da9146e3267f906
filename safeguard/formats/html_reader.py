"""Tokens of HTML read: which of them break a paragraph, which hold copy beside the text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from safeguard.formats.gather import Found, Gather
from safeguard.formats.html_sections import ENTITY, attribute_sections, known, script_sections
from safeguard.formats.html_tokens import Token
from safeguard.formats.pieces import Piece, decoded

Placed = Callable[[Iterable[Piece]], list[Piece]]

_ENTITY_OR_BLANKS = re.compile(rf"{ENTITY.pattern}|[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*| {{2,}}")
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:")
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_TAG = re.compile(r"</?([A-Za-z][\w-]*)")
# What copy that was commented out is made of; tags with attributes stay, for those are copy too.
_IN_COMMENT = re.compile(rf"{ENTITY.pattern}|</?([A-Za-z][\w-]*)\s*>")


class HtmlReader:
    """Hands text, sections and marks to a `Gather` while the tokens of `text` go by.

    `placed` takes pieces of `text` to where they stand in the source, for HTML inside another format.
    """

    def __init__(self, text: str, gather: Gather, placed: Placed = list) -> None:
        self._source = text
        self._gather = gather
        self._placed = placed
        self._title: list[Piece] = []
        self._raw = ""
        self._pre = 0
        # Of struck text being read: what is gathered around it, and where its end tag begins.
        self._around: tuple[Gather, int] | None = None

    def take(self, token: Token) -> None:
        """The next token."""
        if self._around is not None and token.start >= self._around[1]:
            self._around[0].take_in(self._gather)
            self._gather, self._around = self._around[0], None
        if token.kind == "text":
            self._text(token.start, token.end)
            return
        for piece in self._placed([Piece(token.start, token.end, self._source[token.start : token.end])]):
            self._gather.mark(piece.start, piece.end)
        if token.kind == "other":
            self._other(token)
        else:
            self._tag(token)

    def finish(self) -> None:
        """No token is left: the page's title becomes the first of the further sections."""
        if self._around is not None:
            self._around[0].take_in(self._gather)
            self._gather, self._around = self._around[0], None
        if self._title:
            self._gather.extra.insert(0, ("prose", self._title))

    def _other(self, token: Token) -> None:
        inside = self._source[token.start : token.end]
        if _BLOCK_COMMENT.match(inside):
            self._extra(script_sections(self._source, token.start, token.end))
            return
        begin = token.start + (4 if inside.startswith("<!--") else 0)
        end = token.end - (3 if inside.endswith("-->") and token.end - 3 >= begin else 0)
        if re.search(r"\w", self._source[begin:end]) and not inside.lower().startswith("<!doctype"):
            kind = "prose" if _WORDS.search(inside) else "attribute"
            self._extra([(kind, decoded(self._source, begin, end, _IN_COMMENT, _uncommented))])

    def _tag(self, token: Token) -> None:
        opens = token.kind == "start"
        if token.name in known()["blocks"]:
            self._gather.paragraph()
        elif token.name in known()["breaks"]:
            self._gather.line()
        if token.name == "pre":
            self._pre = max(0, self._pre + (1 if opens else -1))
        if token.name in ("script", "style", "title"):
            self._raw = token.name if opens else ""
        if opens:
            self._extra(attribute_sections(self._source, token))
        if opens and token.name in known()["struck"] and self._around is None:
            end = _end_of_struck(self._source, token)
            if end is not None:
                self._around = self._gather, end
                self._gather = Gather()

    def _text(self, start: int, end: int) -> None:
        if self._raw == "script":
            self._extra(script_sections(self._source, start, end))
        elif self._raw != "style":
            pieces = self._placed(decoded(self._source, start, end, _ENTITY_OR_BLANKS, self._decode))
            if self._raw == "title":
                self._title.extend(pieces)
            else:
                self._gather.text(pieces)

    def _extra(self, found: Iterable[Found]) -> None:
        self._gather.extra.extend((kind, self._placed(pieces)) for kind, pieces in found)

    def _decode(self, written: str) -> str:
        if written.startswith("&"):
            return html.unescape(written)
        return written if self._pre else " "


def _end_of_struck(source: str, opening: Token) -> int | None:
    """Where the end tag of struck text begins; None where a block begins before it or nothing closes it."""
    closing = re.compile(rf"</{opening.name}\s*>", re.IGNORECASE).search(source, opening.end)
    if closing is None:
        return None
    tags = (match[1].lower() for match in _TAG.finditer(source, opening.end, closing.start()))
    return None if any(tag in known()["blocks"] for tag in tags) else closing.start()


def _uncommented(written: str) -> str:
    if written.startswith("&"):
        return html.unescape(written)
    return " " if written.strip("</> \t\r\n").lower() in known()["blocks"] else ""
