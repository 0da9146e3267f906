"""Word documents (.docx): what is copy in them, and edits put into their runs.

Only the XML of the files that hold an edited text changes, and only there: styles, pictures and everything
else come out as they went in. python-docx would write every file anew, and does not know footnotes, deleted
text or fields.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from safeguard.documents import PartEdit, Parts
from safeguard.documents.json_source import spliced
from safeguard.documents.word_text import Holder, TextReader, WordText, word_fields
from safeguard.documents.xml_source import attributes_of, escaped, pieces_in, read_xml, tokens_in
from safeguard.errors import CopyError
from safeguard.formats.pieces import Piece

ZIP = b"PK\x03\x04"

_BODY = "body"
_FOLDERS = ("word/", "docProps/", "customXml/")
_NUMBER = re.compile(r"\d+(?=\.xml$)")
# Packed XML is many times shorter, and XML many times longer than the text in it.
_UNPACKED = 10
# What an address becomes that must go: an empty one would make Word take the file for damaged.
_NO_ADDRESS = "#"
_BREAK = '</{0}t><{0}br/><{0}t xml:space="preserve">'
_PARAGRAPH = '<{0}p><{0}r><{0}t xml:space="preserve">', "</{0}t></{0}r></{0}p>"

Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Member:
    """One XML file of the document: its source, and the elements that hold its text."""

    source: str
    encoding: str
    holders: Sequence[Holder] = ()


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a paragraph would go that is not there yet; `prefix` is that of the elements around it."""

    at: int
    prefix: str


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word document and the copy in it.

    `places` has the file in the document that each text is in, and its pieces there, by part and item.
    """

    data: bytes
    parts: Parts
    paths: Mapping[str, str | list[str]]
    places: Mapping[tuple[str, int | None], tuple[str, WordText | _Room]]
    members: Mapping[str, _Member]
    source: str | None = field(default=None, init=False)

    @property
    def formats(self) -> Mapping[str, str]:
        """All plain text: a "<" in a document is a sign like any other."""
        return dict.fromkeys(self.parts, "text")

    def offsets(self, part: str, index: int | None) -> Sequence[int]:
        """Raises KeyError: a document is no text file."""
        raise KeyError(part, index)

    def rewrite(self, edits: Iterable[PartEdit]) -> bytes:
        """The document with the edits in its runs."""
        wanted: dict[tuple[str, int | None], list[PartEdit]] = {}
        for edit in edits:
            wanted.setdefault((edit.part, edit.index), []).append(edit)
        changes: dict[str, list[Change]] = {}
        for key, each in wanted.items():
            name, place = self.places[key]
            changes.setdefault(name, []).extend(
                _inserted(place, each)
                if isinstance(place, _Room)
                else _changes(self.members[name].source, place, each)
            )
        return _written(
            self.data, {name: _edited(self.members[name], done) for name, done in changes.items()}
        )


def read_word(data: bytes, name: str, limit: int) -> WordFile:
    """Read the bytes of a .docx, whose XML may have ten times `limit` bytes.

    Every part is a list, and the first and last text of the body are empty: paragraphs that are not there
    yet. Raises CopyError, one sentence, for any other file, one that is damaged, has no text or is too large.
    """
    sources = _sources(data, name, limit)
    found: dict[str, list[tuple[str, WordText]]] = {}
    members: dict[str, _Member] = {}
    rooms: list[tuple[str, _Room]] = []
    for member, source in sources.items():
        if member.endswith(".rels"):
            texts: Sequence[WordText] = _links(source.source)
            members[member] = source
        else:
            reader = TextReader(
                source.source, _label(member), "" if member.startswith("word/") else "properties"
            )
            texts = reader.texts
            members[member] = _Member(
                source.source, source.encoding, tuple(sorted(reader.holders, key=_start))
            )
            if reader.first is not None and reader.last is not None and not rooms:
                prefix = _prefix(source.source)
                rooms = [(member, _Room(at, prefix)) for at in (reader.first, reader.last)]
        for text in texts:
            found.setdefault(text.part, []).append((member, text))
    if not rooms:
        raise CopyError(
            f"{name} is an Office document but not a Word document; save the article as .docx or as text."
        )
    if not found:
        raise CopyError(f"{name} has no text: there is nothing to check.")
    parts: Parts = {}
    paths: dict[str, str | list[str]] = {}
    places: dict[tuple[str, int | None], tuple[str, WordText | _Room]] = {}
    for part in word_fields()["parts"]:
        here: list[tuple[str, str, str, WordText | _Room]] = [
            (text.text, text.path, member, text) for member, text in found.get(part, ())
        ]
        if part == _BODY:
            (first, head), (last, tail) = rooms
            here = [
                ("", "before paragraph 1", first, head),
                *here,
                ("", "after the last paragraph", last, tail),
            ]
        if here:
            parts[part] = [text for text, _, _, _ in here]
            paths[part] = [path for _, path, _, _ in here]
            places |= {(part, number): (member, place) for number, (_, _, member, place) in enumerate(here)}
    return WordFile(data, parts, paths, places, members)


def _start(holder: Holder) -> int:
    return holder.start


def _sources(data: bytes, name: str, limit: int) -> dict[str, _Member]:
    """The XML files that may hold copy, the main one first."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limit * _UNPACKED:
                raise CopyError(
                    f"{name} unpacks to more than {limit * _UNPACKED / 1_000_000:g} MB; split it, or raise "
                    "the limit (max_bytes in the settings)."
                )
            if archive.testzip() is not None or len(set(archive.namelist())) < len(members):
                raise zipfile.BadZipFile
            wanted = [m.filename for m in members if m.filename.endswith((".xml", ".rels"))]
            files = {member: archive.read(member) for member in wanted if member.startswith(_FOLDERS)}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, OSError):
        raise CopyError(
            f"{name} is a zip archive or an Office document that cannot be opened; if it is locked with a "
            "password, save it without one."
        ) from None
    order = sorted(files, key=lambda f: (f != "word/document.xml", not f.startswith("word/"), f))
    read = {}
    for member in order:
        utf16 = files[member][:2] in (b"\xff\xfe", b"\xfe\xff")
        read[member] = _Member(read_xml(files[member], name), "utf-16" if utf16 else "utf-8")
    return read


def _label(member: str) -> str:
    """What the texts of a file are called in paths, where there are several files of a kind: "header 2"."""
    stem = _NUMBER.sub("", PurePosixPath(member).stem + ".xml").removesuffix(".xml")
    number = _NUMBER.search(member)
    return f"{stem} {number[0]}" if number else "" if stem in word_fields()["paragraphs"] else stem


def _links(source: str) -> list[WordText]:
    """Addresses outside the document that something in it points to."""
    links: list[WordText] = []
    for tag in tokens_in(source):
        spans = {name: (start, end) for name, start, end in attributes_of(source, tag)}
        if "Target" in spans and source[slice(*spans.get("TargetMode", (0, 0)))] == "External":
            number = len(links) + 1
            links.append(WordText("links", f"link {number}", tuple(pieces_in(source, *spans["Target"]))))
    return [link for link in links if re.search(r"\w", link.text)]


def _prefix(source: str) -> str:
    opened = re.search(r"<([^\s/>:]+:)?body\b", source)
    return (opened and opened[1]) or ""


def _inserted(room: _Room, edits: Sequence[PartEdit]) -> list[Change]:
    before, after = (half.format(room.prefix) for half in _PARAGRAPH)
    lines = "\n".join(edit.text for edit in edits).strip().splitlines()
    text = _BREAK.format(room.prefix).join(map(escaped, lines))
    return [(room.at, room.at, f"{before}{text}{after}")]


def _changes(source: str, text: WordText, edits: Sequence[PartEdit]) -> list[Change]:
    """Edits of one text as changes of the XML: the new words go where the first of the old ones stood."""
    changes: list[Change] = []
    if text.part == "links" and [(e.start, e.end, e.text) for e in edits] == [(0, len(text.text), "")]:
        return [(text.pieces[0].start, text.pieces[-1].end, _NO_ADDRESS)]
    for edit in edits:
        covered = list(_covered(source, text.pieces, edit.start, edit.end))
        home = next((stretch for stretch in covered if source[stretch[0]] != "<"), None)
        changes += ((start, end, "") for start, end in covered if (start, end) != home)
        if home is not None:
            changes.append((*home, escaped(edit.text)))
        elif edit.text and (covered or edit.start == edit.end):
            changes.append(_put(source, text.pieces, edit))
    return changes


def _covered(source: str, pieces: Sequence[Piece], start: int, end: int) -> Iterable[tuple[int, int]]:
    """The stretches of XML that `start:end` of a text stands in."""
    offset = 0
    for piece in pieces:
        first, last = max(start - offset, 0), min(end - offset, len(piece.text))
        offset += len(piece.text)
        if first < last and piece.start < piece.end:
            exact = source[piece.start : piece.end] == piece.text
            yield (piece.start + first, piece.start + last) if exact else (piece.start, piece.end)


def _put(source: str, pieces: Sequence[Piece], edit: PartEdit) -> Change:
    """New words where none stood: in a text that ends or begins there, else in one of their own."""
    offset, element, tag = 0, pieces[0].start, pieces[0].start
    for piece in pieces:
        until = offset + len(piece.text)
        at = piece.start if edit.start == offset else piece.end
        if offset <= edit.start <= until and piece.start < piece.end:
            if source[piece.start] != "<":
                exact = source[piece.start : piece.end] == piece.text
                at = piece.start + edit.start - offset if exact else at
                return at, at, escaped(edit.text)
            element, tag = at, piece.start
        offset = until
    opened = re.compile(r"<([^\s/>:]+:)?").match(source, tag)
    prefix = (opened and opened[1]) or ""
    return element, element, f'<{prefix}t xml:space="preserve">{escaped(edit.text)}</{prefix}t>'


def _edited(member: _Member, changes: Sequence[Change]) -> bytes:
    """The file with the changes; where a text begins or ends in a blank now, the blank is to be kept."""
    source = member.source
    starts = [holder.start for holder in member.holders]
    touched: dict[int, list[Change]] = {}
    for change in changes:
        index = bisect_right(starts, change[0]) - 1
        if index >= 0 and change[1] <= member.holders[index].end:
            touched.setdefault(index, []).append(change)
    kept = []
    for index, inside in touched.items():
        holder = member.holders[index]
        moved = [(start - holder.inner, end - holder.inner, text) for start, end, text in inside]
        text = spliced(source[holder.inner : holder.end], moved)
        if text != text.strip() and "xml:space" not in source[holder.start : holder.inner]:
            kept.append((holder.inner - 1, holder.inner - 1, ' xml:space="preserve"'))
    return spliced(source, [*changes, *kept]).encode(member.encoding)


def _written(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with the changed files in place of the old ones."""
    if not changed:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for member in old.infolist():
            new.writestr(member, changed.get(member.filename, old.read(member)), member.compress_type)
    return out.getvalue()
