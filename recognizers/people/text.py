"""The reading text made easy to match: straight quotes, sentences, words. Offsets never change."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from recognizers.model import Reading, Segment

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
# A full stop behind these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sgt|Insp|Supt|Det|Rev|Cllr|Capt|Lt|Col|Gen|No|Jr|Snr|vs|v|etc|e\.g|i\.e|a\.m|p\.m|approx)|\b[A-Z])\.$"
)
_BOUNDARY = re.compile(r"[.!?…][\"')\]]*(?=\s+[\"'(\[]*[^\W\d_a-zß-ÿ]|\s+[\"'(\[]*\d|\s*\n|\s*$)|\n+")
WORD = re.compile(r"[^\W\d_](?:\w|['-](?=\w))*")
_UNBROKEN = re.compile(r"[\w-]+")
_APOSTROPHES = re.compile(r"[\w-]+(?:'[\w-]+)+")
_ADDRESS = re.compile(r"[@#][\w.]+|\S+@\S+|\bhttps?://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)+/\S*")
_MOST_PARTS = 4
# What may stand in front of the first word of a sentence.
_OPENING = " \"'([*-•\t"


@dataclass(frozen=True)
class ReadableText:
    """One copy as the people stage reads it.

    `clean` has straight quotes and plain hyphens, of the same length as `text`; `sentences` are (start, end)
    in order; a sentence never crosses a line break.
    """

    text: str
    reading: Reading

    @cached_property
    def clean(self) -> str:
        return self.text.translate(_STRAIGHT)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        spans: list[tuple[int, int]] = []
        start = 0
        for match in _BOUNDARY.finditer(self.clean):
            if match[0][0] != "\n" and _ABBREVIATION.search(
                self.clean, max(start, match.start() - 8), match.start() + 1
            ):
                continue
            end = match.start() if match[0][0] == "\n" else match.end()
            if self.clean[start:end].strip():
                spans.append((start, end))
            start = match.end()
        if self.clean[start:].strip():
            spans.append((start, len(self.clean)))
        return tuple(spans)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """Which sentence holds `offset` (the one before, when it lies between two); -1 with no sentence."""
        return bisect_right(self._sentence_starts, offset) - 1 if self.sentences else -1

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Span of the sentence that holds `offset`; the whole text when there is none."""
        index = self.sentence_index(offset)
        return self.sentences[index] if index >= 0 else (0, len(self.text))

    def opens_sentence(self, offset: int) -> bool:
        """Whether nothing but quotes and spaces stands between the sentence's start and `offset`."""
        start, _ = self.sentence_at(offset)
        # A glance at the first characters settles nearly every case, however long the sentence is.
        return not self.clean[start : min(offset, start + 8)].strip(_OPENING) and not self.clean[
            start:offset
        ].strip(_OPENING)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.clean))]

    def line_at(self, offset: int) -> tuple[int, int]:
        """Span of the line that holds `offset`, without its line break."""
        index = bisect_right(self._line_starts, offset) - 1
        last = index + 1 >= len(self._line_starts)
        return self._line_starts[index], len(self.clean) if last else self._line_starts[index + 1] - 1

    @cached_property
    def _quotes(self) -> list[int]:
        return [match.start() for match in re.finditer('"', self.clean)]

    def quotation_at(self, offset: int) -> tuple[int, int] | None:
        """Where the quotation marks around `offset` stand; None outside quotations.

        A mark opens or closes by its place in its line. An end without a closing mark is -1.
        """
        line, _ = self.line_at(offset)
        place = bisect_left(self._quotes, offset)
        if (place - bisect_left(self._quotes, line)) % 2 == 0:
            return None
        return self._quotes[place - 1], self._quotes[place] if place < len(self._quotes) else -1

    @cached_property
    def _small_words(self) -> frozenset[str]:
        # A name stands small in a handle or a link without being a word.
        words = _ADDRESS.sub(" ", self.clean)
        joined = (
            "'".join(parts[first:last])
            for match in _APOSTROPHES.finditer(words)
            for parts in (match[0].split("'"),)
            for first in range(len(parts))
            for last in range(first + 2, min(first + _MOST_PARTS, len(parts)) + 1)
        )
        return frozenset(_UNBROKEN.findall(words)).union(joined)

    def writes_small(self, word: str) -> bool:
        """Whether the copy also has `word` without its capital: then it is a word, and nobody's name."""
        return word.lower() in self._small_words

    @cached_property
    def _shouted_lines(self) -> dict[int, bool]:
        return {}

    def in_capitals(self, offset: int) -> bool:
        """Whether the line that holds `offset` is written in capitals, as headlines and crossheads are."""
        start, end = self.line_at(offset)
        shouted = self._shouted_lines.get(start)
        if shouted is None:
            letters = [c for c in self.clean[start:end] if c.isalpha()]
            shouted = len(letters) > 8 and sum(c.isupper() for c in letters) > 0.75 * len(letters)
            self._shouted_lines[start] = shouted
        return shouted

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [segment.start for segment in self.reading.segments]

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that holds `offset`, if the copy has segments."""
        index = bisect_right(self._segment_starts, offset) - 1
        if index < 0:
            return None
        segment = self.reading.segments[index]
        return segment if offset < segment.end else None

    def is_prose(self, offset: int) -> bool:
        """Whether `offset` lies in running text rather than in a slug, file name or link."""
        segment = self.segment_at(offset)
        return segment is None or segment.kind in ("prose", "tags")
