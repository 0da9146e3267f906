"""XML cut into tokens with their place, so that it can be edited and never written anew."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.parsers import expat

from safeguard.errors import CopyError
from safeguard.formats.html_sections import ENTITY
from safeguard.formats.pieces import Piece, decoded

_TOKEN = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>|[^<]+""",
    re.DOTALL,
)
_NAME = re.compile(r"</?(?:[^\s/>:]+:)?([^\s/>:]+)")
_ATTRIBUTE = re.compile(r"""\s(?:[^\s=/>:]+:)?([^\s=/>:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A token: `start:end` of the source. `name` is an element's, without its prefix; "" for text."""

    kind: Literal["start", "empty", "end", "text"]
    start: int
    end: int
    name: str = ""


def read_xml(data: bytes, name: str) -> str:
    """The text of an XML file. Raises CopyError for what is no XML, and for XML that no office writes.

    That is a declaration of types, which can make a small file endless, and CDATA.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartCdataSectionHandler = _refuse
    try:
        parser.Parse(data, True)
        source = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except (expat.ExpatError, UnicodeDecodeError, _RefusedError):
        raise CopyError(
            f"{name} is damaged: it holds XML that cannot be read. Save it again and retry."
        ) from None
    return source


def tokens_in(source: str) -> Iterator[Tag]:
    """Tags and text of well-formed XML in order; comments and instructions are left out."""
    for match in _TOKEN.finditer(source):
        start, end = match.span()
        if source[start] != "<":
            yield Tag("text", start, end)
        elif source[start + 1] not in "!?":
            found = _NAME.match(source, start)
            kind: Literal["start", "empty", "end"] = "start"
            if source[start + 1] == "/":
                kind = "end"
            elif source[end - 2] == "/":
                kind = "empty"
            yield Tag(kind, start, end, found[1] if found else "")


def attributes_of(source: str, tag: Tag) -> Iterator[tuple[str, int, int]]:
    """Name (without its prefix) and place of the value of every attribute of a start tag."""
    for match in _ATTRIBUTE.finditer(source, tag.start, tag.end):
        group = 2 if match[2] is not None else 3
        yield match[1], *match.span(group)


def pieces_in(source: str, start: int, end: int) -> list[Piece]:
    """Text or the value of an attribute in pieces, entities read."""
    return decoded(source, start, end, ENTITY, html.unescape)


def escaped(text: str) -> str:
    """`text` as it stands in XML, between tags and between quotation marks."""
    return html.escape(text, quote=True).replace("&#x27;", "&apos;")


class _RefusedError(Exception):
    pass


def _refuse(*_: object) -> None:
    raise _RefusedError
