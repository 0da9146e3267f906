"""From the figures of a copy, judged and settled, to the persons that policy reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from recognizers.model import Circumstance, Evidence, Form, LifeStage, Mention, NameClash, Person, Role
from recognizers.people.candidate import Candidate
from recognizers.people.clusters import Cluster
from recognizers.people.copy_kind import CopyKind
from recognizers.people.figures import Figure
from recognizers.people.kinship import Kinship
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.nouns import FAMILY
from recognizers.people.slips import is_misspelling
from recognizers.people.ties import CASE, Tie, is_person, is_protected, strongest_tie

_GENDERS: dict[str, Literal["female", "male", "unknown"]] = {"f": "female", "m": "male"}
# One belief (an attribute and its value) needs no more proof than this; a long copy would repeat it on and
# on.
_MOST_EVIDENCE = 20
# Names of a list beside one of them, how many make it one, and how far it is read.
_LISTED_NAME = r"(?:[A-Z]\.? )?[A-Z][\w'-]+(?:, capt)?"
_LISTED_BEFORE = re.compile(rf"(?:{_LISTED_NAME}[,;] )+(?:[A-Z]\.? )?$")
_LISTED_BEHIND = re.compile(rf"(?:[,;] {_LISTED_NAME})+")
_LIST = 3
_LIST_REACH = 120


class Persons:
    """The results of one copy. `ids` are person ids by figure number, in order of first mention."""

    def __init__(self, figures: list[Figure], kinship: Kinship, kind: CopyKind) -> None:
        self.figures = sorted((f for f in figures if is_person(f)), key=lambda f: (_first(f), f.number))
        self.ids = {figure.number: f"p{place}" for place, figure in enumerate(self.figures, 1)}
        self._kinship = kinship
        self._kind = kind
        # Once somebody is convicted over it nobody is looked for: "anyone with information" is about crime.
        convicted = any("convicted" in f.roles for f in self.figures)
        self._missing_appeal = bool(kind.reads.spans("missing_appeal")) and not convicted

    def all(self) -> tuple[Person, ...]:
        """Everyone in order of first mention."""
        return tuple(self._person(figure) for figure in self.figures)

    def _person(self, figure: Figure) -> Person:
        roles: set[Role] = {role for role in figure.roles if role != "relative"}
        evidence = _evidence(figure)
        related: str | None = None
        relation_word: str | None = None
        tie = strongest_tie(self._kinship, figure)
        if tie is not None:
            relation_word, other, relation = tie
            related = self.ids[other.number]
            cue = f"kin.{relation.word}"
            evidence.append(Evidence(relation.start, relation.end, cue, "relation", relation_word))
            if relation.group in FAMILY and (is_protected(other) or not roles):
                roles.add("relative")
        complainant = "complainant" in figure.flags
        age = figure.age_now if figure.age_now is not None else figure.age_then
        adult_now = figure.adult and figure.minor
        circumstances: frozenset[Circumstance] = frozenset(figure.circumstances)
        cluster = figure.cluster
        return Person(
            id=self.ids[figure.number],
            names=_names(cluster),
            mentions=_mentions(cluster),
            descriptions=tuple((r.start, r.end) for r in figure.refs if not r.name),
            life_stage=_life_stage(figure),
            adult_now=adult_now,
            age=int(age) if age is not None else None,
            gender=_GENDERS.get(figure.gender, "unknown"),
            roles=frozenset(roles),
            circumstances=circumstances,
            relative_of=related,
            relation=relation_word,
            sex_offence_complainant=complainant and bool(self._kind.sexual_spans),
            special_offence_victim=complainant and not self._kind.sexual_spans,
            waived="waived" in figure.flags and not figure.minor_now,
            deceased="died" in circumstances,
            pseudonym="pseudonym" in figure.flags,
            public_role=_speaks_in_public(figure, tie),
            own_childhood=adult_now and self._tells_own_childhood(figure),
            missing_appeal="missing" in circumstances and self._missing_appeal,
            labelled=(cluster.label or None) if cluster is not None else None,
            evidence=_capped(evidence),
        )

    def _tells_own_childhood(self, figure: Figure) -> bool:
        """Whether an adult tells what happened to them as a child; what is told of them is none."""
        harmed = figure.circumstances.keys() | (figure.roles.keys() & CASE) or "harmed_then" in figure.flags
        return bool(harmed) and "telling" in figure.flags and not figure.blamed

    def clashes(self, lexicon: NameLexicon, clean: str) -> tuple[NameClash, ...]:
        """Surnames or given names spelled in two ways that are no short forms of each other.

        `clean` is the copy: whom only a list of bare surnames spells so is somebody else.
        """
        found: list[NameClash] = []
        for figure in sorted(self.figures, key=lambda f: f.number):
            cluster = figure.cluster
            if cluster is None:
                continue
            for spellings in (cluster.surnames, cluster.givens):
                for common, variant in _misspelled(spellings):
                    if spellings is cluster.givens and lexicon.short_forms(common, variant):
                        continue
                    spelled = [c for c in cluster.mentions if _spelled(c, variant)]
                    spans = tuple((c.start, c.end) for c in spelled)
                    if spans and not all(_in_list(c, clean) for c in spelled):
                        found.append(NameClash(self.ids[figure.number], common, variant, spans))
        return tuple(found)


def _speaks_in_public(figure: Figure, tie: Tie | None) -> bool:
    """Whether they speak for an office or organisation; a rank alone is no public role of a protected child's
    family.
    """
    if "public_role" in figure.flags:
        return True
    evidence = figure.roles.get("official", [])
    if tie is not None and is_protected(tie[1]) and tie[2].group in FAMILY:
        return any(not e.cue.startswith("title.") and not e.cue.endswith(".before") for e in evidence)
    return bool(evidence)


def _first(figure: Figure) -> int:
    starts = [r.start for r in figure.refs]
    if figure.cluster is not None:
        starts += [c.start for c in figure.cluster.mentions]
    return min(starts)


def _evidence(figure: Figure) -> list[Evidence]:
    evidence = [e for es in figure.roles.values() for e in es]
    evidence += [e for es in figure.circumstances.values() for e in es]
    evidence += [*figure.minor_evidence, *figure.adult_evidence, *figure.flags.values()]
    evidence += [Evidence(a.start, a.end, a.cue, "age", f"{a.years:g}") for a in figure.ages]
    return evidence


def _capped(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence in text order, the first so many pieces of each belief."""
    counts: Counter[tuple[str, str]] = Counter()
    kept: list[Evidence] = []
    for piece in sorted(set(evidence), key=lambda e: (e.start, e.end, e.cue, e.attribute, e.value)):
        belief = (piece.attribute, piece.value)
        counts[belief] += 1
        if counts[belief] <= _MOST_EVIDENCE:
            kept.append(piece)
    return tuple(kept)


def _life_stage(figure: Figure) -> LifeStage:
    if figure.minor:
        return "minor"
    return "adult" if figure.adult else "unknown"


def _names(cluster: Cluster | None) -> tuple[str, ...]:
    """The spellings of somebody's name, the fullest first."""
    if cluster is None:
        return ()
    if cluster.label:
        return (cluster.label,)
    spelled = dict.fromkeys(" ".join(c.words) for c in cluster.mentions if c.words)
    return tuple(sorted(spelled, key=lambda name: -len(name.split())))


def _mentions(cluster: Cluster | None) -> tuple[Mention, ...]:
    if cluster is None:
        return ()
    given, surname = fold(cluster.given), fold(cluster.surname)
    return tuple(
        Mention(c.start, c.end, c.source, _form(c, given, surname))
        for c in sorted(cluster.mentions, key=lambda c: (c.start, c.end))
    )


def _form(candidate: Candidate, given: str, surname: str) -> Form:
    if candidate.source == "address":
        return "address"
    if candidate.label:
        return "label"
    if candidate.moniker:
        return "moniker"
    if len(candidate.words) != 1:
        return "full"
    word = fold(candidate.words[0])
    return "given" if word == given else "surname" if surname and word == surname else "nickname"


def _misspelled(spellings: Counter[str]) -> list[tuple[str, str]]:
    """(common spelling, variant) for each spelling that is a slip of the most usual one."""
    if len(spellings) < 2:
        return []
    common = max(spellings, key=lambda s: (spellings[s], s))
    return [(common, s) for s in sorted(spellings) if is_misspelling(fold(common), fold(s))]


def _in_list(candidate: Candidate, clean: str) -> bool:
    """Whether a bare surname stands in a list of such names ("Sheahan, Horan, O'Callaghan, Miller")."""
    if len(candidate.words) > 1 or candidate.title:
        return False
    before = _LISTED_BEFORE.search(clean, max(0, candidate.start - _LIST_REACH), candidate.start)
    behind = _LISTED_BEHIND.match(clean, candidate.end)
    names = (before[0] if before else "") + (behind[0] if behind else "")
    return names.count(",") + names.count(";") >= _LIST


def _spelled(candidate: Candidate, variant: str) -> bool:
    return fold(variant) in {fold(word) for word in candidate.words}
