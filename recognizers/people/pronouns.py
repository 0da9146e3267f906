"""Whom he, she, his, her or they means."""

from __future__ import annotations

import re

from recognizers.people.figures import Figure, Ref, is_family_called
from recognizers.people.grammar import Grammar
from recognizers.people.refs import RefLine
from recognizers.people.text import ReadableText

_SUBJECT = re.compile(r"\b(?:she|he)\b", re.IGNORECASE)
# How many sentences back somebody may have been spoken of.
_SENTENCES_BACK = 4
_SENTENCES_BACK_FOR_KIN = 8
# In front of a name, how far back the possessive of the word that brings it in may stand.
_BROUGHT_IN = 40
_WORDS_BETWEEN = 3
# A ref this close to the start of its sentence opens it.
_OPENING = 40
_HARMED = frozenset(["complainant", "complainer", "victim", "survivor"])
# Whom a copy is mostly about is asked of so many refs.
_TOPIC_REFS = 400


class Pronouns:
    """Answers for one copy whom a pronoun means, from the refs in front of it."""

    def __init__(self, readable: ReadableText, line: RefLine, grammar: Grammar) -> None:
        self._readable = readable
        self._clean = readable.clean
        self._line = line
        self._grammar = grammar

    def meant(self, word: str, offset: int, prefer: str = "") -> Figure | None:
        """Whom the pronoun at `offset` most likely means: subjects first, then the nearest.

        With `prefer` "minor" a child of the last sentences comes before any adult (whose grandmother? the
        child's), with "adult" the other way round.
        """
        lower = word.lower()
        gender = self._grammar.gender(lower)
        for ref in self._line.before(offset, 1):
            # "Steven Baker and his brother": his, who was just named.
            if (
                ref.name
                and (_fits(ref.figure, gender) or not _told_sex(ref.figure))
                and self._grammar.coordinated.fullmatch(self._clean, ref.end, offset)
                and not self._brought_in_by(lower, ref)
            ):
                return ref.figure
        index = self._readable.sentence_index(offset)
        if prefer:
            found = self._preferred(lower, gender, index, offset, prefer)
            # So near the top of the copy whoever is meant may not have been named yet.
            if found is not None or index < _SENTENCES_BACK_FOR_KIN - 2:
                return found
            if prefer == "minor":
                found = self._topic(offset, gender, young=True)
                if found is not None:
                    return found
        return self._nearest(gender, index, offset, kin=bool(prefer))

    def _brought_in_by(self, pronoun: str, ref: Ref) -> bool:
        """ "She stood with her sister, Deirdre, and her husband": both are hers who stood."""
        before = self._clean[max(0, ref.outer - _BROUGHT_IN) : ref.outer].lower().rstrip(", ").split()
        return pronoun in before[-_WORDS_BETWEEN:] and pronoun in ("his", "her")

    def _fitting(self, index: int, offset: int, gender: str) -> list[Ref]:
        start, end = self._readable.sentences[index]
        refs = self._line.between(start, min(end, offset))
        return [r for r in refs if _fits(r.figure, gender) and (not r.plural or gender == "e")]

    def _preferred(self, word: str, gender: str, index: int, offset: int, prefer: str) -> Figure | None:
        """A child ("minor") or a grown-up ("adult") of the last sentences."""
        found = self._preferred_among(word, gender, index, offset, prefer, quoted=False)
        return found or self._preferred_among(word, gender, index, offset, prefer, quoted=True)

    def _preferred_among(
        self, word: str, gender: str, index: int, offset: int, prefer: str, *, quoted: bool
    ) -> Figure | None:
        """The same, with or without (`quoted`) those whom only somebody's words name."""
        for back in range(min(_SENTENCES_BACK_FOR_KIN - 1, index + 1)):
            fitting = self._fitting(index - back, offset, gender)
            start = self._readable.sentences[index - back][0]
            if (
                back == 0
                and prefer == "adult"
                and not any(r.name for r in fitting)
                and _SUBJECT.search(self._clean, start, offset)
            ):
                topic = self._subject_before(index, gender) or self._topic(start, gender)
                if topic is not None:
                    return topic
            if prefer == "adult" and not quoted and not self._quoted(offset):
                # Whom only somebody's words name is not the one the copy goes on about.
                fitting = [r for r in fitting if not r.name or not self._quoted(r.start)]
            wanted = [
                r
                for r in fitting
                if _is_at_the_centre(r.figure) == (prefer == "minor")
                and (not r.figure.in_office or (prefer == "adult" and is_family_called(r.figure)))
            ]
            if word == "their" and prefer == "adult":
                wanted = [r for r in wanted if r.plural or self._coordinated(r)]
            wanted = _of_gender(wanted, gender) or wanted
            if not wanted and back == 0 and prefer == "adult" and word != "their":
                # "Ruth Ames, the trust's director, … her son": whoever opens the sentence, in office or not.
                wanted = [r for r in fitting if r.name and r.outer - start < _OPENING][:1]
            if wanted:
                return wanted[-1].figure if prefer == "minor" else wanted[0].figure
        return None

    def _quoted(self, offset: int) -> bool:
        return self._readable.quotation_at(offset) is not None

    def _nearest(self, gender: str, index: int, offset: int, *, kin: bool) -> Figure | None:
        """The subject, else the nearest; somebody's family (`kin`) is nobody's who speaks in office."""
        for back in range(min(_SENTENCES_BACK, index + 1)):
            fitting = self._fitting(index - back, offset, gender)
            if kin:
                fitting = [r for r in fitting if not r.figure.in_office or is_family_called(r.figure)]
            start = self._readable.sentences[index - back][0]
            pool = _of_gender(fitting, gender) or fitting
            if pool:
                opening = [
                    r for r in pool if r.outer - start < _OPENING and self._clean[r.end : r.end + 2] != "'s"
                ]
                if back == 0:
                    return pool[0].figure if len(pool) == 1 or opening else pool[-1].figure
                return (opening or pool)[0].figure
        return None

    def _subject_before(self, index: int, gender: str) -> Figure | None:
        """Who opened one of the two sentences before, when it was a grown-up of that sex."""
        for back in range(1, min(2, index) + 1):
            for ref in self._line.between(*self._readable.sentences[index - back]):
                if ref.name and ref.figure.gender == gender and not looks_young(ref.figure):
                    return ref.figure
        return None

    def _coordinated(self, ref: Ref) -> bool:
        """Whether a ref is one of two or more joined by "and"."""
        behind = self._clean[ref.end : ref.end + 10]
        return " and " in behind or self._clean[max(0, ref.outer - 5) : ref.outer] == " and "

    def _topic(self, offset: int, gender: str, young: bool = False) -> Figure | None:
        """Of whom the copy before `offset` speaks most, among grown-ups (or children) of that sex."""
        counts: dict[Figure, int] = {}
        for ref in reversed(self._line.before(offset, _TOPIC_REFS)):
            figure = ref.figure
            fits = ref.name and (figure.gender == gender or (young and _fits(figure, gender)))
            if fits and looks_young(figure) == young and not figure.in_office:
                counts[figure] = counts.get(figure, 0) + 1
        return max(counts, key=lambda f: counts[f], default=None)


def looks_young(figure: Figure) -> bool:
    """Whether a figure is a minor, or has an age of one beside their name."""
    return figure.young or (figure.cluster is not None and figure.cluster.looks_minor)


def _is_at_the_centre(figure: Figure) -> bool:
    """Whether "her mother" more likely speaks of this figure than of a grown-up beside them."""
    return (looks_young(figure) and not figure.adult) or bool(figure.nouns & _HARMED)


def _fits(figure: Figure, gender: str) -> bool:
    return gender == "e" or figure.gender in (gender, "e")


def _told_sex(figure: Figure) -> bool:
    """Whether the copy tells somebody's sex, by title or noun, and not only the names list."""
    return bool(figure.cluster is None or figure.cluster.titles or figure.nouns)


def _of_gender(refs: list[Ref], gender: str) -> list[Ref]:
    return [r for r in refs if gender != "e" and r.figure.gender == gender]
