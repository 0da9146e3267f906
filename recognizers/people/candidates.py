"""Where names stand: runs of capitalised words, read with the tagger, the names list and cues beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from recognizers.model import Source, Support
from recognizers.people.ages import find_olds
from recognizers.people.lexicon import NameLexicon
from recognizers.people.text import WORD, ReadableText

_AGE_BEHIND = re.compile(
    r"(?:,| \(| aged| -) ?(?:aged |now |then |just |only )?(\d{1,2})(?=[,.;:)\s-])(?! ?(?:per|%|[a-z]+s\b))"
)
_GLUED = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z])")
# "I've", "UK-born": capitals that no name has.
_NO_NAME = re.compile(r"'(?:ve|m|ll|d|re|t)$|-[a-z]{3,}|^[A-Z]{2,}-")
_LABEL = re.compile(r"\[[^\[\]\n]{1,60}\]")


@dataclass(slots=True)
class Candidate:
    """A name as it stands: span, the words of the name, a title in front, which signal saw it."""

    start: int
    end: int
    words: tuple[str, ...]
    source: Source
    title: str = ""
    moniker: bool = False
    label: str = ""
    cap_line: bool = False
    age: int | None = None
    flags: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


def _words(clean: str) -> Iterator[_Word]:
    for match in WORD.finditer(clean):
        glued = _GLUED.search(match[0])
        if glued is not None:
            # "FebruaryRelated", "CourtLeedsTia": what a web page glued together.
            start = match.start()
            for piece in _GLUED.split(match[0]):
                yield _Word(start, start + len(piece), piece)
                start += len(piece)
            continue
        text = match[0]
        end = match.end()
        if text.endswith("'s") or text.endswith("'S"):
            text, end = text[:-2], end - 2
        yield _Word(match.start(), end, text)


def _capital(word: str) -> bool:
    if word[0].isupper():
        return True
    # d'Souza, o'Hara, al-Hassan
    return (
        len(word) > 2
        and word[1] in "'-"
        and word[2].isupper()
        or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())
    )


def _runs(readable: ReadableText, particles: frozenset[str]) -> Iterator[list[_Word]]:
    """Stretches of capitalised words with nothing but one space (or an initial's full stop) between them."""
    clean = readable.clean
    run: list[_Word] = []
    held: list[_Word] = []
    for word in _words(clean):
        gap = clean[(held or run)[-1].end : word.start] if run else ""
        joined = run and (gap == " " or (gap in (". ", ".") and len((held or run)[-1].text) == 1))
        if run and not joined:
            yield run
            run, held = [], []
        if _capital(word.text):
            run += held
            held = []
            run.append(word)
        elif run and word.text in particles:
            held.append(word)
        elif run:
            yield run
            run, held = [], []
    if run:
        yield run


def _upper_line(clean: str, offset: int) -> bool:
    start = clean.rfind("\n", 0, offset) + 1
    end = clean.find("\n", offset)
    line = clean[start : end if end >= 0 else len(clean)]
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.75 * len(letters)


def _moniker_pattern(lexicon: NameLexicon) -> re.Pattern[str]:
    kinds = "|".join(lexicon.monikers)
    upper = "|".join(kind.upper() for kind in lexicon.monikers)
    return re.compile(
        rf"\b(?:(?P<kind>{kinds})|(?:{upper})) (?P<letter>[A-Z]{{1,2}}|[0-9]{{1,2}})(?=\b)(?!['’][a-rt-z])(?![.-]\w)"
    )


class CandidateFinder:
    """Finds every place where somebody is named, before anybody is told apart from anybody."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        self._moniker = _moniker_pattern(lexicon)
        self._label_kinds = tuple(f"[{kind}" for kind in lexicon.label_kinds)
        follows = "|".join(sorted(map(re.escape, lexicon.name_follows), key=len, reverse=True))
        said = "|".join(map(re.escape, lexicon.said))
        self._kin_before = re.compile(rf"\b(?:{follows}),? $", re.IGNORECASE)
        self._certain_before = re.compile(rf"\b(?:{'|'.join(map(re.escape, lexicon.name_must_follow))}),? $")
        self._said_behind = re.compile(rf",? (?:{said})\b")
        self._place_before = re.compile(
            rf"(?:\b(?:in|at|near|around|outside|across|{'|'.join(map(re.escape, lexicon.place_before))})|\d\)?, (?:of|from)) $"
        )
        behind = "|".join(sorted((re.escape(n) for n in lexicon.nouns if " " not in n), key=len, reverse=True))
        self._noun_behind = re.compile(rf" (?:{behind})\b")
        self._said_before = re.compile(rf"\b(?:{said}) $")

    def find(
        self,
        readable: ReadableText,
        tagged: Iterable[tuple[int, int]],
        elsewhere: Iterable[tuple[int, int]],
        support: Support,
    ) -> list[Candidate]:
        """Candidates in text order, none overlapping another, none inside a support block.

        `tagged` are (start, end) spans that the tagger calls a person, `elsewhere` those that it calls a place, an
        organisation or a nationality.
        """
        taken: list[tuple[int, int]] = [(b.start, b.end) for b in support.blocks]
        taken += [(start, end) for _, start, end in support.mentions]
        found: list[Candidate] = []
        for match in _LABEL.finditer(readable.text):
            taken.append(match.span())
            if match[0].startswith(self._label_kinds):
                found.append(Candidate(match.start(), match.end(), (), "label", label=match[0][1:-1]))
        taken.sort()
        for match in self._moniker.finditer(readable.clean):
            if not _inside(taken, match.start(), match.end()) and self._is_moniker(readable, match):
                words = tuple(match[0].split())
                found.append(Candidate(match.start(), match.end(), words, "cue", moniker=True))
        taken += [(c.start, c.end) for c in found if c.moniker]
        taken.sort()
        ents = sorted(tagged)
        others = sorted(elsewhere)
        for run in _runs(readable, self._lexicon.particles):
            if not readable.is_prose(run[0].start) or _inside(taken, run[0].start, run[-1].end):
                continue
            found += self._from_run(readable, run, ents, others)
        found.sort(key=lambda c: (c.start, c.end))
        return found

    def find_weak(self, readable: ReadableText, covered: list[tuple[int, int]]) -> list[Candidate]:
        """Capitalised words inside quotations that no list and no tagger knows: where a hidden name may slip out."""
        lexicon, clean = self._lexicon, readable.clean
        found = []
        for run in _runs(readable, lexicon.particles):
            word = run[0]
            line = clean.rfind("\n", 0, word.start) + 1
            if len(run) > 1 or _inside(covered, word.start, word.end) or readable.opens_sentence(word.start):
                continue
            if clean.count('"', line, word.start) % 2 == 0 or clean[word.start - 1] in "\"'" or len(word.text) < 3:
                continue
            known = lexicon.not_names | lexicon.not_people | lexicon.jobs | lexicon.openers | lexicon.sentence_openers
            if _NO_NAME.search(word.text) or word.text in known or word.text.isupper() or self._place_before.search(clean[max(0, word.start - 24) : word.start]):
                continue
            found.append(Candidate(word.start, word.end, (word.text,), "cue"))
        return found

    @staticmethod
    def _told_age(clean: str, end: int) -> bool:
        """Whether the number behind a word is set off like an age: ", 8," or "(8)"."""
        return re.match(r"(?:, (?:aged )?\d{1,2}[,.;]| \((?:aged )?\d{1,2}\))", clean[end : end + 14]) is not None

    def _is_moniker(self, readable: ReadableText, match: re.Match[str]) -> bool:
        letter = match["letter"]
        if letter.isdigit() and match["kind"] not in (
            "Child",
            "Witness",
            "Person",
            "Complainant",
            "Victim",
            "Youth",
        ):
            return False
        if letter in ("I", "A") and match["kind"] in ("Mother", "Father", "Teenager", "Adult"):
            return False
        # "Baby A&E", "Child B&B"
        return readable.clean[match.end() : match.end() + 1] not in ("&", "/")

    def _from_run(
        self,
        readable: ReadableText,
        run: list[_Word],
        ents: list[tuple[int, int]],
        others: list[tuple[int, int]],
    ) -> Iterator[Candidate]:
        lexicon = self._lexicon
        caps = all(w.text.isupper() and len(w.text) > 1 for w in run) and _upper_line(
            readable.clean, run[0].start
        )
        if caps:
            run = [_Word(w.start, w.end, _title_case(w.text)) for w in run]
        words = list(run)
        title = ""
        cued = False
        # Words in front of the name: sentence openers, jobs, kinship words, titles.
        while words:
            head = words[0].text
            if head in lexicon.titles and (len(words) > 1):
                rank = lexicon.titles[head]
                if not title or rank in ("professional", "official") or lexicon.titles[title] == "any":
                    title = head
                words.pop(0)
            elif (head in lexicon.openers or head.lower() in lexicon.nouns) and len(words) > 1:
                if head.lower() not in lexicon.nouns and not lexicon.is_given(words[1].text):
                    break
                cued = cued or head.lower() in lexicon.nouns
                words.pop(0)
            elif head in lexicon.jobs and len(words) > 1 and not self._pair(words):
                words.pop(0)
            elif (
                head in lexicon.sentence_openers
                and len(words) > 1
                and (readable.opens_sentence(words[0].start) or caps or not lexicon.is_given(head))
                and not self._pair(words)
            ):
                words.pop(0)
            else:
                break
        suffixes = []
        while len(words) > 1 and words[-1].text in lexicon.suffixes:
            suffixes.append(words.pop())
        while len(words) > 1 and words[-1].text in lexicon.particles and not words[-1].text[0].isupper():
            words.pop()
        # "Reporter Jane Smith", "Leeds United Fan Bob": the name begins at the tagger's start or at a given name.
        if len(words) > 2 and not title:
            words = self._cut(words, ents)
        if not words or (caps and len(words) > 4):
            return
        if len(words) == 1 and not title and self._half_of_body(readable.clean, words[0].end):
            return
        verdict = self._judge(readable, words, ents, others, title, cued, caps)
        if verdict is not None:
            age = _AGE_BEHIND.match(readable.clean, words[-1].end)
            years = int(age[1]) if age else _age_before(readable.clean, run[0].start)
            yield Candidate(
                words[0].start,
                words[-1].end,
                tuple(w.text for w in words),
                verdict,
                title,
                cap_line=caps,
                age=years,
                flags={suffix.text for suffix in suffixes},
            )

    def _half_of_body(self, clean: str, end: int) -> bool:
        """"Avon and Somerset Police", "Marks and Spencer Foundation": the first half of a body's name."""
        match = re.match(r" (?:and|&) ((?:[A-Z][\w'-]+ ?)+)", clean[end : end + 80])
        return match is not None and any(word in self._lexicon.not_people for word in match[1].split()[1:])

    def _pair(self, words: list[_Word]) -> bool:
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

    def _cut(self, words: list[_Word], ents: list[tuple[int, int]]) -> list[_Word]:
        lexicon = self._lexicon
        if lexicon.is_given(words[0].text) and words[0].text not in lexicon.ambiguous:
            return words
        for start, end in ents:
            for index, word in enumerate(words):
                if index and word.start == start and end >= words[-1].end - 1:
                    return words[index:]
        for index, word in enumerate(words[1:], 1):
            if lexicon.is_given(word.text) and word.text not in lexicon.ambiguous and len(words) - index >= 2:
                before = words[:index]
                if any(w.text in lexicon.jobs or w.text in lexicon.not_people for w in before):
                    return words[index:]
        return words

    def _judge(
        self,
        readable: ReadableText,
        words: list[_Word],
        ents: list[tuple[int, int]],
        others: list[tuple[int, int]],
        title: str,
        cued: bool,
        caps: bool,
    ) -> Source | None:
        """Which signal makes this run a name; None when it is none."""
        lexicon, clean = self._lexicon, readable.clean
        start, end = words[0].start, words[-1].end
        texts = [w.text.title() if w.text.isupper() and len(w.text) > 2 else w.text for w in words]
        if caps and any(t.lower() in lexicon.nouns for t in texts):
            return None
        if all(
            t in lexicon.not_names or t in lexicon.titles or t in lexicon.sentence_openers for t in texts
        ) and not (title and texts[0] not in lexicon.not_names):
            if not (len(texts) == 1 and texts[0] in lexicon.ambiguous and _AGE_BEHIND.match(clean, end)):
                return None
        age = _AGE_BEHIND.match(clean, end) is not None
        given_first = lexicon.is_given(texts[0])
        place = any(t in lexicon.not_people for t in (texts[1:] if given_first and len(texts) > 1 else texts))
        if place and not (len(texts) == 2 and (age or title) and lexicon.is_given(texts[0])):
            return None
        if re.match(r" (?:\d|[A-Z]\d)", clean[end : end + 3]):
            return None
        if title:
            return "cue"
        line_before = clean[max(0, start - 24) : start]
        kin = self._kin_before.search(line_before) is not None or cued
        tagged = any(s < end and start < e for s, e in ents)
        given = lexicon.is_given(texts[0])
        if len(texts) == 1 and (texts[0].lower() in lexicon.nouns or texts[0] in lexicon.openers):
            return None
        if caps:
            strong = given and texts[0] not in lexicon.ambiguous and len(texts) == 2
            return "cue" if kin or age else "names_list" if strong else None
        if len(texts) > 1:
            if age and len(texts) <= 4:
                return "cue"
            if tagged:
                return "tagger"
            if given and len(texts) <= 4 and all(t not in lexicon.not_names for t in texts):
                return "names_list"
            if kin and len(texts) <= 3:
                return "cue"
            return None
        word = texts[0]
        if len(word) < 2 or clean[start - 1 : start].isdigit() or _NO_NAME.search(word):
            return None
        if word.isupper() and not caps and len(word) > 1 and not tagged:
            return None
        if "-" in word and all(half in lexicon.not_names or half in lexicon.not_people for half in word.split("-")):
            return None
        # "Freya, Logan and baby Isla": a known first name between others is a name, whatever the tagger says.
        listed = given and word not in lexicon.ambiguous and re.search(r"[A-Z][a-z]+, $", line_before) and re.match(r",? (?:and |[A-Z])", clean[end : end + 6])
        if not (age or kin) and self._noun_behind.match(clean, end):
            # "a missing Bolton girl"
            return None
        if not (age or kin) and (self._place_before.search(line_before) or (_inside(others, start, end) and not listed)):
            return None
        if not (age or kin) and re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", clean):
            # A word that the copy also writes small is a word.
            return None
        opens = readable.opens_sentence(start)
        if re.match(r",? [A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b", clean[end : end + 12]):
            # The town of an address.
            return None
        if age and word not in lexicon.not_names and (given or tagged or (not opens and self._told_age(clean, end) and not _inside(others, start, end))):
            return "cue"
        if kin and (given or tagged):
            return "cue"
        if kin and not opens and self._certain_before.search(line_before):
            return "cue"
        if word in lexicon.ambiguous:
            if tagged and not opens:
                return "names_list"
            verb = re.match(r"(?:'s [a-z]| (?:was|is|had|has|said|told|loved|wanted)\b)", clean[end : end + 8])
            return "names_list" if given and verb and word not in lexicon.not_names and word not in lexicon.sentence_openers else None
        if tagged or listed:
            return "tagger" if tagged else "names_list"
        if given and not opens:
            return "names_list"
        said = self._said_behind.match(clean, end) or self._said_before.search(line_before)
        if said and given:
            return "cue"
        if given and opens and re.match(r"(?:'s|,| was| is| had| has| and)\b", clean[end : end + 6]):
            return "names_list"
        return None


def _age_before(clean: str, start: int) -> int | None:
    """The age right in front of a name ("14-month-old Alfie"), in whole years."""
    olds = find_olds(clean[max(0, start - 60) : start])
    if not olds:
        return None
    _, end, years = olds[-1]
    between = clean[max(0, start - 60) + end : start]
    return int(years) if re.fullmatch(r" (?:[a-z][\w'-]* ){0,2}", between) else None


def _title_case(word: str) -> str:
    parts = re.split(r"(['-])", word.lower())
    cased = "".join(part[:1].upper() + part[1:] for part in parts)
    return "Mc" + cased[2:].capitalize() if cased.startswith("Mc") and len(cased) > 4 else cased


def _inside(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in taken)
