"""The texts in one XML file of a Word document: paragraphs over all their runs, and what attributes hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import Any

from recognizers.vocabulary import load_vocabulary
from safeguard.documents.xml_source import Tag, attributes_of, pieces_in, tokens_in
from safeguard.formats.pieces import Piece

_LETTER = re.compile(r"[^\W\d_]")
_TYPED = re.compile(r"<\S*note\s[^>]*type=")
_GONE = frozenset({"del", "moveFrom"})
_NEW = frozenset({"ins", "moveTo"})


@dataclass(frozen=True, slots=True)
class WordText:
    """One text: its part, its place in words, and the pieces of the XML file that it is made of.

    A piece that has no length there is read and cannot be changed.
    """

    part: str
    path: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Holder:
    """An element that holds text of a run: its start tag, and where its text ends."""

    start: int
    inner: int
    end: int


@dataclass(slots=True)
class _Paragraph:
    part: str
    path: str
    shown: list[Piece] = field(default_factory=list)
    before: list[Piece] = field(default_factory=list)
    codes: list[Piece] = field(default_factory=list)
    has_deleted: bool = False

    def show(self, piece: Piece, *, new: bool) -> None:
        """A piece that is shown, and that a tracked change put in when it is `new`."""
        self.shown.append(piece)
        if not new:
            self.before.append(Piece(piece.start, piece.start, piece.text))

    def delete(self, piece: Piece) -> None:
        """A piece that a tracked change took out. It is read in the paragraph as it was."""
        self.before.append(piece)
        self.has_deleted = True


@dataclass(slots=True)
class _Scope:
    path: tuple[str, ...]
    seen: Counter[str] = field(default_factory=Counter)


class TextReader:
    """Reads one XML file of a Word document. `label` tells files of a kind apart in paths ("header 2").

    `texts` are all in order; `holders` the elements that hold text, in order of place. `first` and `last` are
    where a first and a last paragraph of the document would go, None in any other file than the main one.
    `others` is the part of text that is in no paragraph; without it such text is left out.
    """

    def __init__(self, source: str, label: str = "", others: str = "") -> None:
        self._others = others
        self.texts: list[WordText] = []
        self.holders: list[Holder] = []
        self.first: int | None = None
        self.last: int | None = None
        self._source = source
        self._words = word_fields()
        self._stack: list[Tag] = []
        self._scopes = [_Scope((label,) if label else ())]
        self._paragraphs: list[_Paragraph] = []
        self._boxes = 0
        for tag in tokens_in(source):
            if tag.kind == "text":
                self._text(tag)
            elif tag.kind == "end":
                self._end(self._stack.pop(), tag)
            else:
                self._start(tag)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        inside = self._stack[-1].name if self._stack else ""
        self._attributes(tag)
        if name in self._words["characters"] and inside == "r" and self._paragraphs:
            self._put(Piece(tag.start, tag.end, self._words["characters"][name]))
        number = 0
        if name == "p" or name in self._words["names"]:
            called = "paragraph" if name == "p" else self._words["names"][name]
            # The lines that part notes from the page are notes of a type.
            self._scopes[-1].seen[called] += not _TYPED.search(self._source, tag.start, tag.end)
            number = self._scopes[-1].seen[called]
        if name == "sectPr" and inside == "body":
            self.last = tag.start
        if tag.kind == "empty":
            return
        self._stack.append(tag)
        path = self._scopes[-1].path
        if name == "p":
            root = self._stack[0].name
            part = "text_boxes" if self._boxes else self._words["paragraphs"].get(root, "drawings")
            self._paragraphs.append(_Paragraph(part, " > ".join([*path, f"paragraph {number}"])))
        elif name in self._words["names"] and len(self._stack) > 1:
            self._scopes.append(_Scope((*path, f"{self._words['names'][name]} {number}")))
        elif name == "txbxContent":
            self._boxes += 1
            outer = (self._paragraphs[-1].path,) if self._paragraphs else path
            self._scopes.append(_Scope((*outer, "text box")))
        elif name == "body" and inside == "document":
            self.first = tag.end

    def _end(self, opened: Tag, tag: Tag) -> None:
        name = opened.name
        if name == "p" and self._paragraphs:
            self._finish(self._paragraphs.pop())
        elif name == "txbxContent":
            self._boxes -= 1
            self._scopes.pop()
        elif name in self._words["names"] and self._stack:
            self._scopes.pop()
        elif name == "body" and self.first is not None and self.last is None:
            self.last = tag.start
        if name in ("t", "delText", "instrText"):
            self.holders.append(Holder(opened.start, opened.end, tag.start))

    def _text(self, tag: Tag) -> None:
        if not self._stack:
            return
        name = self._stack[-1].name
        pieces = pieces_in(self._source, tag.start, tag.end)
        if self._paragraphs and name in ("instrText", "delInstrText"):
            self._paragraphs[-1].codes.extend(pieces)
        elif self._paragraphs and name in ("t", "delText"):
            for piece in pieces:
                self._put(piece)
        elif _LETTER.search(self._source, tag.start, tag.end):
            part = self._words["properties"].get(name, self._others)
            if part:
                self.texts.append(WordText(part, " > ".join([*self._scopes[-1].path, name]), tuple(pieces)))

    def _put(self, piece: Piece) -> None:
        # As far as the innermost paragraph: a text box in a deleted run is no deleted text of its own.
        around = [tag.name for tag in takewhile(lambda tag: tag.name != "p", reversed(self._stack))]
        if _GONE.intersection(around):
            self._paragraphs[-1].delete(piece)
        else:
            self._paragraphs[-1].show(piece, new=bool(_NEW.intersection(around)))

    def _finish(self, paragraph: _Paragraph) -> None:
        for part, path, pieces in (
            (paragraph.part, paragraph.path, paragraph.shown),
            ("deleted", f"{paragraph.path} > deleted", paragraph.before if paragraph.has_deleted else []),
            ("fields", f"{paragraph.path} > field", paragraph.codes),
        ):
            if any(piece.text.strip() for piece in pieces):
                self.texts.append(WordText(part, path, tuple(pieces)))

    def _attributes(self, tag: Tag) -> None:
        wanted = self._words["attributes"].get(tag.name)
        if wanted is None:
            return
        for name, start, end in attributes_of(self._source, tag):
            if name in wanted and _LETTER.search(self._source, start, end):
                where = self._paragraphs[-1].path if self._paragraphs else " > ".join(self._scopes[-1].path)
                path = f"{where} > {tag.name} @{name}" if where else f"{tag.name} @{name}"
                self.texts.append(WordText(wanted[name], path, tuple(pieces_in(self._source, start, end))))


@cache
def word_fields() -> Mapping[str, Any]:
    """The lists of word_fields.yaml."""
    return dict(load_vocabulary("safeguard.documents", "word_fields.yaml"))
