"""The spaCy component that reads what a copy is about into `doc._.subjects`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from recognizers.harm.evidence import Unit
from recognizers.harm.lexicon import load_categories
from recognizers.harm.subjects import find_subjects
from recognizers.model import People, Reading, Support

if TYPE_CHECKING:
    from recognizers.harm.lexicon import Lexicon

_WARNING = re.compile(r"\A\W*content warning:[^\n]*", re.IGNORECASE)
_HEADS = frozenset({"headline", "title", "standfirst", "subtitle", "seo_title"})
_HEADING_MAX = 140
_LEAD = 3  # prose units after the headline that open the piece


class SubjectsComponent:
    """Sets `doc._.subjects`. Support blocks and an earlier run's own warning are not read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        text = _without(doc.text, _unread(doc))
        units = list(_units(doc, text))
        people: People = doc._.people
        doc._.subjects = find_subjects(text, units, self._lexicon, people)
        return doc


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


def _unread(doc: Doc) -> Iterator[tuple[int, int]]:
    reading: Reading = doc._.reading
    support: Support = doc._.support
    for block in support.blocks:
        yield block.start, block.end
    for segment in reading.segments:
        if segment.kind != "prose":
            yield segment.start, segment.end
    starts = [s.start for s in reading.segments] or [0]
    for start in starts:
        match = _WARNING.match(doc.text[start : start + 600])
        if match:
            yield start, start + match.end()


def _without(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """The text with the characters of `spans` blanked, so that every offset stays."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _units(doc: Doc, text: str) -> Iterator[Unit]:
    """Sentences, cut at line ends too: a headline without a full stop is no part of the first sentence."""
    reading: Reading = doc._.reading
    heads = [(s.start, s.end) for s in reading.segments if s.part in _HEADS]
    prose = 0
    spans = []
    for sentence in doc.sents:
        start = sentence.start_char
        for line in re.split(r"(?<=\n)", text[sentence.start_char : sentence.end_char]):
            end = start + len(line)
            if line.strip():
                spans.append((start, end))
            start = end
    for number, (start, end) in enumerate(spans):
        if heads:
            heading = any(a <= start < b for a, b in heads)
        else:
            heading = number == 0 and len(spans) > 1 and _looks_like_a_heading(text, start, end)
        if heading:
            yield Unit(start, end, "headline")
        else:
            prose += 1
            yield Unit(start, end, "lead" if prose <= _LEAD else "")


def _looks_like_a_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end].strip()
    rest = text[end : end + 2]
    return (
        len(line) <= _HEADING_MAX
        and not line.endswith((".", ":", "”", '"'))
        and ("\n" in text[start:end] or "\n" in rest)
    )
