"""The spaCy component that reads what a copy is about into `doc._.subjects`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from recognizers.harm.lexicon import load_categories
from recognizers.harm.likeness import SubjectLikeness
from recognizers.harm.page import Unit
from recognizers.harm.subjects import find_subjects
from recognizers.helplines.registry import load_registry
from recognizers.model import People, Reading, Support

if TYPE_CHECKING:
    from recognizers.harm.lexicon import Lexicon

_WARNING = re.compile(r"\A\W*content warning:[^\n]*", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADS = frozenset({"headline", "title", "standfirst", "subtitle", "seo_title"})
_HEADING_MAX = 140
_LEAD = 3  # prose units after the headline that open the piece


class SubjectsComponent:
    """Sets `doc._.subjects`. Support blocks and an earlier run's own warning are not read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._likeness = SubjectLikeness()
        self._topics = {line.id: line.topics for line in load_registry().helplines}

    def __call__(self, doc: Doc) -> Doc:
        copy = doc.text  # spaCy joins it anew each time it is asked for
        text = _without(copy, _unread(doc, copy))
        units = list(_units(doc, text, self._lexicon.furniture))
        people: People = doc._.people
        help_for = self._help_for(doc._.support)
        doc._.subjects = find_subjects(text, units, self._lexicon, people, self._likeness, help_for)
        return doc

    def _help_for(self, support: Support) -> frozenset[str]:
        """The helplines that the copy sends readers to, by id, and the topics that they suit."""
        ids = {helpline for helpline, _, _ in support.mentions}
        ids |= {helpline for block in support.blocks for helpline in block.helplines}
        return frozenset(ids).union(*(self._topics.get(helpline, ()) for helpline in ids))


@Language.factory("safeguard_subjects", default_config={"extra_paths": []}, assigns=["doc._.subjects"])
def make_subjects(nlp: Language, name: str, extra_paths: Sequence[str]) -> SubjectsComponent:
    """Build the component; `extra_paths` are a newsroom's category files (schema: categories.yaml)."""
    for extension, default in (
        ("reading", Reading()),
        ("support", Support()),
        ("people", People()),
        ("subjects", ()),
    ):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    return SubjectsComponent(load_categories(extra_paths))


def _unread(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    reading: Reading = doc._.reading
    support: Support = doc._.support
    for block in support.blocks:
        yield block.start, block.end
    for segment in reading.segments:
        if segment.kind != "prose":
            yield segment.start, segment.end
    starts = [s.start for s in reading.segments] or [0]
    for start in starts:
        match = _WARNING.match(text[start : start + 600])
        if match:
            yield start, start + match.end()


def _without(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """The text with the characters of `spans` blanked, so that every offset stays."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _units(doc: Doc, text: str, furniture: Sequence[re.Pattern[str]]) -> Iterator[Unit]:
    """Sentences, cut at line ends too: a headline without a full stop is no part of the first sentence."""
    reading: Reading = doc._.reading
    heads = [(s.start, s.end) for s in reading.segments if s.part in _HEADS]
    prose = 0
    spans = []
    for start, stop in _sentences(doc, len(text)):
        for line in _LINE.findall(text, start, stop):
            end = start + len(line)
            if line.strip() and not any(pattern.match(line) for pattern in furniture):
                spans.append((start, end))
            start = end
    top = _heading_end(text, spans)
    for start, end in spans:
        if any(a <= start < b for a, b in heads) if heads else start < top:
            yield Unit(start, end, "headline")
        else:
            prose += 1
            yield Unit(start, end, "lead" if prose <= _LEAD else "")


def _sentences(doc: Doc, length: int) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends; read off the arrays, because walking `doc.sents` costs a third."""
    marks = doc.to_array(["IDX", "SENT_START"]).tolist()
    starts = [idx for place, (idx, mark) in enumerate(marks) if mark == 1 or place == 0]
    yield from pairwise([*starts, length])


def _heading_end(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the first line ends if it looks like a headline (it may hold several sentences); else 0."""
    if len(spans) < 2:
        return 0
    start = spans[0][0]
    end = text.find("\n", start + 1)
    return end if end > 0 and _looks_like_a_heading(text, start, end) else 0


def _looks_like_a_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    rest = text[end : end + 2]
    return (
        len(line) <= _HEADING_MAX
        and not line.endswith((".", ":", "”", '"'))
        and ("\n" in text[start:end] or "\n" in rest)
    )
