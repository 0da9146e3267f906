"""Jigsaw pieces (behaviour D6) and ties to the accused (B1): facts that, put together, name a child nobody
named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from recognizers.model import Piece
from recognizers.people.ages import ADULT_AGE, NUMBER, find_olds, number
from recognizers.people.figures import Figure
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.kinship import Kinship, Relation, is_elder_of
from recognizers.people.nouns import NounLexicon
from recognizers.people.persons import Persons
from recognizers.people.places import SmallPlaces
from recognizers.people.refs import REACH
from recognizers.people.roles import Reads
from recognizers.people.scene import Scene
from recognizers.people.schooling import SAME_YEAR, SchoolYear
from recognizers.people.ties import INFERRED, is_protected
from recognizers.vocabulary import load_vocabulary

# A name this close behind a job is its bearer's.
_STAFF_REACH = 70
# Ages of one person, told twice, differ by less.
_SAME_AGE = 1.0
# "Head teacher of Marlpit High, Kevin Straw," and "head teacher Kevin Straw".
_OF_SCHOOL = re.compile(r" (?:of|at) (?:the )?[A-Z][^,.;\n]{2,60}, ")
_BARE_NAME = re.compile(r",? (?P<name>[A-Z][\w'-]+ [A-Z][\w'-]+)(?=,| (?:said|told|says|described|wrote)\b)")


class PieceFinder:
    """Reads pieces.yaml once and finds the pieces of a copy."""

    def __init__(self, nouns: NounLexicon, grammar: Grammar) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "pieces.yaml")
        self._household = nouns.household
        self._several = frozenset(" ".join(words) for words, noun in nouns.nouns.items() if noun.plural)
        self._places = SmallPlaces(words)
        behind = any_of(words["behind_several"])
        self._plural_age = re.compile(
            rf",?(?: who)?(?: {behind})* (?P<age>{NUMBER})(?:,? (?:and|or|to) {NUMBER})?"
            r"(?=[,.;)]| (?:at|when|and)\b)"
        )
        self._event = re.compile(rf"\b{any_of(words['event'])}\b", re.IGNORECASE)
        self._staff = re.compile(rf"\b{any_of(words['staff'])}\b", re.IGNORECASE)
        self._home = re.compile("|".join(words["shared_home"]), re.IGNORECASE)
        staff = [f"{word} " for word in grammar.lists["before_staff"]]
        self._staff_gap = re.compile(rf",? ?{any_of(staff)}?(?:\w+ )?")

    def find(
        self,
        scene: Scene,
        kinship: Kinship,
        reads: Reads,
        persons: Persons,
        school_years: list[SchoolYear],
    ) -> tuple[Piece, ...]:
        """Pieces of everyone who is likely protected, in text order."""
        subjects = [f for f in scene.figures if f.number in persons.ids and is_protected(f)]
        if not subjects:
            return ()
        schools: dict[Figure, list[tuple[int, int]]] = {}
        for figure, start, end in school_years:
            schools.setdefault(figure, []).append((start, end))
        ties = _Ties(kinship, persons, self._household, self._several, self._hints(scene, reads))
        main = max(subjects, key=lambda f: ("complainant" in f.flags, len(f.refs), -f.number))
        pieces: list[Piece] = []
        # Where a named adult answers for it, an unnamed child that seems to is a slip of reading.
        on_trial = any(f.named and f.blamed and not f.minor_now for f in scene.figures)
        for figure in scene.figures:
            owner = _owner(figure, subjects, main, on_trial)
            if owner is None:
                continue
            pid = persons.ids[owner.number]
            grown = not figure.minor
            pieces += [
                Piece("age", pid, a.start, a.end, f"{a.years:g}")
                for a in figure.ages
                if a.cue != "school_year" and (grown or a.years < ADULT_AGE)
            ]
            pieces += [Piece("age", pid, s, e, "age") for s, e in self._ages_of_several(scene, figure)]
            pieces += [Piece("school_year", pid, s, e, "school year") for s, e in schools.get(figure, ())]
        for figure in subjects:
            pieces += ties.of(figure)
        pieces += self._surroundings(scene, persons, subjects, main)
        unique = {(p.kind, p.person, p.start, p.end, p.other): p for p in pieces}
        return tuple(sorted(unique.values(), key=lambda p: (p.start, p.end, p.kind, p.person, p.other or "")))

    def _ages_of_several(self, scene: Scene, figure: Figure) -> Iterator[tuple[int, int]]:
        """Where the ages of several children stand who are spoken of as one ("her four-year-old twins",
        "the girls were 13 and 14").
        """
        if not figure.plural or figure.named:
            return
        clean = scene.readable.clean
        for ref in figure.refs:
            for start, end, years in find_olds(clean[ref.outer : ref.end]):
                if years < ADULT_AGE:
                    yield ref.outer + start, ref.outer + end
            told = self._plural_age.match(clean, ref.end)
            if told is not None and number(told["age"]) < ADULT_AGE:
                yield told.start("age"), told.end()

    def _hints(self, scene: Scene, reads: Reads) -> list[tuple[int, int, str]]:
        """Words that tell of one family or one home without saying who is what to whom."""
        clean = scene.readable.clean
        hints = [(s, e, clean[s:e].lower()) for s, e in reads.spans("incest")]
        return hints + [(m.start(), m.end(), "shared home") for m in self._home.finditer(clean)]

    def _surroundings(
        self, scene: Scene, persons: Persons, subjects: Sequence[Figure], main: Figure
    ) -> list[Piece]:
        """Places, rare events and staff: they point at whom they stand beside, or at the one the copy is most
        about.
        """
        pid = persons.ids[main.number]
        clean = scene.readable.clean
        found = self._places.find(scene, subjects, main, persons.ids)
        sentences = {scene.readable.sentence_index(r.start) for r in main.refs}
        found += [
            Piece("event", pid, match.start(), match.end(), match[0].lower())
            for match in self._event.finditer(clean)
            if scene.readable.sentence_index(match.start()) in sentences
        ]
        for match in self._staff.finditer(clean):
            found += self._named_staff(scene, persons, match, pid)
        return found

    def _named_staff(self, scene: Scene, persons: Persons, match: re.Match[str], pid: str) -> list[Piece]:
        """The name of whoever holds the post that `match` tells, as a piece of `pid`."""
        clean = scene.readable.clean
        start, end = match.span()
        for ref in [*scene.between(end, end + _STAFF_REACH), *scene.before(start, 1)]:
            gap = clean[end : ref.start] if ref.start >= end else clean[ref.end : start]
            near = self._staff_gap.fullmatch(gap) or (ref.start >= end and _OF_SCHOOL.fullmatch(gap))
            if ref.name and not ref.figure.minor and near:
                other = persons.ids.get(ref.figure.number)
                return [Piece("staff", pid, ref.start, ref.end, match[0].lower(), other)] if other else []
        # A name that no other sign made a person's.
        bare = _BARE_NAME.match(clean, end)
        if bare is None or any(ref.name for ref in scene.between(*bare.span("name"))):
            return []
        return [Piece("staff", pid, *bare.span("name"), match[0].lower())]


def _owner(figure: Figure, subjects: Sequence[Figure], main: Figure, on_trial: bool) -> Figure | None:
    """Whom the age and the school year of a figure point at.

    A child without a name is whom the copy is most about ("the boy", "her pupil"), or the only other one who
    is named, when nothing told of them speaks against it, though nothing joined the two.
    """
    if figure is main or (figure in subjects and figure.named):
        return figure
    if not figure.named and figure.minor:
        if _may_be(figure, main, on_trial):
            return main
        others = [other for other in subjects if other.named and _may_be(figure, other, on_trial)]
        if len(others) == 1:
            return others[0]
    return figure if figure in subjects else None


def _may_be(figure: Figure, other: Figure, on_trial: bool) -> bool:
    return (
        (figure.blamed == other.blamed or on_trial)
        and (figure.gender == other.gender or "e" in (figure.gender, other.gender))
        and other.agrees_with((a.years for a in figure.ages if a.cue != "school_year"), _SAME_AGE)
        and other.agrees_with((a.years for a in figure.ages if a.cue == "school_year"), SAME_YEAR)
    )


class _Ties:
    """The relation pieces of one copy."""

    def __init__(
        self,
        kinship: Kinship,
        persons: Persons,
        household: frozenset[str],
        several: frozenset[str],
        hints: list[tuple[int, int, str]],
    ) -> None:
        self._kinship = kinship
        self._ids = persons.ids
        self._household = household
        self._several = several
        self._hints = hints
        people = sorted(persons.figures, key=lambda f: f.number)
        self._accused = [f for f in people if f.named and f.blamed and not f.minor_now]

    def of(self, figure: Figure) -> list[Piece]:
        """Ties that the copy tells, ties through a parent, and for a complainant those that it only
        implies.
        """
        pid = self._ids[figure.number]
        found: list[Piece] = []
        for relation in self._kinship.of(figure):
            other = relation.other(figure)
            if self._nameable(other) and relation.word not in INFERRED and self._is_borne(relation, other):
                found.append(self._piece(pid, relation, other, False))
        found += self._through_parent(figure, {p.other for p in found})
        if "complainant" in figure.flags:
            found += self._implied(figure, {p.other for p in found})
        return found

    def _is_borne(self, relation: Relation, other: Figure) -> bool:
        """Whether two of the copy bear a word for several ("her parents"): one man alone is not meant."""
        if relation.word not in self._several or relation.who is not other:
            return True
        return any(
            tie.who is not other
            and tie.who.named
            and (tie.start, tie.word) == (relation.start, relation.word)
            for tie in self._kinship.of(relation.whom)
        )

    def _nameable(self, figure: Figure) -> bool:
        return figure.named and figure.number in self._ids and not figure.minor_now

    def _piece(self, pid: str, relation: Relation, other: Figure, implied: bool) -> Piece:
        return Piece(
            "relation",
            pid,
            relation.start,
            relation.end,
            relation.word,
            self._ids[other.number],
            other.blamed,
            implied,
        )

    def _elders(self, figure: Figure) -> dict[Figure, None]:
        """Parents and other older family of the figure."""
        return {
            r.other(figure): None for r in self._kinship.of(figure) if is_elder_of(r, r.other(figure), figure)
        }

    def _through_parent(self, figure: Figure, told: set[str | None]) -> list[Piece]:
        """The partner of a child's parent: a tie told through a third person."""
        elders = self._elders(figure)
        partners = {r.place: r for elder in elders for r in self._kinship.of(elder) if r.group == "partner"}
        return [
            self._piece(self._ids[figure.number], relation, other, True)
            for _, relation in sorted(partners.items())
            for parent, other in ((relation.who, relation.whom), (relation.whom, relation.who))
            if parent in elders and self._nameable(other) and self._ids[other.number] not in told
        ]

    def _implied(self, figure: Figure, told: set[str | None]) -> list[Piece]:
        """Ties to a named accused that the copy never tells outright (B1), from words near the
        complainant.
        """
        floor, ceiling = figure.refs[0].start - REACH, figure.refs[0].start + REACH
        for ref in figure.refs:
            floor, ceiling = min(floor, ref.start - REACH), max(ceiling, ref.start + REACH)
        accused = [
            f
            for f in self._accused
            if self._ids[f.number] not in told and any(floor <= r.start <= ceiling for r in f.refs)
        ]
        if not accused:
            return []
        pid = self._ids[figure.number]
        elders = self._elders(figure)
        hints = [h for h in self._hints if floor <= h[0] <= ceiling]
        hints += [(r.start, r.end, r.word) for r in self._household_of(figure, elders)]
        found: list[Piece] = []
        for man in accused:
            ties = self._kinship.of(man)
            through = [r for r in ties if r.who is man and r.whom in elders]
            through += [r for r in ties if r.whom is man and r.group == "partner" and r.who in elders]
            found += [
                Piece("relation", pid, start, end, word, self._ids[man.number], True, True)
                for start, end, word in [*hints, *((r.start, r.end, r.word) for r in through)]
            ]
        return found

    def _household_of(self, figure: Figure, elders: dict[Figure, None]) -> list[Relation]:
        """What the copy last tells of each unnamed person who is family of the figure or of an elder of
        theirs.
        """
        last: dict[Figure, Relation] = {}
        for one in (figure, *elders):
            for relation in self._kinship.of(one):
                known = last.get(relation.who)
                if relation.whom is one and (known is None or known.place < relation.place):
                    last[relation.who] = relation
        return [
            relation
            for other, relation in sorted(last.items(), key=lambda item: item[0].number)
            if not other.named and other is not figure and relation.word in self._household
        ]
