"""What stands in a document's file, read with the standard library alone: not with the readers under test.

A name counts as found wherever a reader, a search engine or a curious person would find it: in the text,
split over tags, entities, emphasis or runs; in an attribute, a comment, a script, an address, a property.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

_NOT_SEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_EMPHASIS = re.compile(r"[*`~]+")
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt"),
        *("embed", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header"),
        *("hr", "html", "img", "li", "main", "nav", "ol", "p", "section", "table", "tbody", "td", "th"),
        *("thead", "title", "tr", "ul"),
    ]
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*+"')


@dataclass(frozen=True)
class Read:
    """`raw` is each text as it is written, `seen` each paragraph that is shown, `hidden` everything else."""

    raw: tuple[str, ...]
    seen: tuple[str, ...]
    hidden: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every text in which a name could be found."""
        return self.raw + self.seen + self.hidden


def read_document(name: str, data: bytes) -> Read:
    """The texts of a file called `name`. Raises ValueError when it is not what it is called."""
    if name.endswith(".docx"):
        return _read_docx(data)
    text = decode(data)
    if name.endswith(".json"):
        strings = list(values(json.loads(text)))
        pages = [_Page(string) for string in strings]
        raw = (text, *strings)
    else:
        pages = [_Page(text)]
        raw = (text,)
    seen = tuple(paragraph for page in pages for paragraph in page.seen)
    hidden = tuple(string for page in pages for string in page.hidden)
    return Read(tuple(unicodedata.normalize("NFC", string) for string in raw), seen, hidden)


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, with or without a byte-order mark, or in Windows-1252."""
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return data.decode("cp1252")


def shown(text: str) -> str:
    """A text as readers see it: without tags, entities, emphasis and characters that have no width."""
    return "\n".join(_Page(text).seen)


def values(node: object) -> Iterator[str]:
    """Every string in parsed JSON that is not a key, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)


def markup(text: str) -> tuple[list[str], Counter[str]]:
    """The start tags of a text with the names of their attributes, and how many of each element are open."""
    page = _Page(text)
    return page.starts, page.tags


def members(data: bytes) -> dict[str, bytes]:
    """The files in an Office document by name. Raises ValueError when it is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise ValueError("no archive") from error


def paragraphs(xml: bytes) -> list[ElementTree.Element]:
    """The paragraphs of one file of an Office document. Raises ValueError for XML that is broken."""
    return list(_parsed(xml).iter(f"{WORD}p"))


def text_of(paragraph: ElementTree.Element) -> str:
    """What a reader sees of a paragraph with all tracked changes accepted."""
    signs = {f"{WORD}br": "\n", f"{WORD}tab": "\t", f"{WORD}noBreakHyphen": "-"}
    pieces = (
        element.text or "" if element.tag == f"{WORD}t" else signs.get(element.tag, "")
        for element in paragraph.iter()
    )
    return normal("".join(pieces))


def normal(text: str) -> str:
    """Composed, without characters of no width, blanks as spaces (line ends stay), one sort of hyphen."""
    text = _NOT_SEEN.sub("", unicodedata.normalize("NFC", text)).replace("\u2011", "-")
    return re.sub(r"[^\S\r\n]", " ", text)


class _Page(HTMLParser):
    """A text read as HTML and, in what is between tags, as Markdown; a text with neither is itself."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden: list[str] = []
        self.starts: list[str] = []
        self.tags: Counter[str] = Counter()
        self._pieces: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()
        whole = _EMPHASIS.sub("", normal("".join(self._pieces)))
        self.seen = [paragraph for paragraph in whole.split("\0") if paragraph.strip()]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if "@" in tag or tag.startswith(("http:", "https:")):  # an address that Markdown makes a link
            self._pieces.append(f" {tag} ")
            return
        self.starts.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.tags[tag] += 1
        self._pieces.append("\0" if tag in _BLOCKS else "")
        self._inside = tag if tag in ("script", "style") else ""
        for _, value in attrs:
            self.hidden += [normal(value), normal(unquote(value))] if value else []

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.tags[tag] -= 1

    def handle_endtag(self, tag: str) -> None:
        self.tags[tag] -= 1
        self._pieces.append("\0" if tag in _BLOCKS else "")
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.hidden.append(normal(data))
        else:
            self._pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden.append(normal(data))

    def handle_decl(self, decl: str) -> None:
        self.hidden.append(normal(decl))

    unknown_decl = handle_decl
    handle_pi = handle_decl


def _read_docx(data: bytes) -> Read:
    raw: list[str] = []
    seen: list[str] = []
    hidden: list[str] = []
    for name, content in members(data).items():
        if not name.endswith((".xml", ".rels")):
            continue
        raw.append(normal(content.decode()))
        root = _parsed(content)
        seen += [text for text in map(text_of, root.iter(f"{WORD}p")) if text.strip()]
        for element in root.iter():
            hidden += [normal(unquote(value)) for value in element.attrib.values()]
            if element.text and element.tag != f"{WORD}t":
                hidden.append(normal(unquote(element.text)))
        hidden += [normal("".join(_before_changes(paragraph))) for paragraph in root.iter(f"{WORD}p")]
    return Read(tuple(raw), tuple(seen), tuple(hidden))


def _before_changes(element: ElementTree.Element) -> Iterator[str]:
    """What stood in a paragraph before the tracked changes in it."""
    if element.tag in (f"{WORD}t", f"{WORD}delText"):
        yield element.text or ""
    elif element.tag != f"{WORD}ins":
        for child in element:
            yield from _before_changes(child)


def _parsed(xml: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise ValueError("broken XML") from error
