"""What the copy as a whole is: a story of harm, a match report, a review."""

from __future__ import annotations

import re
from functools import cache, cached_property

from recognizers.people.likeness import Likeness
from recognizers.people.roles import Reads
from recognizers.people.text import ReadableText

_OPENING_SENTENCES = 4
# So many letters make two forms of one word ("grooming", "groomed").
_STEM = 5
_HARM_WORDS = 3
_HARMLESS_WORDS = 3
# So many make a page of sport or the arts.
_SPORTS_PAGE = 8
# So many different words of films and books make a review or recap.
_FICTION_WORDS = 4
# So many, where one is of a kind that nothing else has ("recap", "★★★★").
_FICTION_WORDS_SIGNED = 3
# So many different words of crime make a report of one.
_CRIME_WORDS = 3
# So many more, where its opening has none.
_CRIME_WORDS_BEHIND = 2
# So many different words of music make a notice of a concert.
_CONCERT_WORDS = 2
_STARS = re.compile(r"★|\*{3,5}(?:\s|$)|\b[1-5]/5\b")
# So many different words of play make a match report.
_MATCH_WORDS = 5
# "Keane (9)": a bare name and a shirt, or a minute.
_SHIRT = re.compile(r"(?<![A-Z]\. )(?<![a-z] )\b(?P<name>[A-Z][\w'-]+) \((?P<shirt>\d{1,2})\)")


def without_shirts(readable: ReadableText) -> ReadableText:
    """The copy with the numbers behind surnames blanked: on a sports page they are shirts, and no ages."""

    @cache
    def is_surname(name: str) -> bool:
        return re.search(rf"\b[A-Z][\w'-]+ {re.escape(name)}\b", readable.text) is not None

    def blanked(match: re.Match[str]) -> str:
        return f"{match['name']} ({'-' * len(match['shirt'])})" if is_surname(match["name"]) else match[0]

    return ReadableText(_SHIRT.sub(blanked, readable.text), readable.reading)


class CopyKind:
    """Answers about one copy, from the words that the scan found in it."""

    def __init__(self, readable: ReadableText, reads: Reads, likeness: Likeness) -> None:
        self.reads = reads
        self.likeness = likeness
        self._readable = readable

    @cached_property
    def sexual_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the copy names a sexual offence."""
        spans = self.reads.spans("sexual_offence")
        if not self.reads.spans("no_offence"):
            return spans
        # "Dog grooming parlour": the word means none of it in such copy.
        clean = self._readable.clean
        told = " ".join(clean[start:end].lower() for start, end in self.reads.spans("no_offence"))
        return tuple((s, e) for s, e in spans if clean[s:e].lower()[:_STEM] not in told)

    @cached_property
    def special_spans(self) -> tuple[tuple[int, int], ...]:
        """Where the copy names trafficking, FGM or forced marriage."""
        return self.reads.spans("special_offence")

    @cached_property
    def names_offence(self) -> bool:
        """Whether the copy names an offence whose victim has lifelong anonymity."""
        # Nobody waives an anonymity that no offence gave.
        return bool(self.sexual_spans or self.special_spans or self.reads.spans("waived"))

    @cached_property
    def harmless(self) -> bool:
        """Whether the copy is a match report, a recipe, a results page: many harmless words and nobody
        official.
        """
        if self.match_report:
            return True
        words = len(self.reads.spans("harmless"))
        strong = len(self.reads.spans("strong"))
        official = self._told("official")
        if words >= _SPORTS_PAGE:
            # Tennis is played on it.
            official.discard("the court")
        return words >= _HARMLESS_WORDS and words >= strong and not official

    @cached_property
    def crime(self) -> bool:
        """Whether the copy tells of a crime: by words of it in the opening and more behind, or by many."""
        words = self._told("criminal")
        opens = self.reads.first("criminal", 0, self._opening) is not None
        another = self.harmless or self.obituary or self.fiction
        return len(words) >= _CRIME_WORDS + (0 if opens else _CRIME_WORDS_BEHIND) and not another

    @cached_property
    def match_report(self) -> bool:
        """Whether the copy is written in the words of a match, where murder and abuse are the game's own."""
        told = self._told("match")
        return len(told) >= _MATCH_WORDS and not self._told("official") - self._told("match_slang")

    def _told(self, name: str) -> set[str]:
        """The different words of a list that the copy uses."""
        clean = self._readable.clean
        return {clean[start:end].lower() for start, end in self.reads.spans(name)}

    @cached_property
    def fiction(self) -> bool:
        """Whether the copy is about a film, a book or a programme: words of one all over it."""
        words = {word.removeprefix("the ") for word in self._told("fiction_words")}
        signs = self._told("work_signs")
        starred = _STARS.search(self._readable.clean) is not None
        enough = _FICTION_WORDS if not (signs or starred) else _FICTION_WORDS_SIGNED
        of_life = self.reads.spans("in_court") or len(self._told("concert_words")) >= _CONCERT_WORDS
        # A courtroom drama tells of courts too, in words that no story of harm has.
        return len(words | signs) + starred >= enough and (self.likeness.calm or not of_life)

    @cached_property
    def obituary(self) -> bool:
        """Whether the copy opens as the obituary of somebody old."""
        return self.reads.first("obituary", 0, self._opening) is not None

    @cached_property
    def harmful(self) -> bool:
        """Whether the copy as a whole is one of harm, by what it tells or by its words taken together."""
        return self.tells_harm or (self._may_tell_harm and self.likeness.harmful and not self.fiction)

    @cached_property
    def tells_harm(self) -> bool:
        """Whether the copy opens with harm, or comes back to it, and is no sports page and no obituary."""
        strong = self.reads.spans("strong")
        if not strong or not self._may_tell_harm:
            return False
        return strong[0][0] < self._opening or len(strong) >= _HARM_WORDS

    @cached_property
    def _may_tell_harm(self) -> bool:
        """Whether the copy is of no other kind, and its words not those of one that tells no harm."""
        another = self.harmless or (self.obituary and not self.names_offence)
        return bool(self._readable.sentences) and not another and not self.likeness.calm

    @cached_property
    def _opening(self) -> int:
        """Where the opening of the copy ends; 0 in copy without a sentence."""
        sentences = self._readable.sentences
        return sentences[min(_OPENING_SENTENCES, len(sentences)) - 1][1] if sentences else 0
