"""Tokens of HTML with their true place in the source, however broken it is: the standard library's parser."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal


@dataclass(frozen=True, slots=True)
class Token:
    """`start:end` of the source: text, a start or end tag, or other markup (comments, declarations)."""

    kind: Literal["text", "start", "end", "other"]
    start: int
    end: int
    name: str = ""


def tokens_of(source: str) -> list[Token]:
    """All of the source in order, without gaps; what no tag can be made of is text or other markup."""
    parser = _Parser(source)
    parser.feed(source)
    parser.close()
    return parser.finish()


class _Parser(HTMLParser):
    """Notes where each event begins; a token ends where the next begins."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._lines = [0]
        at = source.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = source.find("\n", at + 1)
        self._last_close = source.rfind(">")
        self._events: list[tuple[int, str, str, int]] = []

    def _here(self) -> int:
        """Offset in the source of what the parser has just read."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _note(self, kind: str, name: str = "", length: int = 0) -> None:
        self._events.append((self._here(), kind, name, length))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("start", tag, len(self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("start", tag, len(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        start = self._here()
        close = self._source.find(">", start)
        self._note("end", tag, close + 1 - start if close >= 0 else 0)

    def handle_data(self, data: str) -> None:
        self._note("text", "", len(data))

    def handle_entityref(self, name: str) -> None:
        self._note_reference(len("&") + len(name))

    def handle_charref(self, name: str) -> None:
        self._note_reference(len("&#") + len(name))

    def _note_reference(self, length: int) -> None:
        """Its own length, or the markup that the parser passes over behind it ("&a</>b") would be text."""
        self._note("text", "", length + self._source.startswith(";", self._here() + length))

    def handle_comment(self, data: str) -> None:
        self._note("other")

    def handle_decl(self, decl: str) -> None:
        self._note("other")

    def handle_pi(self, data: str) -> None:
        self._note("other")

    def unknown_decl(self, data: str) -> None:
        self._note("other")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """As the library does; what it refuses ("<![x") is a comment up to its ">", as in browsers."""
        try:
            return int(super().parse_marked_section(i, report))
        except AssertionError:
            self._note("other")
            close = self._source.find(">", i)
            return close + 1 if close >= 0 else len(self._source)

    def parse_starttag(self, i: int) -> int:
        """As the library does, which would look for the end of every unfinished tag anew."""
        return int(super().parse_starttag(i)) if i <= self._last_close else -1

    def parse_comment(self, i: int, report: bool = True) -> int:
        """As the library does; a comment that nothing closes is one to the end, as in browsers."""
        return self._to_the_end(int(super().parse_comment(i, report)))

    def parse_html_declaration(self, i: int) -> int:
        """As the library does; one that nothing closes reaches to the end."""
        return self._to_the_end(int(super().parse_html_declaration(i)))

    def parse_pi(self, i: int) -> int:
        """As the library does; one that nothing closes reaches to the end."""
        return self._to_the_end(int(super().parse_pi(i)))

    def _to_the_end(self, end: int) -> int:
        if end >= 0:
            return end
        self._note("other")
        return len(self._source)

    def finish(self) -> list[Token]:
        """The events as tokens; neighbouring text is one token."""
        tokens: list[Token] = []
        bounds = [event[0] for event in self._events]
        if not bounds or bounds[0] > 0:
            self._events.insert(0, (0, "other", "", 0))
            bounds.insert(0, 0)
        for start, kind, name, length in self._events:
            following = bisect_right(bounds, start)
            end = bounds[following] if following < len(bounds) else len(self._source)
            if tokens and start < tokens[-1].end:
                continue
            self._put(tokens, kind, start, start + length if 0 < length < end - start else end, name)
            if tokens and tokens[-1].end < end:
                # The parser passed over it in silence: an unfinished tag, say. It is looked at all the same.
                self._put(tokens, "other", tokens[-1].end, end, "")
        return tokens

    @staticmethod
    def _put(tokens: list[Token], kind: str, start: int, end: int, name: str) -> None:
        if start >= end:
            return
        if kind == "text" and tokens and tokens[-1].kind == "text" and tokens[-1].end == start:
            tokens[-1] = Token("text", tokens[-1].start, end)
        else:
            tokens.append(Token(kind, start, end, name))  # type: ignore[arg-type]
