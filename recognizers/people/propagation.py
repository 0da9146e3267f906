"""Known names, found everywhere in prose: what the tagger missed, capitals, short forms, plurals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from recognizers.model import Support
from recognizers.people.candidate import Candidate
from recognizers.people.clusters import Cluster
from recognizers.people.judging import CONTRACTED, opens_place_list
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.short_forms import fond_cuts, fond_forms
from recognizers.people.spans import Spans
from recognizers.people.text import ReadableText

_LETTERS = re.compile(r"(?<![\w-])(?:[A-Z][-.]){2,}[A-Z](?![\w])")
_NEXT_WORD = re.compile(r"(?:'s)? ([^\W\d_][\w'-]*)")
_WORD_START = re.compile(r"(?<![\w@#/.-])\w+")
_FIRST_WORD = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"(?:^|[\s\"(])([A-Z][a-z][\w'-]*) $")
_LONGEST_FIRST_NAME = 24
_SHORTEST_CUT = 2
_STARRED = re.compile(r"(?<![\w*])[^\W\d_]+\*[\w*]*[^\W\d_](?![\w*])")
_GOES_ON = re.compile(r"[\w@/]|-[a-z]|\.\w")


class Propagation:
    """Finds the mentions of known names. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        # "both Ormes", "the Marshes"
        self._family = re.compile(rf"\b(?:{'|'.join(lexicon.families)})(?: \w+)? $", re.IGNORECASE)
        # "Rah's mum"
        self._of_family = re.compile(rf"\b([A-Z][a-z]+)'s (?:{'|'.join(map(re.escape, lexicon.elders))})\b")
        # "Wee Fin", "our Ells"
        self._fond = re.compile(rf"\b(?i:{'|'.join(lexicon.fond)}) ([A-Z][a-z]+)\b(?!-\w| [A-Z])")
        self._place = re.compile(rf"\b(?:{'|'.join(lexicon.names_of_places)}) $")

    def known_in_prose(
        self, readable: ReadableText, clusters: list[Cluster], support: Support
    ) -> Iterator[Candidate]:
        """Mentions of known names that no candidate covers, as candidates of one or more words, in text
        order.
        """
        fulls, words = self._forms(readable, clusters)
        plurals = {plural: word for word, surname in words.items() if surname for plural in _plurals(word)}
        for plural in plurals:
            words.setdefault(plural, True)
        if not words and not fulls:
            return
        known = [
            *((c.start, c.end) for cluster in clusters for c in cluster.mentions),
            *((s, e) for _, s, e in support.mentions),
        ]
        covered = Spans(known)
        hidden = {
            c.start: c
            for c in (
                *self._spelled_out(readable, words, covered),
                *self._fondly_cut(readable, clusters, covered),
                *self._starred(readable, words, covered),
            )
        }
        yield from hidden.values()
        covered = Spans([*known, *((c.start, c.end) for c in hidden.values())])
        by_fold = {fold(name): parts for name, parts in fulls.items()}
        spelled: dict[str, str] = {}
        for word in words:
            spelled.setdefault(fold(word), word)
        cut = {
            fold(cluster.given[:length])
            for cluster in clusters
            for length in range(2, len(cluster.given))
            if cluster.given and not cluster.titles
        } - {fold(cluster.given) for cluster in clusters}
        words_too = {form for form in cut if form in spelled and f" {form} " in readable.clean}
        clean = readable.clean
        tags = Spans((s.start, s.end) for s in readable.reading.segments if s.kind == "tags")
        small = frozenset(name for name in fulls if self._is_told_small(name))
        for start, end in _occurrences(clean, [*fulls, *words], tags, small):
            if covered.touches(start, end) or not readable.is_prose(start):
                continue
            folded = fold(clean[start:end])
            full = by_fold.get(folded)
            if full is None and not self._stands_alone(clean, start, end):
                continue
            if folded in words_too:
                # "The" is no cut of Thelma.
                continue
            word = spelled.get(folded, clean[start:end])
            if word in plurals and not self._family.search(clean, max(0, start - 12), start):
                continue
            first = self._first_name_before(readable, start) if full is None and words.get(word) else ""
            if first and not covered.touches(start - len(first) - 1, start):
                # "Erin Devlin" is known: so is Bronagh Devlin, whatever the lists say of Bronagh.
                yield Candidate(start - len(first) - 1, end, (first, word), "propagation")
                continue
            yield Candidate(start, end, full or (plurals.get(word, word),), "propagation")

    def _first_name_before(self, readable: ReadableText, start: int) -> str:
        """A capitalised word right in front of a known surname that can only be a first name; else ""."""
        lexicon = self._lexicon
        before = _WORD_BEFORE.search(readable.clean, max(0, start - _LONGEST_FIRST_NAME), start)
        if before is None:
            return ""
        word = before[1]
        known = (
            word in lexicon.titles
            or word in lexicon.openers
            or word in lexicon.jobs
            or word in lexicon.not_people
            or word in lexicon.not_names
            or word in lexicon.sentence_openers
            or word.lower() in lexicon.nouns
            or word.endswith("'s")
            # "Coffee-loving Curry"
            or (CONTRACTED.search(word) and not lexicon.is_given(word))
            or readable.writes_small(word)
        )
        return "" if known else word

    def _spelled_out(
        self, readable: ReadableText, words: dict[str, bool], covered: Spans
    ) -> Iterator[Candidate]:
        """Known names told letter by letter: "Z-I-H-A-N"."""
        known = {fold(word): word for word in words}
        for match in _LETTERS.finditer(readable.clean):
            word = known.get(match[0].replace("-", "").replace(".", "").lower())
            if word is not None and not covered.touches(*match.span()):
                yield Candidate(*match.span(), (word,), "propagation")

    def _starred(self, readable: ReadableText, words: dict[str, bool], covered: Spans) -> Iterator[Candidate]:
        """Known names with letters hidden: "R*salie"."""
        for match in _STARRED.finditer(readable.clean):
            pattern = re.compile(re.escape(match[0]).replace("\\*", "[^\\W_]"), re.IGNORECASE)
            word = next((w for w in words if len(w) > _SHORTEST_CUT and pattern.fullmatch(fold(w))), None)
            if word is not None and not covered.touches(*match.span()):
                yield Candidate(*match.span(), (word,), "propagation")

    def _fondly_cut(
        self, readable: ReadableText, clusters: list[Cluster], covered: Spans
    ) -> Iterator[Candidate]:
        """ "Wee Fin has no fear": the beginning of a first name, behind a word of fondness."""
        heads = {
            fold(c.given[:length])
            for c in clusters
            if c.given and not c.titles
            for length in range(_SHORTEST_CUT, len(c.given))
        }
        for match in (*self._fond.finditer(readable.clean), *self._of_family.finditer(readable.clean)):
            start, end = match.span(1)
            known = fold(match[1]) in heads and match[1][0].isupper() and self._is_cut(match[1])
            if known and readable.is_prose(start) and not covered.touches(start, end):
                yield Candidate(start, end, (match[1],), "propagation", fond=True)

    def _forms(
        self, readable: ReadableText, clusters: list[Cluster]
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, bool]]:
        """Full names with their words, and single words with whether they are surnames."""
        fulls: dict[str, tuple[str, ...]] = {}
        words: dict[str, bool] = {}
        aliases: dict[str, str] = {}
        for cluster in clusters:
            for candidate in cluster.mentions:
                if len(candidate.words) > 1 and not candidate.moniker:
                    fulls[" ".join(candidate.words)] = candidate.words
            for part, surname in (
                (cluster.given, False),
                *((w, False) for w in cluster.givens),
                (cluster.surname, True),
                *((w, True) for w in cluster.surnames),
            ):
                if len(part) > 2 or (part[:1].isupper() and len(part) == 2 and not part.isupper()):
                    words[part] = words.get(part, False) or surname
            if "-" in cluster.given and not cluster.titles:
                # "AJ" for Alfie-Jay.
                halves = [half for half in cluster.given.split("-") if half]
                for alias in ("".join(h[0] for h in halves), "-".join(h[0] for h in halves), "".join(halves)):
                    aliases.setdefault(alias, cluster.given)
            if cluster.middle and cluster.given and not cluster.titles:
                # "AJ" for Angus John.
                initials = cluster.given[0] + cluster.middle[0][0]
                if initials.upper() not in self._lexicon.not_initials:
                    aliases.setdefault(initials.upper(), cluster.given)
            if len(cluster.given) > 3 and not cluster.titles and (cluster.looks_minor or not cluster.surname):
                # "Teg" and "Alf": what a family cuts a name to.
                for length in range(2 if cluster.looks_minor else 3, len(cluster.given)):
                    if self._is_cut(cluster.given[:length]):
                        words.setdefault(cluster.given[:length], False)
            if len(cluster.given) > 2 and not cluster.titles:
                # "Judey" and "Gracie": the endings of fondness; "Saffy", if it is no name and no word.
                for form in sorted(fond_forms(cluster.given, self._lexicon.fond_endings)):
                    words.setdefault(form, False)
                for form in sorted(fond_cuts(cluster.given, self._lexicon.fond_endings)):
                    if (
                        not self._lexicon.is_given(form)
                        and self._is_cut(form)
                        and not readable.writes_small(form)
                    ):
                        words.setdefault(form, False)
            kinds = {self._lexicon.titles.get(title, "") for title in cluster.titles}
            if cluster.given and kinds <= {"", "any"}:
                for other in sorted(self._cousins(cluster.given)):
                    aliases.setdefault(other, cluster.given)
            if cluster.given and not cluster.titles:
                for short in sorted(self._lexicon.nicknames.get(fold(cluster.given), ())):
                    nickname = short.title()
                    if nickname not in self._lexicon.ambiguous and len(nickname) > 2:
                        words.setdefault(nickname, False)
        for alias, given in aliases.items():
            if alias not in words:
                # "Rose" for Rosie: found as the short form, meant as the name the copy uses.
                fulls.setdefault(alias, (given,))
        return fulls, words

    def _is_told_small(self, name: str) -> bool:
        """Whether "arlo quenby" can be nothing but the name: "mark price" and "rose hill" can."""
        first, *rest = name.split()
        lexicon = self._lexicon
        return (
            len(rest) > 0
            and lexicon.is_given(first)
            and first not in lexicon.ambiguous
            and first not in lexicon.not_names
            and len(rest[-1]) > _SHORTEST_CUT
        )

    def _is_cut(self, word: str) -> bool:
        """Whether the beginning of a first name can be what a family calls its bearer, and is no word."""
        lexicon = self._lexicon
        return not (
            word in lexicon.not_names or word in lexicon.sentence_openers or word.lower() in lexicon.nouns
        )

    def _cousins(self, given: str) -> set[str]:
        """Other short forms of the name that a short form is of."""
        lexicon = self._lexicon
        others = {
            short for full in lexicon.nicknames.get(fold(given), ()) for short in lexicon.nicknames[full]
        }
        spelled = {other.title() for other in others if other != fold(given) and len(other) > 2}
        return {s for s in spelled if s not in lexicon.not_names and s not in lexicon.sentence_openers}

    def _stands_alone(self, clean: str, start: int, end: int) -> bool:
        """Whether a known word is the person here, not a street, team or saint that shares the name."""
        article = clean[max(0, start - 4) : start] in ("the ", "The ")
        following = _NEXT_WORD.match(clean, end)
        # "The Flynn children".
        theirs = following is not None and following[1] in self._lexicon.of_a_family
        if article and not theirs and clean[end - 1 : end] != "s" and clean[end : end + 1] not in "'":
            return False
        # "They thought of the Flynns."
        family = article and clean[end - 1 : end] == "s"
        if (not family and self._place.search(clean[max(0, start - 8) : start])) or opens_place_list(
            self._lexicon, clean, start, end
        ):
            return False
        if following is None:
            return True
        word = following[1]
        if word.isupper() and len(word) > 2:
            word = word.title()
        return not (word[0].isupper() and word in self._lexicon.not_people and clean[end : end + 2] != "'s")


def _plurals(surname: str) -> list[str]:
    """ "The Marshes", and "the Breathnachs" too."""
    if not surname.endswith(("s", "x", "z", "sh", "ch")):
        return [f"{surname}s"]
    return [f"{surname}es", f"{surname}s"] if surname.endswith("ch") else [f"{surname}es"]


def _occurrences(
    clean: str, forms: Iterable[str], tags: Spans, small: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Where the forms stand as whole words, plain or in capitals, with or without accents; the longest wins.

    Within `tags` names are written small as well; those in `small` anywhere.

    Forms are looked up by their first word: one pattern of ten thousand names would be tried in full at each
    word.
    """
    spellings: set[str] = set()
    anywhere: set[str] = set()
    for form in forms:
        for spelling in (form, _unaccented(form)):
            straight = spelling.replace("’", "'")
            spellings |= {straight, straight.upper(), straight.lower()}
            if form in small:
                anywhere.add(straight.lower())
    by_first: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=lambda s: (-len(s), s)):
        first = _FIRST_WORD.match(spelling)
        if first is not None:
            by_first.setdefault(first[0], []).append(spelling)
    reached = 0
    for match in _WORD_START.finditer(clean):
        start = match.start()
        if start < reached:
            continue
        for spelling in by_first.get(match[0], ()):
            end = start + len(spelling)
            if spelling.islower() and spelling not in anywhere and not tags.touches(start, end):
                continue
            if clean.startswith(spelling, start) and not _GOES_ON.match(clean, end):
                yield start, end
                reached = end
                break


def _unaccented(name: str) -> str:
    if name.isascii():
        return name
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)
