"""Owners: whose somebody is, in "her son", "Ellie's mother", "my brother", "Tom Wray, son of Joan Wray"."""

from __future__ import annotations

import re

from recognizers.people.cast import Cast
from recognizers.people.descriptions import Description
from recognizers.people.figures import Figure
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.nouns import FAMILY

# Of whose they are, a child is asked for before a grown-up.
ELDERS = frozenset(["parent", "grandparent", "sibling", "kin", "carer"])
# How far behind a word of family its "of Joan Wray" may stand.
_OF_WHOM_REACH = 40
_ANOTHERS_OWN = re.compile(r"\b[Aa]nother [a-z]+ [^.;]*\b(?:his|her) own [a-z -]+$")
_OWN_REACH = 160
_HE_OR_SHE = re.compile(r"\s*(He|She)\b")
# In front of whoever is spoken to ("told Tolley: 'Your …'").
_TOLD = re.compile(r"\b(?:told|telling|tells|warned|said to|asked)(?: [a-z]+){0,2} $")
_TOLD_REACH = 24


class OwnerRules:
    """The patterns of owners, made once from the vocabulary."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.of_whom = re.compile(any_of(grammar.lists["of_whom"]))
        self.pronoun_said = re.compile(rf" (he|she) {any_of(grammar.lists['saying'])}\b")


class Owners:
    """Answers for one copy whose the one is whom a description speaks of."""

    def __init__(self, cast: Cast, rules: OwnerRules) -> None:
        self._cast = cast
        self._scene = cast.scene
        self._rules = rules
        self._clean = cast.scene.readable.clean

    def of(self, description: Description) -> tuple[Figure | None, int]:
        """Whose somebody is, and where the phrase begins with them."""
        start = description.start
        if description.possessor_end is not None:
            for ref in self._scene.before(start, 3):
                if ref.end == description.possessor_end:
                    return ref.figure, ref.outer
            return None, start
        behind = self._of_whom(description)
        if behind is not None:
            return behind, start
        pronoun = description.pronoun
        if pronoun == "my":
            return self._speaker(start), start
        if pronoun == "your":
            return self._addressee(start), start
        if not pronoun or pronoun in self._rules.grammar.words["spoken"]:
            return None, start
        if pronoun == "whose":
            near = self._scene.before(start, 1)
            return (near[0].figure if near else None), start
        if _ANOTHERS_OWN.search(self._clean, max(0, start - _OWN_REACH), description.end):
            # "Another player told her own mother".
            return None, start
        prefer = "minor" if description.kind.group in ELDERS else "adult"
        meant = (
            self._scene.pronoun(pronoun, start, prefer)
            or self._in_sentence(description)
            or self._ahead(description)
        )
        if meant is None and pronoun == "their":
            meant = self._of_a_couple(start)
        if meant is not None and meant.named and meant is self._speaker(start):
            # Nobody says "her daughter" of their own.
            return None, start
        return meant, start

    def _in_sentence(self, description: Description) -> Figure | None:
        """ "Ms Boyle says that her sister copes": who is named before it and is of that sex."""
        gender = self._rules.grammar.gender(description.pronoun)
        start, _ = self._scene.readable.sentence_at(description.start)
        named = [r.figure for r in self._scene.between(start, description.start) if r.name]
        fitting = [f for f in named if gender != "e" and f.gender == gender and not f.in_office]
        return fitting[0] if fitting else None

    def _of_a_couple(self, offset: int) -> Figure | None:
        """ "Murdered his wife while their children hid": one of two whom the sentence tells as partners."""
        start, _ = self._scene.readable.sentence_at(offset)
        for ref in reversed(self._scene.between(start, offset)):
            if any(r.group == "partner" for r in self._cast.kinship.of(ref.figure)):
                return ref.figure
        return None

    def other(self, description: Description, named: Figure) -> Figure | None:
        """The last one named before a description, of the sex of its pronoun, who is not `named`."""
        gender = self._rules.grammar.gender(description.pronoun)
        for ref in self._scene.before(description.start, 8):
            figure = ref.figure
            fits = gender == "e" or figure.gender in (gender, "e")
            if ref.name and figure is not named and fits and not figure.in_office:
                return figure
        return None

    def _of_whom(self, description: Description) -> Figure | None:
        """ "Tom Wray, son of Joan Wray": whose somebody is, told behind the word."""
        if description.kind.group not in FAMILY:
            return None
        end = description.end
        for ref in self._scene.between(end, end + _OF_WHOM_REACH)[:1]:
            if ref.name and self._rules.of_whom.fullmatch(self._clean, end, ref.outer):
                return ref.figure
        return None

    def _ahead(self, description: Description) -> Figure | None:
        """Whose "her" opens the copy before anybody is named: the one named next ("A runner … her baby son …
        Kirsty").
        """
        readable = self._scene.readable
        gender = self._rules.grammar.gender(description.pronoun)
        if gender == "e":
            return None
        place = readable.sentence_index(description.start)
        for ref in self._scene.line.after(description.end):
            if readable.sentence_index(ref.start) > place + 2:
                return None
            if ref.name and gender in ("e", ref.figure.gender) and not ref.figure.in_office:
                return ref.figure
        return None

    def _speaker(self, offset: int) -> Figure | None:
        """Whose "my" it is inside a quotation: the one named outside it, in this sentence or the next to
        it.
        """
        readable = self._scene.readable
        quotation = readable.quotation_at(offset)
        if quotation is None:
            return None
        opening, closing = quotation
        index = readable.sentence_index(offset)
        start, end = readable.sentences[index]
        said = self._rules.pronoun_said.match(self._clean, closing + 1) if closing >= 0 else None
        if said is not None:
            return self._scene.pronoun(said[1], opening, "adult")
        found = self._first_grown(start, opening) or self._first_grown(
            closing if closing >= 0 else offset, end + 1
        )
        for place in (index - 1, index + 1, index - 2):
            if found is None and 0 <= place < len(readable.sentences):
                found = self._first_grown(*readable.sentences[place])
        return found or self._goes_on_speaking(opening)

    def _goes_on_speaking(self, opening: int) -> Figure | None:
        """ "He was silent. 'I was sick. My wife, Diane, said …'": he who opens the sentence before."""
        readable = self._scene.readable
        start, _ = readable.sentence_at(max(0, opening - 2))
        told = _HE_OR_SHE.match(self._clean, start)
        return self._scene.pronoun(told[1], start, "adult") if told is not None else None

    def _addressee(self, offset: int) -> Figure | None:
        """ "The judge told Tolley: 'Your daughter …'": whoever stands between the telling and the words."""
        quotation = self._scene.readable.quotation_at(offset)
        if quotation is None:
            return None
        for ref in self._scene.before(quotation[0], 1):
            if ref.name and _TOLD.search(self._clean, max(0, ref.outer - _TOLD_REACH), ref.outer):
                return ref.figure if self._clean[ref.end : quotation[0]].strip(" ,:") == "" else None
        return None

    def _first_grown(self, start: int, end: int) -> Figure | None:
        return next(
            (
                r.figure
                for r in self._scene.between(start, end)
                if (r.name and not r.figure.minor_now and not r.figure.blamed)
                or (not r.name and r.figure.minor)
            ),
            None,
        )
