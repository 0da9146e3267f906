"""Markdown read: markdown-it tells the blocks, and each is followed to its lines in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it.token import Token

from safeguard.formats import html_tokens
from safeguard.formats.front_matter import front_matter
from safeguard.formats.gather import Gather
from safeguard.formats.html_reader import HtmlReader
from safeguard.formats.lines import Content, Lines
from safeguard.formats.markdown_inline import (
    WRITTEN,
    Env,
    Sign,
    Target,
    definition,
    label_key,
    parser,
    target,
    trace,
    unescaped,
)
from safeguard.formats.markdown_tables import cell_content, row_cells, row_of
from safeguard.formats.markdown_visible import MarkdownVisible, Pair, Zone
from safeguard.formats.pieces import Piece, decoded

# What may stand before a block on its first line: quote marks, bullets, numbers, a footnote's label.
_OPENING = re.compile(r"(?:[ \t>]|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]+\]:)*")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_BLANKS = re.compile(r"[ \t]*[\t\n][ \t]*| {2,}")
_BREAK = re.compile(r"\n")


def read_markdown(source: str) -> MarkdownVisible:
    """The text that a reader of the page sees, then front matter, addresses, titles, comments as sections."""
    return _Reader(source).read()


class _Reader:
    """Goes through the blocks in order."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._gather = Gather()
        self._pairs: list[Pair] = []
        self._zones: list[Zone] = []
        self._env: Env = {}
        self._named: list[tuple[Content, tuple[int, int], str]] = []
        self._shown: set[str] = set()

    def read(self) -> MarkdownVisible:
        matter = front_matter(self._source)
        for value in matter.values:
            self._extra(value.kind, value.pieces, value.style)
        start = matter.end or (1 if self._source.startswith("\ufeff") else 0)
        self._lines = Lines(self._source, start)
        tokens = parser().parse(self._source[start:], self._env)
        for number, token in enumerate(tokens):
            self._block(token, tokens, number)
        self._labels()
        self._zones.sort(key=lambda zone: (zone.start, -zone.end))
        found = self._gather.finish()
        return replace(
            MarkdownVisible.of(found.runs, found.sections, self._source, found.markup),
            pairs=tuple(sorted(self._pairs, key=lambda pair: (pair.start, -pair.end))),
            zones=tuple(self._zones),
            labels=frozenset(self._env.get("references", ())),
        )

    def _block(self, token: Token, tokens: Sequence[Token], number: int) -> None:
        first, last = token.map or (0, 0)
        if token.type == "inline":
            opener = tokens[number - 1]
            if opener.type not in ("th_open", "td_open") and token.content:
                closing = "#" if opener.markup.startswith("#") else ""
                self._paragraph(self._lines.content(token.content, first, last, closing), first, last)
        elif token.type == "tr_open":
            self._row(first, [t.content for t in row_of(tokens, number)])
        elif token.type in ("fence", "code_block"):
            self._code(token, first, last)
        elif token.type == "html_block":
            self._html(self._lines.content(token.content.removesuffix("\n"), first, last), first, last)
        elif token.type == "definition":
            content = self._defining(str(token.meta["label"]), first, last)
            if content is not None:
                self._definition(content, str(token.meta["label"]))
        elif token.type == "footnote_reference_open":
            self._footnote(first)

    def _paragraph(self, content: Content | None, first: int, last: int) -> None:
        self._gather.paragraph()
        if content is None:
            self._raw(first, last)
        else:
            self._inline(content)

    def _raw(self, first: int, last: int) -> None:
        """Lines that cannot be followed are read as they stand: better a mark too many than a word missed."""
        for number in range(first, last):
            start, text = self._lines.place(number), self._lines.text(number)
            self._gather.line()
            self._gather.text([Piece(start, start + len(text), text)] if text else [])

    def _row(self, number: int, cells: Sequence[str]) -> None:
        found = row_cells(self._lines.text(number), cells)
        if found is None:
            self._paragraph(None, number, number + 1)
            return
        place = self._lines.place(number)
        for start, end in found:
            self._gather.paragraph()
            content = cell_content(self._lines.text(number), start, end, place)
            self._zones.append(Zone(place + start, place + end, "cell"))
            self._inline(content)

    def _code(self, token: Token, first: int, last: int) -> None:
        fenced = token.type == "fence"
        if fenced and re.search(r"\w", token.info):
            end = self._lines.place(first) + len(self._lines.text(first))
            self._extra("attribute", [Piece(end - len(token.info), end, token.info)], "code")
        text = token.content.removesuffix("\n")
        self._gather.paragraph()
        if text:
            content = self._lines.content(text, first + fenced, last)
            if content is None:
                self._raw(first, last)
            else:
                pieces = decoded(content.text, 0, len(content.text), _BREAK, lambda _: "\n")
                self._gather.text(content.placed(pieces))
                self._zone(content, 0, len(content.text), "code")
        self._gather.paragraph()

    def _html(self, content: Content | None, first: int, last: int) -> None:
        self._gather.paragraph()
        if content is None:
            self._raw(first, last)
            return
        reader = HtmlReader(content.text, self._gather, content.placed)
        for token in html_tokens.tokens_of(content.text):
            reader.take(token)
        reader.finish()
        self._zone(content, 0, len(content.text), "html")
        self._gather.paragraph()

    def _inline(self, content: Content) -> None:
        text = content.text
        reader = HtmlReader(text, self._gather, content.placed)
        opened: list[Sign] = []
        around: Gather | None = None
        done = 0
        for sign in trace(text, self._env):
            if sign.start < done:
                continue
            self._text(content, done, sign.start)
            done = sign.end
            if sign.text == "\n":
                self._gather.line()
            elif sign.kind in ("break", "escape", "entity"):
                self._gather.text(content.placed([Piece(sign.start, sign.end, sign.text)]))
            elif sign.kind == "html":
                for token in html_tokens.tokens_of(text[sign.start : sign.end]):
                    start, end = sign.start + token.start, sign.start + token.end
                    reader.take(html_tokens.Token(token.kind, start, end, token.name))
                self._zone(content, sign.start, sign.end, "html")
            elif sign.kind == "open":
                opened.append(sign)
                self._mark(content, sign.start, sign.end)
                if sign.text == "s" and around is None:
                    around, self._gather = self._gather, Gather()
            elif sign.kind == "close":
                self._close(content, sign, opened)
                if sign.text == "s" and around is not None and not any(o.text == "s" for o in opened):
                    around.take_in(self._gather)
                    self._gather, around = around, None
            else:
                self._bracketed(content, sign)
        self._text(content, done, len(text))
        reader.finish()
        if around is not None:
            around.take_in(self._gather)
            self._gather = around

    def _text(self, content: Content, start: int, end: int) -> None:
        self._gather.text(content.placed(decoded(content.text, start, end, _BLANKS, lambda _: " ")))

    def _close(self, content: Content, sign: Sign, opened: list[Sign]) -> None:
        self._mark(content, sign.start, sign.end)
        while opened and opened[-1].text != sign.text:
            opened.pop()
        if not opened:
            return
        opening = opened.pop()
        start, inner = content.span(opening.start, opening.end)
        inner_end, end = content.span(sign.start, sign.end)
        self._pairs.append(Pair(sign.text, start, inner, inner_end, end))
        if sign.text == "code":
            self._zone(content, sign.inner, sign.inner_end, "code")
        elif sign.text == "link":
            self._target(content, sign, target(content.text, sign.start, sign.end))

    def _bracketed(self, content: Content, sign: Sign) -> None:
        """A picture, a footnote or a reference to one: what stands in its brackets is read by itself."""
        self._mark(content, sign.start, sign.inner)
        self._mark(content, sign.inner_end, sign.end)
        if sign.kind == "footnote":
            inside = self._decoded(content, sign.inner, sign.inner_end)
            self._extra("anchor", content.placed(inside), "footnote")
            return
        outer, self._gather = self._gather, Gather()
        self._inline(content.part(sign.inner, sign.inner_end))
        outer.take_in(self._gather)
        self._gather = outer
        if sign.kind == "image":
            self._target(content, sign, target(content.text, sign.inner_end, sign.end))

    def _target(self, content: Content, sign: Sign, found: Target) -> None:
        if found.address is not None:
            self._address(content, found)
        elif found.label is not None:
            self._named.append((content, found.label, label_key(content.text[slice(*found.label)])))
        elif not content.text.startswith("](", sign.inner_end):
            self._shown.add(label_key(content.text[sign.inner : sign.inner_end]))
            self._zone(content, sign.inner, sign.inner_end, "shown")

    def _address(self, content: Content, found: Target) -> None:
        if found.address is not None:
            start, end = found.address
            kind = "url"
            if content.text.startswith("#", start):
                kind, start = "anchor", start + 1
            self._extra(kind, content.placed(self._decoded(content, start, end)), "address")
        if found.title is not None:
            self._extra("prose", content.placed(self._decoded(content, *found.title)), "title")

    def _defining(self, label: str, first: int, last: int) -> Content | None:
        """The lines that define a label, from its bracket on."""
        lines = [self._lines.text(number) for number in range(first, last)]
        opening = _OPENING.match(lines[0])
        starts = [opening.end() if opening else 0]
        starts += [len(line) - len(line.lstrip(" \t>")) for line in lines[1:]]
        text = "\n".join(line[start:] for line, start in zip(lines, starts, strict=True))
        if not text.startswith(f"[{label}]:"):
            self._paragraph(None, first, last)
            return None
        offsets = [0]
        for line, start in zip(lines, starts, strict=True):
            offsets.append(offsets[-1] + len(line) - start + 1)
        places = [self._lines.place(first + number) + start for number, start in enumerate(starts)]
        return Content(text, offsets[:-1], places)

    def _definition(self, content: Content, label: str) -> None:
        self._named.append((content, (1, 1 + len(label)), label_key(label)))
        self._address(content, definition(content.text, len(label) + 3, len(content.text)))

    def _labels(self) -> None:
        """Labels that readers see as a link's text are read as text, the others as anchors."""
        for content, (start, end), key in self._named:
            kind = "prose" if key in self._shown else "anchor"
            self._extra(kind, content.placed(self._decoded(content, start, end)), "label")

    def _footnote(self, number: int) -> None:
        line = self._lines.text(number)
        opening = re.compile(r"(?:[ \t>]|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))*").match(line)
        found = _FOOTNOTE.match(line, opening.end() if opening else 0)
        if found is not None:
            place = self._lines.place(number)
            self._extra("anchor", [Piece(place + found.start(1), place + found.end(1), found[1])], "footnote")

    def _decoded(self, content: Content, start: int, end: int) -> list[Piece]:
        return decoded(content.text, start, end, WRITTEN, unescaped)

    def _extra(self, kind: str, pieces: list[Piece], style: str) -> None:
        if pieces:
            self._gather.extra.append((kind, pieces))
            self._zones.append(Zone(pieces[0].start, pieces[-1].end, style))

    def _zone(self, content: Content, start: int, end: int, style: str) -> None:
        if start < end:
            self._zones.append(Zone(*content.span(start, end), style))

    def _mark(self, content: Content, start: int, end: int) -> None:
        if start < end:
            self._gather.mark(*content.span(start, end))
