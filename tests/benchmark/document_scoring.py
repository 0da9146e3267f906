"""What `process` would write of a document, held against what its annotations expect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree import ElementTree

from document_reading import (
    STRING,
    Read,
    decode,
    markup,
    members,
    paragraphs,
    read_document,
    shown,
    text_of,
    values,
)
from matching import count_exact, leaks
from sample_files import Expectation

# Where a text falls into pieces that are judged one by one: an edit in one must leave the others alone.
_PIECE = re.compile(
    r"\r?\n|(?<=</p>)|(?<=</li>)|(?<=</h1>)|(?<=</h2>)|(?<=</div>)|(?<=-->)|(?<=<br />)|(?<=/>)"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_SIGN = re.compile(r'""|[{}\[\],:]|\s+|[^\s{}\[\],:"]+')
_SHOWN = 60

# A kind of `scoring.SENTENCES`, the string that it names, whether all is well.
Judged = tuple[str, str, bool]


def judge_document(name: str, source: bytes, safe: bytes, expect: Expectation) -> Iterator[Judged]:
    """Every check of the bytes `safe` that came of the file `source`, both called `name`."""
    try:
        old, new = read_document(name, source), read_document(name, safe)
    except ValueError as error:
        yield "broken", type(error).__name__, False
        return
    supported = (*expect.support, *map(shown, expect.support))
    for string in expect.gone:
        yield "leak", string, not any(leaks(string, _without(supported, text)) for text in new.all)
    for string in expect.kept:
        yield "lost", string, _count(string, old) == _count(string, new)
    if name.endswith(".docx"):
        yield from _office(source, safe, expect)
    else:
        yield from _text(name, source, safe, expect)


def _count(string: str, read: Read) -> int:
    return sum(count_exact(string, text) for text in (*read.seen, *read.hidden))


def _without(blocks: Sequence[str], text: str) -> str:
    for block in blocks:
        text = text.replace(block, "\n")
    return text


def _text(name: str, source: bytes, safe: bytes, expect: Expectation) -> Iterator[Judged]:
    old, new = decode(source), decode(safe)
    olds, news = [old], [new]
    if name.endswith(".json"):
        olds, news = list(values(json.loads(old))), list(values(json.loads(new)))
    for string in expect.support:
        yield "support", string, any(string in text for text in news)
    changed = [_first_changed(olds, news, expect)]
    if name.endswith(".json"):
        changed += [_structure(old, new), _first_lost(STRING.findall(old), new, expect)]
    if expect.verdict == "pass" and source != safe:
        changed.append("a byte of a file that is left alone")
    if _line_ends(olds) and _line_ends(olds) != _line_ends(news):
        changed.append("line ends")
    yield _touched(changed)
    yield _broken(olds, news)


def _broken(olds: Sequence[str], news: Sequence[str]) -> Judged:
    (before, old), (after, new) = markup("\n".join(olds)), markup("\n".join(news))
    new.subtract(old)
    wrong = [tag for tag, count in new.items() if count]
    rest = iter(after)
    wrong += [start for start in before if start not in rest]
    return "broken", ", ".join(wrong)[:_SHOWN], not wrong


def _line_ends(texts: Sequence[str]) -> set[str]:
    return {end for text in texts for end in _LINE_END.findall(text)}


def _touched(changed: Sequence[str]) -> Judged:
    first = next((string for string in changed if string), "")
    return "touched", first[:_SHOWN], not first


def _first_changed(olds: Sequence[str], news: Sequence[str], expect: Expectation) -> str:
    """The first piece of a text that holds nothing that must go and is not in the new texts, in order."""
    whole = "\0".join(news)
    return _first_lost([piece for text in olds for piece in _PIECE.split(text)], whole, expect)


def _first_lost(pieces: Sequence[str], new: str, expect: Expectation) -> str:
    at = 0
    for piece, free in zip(pieces, _free(pieces, expect), strict=True):
        if not free:
            continue
        found = new.find(piece, at)
        if found < 0:
            return piece
        at = found + len(piece)
    return ""


def _free(pieces: Sequence[str], expect: Expectation) -> list[bool]:
    """For each piece whether nothing in it, and nothing that it is the beginning or end of, must go."""
    if not pieces:
        return []
    free = [not _holds(piece, expect) for piece in pieces]
    over = [
        left and right and _holds(f"{first} {second}", expect)
        for (first, second), (left, right) in zip(pairwise(pieces), pairwise(free), strict=True)
    ]
    return [
        alone and not before and not after
        for alone, before, after in zip(free, [False, *over], [*over, False], strict=True)
    ]


def _holds(piece: str, expect: Expectation) -> bool:
    if piece.startswith('"') and STRING.fullmatch(piece):
        piece = str(json.loads(piece))
    read = read_document("", piece.encode())
    return any(leaks(string, text) for string in expect.gone for text in read.all)


def _structure(old: str, new: str) -> str:
    """The first sign of a JSON file outside its strings that is not in the new one, in order."""
    rest = iter(_SIGN.findall(STRING.sub('""', new)))
    return next((sign for sign in _SIGN.findall(STRING.sub('""', old)) if sign not in rest), "")


def _office(source: bytes, safe: bytes, expect: Expectation) -> Iterator[Judged]:
    old, new = members(source), members(safe)
    blocks = [(text_of(p), _written(p)) for p in paragraphs(old["word/document.xml"])]
    after = {_written(p) for p in paragraphs(new["word/document.xml"])}
    for string in expect.support:
        yield "support", string, any(text == string and xml in after for text, xml in blocks)
    changed = [_changed_member(name, old[name], new.get(name), expect) for name in old]
    if expect.verdict == "pass" and old != new:
        changed.append("a file that is left alone")
    yield _touched(changed)


def _changed_member(name: str, old: bytes, new: bytes | None, expect: Expectation) -> str:
    """What of a file in an Office document was changed that had to stay; its properties may be."""
    if old == new or (new is not None and name.startswith("docProps/") and name.endswith(".xml")):
        return ""
    if new is None or not name.endswith((".xml", ".rels")):
        return f"the file {name}"
    before, after = ([_written(p) for p in paragraphs(content)] for content in (old, new))
    if not before and not _holds(old.decode(), expect):
        return f"the file {name}"
    return _first_lost(before, "".join(after), expect)


def _written(paragraph: ElementTree.Element) -> str:
    return ElementTree.tostring(paragraph, encoding="unicode")
