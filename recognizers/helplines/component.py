"""The pipeline component `safeguard_support`: leaves a `Support` on `doc._.support`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from recognizers.helplines.attribution import Attribution
from recognizers.helplines.belief import believed
from recognizers.helplines.blocks import BlockFinder
from recognizers.helplines.contacts import ContactFinder
from recognizers.helplines.index import HelplineRegistry
from recognizers.helplines.registry import helpline_from, load_registry
from recognizers.helplines.sentences import Sentence, scan, split
from recognizers.helplines.verification import Checker
from recognizers.helplines.words import load_words
from recognizers.model import HelplineProblem, Reading, Segment, Support, SupportBlock

_EMERGENCY = "emergency"
_BRACKET = re.compile(r"\([^()\n]{1,120}\)")


class SupportDetector:
    """Finds support blocks, helpline mentions and wrong numbers in text; safe to share between threads."""

    def __init__(self, registry: HelplineRegistry | None = None) -> None:
        self.registry = registry or load_registry()
        self._words = load_words()
        self._finder = ContactFinder(self.registry, self._words)
        self._checker = Checker(self.registry, self._words)
        self._attribution = Attribution(self._words)
        self._blocks = BlockFinder(self.registry, self._words, self._attribution)

    def detect(self, text: str, segments: Sequence[Segment] = ()) -> Support:
        """All that `text` says of helplines; a block never crosses a segment. Offsets count code points."""
        stretches = [(s.start, s.end) for s in segments if s.kind == "prose"]
        if not segments:
            stretches = [(0, len(text))]
        found = [self._detect_in(text, start, end) for start, end in stretches]
        return Support(
            blocks=tuple(block for support in found for block in support.blocks),
            mentions=tuple(mention for support in found for mention in support.mentions),
            problems=tuple(problem for support in found for problem in support.problems),
        )

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.support` from the text of the doc and the segments of `doc._.reading`."""
        reading: Reading = doc._.reading
        doc._.support = self.detect(doc.text, reading.segments)
        return doc

    def _detect_in(self, text: str, start: int, end: int) -> Support:
        sentences = scan(text, start, end, self._finder, self._words)
        if not any(sentence.names or sentence.contacts for sentence in sentences):
            return Support()
        sentences = believed(text, sentences, self._attribution)
        ranges = self._blocks.find(text, sentences)
        inside = {index for first, last in ranges for index in range(first, last + 1)}
        spans = [(sentences[first].start, sentences[last].end) for first, last in ranges]
        spans += self._bracketed(text, sentences, inside)
        mentions: list[tuple[str, int, int]] = []
        problems: list[HelplineProblem] = []
        for index, sentence in enumerate(sentences):
            results = self._checker.check(text, sentences, index, inside=index in inside)
            mentions += [(n.key.ids[0], n.start, n.end) for n in sentence.names]
            mentions += [(r.helpline, r.start, r.end) for r in results if r.status == "ok" and r.helpline]
            problems += [r.problem for r in results if r.problem is not None]
        mentions = self._named_as_reached(sentences, sorted(mentions, key=lambda m: (m[1], m[2])))
        blocks = [SupportBlock(a, b, self._helplines(mentions, problems, a, b)) for a, b in sorted(spans)]
        return Support(tuple(blocks), tuple(mentions), tuple(problems))

    def _bracketed(self, text: str, sentences: Sequence[Sentence], inside: set[int]) -> list[tuple[int, int]]:
        """A helpline's number in brackets within a story: the brackets, and the name before them."""
        found = []
        for index, sentence in enumerate(sentences):
            if index in inside or not sentence.contacts:
                continue
            for bracket in _BRACKET.finditer(text, sentence.start, sentence.end):
                reached = [
                    c for c in sentence.contacts if bracket.start() < c.start and c.end < bracket.end()
                ]
                ids = [i for c in reached for i in c.ids]
                if not any(self.registry.by_id(i).support for i in ids):
                    continue
                names = [n for n in sentence.names if n.end <= bracket.end()]
                beside = [n for n in names if text[n.end : bracket.start()].isspace()]
                within = [n for n in names if n.start > bracket.start()]
                if within or beside:
                    found.append((beside[-1].start if beside else bracket.start(), bracket.end()))
        return found

    def _named_as_reached(
        self, sentences: Sequence[Sentence], mentions: list[tuple[str, int, int]]
    ) -> list[tuple[str, int, int]]:
        """Names that several helplines share ("Rape Crisis") mean the one whose number stands beside them."""
        keys = {(n.start, n.end): (n.key.ids, s) for s in sentences for n in s.names if len(n.key.ids) > 1}
        settled = []
        for helpline, start, end in mentions:
            ids, sentence = keys.get((start, end), ((helpline,), None))
            reached = [i for c in sentence.contacts for i in c.ids if i in ids] if sentence else []
            settled.append((reached[0] if reached else helpline, start, end))
        return settled

    def _helplines(
        self,
        mentions: Sequence[tuple[str, int, int]],
        problems: Sequence[HelplineProblem],
        start: int,
        end: int,
    ) -> tuple[str, ...]:
        """Ids in a block, in order; police and health emergency numbers are no helplines."""
        spans = [(s, helpline) for helpline, s, e in mentions if start <= s and e <= end]
        spans += [(p.start, p.helpline) for p in problems if p.helpline and start <= p.start and p.end <= end]
        ids = dict.fromkeys(helpline for _, helpline in sorted(spans))
        return tuple(i for i in ids if _EMERGENCY not in self.registry.by_id(i).topics)


@Language.factory("safeguard_support", default_config={"helplines": []})
def make_support(nlp: Language, name: str, helplines: Iterable[Mapping[str, Any]]) -> SupportDetector:
    """Make the component; `helplines` are a newsroom's own, in the form of helplines.yaml."""
    extra = [helpline_from(entry) for entry in helplines]
    registry = load_registry()
    return SupportDetector(registry.extended(extra) if extra else registry)


def trim_blocks(support: Support, name_spans: Iterable[tuple[int, int]], text: str) -> Support:
    """Take the sentences that hold a protected name out of the blocks (behaviour: section 5).

    `name_spans` are mentions of protected persons in `text`, the text that `support` was found in. A span
    inside a helpline's own name ("Winston's Wish") counts for nothing. What is left of a block stays one
    if it still holds a helpline; it may fall in two.
    """
    words = load_words()
    taken = [
        (start, end)
        for start, end in name_spans
        if not any(s < end and start < e for _, s, e in support.mentions)
    ]
    blocks: list[SupportBlock] = []
    for block in support.blocks:
        if not any(start < block.end and block.start < end for start, end in taken):
            blocks.append(block)
            continue
        run: list[Sentence] = []
        for sentence in [*split(text, block.start, block.end, words), None]:
            if sentence is not None and not any(s < sentence.end and sentence.start < e for s, e in taken):
                run.append(sentence)
                continue
            blocks += _remaining(support, block, run)
            run = []
    return Support(tuple(blocks), support.mentions, support.problems)


def _remaining(support: Support, block: SupportBlock, run: Sequence[Sentence]) -> list[SupportBlock]:
    if not run:
        return []
    start, end = run[0].start, run[-1].end
    spans = [(s, helpline) for helpline, s, e in support.mentions if start <= s and e <= end]
    spans += [
        (p.start, p.helpline) for p in support.problems if p.helpline and start <= p.start and p.end <= end
    ]
    present = dict.fromkeys(helpline for _, helpline in sorted(spans))
    ids = tuple(helpline for helpline in present if helpline in block.helplines)
    return [SupportBlock(start, end, ids)] if ids else []
