"""Cutting a stretch of copy into the units a support block is made of: sentences that never cross a line.

Copy arrives with its credits glued on and its addresses full of stops, so this knows lines, list items, glue
("0800 1111Featured Image Credit") and abbreviations; a tagger's sentences know none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from recognizers.helplines.contacts import Contact, ContactFinder, Name
from recognizers.helplines.words import BlockWords

# A line ends where a line does, and where markup that was not read as such begins or ends a block.
_BREAK = re.compile(
    r"[\n\r\u2028\u2029]+|</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li"
    r"|main|ol|p|section|table|td|th|tr|ul)\b[^<>\n]*>",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…][\"”’')\]*_]*(?=\s+[\"“'‘(\[*_•·–—-]{0,3}[A-Z0-9])")
_GLUED_STOP = re.compile(r"(?<=[a-z\d)])[.!?][\"”’)]?(?=[A-Z][a-z’']+[ ,])")
_GLUED_DIGIT = re.compile(r"(?<=\d)(?=[A-Z][a-z]+ ?[A-Za-z:])")
_MARKER = re.compile(r"(?:[-*•·▪●►–—>#]|\d{1,2}[.)])\s+|\s+")
_LAST_WORD = re.compile(r"([A-Za-z.]+)\.$")
_CLOCK_END = re.compile(r"\d ?[ap]\.m\.$", re.IGNORECASE)
_SOFT_WRAP = 50


@dataclass(frozen=True, slots=True)
class Sentence:
    """One unit with what was found in it. `line` numbers the lines; `alone` means it fills one."""

    start: int
    end: int
    line: int
    alone: bool
    names: tuple[Name, ...] = field(default=())
    contacts: tuple[Contact, ...] = field(default=())


def split(text: str, start: int, end: int, words: BlockWords) -> list[Sentence]:
    """The units of text[start:end], in order, without white space or list markers at their edges."""
    found: list[Sentence] = []
    for number, (line_start, line_end) in enumerate(_lines(text, start, end)):
        cuts = _cuts(text, line_start, line_end, words)
        pieces = [_trimmed(text, a, b) for a, b in zip([line_start, *cuts], [*cuts, line_end], strict=True)]
        pieces = [(a, b) for a, b in pieces if a < b]
        found += [Sentence(a, b, number, len(pieces) == 1) for a, b in pieces]
    return found


def scan(text: str, start: int, end: int, finder: ContactFinder, words: BlockWords) -> list[Sentence]:
    """The units of text[start:end] with the names and contacts that stand in each."""
    stretch = text[start:end]
    names = [Name(n.start + start, n.end + start, n.key) for n in finder.names(stretch)]
    contacts = [
        Contact(c.kind, c.start + start, c.end + start, c.value, c.ids, c.retired)
        for c in finder.contacts(stretch)
    ]
    filled: list[Sentence] = []
    first_name = first_contact = 0
    for unit in split(text, start, end, words):
        inside_contacts = []
        while first_contact < len(contacts) and contacts[first_contact].start < unit.end:
            if contacts[first_contact].start >= unit.start:
                inside_contacts.append(contacts[first_contact])
            first_contact += 1
        inside_names = []
        while first_name < len(names) and names[first_name].start < unit.end:
            name = names[first_name]
            first_name += 1
            if name.start >= unit.start and not any(
                c.start < name.end and name.start < c.end for c in inside_contacts
            ):
                inside_names.append(name)
        filled.append(
            Sentence(unit.start, unit.end, unit.line, unit.alone, tuple(inside_names), tuple(inside_contacts))
        )
    return filled


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Lines; a long one that goes on in lower case or in digits was only wrapped, and is joined."""
    lines: list[tuple[int, int]] = []
    for line_start, line_end in _between_breaks(text, start, end):
        if not text[line_start:line_end].strip():
            continue
        if lines:
            before_start, before_end = lines[-1]
            tail, head = text[before_end - 1], text[line_start]
            in_words = (tail.isalpha() or tail == ",") and head.islower()
            wrapped = in_words or (tail.isdigit() and head.isdigit())
            long_enough = before_end - before_start >= _SOFT_WRAP
            if wrapped and long_enough and line_start - before_end == 1:
                lines[-1] = (before_start, line_end)
                continue
        lines.append((line_start, line_end))
    return lines


def _between_breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _BREAK.finditer(text, start, end):
        yield position, match.start()
        position = match.end()
    yield position, end


def _cuts(text: str, start: int, end: int, words: BlockWords) -> list[int]:
    cuts = {
        match.end() for match in _END.finditer(text, start, end) if _ends(text, start, match.end(), words)
    }
    for match in _GLUED_STOP.finditer(text, start, end):
        cuts.add(match.end())
    for match in _GLUED_DIGIT.finditer(text, start, end):
        cuts.add(match.start())
    for match in words.glue.finditer(text, start, end):
        cuts.add(match.start())
    return sorted(cut for cut in cuts if start < cut < end)


def _ends(text: str, start: int, stop: int, words: BlockWords) -> bool:
    """Whether the mark before `stop` ends a sentence rather than an abbreviation, an initial or a time."""
    head = text[max(start, stop - 16) : stop]
    if _CLOCK_END.search(head):
        following = text[stop : stop + 24].split()
        return not (following and following[0].strip(",.;:()").lower() in words.days)
    last = _LAST_WORD.search(head)
    if last is None:
        return True
    word = last.group(1)
    return word not in words.abbreviations and not (len(word) == 1 and word.isupper() and word != "I")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (match := _MARKER.match(text, start, end)) and match.end() > start:
        start = match.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
