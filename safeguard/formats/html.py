"""HTML as content systems and word processors make it, edited in place and never written anew.

What a reader sees is one text, the first section; attributes, comments and the strings of scripts follow it
as sections of their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache

from safeguard.formats.characters import read_characters
from safeguard.formats.html_sections import ENTITY, attribute_sections, known, script_sections
from safeguard.formats.html_tokens import Token, tokens_of
from safeguard.formats.pieces import Piece, decoded, runs_of
from safeguard.formats.plain import line_ending
from safeguard.formats.visible import Run, Section, Visible
from safeguard.redaction.edits import Edit

_ENTITY_OR_BLANKS = re.compile(rf"{ENTITY.pattern}|[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*| {{2,}}")
_OPENED = re.compile(r"<[A-Za-z][^<>]*>[ \t]*$")
_CLOSED = re.compile(r"</[A-Za-z][^<>]*>")
# Behind so many characters a "<" opens no tag that is looked at.
_LONGEST_TAG = 2000
_OPENERS = ("article", "main", "body")
_BREAK = "\n\n"
# Before and after the value of an attribute that is written without quotes, and what must not stand in it.
_EQUALS = re.compile(r"\s*=\s*$")
_LONGEST_GAP = 20
_AFTER_BARE = re.compile(r"\s|/?>|$")
_NOT_IN_BARE = re.compile(r"[\s=`]")
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:")
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")


class Html:
    """The format of web pages and rich-text fields."""

    def read(self, source: str) -> Visible:
        """Text with paragraph breaks where blocks begin and end, then each further section."""
        reader = _Reader(source)
        for token in tokens_of(source):
            reader.take(token)
        return reader.finish()

    def replace(self, visible: Visible, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """Edits between the tags inside the span: the tags stay, `text` goes where the span begins."""
        section = visible.section_at(start)
        quoted = section is not None and section is not visible.sections[0]
        written = html.escape(text, quote=quoted)
        bare = _bare(visible.source, section) if quoted and section is not None else None
        if section is not None and bare is not None:
            ends = _AFTER_BARE.match(visible.source, section.source_end)
            whole = ends is not None and (start, end) == (section.start, section.end)
            if whole and not text:
                # Quotes with nothing in them would be fitted away; a name without a value is as empty.
                return (Edit(bare, section.source_end, ""),)
            written = f'"{written}"' if whole else _NOT_IN_BARE.sub(_as_entity, written)
        edits: list[Edit] = []
        for first, last in visible.pieces(start, end):
            edits.append(Edit(first, last, written))
            written = ""
        return tuple(edits)

    def protected(self, source: str, start: int, end: int) -> tuple[int, int]:
        """The span with the start tags right before it and the end tags right after it."""
        while (opened := _OPENED.search(source[max(0, start - _LONGEST_TAG) : start])) is not None:
            start -= len(opened[0])
        while (closed := _CLOSED.match(source, end)) is not None:
            end = closed.end()
        return start, end

    def note_before(self, source: str, text: str) -> Edit:
        """A note as the first element of the article, main part or body; else of the whole."""
        place = 1 if source.startswith("\ufeff") else 0
        tokens = tokens_of(source)
        for name in _OPENERS:
            opening = next((t for t in tokens if t.kind == "start" and t.name == name), None)
            if opening is not None:
                place = opening.end
                break
        return Edit(place, place, _element(source, text, "content-warning") + line_ending(source))

    def note_after(self, source: str, text: str) -> Edit:
        """A note as the last element of the article, main part or body; else of the whole."""
        place = len(source.rstrip())
        tokens = tokens_of(source)
        for name in _OPENERS:
            closing = [t for t in tokens if t.kind == "end" and t.name == name]
            if closing:
                place = closing[0 if name == "article" else -1].start
                break
        return Edit(
            place, place, line_ending(source) + _element(source, text, "support") + line_ending(source)
        )


def looks_like_html(source: str) -> bool:
    """Whether the source has a tag that only HTML has."""
    return _markup().search(source) is not None


@cache
def _markup() -> re.Pattern[str]:
    names = "|".join(sorted(known()["blocks"] | known()["inline"], key=len, reverse=True))
    return re.compile(rf"<(?:!--|!doctype\b|/?(?:{names})(?=[\s/>])[^<>]*>)", re.IGNORECASE)


def _element(source: str, text: str, name: str) -> str:
    eol = line_ending(source)
    inner = f"<br>{eol}".join(html.escape(line, quote=False) for line in text.strip("\r\n").splitlines())
    element = f'<p role="note" class="{name}">{inner}</p>'
    # A block editor takes what stands in no block for damage.
    return f"<!-- wp:html -->{eol}{element}{eol}<!-- /wp:html -->" if "<!-- wp:" in source else element


def _bare(source: str, section: Section) -> int | None:
    """Where the equals sign stands before the value of an attribute without quotes; None for any other."""
    begin = section.source_start
    sign = _EQUALS.search(source, max(0, begin - _LONGEST_GAP), begin)
    return None if sign is None else sign.start()


def _as_entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


class _Reader:
    """Gathers the text and the sections while the tokens go by."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: Mapping[str, frozenset[str]] = known()
        self._body: list[Piece] = []
        self._title: list[Piece] = []
        self._extra: list[tuple[str, list[Piece]]] = []
        self._pending = ""
        self._raw = ""
        self._pre = 0

    def take(self, token: Token) -> None:
        if token.kind == "text":
            self._text(token.start, token.end)
        elif token.kind == "other":
            self._other(token)
        else:
            self._tag(token)

    def _other(self, token: Token) -> None:
        inside = self._source[token.start : token.end]
        if _BLOCK_COMMENT.match(inside):
            self._extra.extend(script_sections(self._source, token.start, token.end))
            return
        begin = token.start + (4 if inside.startswith("<!--") else 0)
        end = token.end - (3 if inside.endswith("-->") and token.end - 3 >= begin else 0)
        if re.search(r"\w", self._source[begin:end]) and not inside.lower().startswith("<!doctype"):
            kind = "prose" if _WORDS.search(inside) else "attribute"
            self._extra.append((kind, [Piece(begin, end, self._source[begin:end])]))

    def _tag(self, token: Token) -> None:
        opens = token.kind == "start"
        if token.name in self._known["blocks"]:
            self._pending = _BREAK
        elif token.name in self._known["breaks"]:
            self._pending = self._pending or "\n"
        if token.name == "pre":
            self._pre = max(0, self._pre + (1 if opens else -1))
        if token.name in ("script", "style", "title"):
            self._raw = token.name if opens else ""
        if opens:
            self._extra.extend(attribute_sections(self._source, token))

    def _text(self, start: int, end: int) -> None:
        if self._raw == "script":
            self._extra.extend(script_sections(self._source, start, end))
        elif self._raw == "title":
            for piece in self._decoded(start, end):
                self._title.append(piece)
        elif self._raw != "style":
            for piece in self._decoded(start, end):
                self._add(piece)

    def _decoded(self, start: int, end: int) -> list[Piece]:
        return decoded(self._source, start, end, _ENTITY_OR_BLANKS, self._decode)

    def _decode(self, written: str) -> str:
        if written.startswith("&"):
            return html.unescape(written)
        return written if self._pre else " "

    def _add(self, piece: Piece) -> None:
        blank = piece.text.isspace()
        if blank and (self._pending or not self._body or self._body[-1].text[-1:].isspace()):
            return
        if self._pending and self._body:
            self._body.append(Piece(piece.start, piece.start, self._pending))
        self._pending = ""
        self._body.append(piece)

    def finish(self) -> Visible:
        sections: list[Section] = []
        runs: list[Run] = []
        length = 0
        if self._title:
            self._extra.insert(0, ("prose", self._title))
        for kind, pieces in (("prose", self._body), *self._extra):
            read = read_characters("".join(piece.text for piece in pieces))
            if not read.text.strip():
                if not sections:
                    sections.append(Section(0, 0, kind, 0, 0))
                continue
            if runs:
                runs.append(Run(pieces[0].start, pieces[0].start, _BREAK, exact=False))
                length += len(_BREAK)
            runs.extend(runs_of(pieces, read))
            sections.append(Section(length, length + len(read.text), kind, pieces[0].start, pieces[-1].end))
            length += len(read.text)
        return Visible.of(runs, sections, self._source)
