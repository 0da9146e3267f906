"""Where names stand: runs of capitalised words, read with the tagger, the names list and cues beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from recognizers.model import Support
from recognizers.people.ages import find_olds, number
from recognizers.people.aliases import AliasFinder
from recognizers.people.candidate import Candidate
from recognizers.people.capitals import CapitalWord, runs, title_case
from recognizers.people.grammar import any_of
from recognizers.people.judging import AGE_BEHIND, CONTRACTED, NameJudge, Tagged
from recognizers.people.lexicon import NameLexicon
from recognizers.people.spans import Spans
from recognizers.people.text import ReadableText

_LABEL = re.compile(r"\[[^\[\]\n]{1,60}\]")
_UP_TO_A_NAME = re.compile(r" (?:[a-z][\w'-]* ){0,2}")
_SECOND_HALF = re.compile(r" (?:and|&) ((?:[A-Z][\w'-]+ ?)+)")
_VERB = re.compile(r" [a-z]")
_OWNER = re.compile(r"[A-Z][a-z]+'s $")
_OWNER_REACH = 20
_AGE_REACH = 60
_LONGEST_SHOUTED_NAME = 4
# A word of so few capitals may be initials.
_INITIALS = 2
_CHILD_WORD = re.compile(r"\bChild ([A-Z][a-z]{2,})")


class CandidateFinder:
    """Finds every place where somebody is named, before anybody is told apart from anybody."""

    def __init__(self, lexicon: NameLexicon, *, cues: bool = True) -> None:
        self._lexicon = lexicon
        self._judge = NameJudge(lexicon, cues=cues)
        self._aliases = AliasFinder(lexicon)
        self._moniker = _moniker_pattern(lexicon)
        # "our Harlie", "my Danny": how family speaks of a child.
        self._fond = re.compile(rf"\b(?:{'|'.join(lexicon.fond)}) $", re.IGNORECASE)
        self._office = re.compile(rf"\b(?:{'|'.join(sorted(lexicon.office_words))}),? $", re.IGNORECASE)
        self._seated = re.compile(rf"\b([A-Z][\w-]+) (?:{'|'.join(map(re.escape, lexicon.seats))})\b")
        placed = "|".join(map(re.escape, lexicon.place_before))
        self._placed = re.compile(rf"\b(?:{placed}) ([A-Z][\w-]+)")
        self._called = re.compile(r" (?i:called|named|known as) ([A-Z][\w'-]+)")
        self._label_kinds = tuple(f"[{kind}" for kind in lexicon.label_kinds)
        called = any_of(lexicon.calls_by_moniker)
        self._introduces = re.compile(
            rf"\b{called}\b[^.\n\"]{{0,24}}?\"?Child [A-Z][a-z]+\"?(?:,? and \"?Child [A-Z][a-z]+)?"
        )
        self._body = re.compile(rf" (?:{any_of(lexicon.of_a_body)}) [A-Z]")
        self._known_words = (
            lexicon.not_names | lexicon.not_people | lexicon.jobs | lexicon.openers | lexicon.sentence_openers
        )

    def find(
        self,
        readable: ReadableText,
        tagged: Iterable[tuple[int, int]],
        elsewhere: Iterable[tuple[int, int]],
        support: Support,
    ) -> list[Candidate]:
        """Candidates in text order, none overlapping another, none inside a support block.

        `tagged` are (start, end) spans that the tagger calls a person, `elsewhere` those that it calls a
        place, an organisation or a nationality.
        """
        blocked = [(b.start, b.end) for b in support.blocks]
        blocked += [(start, end) for _, start, end in support.mentions]
        found: list[Candidate] = []
        for match in _LABEL.finditer(readable.text):
            blocked.append(match.span())
            if match[0].startswith(self._label_kinds):
                found.append(Candidate(match.start(), match.end(), (), "label", label=match[0][1:-1]))
        taken = Spans(blocked)
        for match in self._moniker.finditer(readable.clean):
            if not taken.touches(*match.span()) and self._is_moniker(readable, match):
                words = tuple(match[0].split())
                found.append(Candidate(match.start(), match.end(), words, "cue", moniker=True))
        found += self._word_monikers(readable, taken)
        taken = Spans([*blocked, *((c.start, c.end) for c in found if c.moniker)])
        found += self._aliases.between(readable, taken)
        taken = Spans([*blocked, *((c.start, c.end) for c in found if c.words)])
        places = (*self._seated.findall(readable.clean), *self._placed.findall(readable.clean))
        signals = Tagged(tagged, elsewhere, frozenset(places))
        for run in runs(readable, self._lexicon.particles):
            if readable.is_prose(run[0].start) and not taken.touches(run[0].start, run[-1].end):
                found += self._from_run(readable, run, signals)
        found.sort(key=lambda c: (c.start, c.end))
        others = list(self._aliases.known_as(readable, found))
        if others:
            again = {c.start for c in others}
            found = sorted([*(c for c in found if c.start not in again), *others], key=lambda c: c.start)
        return found

    def pets(self, readable: ReadableText) -> list[tuple[int, int]]:
        """Where an animal is named by a word that is nobody's first name ("a greyhound called Victim")."""
        clean = readable.clean
        names = {
            match[1]
            for match in self._called.finditer(clean)
            if self._judge.behind_animal(clean[max(0, match.start(1) - _AGE_REACH) : match.start(1)])
        }
        names = {name for name in names if not self._lexicon.is_given(name)}
        if not names:
            return []
        return [match.span() for match in re.finditer(rf"\b{any_of(map(re.escape, sorted(names)))}\b", clean)]

    def find_weak(self, readable: ReadableText, covered: Spans) -> list[Candidate]:
        """Capitalised words inside quotations that no list and no tagger knows: where a hidden name may slip
        out.
        """
        found = []
        for run in runs(readable, self._lexicon.particles):
            word = run[0]
            if len(run) > 1 or len(word.text) < 3 or word.text in self._known_words or word.text.isupper():
                continue
            if CONTRACTED.search(word.text) or readable.clean[word.start - 1] in "\"'":
                continue
            if word.text.casefold() in self._lexicon.towns:
                continue
            if readable.quotation_at(word.start) is None or readable.opens_sentence(word.start):
                continue
            if (
                self._judge.is_town(word.text)
                or covered.touches(word.start, word.end)
                or self._judge.behind_place(readable.clean, word.start)
            ):
                continue
            found.append(Candidate(word.start, word.end, (word.text,), "cue"))
        return found

    def find_unlisted(self, readable: ReadableText, covered: Spans) -> Iterator[Candidate]:
        """Capitalised words that stand alone and are no known word: where a family's own name may be.

        Unlike `find_weak` this looks at every sentence, and at words that open one.
        """
        listed = list(runs(readable, self._lexicon.particles))
        clean = readable.clean
        # "The animal, Tyson, came through an open gate."
        pets = {
            run[0].text
            for run in listed
            if self._judge.is_pet(clean, clean[max(0, run[0].start - _AGE_REACH) : run[0].start], run[0].end)
        }
        for run in listed:
            words = list(run)
            while len(words) > 1 and (
                words[0].text in self._lexicon.openers or words[0].text in self._lexicon.sentence_openers
            ):
                words.pop(0)
            word = words[0]
            if len(words) > 1 or len(word.text) < 2 or word.text in self._known_words or word.text.isupper():
                continue
            if self._body.match(clean, word.end):
                # "Nirvana frontman Kurt Cobain"
                continue
            if word.text in pets or CONTRACTED.search(word.text) or readable.writes_small(word.text):
                continue
            if covered.touches(word.start, word.end) or not readable.is_prose(word.start):
                continue
            if self._judge.behind_place(readable.clean, word.start):
                continue
            owner = _OWNER.search(clean, max(0, word.start - _OWNER_REACH), word.start)
            if owner is not None and self._judge.is_town(owner[0] + word.text):
                # "King's Lynn".
                continue
            yield Candidate(word.start, word.end, (word.text,), "cue")

    def _word_monikers(self, readable: ReadableText, taken: Spans) -> list[Candidate]:
        """ "Two sisters whom its author calls Child Heron and Child Wren": reviews take birds too."""
        clean = readable.clean
        words = {word for match in self._introduces.finditer(clean) for word in _CHILD_WORD.findall(match[0])}
        if not words:
            return []
        again = re.compile(rf"\bChild ({any_of(sorted(words))})\b")
        return [
            Candidate(match.start(), match.end(), ("Child", match[1]), "cue", moniker=True)
            for match in again.finditer(clean)
            if not taken.touches(*match.span())
        ]

    def _is_moniker(self, readable: ReadableText, match: re.Match[str]) -> bool:
        letter = match["letter"]
        if letter.isdigit() and match["kind"] not in self._lexicon.numbered_monikers:
            return False
        if letter in ("I", "A") and match["kind"] in self._lexicon.wordy_monikers:
            return False
        # "Baby A&E", "Child B&B"
        return readable.clean[match.end() : match.end() + 1] not in ("&", "/")

    def _from_run(
        self, readable: ReadableText, run: list[CapitalWord], signals: Tagged
    ) -> Iterator[Candidate]:
        clean = readable.clean
        shouted = all(w.text.isupper() and len(w.text) > 1 for w in run) and readable.in_capitals(
            run[0].start
        )
        if shouted or self._set_in_capitals(run):
            run = [CapitalWord(w.start, w.end, title_case(w.text)) for w in run]
        words, title, cued = self._without_lead(readable, run, shouted)
        suffixes = set()
        while len(words) > 1 and words[-1].text in self._lexicon.suffixes:
            suffixes.add(words.pop().text)
        while (
            len(words) > 1 and words[-1].text in self._lexicon.particles and not words[-1].text[0].isupper()
        ):
            words.pop()
        if (
            len(words) == 2
            and words[1].text in self._lexicon.headline_words
            and self._lexicon.is_given(words[0].text)
        ):
            words.pop()
        glued = self._lexicon.glued_behind
        while len(words) > 1 and words[-1].text in glued and _VERB.match(clean, words[-1].end):
            words.pop()
        if (
            len(words) > 2
            and words[-1].text in self._lexicon.memorials
            and self._lexicon.is_given(words[0].text)
        ):
            # "the Harry Aldous Trust": the name in it is Harry's.
            words.pop()
        for index, word in enumerate(words[:-2]):
            if word.text in self._lexicon.official_suffixes:
                # "Foyle MLA Declan Harkness": the name begins behind the office.
                suffixes.add(word.text)
                words = words[index + 1 :]
                break
        # "Reporter Jane Smith", "Leeds United Fan Bob": the name begins at the tagger's start or at a given
        # name.
        if len(words) > 2 and not title:
            words = self._cut(words, signals)
        if not words or (shouted and len(words) > _LONGEST_SHOUTED_NAME):
            return
        if len(words) == 1 and not title and self._half_of_body(clean, words[0].end):
            return
        verdict = self._judge.judge(readable, words, signals, title, cued, shouted)
        if verdict is not None:
            age = AGE_BEHIND.match(clean, words[-1].end)
            years = number(age[1]) if age else _age_before(clean, run[0].start)
            texts = tuple(w.text for w in words)
            fond = False
            if self._fond.search(clean, max(0, words[0].start - 8), words[0].start):
                fond = True
            yield Candidate(
                words[0].start,
                words[-1].end,
                texts,
                verdict,
                title,
                age=years,
                suffixes=suffixes,
                fond=fond,
                office=self._office.search(clean, max(0, words[0].start - 20), words[0].start) is not None,
                joined=clean.startswith((" and ", " & "), words[-1].end),
                lead=_title_start(run, words, self._lexicon.titles),
            )

    def _set_in_capitals(self, run: list[CapitalWord]) -> bool:
        """Whether a full name stands in capitals in a line of ordinary letters ("CHLOE DENT, 17, of …")."""
        return (
            len(run) > 1
            and all(w.text.isupper() and w.text.isalpha() and self._is_long(w.text) for w in run)
            and self._lexicon.is_given(run[0].text)
        )

    def _is_long(self, word: str) -> bool:
        """Whether a word in capitals is no initials: "UK", but not "NÍ"."""
        return len(word) > _INITIALS or title_case(word) in self._lexicon.particles

    def _without_lead(
        self, readable: ReadableText, run: list[CapitalWord], shouted: bool
    ) -> tuple[list[CapitalWord], str, bool]:
        """The run without what stands in front of the name: sentence openers, jobs, kinship words, titles.

        Also the title, and whether a word of family or childhood was among them.
        """
        lexicon = self._lexicon
        words = list(run)
        title = ""
        cued = False
        while len(words) > 1:
            head = words[0].text
            noun = head.lower() in lexicon.nouns
            if CONTRACTED.search(head):
                words.pop(0)
                continue
            if head in lexicon.titles:
                if (
                    not title
                    or lexicon.titles[head] in ("professional", "official")
                    or lexicon.titles[title] == "any"
                ):
                    title = head
            elif head in lexicon.openers or noun:
                if not noun and not lexicon.is_given(words[1].text):
                    break
                cued = cued or noun
            elif self._pair(words) or (
                head not in lexicon.jobs
                and not (
                    head in lexicon.sentence_openers
                    and (shouted or not lexicon.is_given(head) or readable.opens_sentence(words[0].start))
                )
            ):
                break
            words.pop(0)
        return words, title, cued

    def _half_of_body(self, clean: str, end: int) -> bool:
        """ "Avon and Somerset Police", "Marks and Spencer Foundation": the first half of a body's name."""
        match = _SECOND_HALF.match(clean[end : end + 80])
        return match is not None and any(word in self._lexicon.not_people for word in match[1].split()[1:])

    def _pair(self, words: list[CapitalWord]) -> bool:
        """Whether the run opens with a given name and a surname ("Dean Cole", "May Parker")."""
        lexicon = self._lexicon
        return (
            len(words) >= 2
            and lexicon.is_given(words[0].text)
            and words[1].text not in lexicon.not_people
            and words[1].text not in lexicon.titles
            and (words[0].text not in lexicon.jobs)
            and (not lexicon.is_given(words[1].text) or words[0].text not in lexicon.sentence_openers)
        )

    def _cut(self, words: list[CapitalWord], signals: Tagged) -> list[CapitalWord]:
        lexicon = self._lexicon
        if lexicon.is_given(words[0].text) and words[0].text not in lexicon.ambiguous:
            return words
        for index, word in enumerate(words[1:], 1):
            if signals.person_ends.get(word.start, -1) >= words[-1].end - 1:
                return words[index:]
        for index, word in enumerate(words[1:], 1):
            if lexicon.is_given(word.text) and word.text not in lexicon.ambiguous and len(words) - index >= 2:
                before = words[:index]
                if any(w.text in lexicon.jobs or w.text in lexicon.not_people for w in before):
                    return words[index:]
        return words


def _title_start(run: list[CapitalWord], words: list[CapitalWord], titles: Mapping[str, str]) -> int:
    """Where the titles right in front of the name begin; the name's own start without one."""
    start = words[0].start
    for word in reversed([w for w in run if w.end <= start]):
        if word.text not in titles:
            break
        start = word.start
    return start


def _moniker_pattern(lexicon: NameLexicon) -> re.Pattern[str]:
    kinds = "|".join(lexicon.monikers)
    upper = "|".join(kind.upper() for kind in lexicon.monikers)
    return re.compile(
        rf"\b(?:(?P<kind>{kinds})|(?:{upper})) (?P<letter>[A-Z]{{1,2}}|[0-9]{{1,2}})(?=\b)"
        r"(?!['’](?!s\b)\w)(?![.-]\w)"
    )


def _age_before(clean: str, start: int) -> int | None:
    """The age right in front of a name ("14-month-old Alfie"), in whole years."""
    reach = clean[max(0, start - _AGE_REACH) : start]
    if "old" not in reach.lower():
        return None
    olds = find_olds(reach)
    if not olds:
        return None
    _, end, years = olds[-1]
    return int(years) if _UP_TO_A_NAME.fullmatch(reach[end:]) else None
