"""Jigsaw pieces (behaviour D6) and ties to the accused (B1): facts that, put together, name a child nobody
named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from recognizers.model import Piece
from recognizers.people.ages import ADULT_AGE
from recognizers.people.figures import Figure
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.homes import HomeReader
from recognizers.people.kinship import Kinship, Relation, is_elder_of
from recognizers.people.nouns import NounLexicon
from recognizers.people.persons import Persons
from recognizers.people.piece_owners import SeveralAges, is_hidden, owner_of
from recognizers.people.places import SmallPlaces
from recognizers.people.refs import REACH
from recognizers.people.roles import Reads
from recognizers.people.scene import Scene
from recognizers.people.schooling import SchoolYear
from recognizers.people.staff import StaffFinder
from recognizers.people.ties import GUESSED, INFERRED, is_protected
from recognizers.vocabulary import load_vocabulary

# How many make a couple.
_COUPLE = 2


class PieceFinder:
    """Reads pieces.yaml once and finds the pieces of a copy."""

    def __init__(self, nouns: NounLexicon, grammar: Grammar, homes: HomeReader) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "pieces.yaml")
        self._household = nouns.household
        self._kin_young = nouns.kin_young | frozenset(words["young_kin"])
        self._several = frozenset(" ".join(words) for words, noun in nouns.nouns.items() if noun.plural)
        self._places = SmallPlaces(words)
        self._several_ages = SeveralAges(words["behind_several"])
        self._event = re.compile(rf"\b{any_of(words['event'])}\b", re.IGNORECASE)
        self._staff = StaffFinder(words, grammar)
        self._home = re.compile("|".join(words["shared_home"]), re.IGNORECASE)
        self._taught = frozenset(words["taught"])
        self._homes = homes

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
        ties = _Ties(
            kinship, persons, self._household, self._several, self._taught, self._hints(scene, reads)
        )
        main = max(subjects, key=lambda f: ("complainant" in f.flags, len(f.refs), -f.number))
        schools: dict[Figure, list[tuple[int, int]]] = {}
        for pupil, start, end in school_years:
            # "An empty peg in P2": of whom the copy is most about.
            if pupil is not None or main.minor:
                schools.setdefault(pupil or main, []).append((start, end))
        pieces: list[Piece] = []
        # Where a named adult answers for it, an unnamed child that seems to is a slip of reading.
        on_trial = any(f.named and f.blamed and not f.minor_now for f in scene.figures)
        for figure in scene.figures:
            owner = owner_of(figure, subjects, main, on_trial)
            if owner is None:
                continue
            pid = persons.ids[owner.number]
            grown = not figure.minor
            pieces += [
                Piece("age", pid, a.start, a.end, f"{a.years:g}")
                for a in figure.ages
                if a.cue != "school_year" and (grown or a.years < ADULT_AGE)
            ]
            pieces += [Piece("age", pid, s, e, "age") for s, e in self._several_ages.of(scene, figure)]
            pieces += [Piece("school_year", pid, s, e, "school year") for s, e in schools.get(figure, ())]
        for figure in scene.figures:
            owner = figure if figure in subjects else None
            if not figure.named and "complainant" not in main.flags:
                owner = owner_of(figure, subjects, main, on_trial)
                if owner is None and is_hidden(figure, main, kinship, self._kin_young):
                    owner = main
            if owner is not None:
                pieces += ties.of(figure, persons.ids[owner.number])
        pieces += self._at_home(scene, persons, subjects, ties.accused, pieces)
        pieces += self._surroundings(scene, persons, subjects, main, on_trial)
        unique = {(p.kind, p.person, p.start, p.end, p.other): p for p in pieces}
        return tuple(sorted(unique.values(), key=lambda p: (p.start, p.end, p.kind, p.person, p.other or "")))

    def _at_home(
        self,
        scene: Scene,
        persons: Persons,
        subjects: Sequence[Figure],
        accused: Sequence[Figure],
        told: Sequence[Piece],
    ) -> list[Piece]:
        """A tie to the accused that only the words of the whole copy tell, where none is told."""
        complainants = [f for f in subjects if "complainant" in f.flags]
        child = max(complainants, key=lambda f: (len(f.refs), -f.number), default=None)
        if child is None or not child.minor or any(p.kind == "relation" and p.accused for p in told):
            return []
        words = self._homes.told(scene, accused) if accused else None
        if words is None:
            return []
        pid = persons.ids[child.number]
        return [Piece("relation", pid, *words, "shared home", accused=True, implied=True)]

    def _hints(self, scene: Scene, reads: Reads) -> list[tuple[int, int, str]]:
        """Words that tell of one family or one home without saying who is what to whom."""
        clean = scene.readable.clean
        hints = [(s, e, clean[s:e].lower()) for s, e in reads.spans("incest")]
        return hints + [(m.start(), m.end(), "shared home") for m in self._home.finditer(clean)]

    def _surroundings(
        self, scene: Scene, persons: Persons, subjects: Sequence[Figure], main: Figure, on_trial: bool
    ) -> list[Piece]:
        """Places, rare events and staff: they point at whom they stand beside, or at the one the copy is most
        about.
        """
        pid = persons.ids[main.number]
        clean = scene.readable.clean
        whose = {f: persons.ids[(owner_of(f, subjects, main, on_trial) or f).number] for f in subjects}
        found = self._places.find(scene, subjects, main, whose)
        spoken = (r for f in subjects if whose[f] == pid for r in f.refs)
        sentences = {scene.readable.sentence_index(r.start) for r in spoken}
        found += [
            Piece("event", pid, match.start(), match.end(), match[0].lower())
            for match in self._event.finditer(clean)
            if scene.readable.sentence_index(match.start()) in sentences
        ]
        return [*found, *self._staff.find(scene, persons, pid)]


class _Ties:
    """The relation pieces of one copy."""

    def __init__(
        self,
        kinship: Kinship,
        persons: Persons,
        household: frozenset[str],
        several: frozenset[str],
        taught: frozenset[str],
        hints: list[tuple[int, int, str]],
    ) -> None:
        self._kinship = kinship
        self._ids = persons.ids
        self._household = household
        self._several = several
        self._taught = taught
        self._hints = hints
        people = sorted(persons.figures, key=lambda f: f.number)
        self.accused = [f for f in people if f.named and f.blamed and not f.minor_now]

    def of(self, figure: Figure, pid: str) -> list[Piece]:
        """Ties that the copy tells of `figure`, as pieces of the person `pid`: outright, through a parent,
        and for a complainant those that it only implies.
        """
        found: list[Piece] = []
        for relation in self._kinship.of(figure):
            if relation.word in INFERRED:
                continue
            other = relation.other(figure)
            if self._nameable(other) and self._is_borne(relation, other):
                found.append(self._piece(pid, relation, other, False))
            told = other.blamed or relation.whom is other
            found += [self._piece(pid, relation, f, False) for f in self._members(other) if told]
        found += self._through_parent(figure, pid, {p.other for p in found})
        if "complainant" in figure.flags:
            found += self._implied(figure, {p.other for p in found})
        return found

    def _members(self, group: Figure) -> list[Figure]:
        """ "A couple who starved their grandson": the two who are then named and blamed."""
        if group.named or not group.plural or group.young or len(self.accused) != _COUPLE:
            return []
        return self.accused if group.blamed or group.nouns & self._several else []

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
            # "Four of his pupils" are no family of his.
            other.blamed and relation.word not in self._taught,
            implied,
        )

    def _elders(self, figure: Figure) -> dict[Figure, None]:
        """Parents and other older family of the figure; of a child complainant, whom a block leans on, only
        those whom a word or a surname makes that.
        """
        sure = "complainant" in figure.flags and figure.minor
        return {
            r.other(figure): None
            for r in self._kinship.of(figure)
            if is_elder_of(r, r.other(figure), figure) and not (sure and r.word in GUESSED)
        }

    def _through_parent(self, figure: Figure, pid: str, told: set[str | None]) -> list[Piece]:
        """The partner of a child's parent: a tie told through a third person."""
        elders = self._elders(figure)
        partners = {r.place: r for elder in elders for r in self._kinship.of(elder) if r.group == "partner"}
        return [
            self._piece(pid, relation, other, True)
            for _, relation in sorted(partners.items())
            for parent, other in ((relation.who, relation.whom), (relation.whom, relation.who))
            if parent in elders and self._nameable(other) and self._ids[other.number] not in told
        ]

    def _implied(self, figure: Figure, told: set[str | None]) -> list[Piece]:
        """Ties to a named accused that the copy never tells outright (B1), from words near the
        complainant.
        """
        if not figure.refs:
            # All that was theirs turned out to be somebody else's.
            return []
        floor, ceiling = figure.refs[0].start - REACH, figure.refs[0].start + REACH
        for ref in figure.refs:
            floor, ceiling = min(floor, ref.start - REACH), max(ceiling, ref.start + REACH)
        accused = [
            f
            for f in self.accused
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
