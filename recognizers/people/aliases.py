"""Other names of somebody: 'Robert "Bobby" Marsh', 'Kayden, known as "Bubs" to his mates'."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from recognizers.people.candidate import Candidate
from recognizers.people.grammar import any_of
from recognizers.people.lexicon import NameLexicon
from recognizers.people.spans import Spans
from recognizers.people.text import ReadableText

_WORD = r"[^\W\d_a-zß-ÿ][\w'-]*\w"
_OTHER_NAME = re.compile(r"\b[A-Z][a-z][\w'-]+,? $")
# How far behind a name "known as" may stand.
_REACH = 80


class AliasFinder:
    """Finds other names. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        particles = any_of(lexicon.particles)
        self._between = re.compile(
            rf"(?<![\w'])(?P<given>{_WORD}) (?:(?:or|aka) )?[\"'(](?P<nick>{_WORD})[\"')] "
            rf"(?P<last>(?:{particles} )*{_WORD})"
        )
        self._known_as = re.compile(rf"\b{any_of(lexicon.known_as)} [\"']?(?P<nick>{_WORD})\b(?! [A-Z])")
        self._to_everyone = re.compile(rf" (?:- |\(|, )(?P<nick>{_WORD}) {any_of(lexicon.called_by)}")

    def between(self, readable: ReadableText, taken: Spans) -> Iterator[Candidate]:
        """Full names with a short one inside: one mention, from the first name to the surname."""
        for match in self._between.finditer(readable.clean):
            given, nick = match["given"], match["nick"]
            known = self._lexicon.is_given(given) or self._lexicon.is_given(nick)
            if known and self._is_name(given) and self._is_name(nick) and not taken.touches(*match.span()):
                words = (given, *match["last"].split())
                if words[-1] not in self._lexicon.not_people:
                    yield Candidate(*match.span(), words, "cue", nickname=nick)

    def known_as(self, readable: ReadableText, found: Sequence[Candidate]) -> Iterator[Candidate]:
        """Names behind "known as" that nobody else bears, each with where the name before it begins."""
        starts = [c.start for c in found]
        for match in self._matches(readable.clean):
            start, end = match.span("nick")
            place = bisect_left(starts, start)
            here = found[place] if place < len(found) else None
            if here is not None and here.start < end and (here.start != start or len(here.words) > 1):
                continue
            before = next((c for c in reversed(found[:place]) if not c.moniker and c.words), None)
            opening, _ = readable.sentence_at(start)
            if before is None or before.start < opening or match.start() - before.end > _REACH:
                continue
            if _OTHER_NAME.search(readable.clean, before.end, match.start()):
                # "Prosecutor Ann Moss said Gwilym, known as …": Gwilym's, not hers.
                yield Candidate(start, end, (match["nick"],), "cue")
                continue
            if self._is_name(match["nick"]):
                yield Candidate(start, end, (match["nick"],), "cue", other_name_of=before.start)

    def _matches(self, clean: str) -> list[re.Match[str]]:
        """ "known as Dami" and "Bridget - Biddy to everyone", in text order."""
        found = [*self._known_as.finditer(clean), *self._to_everyone.finditer(clean)]
        return sorted(found, key=lambda match: match.start("nick"))

    def _is_name(self, word: str) -> bool:
        lexicon = self._lexicon
        return word not in lexicon.not_people and word not in lexicon.not_names and word not in lexicon.titles
