"""The copy as a scene: who is spoken of where, and which words are whose.

`Scene` knows the refs in text order and answers the three questions that roles and kinship ask of grammar: who is
the subject in front of this verb, who is the object behind this phrase, whom does this pronoun mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from recognizers.people.figures import Figure, Ref
from recognizers.people.text import ReadableText

_ADVERBS = r"(?:\s*\b(?:also|then|later|now|today|yesterday|allegedly|reportedly|both|all|each|previously|has|had|have|was|were|who|himself|herself|subsequently|already|finally|eventually|since|initially|originally|again|still|just|tearfully|and|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|last (?:week|month|year|night)|this (?:week|month|morning)|in \d{4}|will|would|could|did|not|to be|been))*\s*"
_ADVERBS_ONLY = re.compile(_ADVERBS, re.IGNORECASE)
_APPOSITION = re.compile(
    r"\s*(?:,|\(|-)\s*(?:(?:aged|of|from|a|an|the|who|whose|his|her|their|now|then|both|formerly|also|which|known|no|previously|and|mother|father|mum|dad|headteacher|head|prosecuting|defending|for|representing|chief|leader|director|chair|MP|\d{1,3})\b|\d)[^.;\n]*?[,)-]\s*$",
    re.IGNORECASE,
)
_RESTRICTIVE = re.compile(r" (?:who|that|whose) (?:[^,.;\n]|, \d{1,3},){4,160}", re.IGNORECASE)
_COORDINATED = re.compile(r"(?:, \(?\d{1,3}\)?)?,? (?:and|with|along with|alongside|or|plus) (?:both )?", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:she|he)\b", re.IGNORECASE)
_AGE_GAP = r"(?:,? \(?(?:aged )?\d{1,3}\)?,?)?"
_AND = re.compile(
    rf"{_AGE_GAP}(?: and|, and|,) (?:his |her |their )?(?:co-accused |co-defendant )?$", re.IGNORECASE
)
_OBJECT_GAP = re.compile(
    r"[\s,:]*(?:(?:of|the|a|an|his|her|their|and|to|by|both|little|baby|young|tragic|then|another|one|two|three|four|partner|including|against|on|for|schoolboy|schoolgirl|toddler|teenager|missing)\s+)*[\"'(]?",
    re.IGNORECASE,
)
_OFFICE = frozenset(["professional", "official", "journalist"])
_MALE = frozenset(["he", "his", "him", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_PRONOUN_END = re.compile(r"\b(he|she|they|who)\s*(?:,[^,.;\n]{0,60},)?\s*$", re.IGNORECASE)


class Scene:
    """Refs of one copy in text order, with the questions grammar answers."""

    def __init__(self, readable: ReadableText, refs: Iterable[Ref]) -> None:
        self.readable = readable
        self.refs: list[Ref] = sorted(refs, key=lambda r: (r.start, r.end))
        self._starts = [ref.start for ref in self.refs]

    def add(self, ref: Ref) -> None:
        """Put a ref in its place."""
        at = bisect_left(self._starts, ref.start)
        self.refs.insert(at, ref)
        self._starts.insert(at, ref.start)

    def between(self, start: int, end: int) -> list[Ref]:
        """Refs that begin in [start, end)."""
        return self.refs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, offset: int, count: int = 12) -> list[Ref]:
        """The last `count` refs that begin before `offset`, nearest first."""
        at = bisect_left(self._starts, offset)
        return self.refs[max(0, at - count) : at][::-1]

    def subjects(self, offset: int) -> list[Figure]:
        """Who does, or suffers, what the verb at `offset` says: the refs in front of it in its sentence."""
        clean = self.readable.clean
        start, _ = self.readable.sentence_at(offset)
        refs = [ref for ref in self.before(offset) if ref.start >= start]
        chosen: Ref | None = None
        fallback: Ref | None = None
        for ref in refs:
            gap = clean[ref.end : offset]
            # "A man who raped a girl has been found guilty": he has, not she.
            if _RESTRICTIVE.fullmatch(gap):
                chosen = ref
                break
        for ref in refs if chosen is None else ():
            gap = clean[ref.end : offset]
            gap = gap[2:] if gap.startswith("'s") else gap
            if clean[ref.end : ref.end + 2] in ("'s", "' "):
                continue
            if _ADVERBS_ONLY.fullmatch(gap.removeprefix(",")) and (not gap.startswith(",") or " who" in gap):
                chosen = ref
                break
            if gap.strip() == "," and fallback is None:
                fallback = ref
                continue
            if len(gap) < 220 and _APPOSITION.fullmatch(
                re.sub(_ADVERBS + "$", "", gap, flags=re.IGNORECASE) or gap
            ):
                chosen = ref
                break
        pronoun = _PRONOUN_END.search(clean, start, offset)
        if pronoun is None:
            stripped = re.sub(_ADVERBS + "$", "", clean[start:offset], flags=re.IGNORECASE)
            word = re.search(r"\b(he|she|they)$", stripped, re.IGNORECASE)
            if word is not None and (chosen is None or chosen.start < start + word.start()):
                figure = self.pronoun(word[1], start + word.start())
                return [figure] if figure else []
        elif pronoun[1].lower() == "who":
            if chosen is None:
                near = next((r for r in refs if pronoun.start() - r.end <= 90), None)
                chosen = near
        elif chosen is None or chosen.start < pronoun.start():
            figure = self.pronoun(pronoun[1], pronoun.start())
            return [figure] if figure else []
        chosen = chosen or fallback
        if chosen is None:
            return []
        return self._with_companions(chosen, start)

    def _with_companions(self, ref: Ref, floor: int) -> list[Figure]:
        figures = [ref.figure]
        clean = self.readable.clean
        current = ref
        for other in self.before(ref.outer):
            if other.start < floor or not _AND.fullmatch(clean[other.end : current.outer]):
                break
            figures.append(other.figure)
            current = other
        return figures

    def objects(self, offset: int, reach: int = 48) -> list[Figure]:
        """Whom the phrase that ends at `offset` is about: the ref right behind it and those listed with it."""
        clean = self.readable.clean
        _, stop = self.readable.sentence_at(offset)
        found: list[Figure] = []
        last: Ref | None = None
        for ref in self.between(offset, min(stop, offset + 400)):
            if last is None:
                if ref.outer - offset > reach or not _OBJECT_GAP.fullmatch(
                    clean[offset : max(offset, ref.outer)]
                ):
                    if ref.outer <= offset <= ref.start:
                        pass
                    else:
                        break
                if clean[ref.end : ref.end + 2] == "'s" or clean[ref.end : ref.end + 2] == "' ":
                    # "the murder of Ellie's brother" is about the brother, who comes next.
                    continue
            elif not _AND.fullmatch(clean[last.end : ref.outer]):
                break
            found.append(ref.figure)
            last = ref
        if not found:
            match = re.match(
                r"\s*(him|her|them)\b(?! [a-z]+(?:er|her|um|ad|on|le)\b)", clean[offset : offset + 12]
            )
            figure = self.pronoun(match[1], offset) if match else None
            if figure is not None:
                found.append(figure)
        return found

    def _subject_before(self, index: int, gender: str) -> Figure | None:
        """Who opened one of the two sentences before, when it was a grown-up of that sex."""
        for back in (1, 2):
            if index - back < 0:
                return None
            start, end = self.readable.sentences[index - back]
            for ref in self.between(start, end):
                if ref.name and ref.figure.gender == gender and not _young(ref.figure):
                    return ref.figure
        return None

    def _coordinated(self, ref: Ref) -> bool:
        """Whether a ref is one of two or more joined by "and"."""
        clean = self.readable.clean
        return " and " in clean[ref.end : ref.end + 10] or clean[max(0, ref.outer - 5) : ref.outer] == " and "

    def _topic(self, offset: int, gender: str) -> Figure | None:
        """Of whom the copy before `offset` speaks most, among grown-ups of that sex."""
        counts: dict[int, tuple[int, Figure]] = {}
        for ref in self.refs[: bisect_left(self._starts, offset)]:
            if ref.name and ref.figure.gender == gender and not _young(ref.figure) and not ref.figure.roles.keys() & _OFFICE:
                seen, figure = counts.get(id(ref.figure), (0, ref.figure))
                counts[id(ref.figure)] = (seen + 1, figure)
        return max(counts.values(), key=lambda c: c[0])[1] if counts else None

    def pronoun(self, word: str, offset: int, prefer: str = "") -> Figure | None:
        """Whom he, she, his, her or they at `offset` most likely means: subjects first, then the nearest.

        With `prefer` "minor" a child of the last three sentences comes before any adult (whose grandmother? the
        child's), with "adult" the other way round.
        """
        lower = word.lower()
        gender = "m" if lower in _MALE else "f" if lower in _FEMALE else "e"
        for ref in self.before(offset, 1):
            # "Steven Baker and his brother": his, who was just named.
            if ref.name and _fits(ref.figure, gender) and _COORDINATED.fullmatch(self.readable.clean[ref.end : offset]):
                return ref.figure
        index = self.readable.sentence_index(offset)
        sentences = self.readable.sentences
        for back in range(8 if prefer else 4):
            at = index - back
            if at < 0:
                break
            start, end = sentences[at]
            refs = self.between(start, min(end, offset))
            fitting = [r for r in refs if _fits(r.figure, gender) and (not r.plural or gender == "e")]
            if prefer and back < 7:
                if (
                    back == 0
                    and prefer == "adult"
                    and not any(r.name for r in fitting)
                    and _SUBJECT.search(self.readable.clean, start, offset)
                ):
                    topic = self._subject_before(index, gender) or self._topic(start, gender)
                    if topic is not None:
                        return topic
                wanted = [
                    r
                    for r in fitting
                    if _young(r.figure) == (prefer == "minor") and not r.figure.roles.keys() & _OFFICE
                ]
                if lower == "their" and prefer == "adult":
                    wanted = [r for r in wanted if r.plural or self._coordinated(r)]
                known = [r for r in wanted if gender != "e" and r.figure.gender == gender]
                wanted = known or wanted
                if wanted:
                    return wanted[-1].figure if prefer == "minor" else wanted[0].figure
                if back < 6:
                    continue
                return self.pronoun(word, offset)
            known = [r for r in fitting if gender != "e" and r.figure.gender == gender]
            pool = known or fitting
            if pool:
                opening = [
                    r for r in pool if r.outer - start < 40 and self.readable.clean[r.end : r.end + 2] != "'s"
                ]
                if back == 0:
                    return pool[0].figure if len(pool) == 1 or opening else pool[-1].figure
                return (opening or pool)[0].figure
        return None


def _young(figure: Figure) -> bool:
    return figure.minor or (figure.cluster is not None and figure.cluster.looks_minor)


def _fits(figure: Figure, gender: str) -> bool:
    return gender == "e" or figure.gender in (gender, "e")
