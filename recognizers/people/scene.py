"""The copy as a scene: who is spoken of where, and which words are whose.

`Scene` knows the refs in text order and answers the three questions that roles and kinship ask of grammar:
who is the subject in front of this verb, who is the object behind this phrase, whom does this pronoun mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import Grammar
from recognizers.people.pronouns import Pronouns
from recognizers.people.refs import Neighbourhood, RefLine
from recognizers.people.text import ReadableText

_PRONOUN_END = re.compile(r"\b(he|she|they|who)\s*(?:,[^,.;\n]{0,60},)?\s*$", re.IGNORECASE)
_PRONOUN_LAST = re.compile(r"\b(he|she|they)$", re.IGNORECASE)
# "killed her", and not "killed her brother".
_OBJECT_PRONOUN = re.compile(r"\s*(him|her|them)\b(?! [a-z]+(?:er|her|um|ad|on|le)\b)")
_BOTH = re.compile(r"\bboth (?:of whom )?$")
_ALL_OF_THEM = re.compile(
    r"\s*(?:Both|All (?:of them|three|four|five)|The (?:two|three|pair|trio|men|women))\b"
)
_COUPLE = 2
# "Kyle Bain, 20, of Port Clarence, and his brother Tyler, 17, admitted".
_WITH_ADDRESS = re.compile(r"(?:, \(?\d\d\)?)?, (?:both )?of [A-Z][\w' ]{2,40},? and ")
_REFS_BACK = 12
_SPEAKER_REACH = 40
# How far in front of a verb a pronoun, an aside, or the ref that a "who" speaks of may stand.
_PRONOUN_REACH = 200
_ASIDE_REACH = 220
_WHO_REACH = 90
_OBJECTS_REACH = 400


class Scene:
    """Refs of one copy in text order, with the questions grammar answers. `figures` may grow while it is in
    use.
    """

    def __init__(
        self, readable: ReadableText, refs: Iterable[Ref], figures: list[Figure], grammar: Grammar
    ) -> None:
        self.readable = readable
        self.figures = figures
        self.line = RefLine(len(readable.clean), refs)
        self._grammar = grammar
        self._pronouns = Pronouns(readable, self.line, grammar)
        self._neighbourhood = Neighbourhood(self.line, len(readable.clean), figures)

    @property
    def refs(self) -> Iterator[Ref]:
        """All refs in text order."""
        return iter(self.line)

    def add(self, ref: Ref) -> None:
        """Put a ref in its place."""
        self.line.add(ref)

    def introduce(self, figure: Figure) -> None:
        """Let somebody enter of whom the copy had not spoken."""
        self.figures.append(figure)
        self._neighbourhood.add(figure)

    def around(self, offset: int) -> list[Figure]:
        """The figures that something at `offset` can be about: those spoken of near it, in order."""
        return self._neighbourhood.around(offset)

    def between(self, start: int, end: int) -> list[Ref]:
        """Refs that begin in [start, end)."""
        return self.line.between(start, end)

    def before(self, offset: int, count: int = _REFS_BACK) -> list[Ref]:
        """The last `count` refs that begin before `offset`, nearest first."""
        return self.line.before(offset, count)

    def pronoun(self, word: str, offset: int, prefer: str = "") -> Figure | None:
        """Whom the pronoun `word` at `offset` means; see `Pronouns.meant`."""
        return self._pronouns.meant(word, offset, prefer)

    def subjects(self, offset: int) -> list[Figure]:
        """Who does, or suffers, what the verb at `offset` says: the refs in front of it in its sentence."""
        clean = self.readable.clean
        start, _ = self.readable.sentence_at(offset)
        refs = [ref for ref in self.before(offset) if ref.start >= start]
        chosen, fallback = self._subject(refs, offset)
        floor = max(start, offset - _PRONOUN_REACH)
        pronoun = _PRONOUN_END.search(clean, floor, offset)
        if pronoun is None:
            pronoun = _PRONOUN_LAST.search(self._grammar.without_adverbs(clean[floor:offset]))
            at = floor + pronoun.start() if pronoun is not None else -1
        elif pronoun[1].lower() == "who":
            if chosen is None:
                chosen = next((r for r in refs if pronoun.start() - r.end <= _WHO_REACH), None)
            pronoun = None
        else:
            at = pronoun.start()
        if pronoun is not None and (chosen is None or chosen.start < at):
            figure = self.pronoun(pronoun[1], at)
            return [figure] if figure else []
        chosen = chosen or fallback
        if chosen is None and _ALL_OF_THEM.match(clean, start) is not None:
            return self._listed_before(start)
        if _BOTH.search(clean, max(start, offset - _PRONOUN_REACH), offset) is not None:
            # "Tariq Mehmood, 54, of Dewsbury, and his brother Shahid, 49, both deny".
            both = list(dict.fromkeys(ref.figure for ref in refs if ref.name))
            if len(both) == _COUPLE:
                return both
        return self._with_companions(chosen, start) if chosen is not None else []

    def _subject(self, refs: list[Ref], offset: int) -> tuple[Ref | None, Ref | None]:
        """Of the refs in front of a verb, nearest first, its subject; and one to fall back on when there is
        none.
        """
        clean, grammar = self.readable.clean, self._grammar
        for ref in refs:
            # "A man who raped a girl has been found guilty": he has, not she.
            if clean.startswith(" ", ref.end) and grammar.restrictive.fullmatch(clean, ref.end, offset):
                return ref, None
        fallback: Ref | None = None
        for ref in refs:
            if clean[ref.end : ref.end + 2] in ("'s", "' "):
                continue
            gap = clean[ref.end : offset]
            if len(gap) < _ASIDE_REACH:
                bare = grammar.without_adverbs(gap)
                if not bare or (bare == "," and " who" in gap):
                    return ref, fallback
                if gap.strip() != "," and grammar.aside.fullmatch(bare):
                    return ref, fallback
            if gap.strip() == "," and fallback is None:
                fallback = ref
        return None, fallback

    def speaker(self, offset: int) -> Figure | None:
        """Who says the quoted words at `offset`: whom it names behind them, else in front of them."""
        quotation = self.readable.quotation_at(offset)
        if quotation is None:
            return None
        opening, closing = quotation
        clean, said = self.readable.clean, self._grammar.speech
        behind = said.match(clean, closing + 1) if closing >= 0 else None
        if behind is not None:
            if behind["who"]:
                return self.pronoun(behind["who"], opening)
            named = self.between(behind.end() - 1, behind.end() + _SPEAKER_REACH)[:1]
            return named[0].figure if named else None
        before = [ref for ref in self.before(opening, 1) if opening - ref.end < _SPEAKER_REACH and ref.name]
        return (
            before[0].figure
            if before and self._grammar.leads_in.fullmatch(clean, before[0].end, opening)
            else None
        )

    def _listed_before(self, start: int) -> list[Figure]:
        """ "Dwayne Cole, 27, and Abdi Noor, 24, ran the line. Both were convicted": the two who opened the
        sentence before.
        """
        index = self.readable.sentence_index(start)
        if index < 1:
            return []
        opening, _ = self.readable.sentences[index - 1]
        named = [r for r in self.between(opening, start) if r.name]
        if not named or self.readable.clean[opening : named[0].outer].strip():
            return []
        found, last = [named[0].figure], named[0]
        for ref in named[1:]:
            if not self._grammar.listed.fullmatch(self.readable.clean[last.end : ref.outer]):
                break
            found.append(ref.figure)
            last = ref
        return found if len(found) > 1 else []

    def _with_companions(self, ref: Ref, floor: int) -> list[Figure]:
        figures = [ref.figure]
        clean = self.readable.clean
        current = ref
        for other in self.before(ref.outer):
            between = clean[other.end : current.outer]
            if other.figure is current.figure and other.start >= floor and between == " ":
                # "And his brother Tyler": two refs to one.
                current = other
                continue
            joined = self._grammar.listed.fullmatch(between) or _WITH_ADDRESS.fullmatch(between)
            if other.start < floor or not joined:
                break
            figures.append(other.figure)
            current = other
        return figures

    def objects(self, offset: int, reach: int = 48, pronouns: bool = True) -> list[Figure]:
        """Whom the phrase that ends at `offset` is about: the ref right behind it and those listed with
        it.
        """
        clean = self.readable.clean
        _, stop = self.readable.sentence_at(offset)
        found: list[Figure] = []
        last: Ref | None = None
        for ref in self.between(offset, min(stop, offset + _OBJECTS_REACH)):
            if last is None:
                gap = clean[offset : max(offset, ref.outer)]
                close = ref.outer - offset <= reach and self._grammar.object_gap.fullmatch(gap)
                if not close and not ref.outer <= offset <= ref.start:
                    break
                if clean[ref.end : ref.end + 2] in ("'s", "' "):
                    # "the murder of Ellie's brother" is about the brother, who comes next.
                    continue
            elif not self._grammar.listed.fullmatch(clean[last.end : ref.outer]):
                break
            found.append(ref.figure)
            last = ref
        if not found and pronouns:
            match = _OBJECT_PRONOUN.match(clean[offset : offset + 12])
            figure = self.pronoun(match[1], offset) if match else None
            if figure is not None:
                found.append(figure)
        return found
