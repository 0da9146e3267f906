"""Whom a description without a name beside it speaks of: somebody already in the copy, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Callable

from recognizers.people.ages import ADULT_AGE
from recognizers.people.cast import Cast
from recognizers.people.descriptions import Description
from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import Grammar
from recognizers.people.kinship import Relation, descends_by
from recognizers.people.nouns import FAMILY, INVERSE, NounLexicon
from recognizers.people.refs import REACH

_REFS_BACK = 40
_ORDER_REACH = 8
# Ages in years that may be one age told twice ("two", "17-month-old").
_SAME_AGE = 1
_OTHER_AGE = 1.5
_HARMED = frozenset(["victim", "complainant", "complainer", "survivor"])
_ACCUSED = frozenset(["defendant", "accused"])
SEXES = frozenset(["woman", "man", "young woman", "young man"])
_RETOLD = frozenset(["parent", "partner", "sibling"])
# Behind "the man", what he does to whoever was spoken of; "who told her mother" is done to the mother.
_ACTS_ON = re.compile(r" who (?:[a-z]+ ){1,2}(him|her)\b(?! [a-z]+(?:er|um|ad|on)\b)")


def _is_child_then(figure: Figure) -> bool:
    """Whether all that is told of somebody is that they are, or were then, a child."""
    return figure.minor_now or (figure.minor and not figure.adult)


class Resolver:
    """Finds the figure of each description of one copy."""

    def __init__(
        self, cast: Cast, nouns: NounLexicon, grammar: Grammar, office_words: frozenset[str]
    ) -> None:
        self._cast = cast
        self._scene = cast.scene
        self._nouns = nouns
        self._kin_young = nouns.kin_young
        self._counting = grammar.words["counting"]
        self._office_words = office_words
        self._gender_of = grammar.gender
        self._ordering = grammar.words["ordering"]
        self._first_called: dict[str, Figure] = {}

    def remember(self, figure: Figure, noun: str) -> None:
        """Learn that the copy calls the figure by a noun."""
        figure.nouns.add(noun)
        first = self._first_called.get(noun)
        if not figure.named and (first is None or figure.number < first.number):
            self._first_called[noun] = figure

    def resolve(self, description: Description, possessor: Figure | None) -> Figure:
        """The figure of a description; `possessor` is whose the copy says it is."""
        group = description.kind.group
        young_sibling = group == "sibling" and description.age is not None and description.age < ADULT_AGE
        found: Figure | None
        if group in ("minor", "child", "grandchild") or young_sibling or self._little_kin(description):
            found = self._child(description, possessor)
            if found is not None and possessor is not None and description.pronoun == "whose":
                # "Gregor Bain, whose son is in P6": a parent of the school, and none of the Kilbride boy.
                found = found if found.surname in ("", possessor.surname) else None
        elif group in FAMILY:
            found = self._relative(description, possessor)
        elif group == "victim":
            found = (
                self._recent(lambda f: bool(f.nouns & _HARMED), description)
                or self._recent(
                    lambda f: (f.young and not f.blamed) or bool(f.nouns & _HARMED) or bool(f.circumstances),
                    description,
                )
                or next(
                    (
                        f
                        for f in self._scene.around(description.start)
                        if not f.named and not f.plural and "woman" in f.nouns
                    ),
                    None,
                )
            )
        elif group == "accused" and self._another(description):
            found = None
        elif group == "accused":
            found = self._recent(lambda f: "accused" in f.roles or bool(f.nouns & _ACCUSED), description)
        else:
            found = self._headlined(description) or self._grown(description)
        return found or self._fresh(description)

    def _little_kin(self, description: Description) -> bool:
        """ "His two-year-old nephew"."""
        young = description.age is not None and description.age < ADULT_AGE
        return young and description.noun in self._kin_young

    def _acts_on_the_last(self, description: Description) -> bool:
        """ "According to the man who coached him": he is who was spoken of, and the man is another."""
        behind = _ACTS_ON.match(self._scene.readable.clean, description.end)
        return behind is not None and description.kind.gender == self._gender_of(behind[1])

    def _grown(self, description: Description) -> Figure | None:
        if not description.definite or self._acts_on_the_last(description):
            return None
        gender = description.kind.gender
        if description.age is not None and description.determiner == "the":
            # "Kwame Asare can tell you … The 38-year-old barrister": whoever was telling it.
            teller = self._recent(
                lambda f: f.named and "telling" in f.flags and not (f.ages or f.young or f.in_office),
                description,
            )
            if teller is not None:
                return teller
            told = {r.figure for r in self._scene.before(description.start, _REFS_BACK) if r.name}
            alone = [f for f in told if not (f.ages or f.young or f.in_office)]
            if len(told) == len(alone) == 1 and self._compatible(alone[0], description):
                # "Stuart Pattinson was watching … The 47-year-old contractor": nobody else is named yet.
                return alone[0]
            of_surname = self._opening_surname(description)
            if of_surname is not None:
                return of_surname
        quoted = self._scene.readable.quotation_at(description.start) is not None
        # "The woman" is whoever was called one before, and nobody who holds an office.
        return (
            self._recent(
                lambda f: not _is_child_then(f) and not f.in_office and description.noun in f.nouns,
                description,
            )
            or self._recent(
                lambda f: (
                    not _is_child_then(f)
                    and (
                        description.noun in f.nouns
                        # She said that "the old woman hurt me": whoever is spoken of is not the speaker.
                        or (
                            not quoted
                            and f.named
                            and gender != "e"
                            and f.gender == gender
                            and not f.in_office
                            and not self._only_quoted(f)
                            and not self._has_parent(f)
                        )
                    )
                ),
                description,
            )
            or self._hidden(description)
            or self._in_the_dock(description)
        )

    def _another(self, description: Description) -> bool:
        """ "The second defendant": none of those told of so far, so long as it is not called so again."""
        clean = self._scene.readable.clean
        words = clean[max(0, description.start - _ORDER_REACH) : description.end].split()
        told = any(word.lower() in self._ordering for word in words)
        return told and not any(r.noun == description.noun for r in self._scene.before(description.start))

    def _in_the_dock(self, description: Description) -> Figure | None:
        """ "In the dock Gethin Prosser, 36, looked up. The scaffolder had admitted …": his trade.

        The one accused whom the sentence before names, of whom no other trade is told.
        """
        if description.determiner != "the" or description.noun.split()[-1] in self._office_words:
            return None
        named = {r.figure for r in self._named_before(description) if not r.figure.in_office}
        blamed = [f for f in named if f.blamed and f.adult and not f.nouns]
        return blamed[0] if len(named) == len(blamed) == 1 else None

    def _has_parent(self, figure: Figure) -> bool:
        """Whether the copy has told of somebody's mother, father or gran, as it does of a child's."""
        return any(descends_by(r, figure) for r in self._cast.kinship.of(figure))

    def _hidden(self, description: Description) -> Figure | None:
        """ "The complainant was nine … The woman told the trial": she whom the copy has not named."""
        if description.noun not in SEXES:
            return None
        harmed = {
            ref.figure
            for ref in self._scene.before(description.start, _REFS_BACK)
            if ref.figure.nouns & _HARMED and not (ref.figure.named or ref.figure.plural)
        }
        fitting = [f for f in harmed if f.gender in ("e", description.kind.gender) and not f.minor_now]
        return fitting[0] if len(harmed) == 1 and fitting else None

    def _only_quoted(self, figure: Figure) -> bool:
        """Whether only somebody's words name a figure so far: then the copy does not mean them."""
        quotation_at = self._scene.readable.quotation_at
        return all(quotation_at(ref.start) is not None for ref in figure.refs if ref.name)

    def _headlined(self, description: Description) -> Figure | None:
        """The headline's "Roofer" is the roofer of the first paragraph."""
        figure = None if description.definite else self._first_called.get(description.noun)
        if figure is None or self._scene.readable.sentence_index(figure.refs[0].start) != 0:
            return None
        return figure

    def _child(self, description: Description, possessor: Figure | None) -> Figure | None:
        if possessor is not None:
            theirs = self._child_of(description, possessor)
            if theirs is not None:
                return theirs
        around = self._scene.around(description.start)
        own = [f for f in around if f is not possessor and f.young and self._compatible(f, description)]
        named = [f for f in own if f.named]
        if description.age is not None:
            same = [f for f in own if f.is_about(description.age, _SAME_AGE)]
            if same:
                return same[-1]
            named = [f for f in named if not f.ages]
        unnamed = self._unnamed(description, possessor, own)
        if unnamed and description.determiner not in self._counting and not (named and description.definite):
            return unnamed[-1]
        if not description.definite and possessor is None and description.age is None:
            return None
        recent = self._recent(lambda f: f.young and f is not possessor, description)
        if recent is not None and not (description.age is not None and recent.ages):
            return recent
        if len(named) == 1 and (description.kind.plural or description.definite):
            return named[0]
        if description.kind.group == "minor" and description.definite and not own:
            return self._struck(description) or self._just_named(description)
        return None

    def _named_before(self, description: Description) -> list[Ref]:
        """The names in the sentence before the one that a description opens, the last first; none where it
        opens none.
        """
        readable = self._scene.readable
        opening, _ = readable.sentence_at(description.start)
        if len(readable.clean[opening : description.start].split()) > 1:
            return []
        place = readable.sentence_index(opening)
        before = self._scene.before(opening, _REFS_BACK)
        return [r for r in before if r.name and readable.sentence_index(r.start) == place - 1]

    def _just_named(self, description: Description) -> Figure | None:
        """ "Tyrese Adjei had gone to cool off. The 14-year-old …": with whom the sentence before opens."""
        named = self._named_before(description) if description.age is not None else []
        figures = {r.figure for r in named}
        if len(figures) != 1 or not self._scene.readable.opens_sentence(named[-1].start):
            return None
        figure = named[-1].figure
        known = figure.ages or figure.adult_evidence or figure.in_office
        return None if known or not self._compatible(figure, description) else figure

    def _opening_surname(self, description: Description) -> Figure | None:
        """ "But Kenteris blamed his coach, Christos Tzekos. The 31-year-old …": him with whose surname the
        sentence before opens, as no child is called.
        """
        readable = self._scene.readable
        for ref in self._named_before(description)[-1:]:
            figure, (opening, _) = ref.figure, readable.sentence_at(ref.start)
            known = figure.ages or figure.young or figure.in_office
            if (
                not known
                and readable.clean[ref.start : ref.end] == figure.surname
                and len(readable.clean[opening : ref.outer].split()) <= 1
                and self._compatible(figure, description)
            ):
                return figure
        return None

    def _child_of(self, description: Description, possessor: Figure) -> Figure | None:
        """The child whom the copy last told to be the possessor's, or the only one of their surname."""
        told = self._cast.kinship.told_since(description.start - REACH, possessor)
        for who_is_child in (False, True):
            for relation in reversed(told):
                child = _child_in(relation, possessor, who_is_child)
                if child is not None and self._compatible(child, description):
                    return child
        surname = possessor.surname
        if not surname or description.kind.plural:
            return None
        namesakes = [
            f
            for f in self._scene.around(description.start)
            if f.named and f.surname == surname and f.young and self._compatible(f, description)
        ]
        return namesakes[0] if len(namesakes) == 1 else None

    def _unnamed(self, description: Description, possessor: Figure | None, own: list[Figure]) -> list[Figure]:
        unnamed = [f for f in own if not f.named and (f.plural or not description.kind.plural)]
        if description.definite or possessor is not None:
            return unnamed
        # "A teenager who left a younger boy with a broken jaw": two of them.
        index = self._scene.readable.sentence_index
        place = index(description.start)
        unnamed = [f for f in unnamed if description.noun in f.nouns or index(f.refs[-1].start) != place]
        alike = [f for f in unnamed if description.noun in f.nouns]
        return alike or (unnamed if len(unnamed) == 1 else [])

    def _struck(self, description: Description) -> Figure | None:
        """ "The inquest into the death of Siobhán Lowe heard that the P7 pupil …": she whom it struck."""
        return self._recent(
            lambda f: (
                f.named
                and (bool(f.circumstances) or "victim" in f.roles)
                and not f.adult_evidence
                and not f.in_office
                and not f.blamed
                and f.age_now is None
            ),
            description,
        )

    def _relative(self, description: Description, possessor: Figure | None) -> Figure | None:
        group, gender, plural = description.kind.group, description.kind.gender, description.kind.plural
        told = self._cast.kinship.told_since(description.start - REACH, possessor, group)
        if not plural and (possessor is not None or description.definite):
            for relation in told:
                if (
                    (possessor is None or relation.whom is possessor)
                    and relation.group == group
                    and gender in ("e", relation.who.gender)
                ):
                    return relation.who
        if possessor is not None:
            for relation in told:
                if (
                    relation.who is possessor
                    and INVERSE.get(relation.group) == group
                    and (gender in ("e", relation.whom.gender) or relation.whom.gender == "e")
                    and relation.whom.named
                    and group in _RETOLD
                ):
                    return relation.whom
            return None
        if plural:
            return None
        if description.definite:
            return self._recent(lambda f: description.noun in f.nouns, description)
        return self._headlined(description)

    def _recent(self, test: Callable[[Figure], bool], description: Description) -> Figure | None:
        for ref in self._scene.before(description.start, _REFS_BACK):
            if self._compatible(ref.figure, description) and test(ref.figure):
                return ref.figure
        return None

    @staticmethod
    def _compatible(figure: Figure, description: Description) -> bool:
        """Whether sex, number and age of the description can be the figure's."""
        kind = description.kind
        if kind.plural:
            return True
        if kind.gender != "e" and figure.gender not in ("e", kind.gender):
            return False
        if figure.plural and not figure.named:
            return False
        return (
            description.age is None
            or not figure.years
            or not all(abs(years - description.age) > _OTHER_AGE for years in figure.years)
        )

    def _fresh(self, description: Description) -> Figure:
        kind = description.kind
        figure = Figure(len(self._scene.figures), gender=kind.gender, plural=kind.plural)
        figure.another = kind.group == "accused" and self._another(description)
        self._scene.introduce(figure)
        return figure


def _child_in(relation: Relation, elder: Figure, who_is_child: bool) -> Figure | None:
    """The child of `elder` that a relation tells: as its `who` ("her son") or as its `whom` ("Ellie's
    mother").
    """
    if who_is_child:
        child = relation.whom is elder and relation.group in ("child", "grandchild")
        return relation.who if child else None
    return relation.whom if relation.who is elder and relation.group in ("parent", "grandparent") else None
