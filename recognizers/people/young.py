"""Children of harmless copy whom no age beside the name tells: team lists, results, "The captain, 17"."""

from __future__ import annotations

import re
from typing import Any

from recognizers.model import Evidence, Role
from recognizers.people.ages import ADULT_AGE, NUMBER, Age, number
from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import any_of
from recognizers.people.scene import Scene
from recognizers.vocabulary import load_vocabulary

# The youngest who plays, sings or sits an examination under their own name.
_YOUNGEST = 4
# A name that the next sentence opens with is the child of the one before.
_OPENING = 3
_LAST_GROUP = 18
# Titles that children bear too.
_OF_A_TEAM = frozenset(["Captain", "Capt", "Capt."])
_ON_THE_PITCH: frozenset[Role] = frozenset(["victim", "witness", "public_figure"])
_TEAM = re.compile(r"u(?:nder)?[- ]?(\d+)", re.IGNORECASE)
# How far down a match report tells of what age the players are.
_OPENING_SENTENCES = 5
# The longest line that heads a list of names, and the longest list.
_HEADING = 60
_LIST = 400
# How near a name a word of whoever stands by the pitch counts.
_BESIDE = 30
_BLANK = re.compile(r"\n\s*\n")
# Between the names of a list; an age, a place or a school may stand behind each.
_JOIN = re.compile(r"[ ,:;]*(?:\(?\d{0,2}\)?)?(?:,? (?:and|&))? ?(?:[A-Z]\.? )?")


class YoungReader:
    """Reads the words of youth.yaml once and finds children in copy that is no story of harm."""

    def __init__(self) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "youth.yaml")
        self._described = re.compile(
            rf"[Tt]he (?:[a-z-]+ ){{0,2}}(?!{any_of(words['not_described'])}\b)[a-z-]+,"
            rf" (?P<age>{NUMBER}),"
        )
        self._group = re.compile(rf"\b{any_of(words['age_group'])}\b", re.IGNORECASE)
        self._children = re.compile(rf"\b{any_of(words['children'])}\b[:,]?", re.IGNORECASE)
        self._all = re.compile(rf"\b{any_of(words['everybody'])}", re.IGNORECASE)
        self._exam = re.compile(rf"\b{any_of(words['exam'])}\b")
        self._later_exam = re.compile(rf"\b{any_of(words['later_exam'])}\b", re.IGNORECASE)
        self._grade = re.compile(rf"\b{any_of(words['grade'])}")
        self._newsletter = re.compile(rf"\b{any_of(words['newsletter'])}\b", re.IGNORECASE)
        self._grown = re.compile(rf"\b{any_of(words['grown'])}\b", re.IGNORECASE)

    def read(self, scene: Scene, sports: bool = False) -> None:
        """Write ages and signs of life stage on the figures; `sports` says that the copy is a match report or
        the like, whose opening tells who plays.
        """
        _strikes(scene)
        self._descriptions(scene)
        self._openings(scene)
        self._groups(scene, sports)
        self._everybody(scene)
        self._listed(scene)
        if self._exam.search(scene.readable.clean):
            self._results(scene)

    def _descriptions(self, scene: Scene) -> None:
        """ "The captain, 17,": the one who was named last."""
        clean = scene.readable.clean
        for index, (start, _) in enumerate(scene.readable.sentences):
            told = self._described.match(clean, start)
            if told is None or not _YOUNGEST <= number(told["age"]) < ADULT_AGE or not index:
                continue
            first = scene.readable.sentences[index - 1][0]
            near = [ref.figure for ref in scene.between(first, start) if ref.name]
            if near and _ageless(near[-1]):
                _tell(near[-1], told)

    def _openings(self, scene: Scene) -> None:
        """ "A boy of 13 stood still. Haruki Tanaka has …", and "Callum … . The Year 12 pupil …"."""
        for figure in scene.figures:
            if figure.named or figure.plural or not figure.ages or not figure.minor_now or not figure.refs:
                continue
            told = [r for r in figure.refs if any(r.start <= a.start < r.end for a in figure.ages)]
            first = (told or figure.refs)[0]
            named = _before(scene, first) if first.definite else None
            named = named or _after(scene, figure.refs[-1])
            if named is not None and _ageless(named) and _same_sex(figure, named):
                for age in figure.ages:
                    named.tell_age(age)

    def _groups(self, scene: Scene, sports: bool) -> None:
        """Whoever plays in the under-13s."""
        clean = scene.readable.clean
        sentences = scene.readable.sentences
        sports = sports or self._score_line(clean)
        opening = sentences[min(_OPENING_SENTENCES, len(sentences)) - 1][1] if sports and sentences else 0
        # "Adults £10, under-16s free" under a report of grown players.
        grown = any(
            f.named and f.age_now is not None and f.age_now >= ADULT_AGE and not self._stands_by(scene, f)
            for f in scene.figures
        )
        for match in self._group.finditer(clean):
            limit = re.search(r"\d+", match[0])
            if limit is not None and int(limit[0]) > _LAST_GROUP:
                continue
            team = _TEAM.match(match[0])
            if team is not None and int(team[1]) < _YOUNGEST:
                # "U2".
                continue
            if (
                team is not None
                and match.start() < opening
                and not grown
                and not self._newsletter.search(clean)
            ):
                # "The under-14s from Clare were six points down": the report is of nobody else.
                self._make_young(scene, match.end(), len(clean), match, full=True)
            start, end = scene.readable.line_at(match.start())
            if end - start <= _HEADING and not clean[start:end].rstrip().endswith((".", '"')):
                # A heading: of everyone until the next blank line.
                blank = _BLANK.search(clean, end + 1)
                end = blank.start() if blank is not None else len(clean)
            else:
                start, end = scene.readable.sentence_at(match.start())
            self._make_young(scene, start, end, match)

    def _score_line(self, clean: str) -> bool:
        """Whether the copy opens with a result, "Vale U14 24, Kirkmichael U14 19"."""
        first = clean.lstrip().split("\n", 1)[0]
        return len(first) <= 2 * _HEADING and len(self._group.findall(first)) > 1

    def _stands_by(self, scene: Scene, figure: Figure) -> bool:
        """Whether somebody is told to coach, referee or watch, and plays no part in the match."""
        return any(
            self._grown.search(scene.readable.clean, max(0, ref.start - _BESIDE), ref.end + _BESIDE)
            for ref in figure.refs
            if ref.name
        )

    def _everybody(self, scene: Scene) -> None:
        """ "All of the players are 13 or 14", "every child in these pictures is in Year 1"."""
        told = self._all.search(scene.readable.clean)
        if told is not None:
            self._make_young(scene, 0, len(scene.readable.clean), told, full=True)

    def _listed(self, scene: Scene) -> None:
        """ "Pupils Ava Lind, Max Ode and Tom Ray"."""
        clean = scene.readable.clean
        for match in self._children.finditer(clean):
            at = match.end()
            for ref in scene.between(match.end(), match.end() + _LIST):
                if not ref.name or not _JOIN.fullmatch(clean, at, ref.start):
                    break
                self._make_young(scene, ref.start, ref.end, match)
                at = ref.end

    def _results(self, scene: Scene) -> None:
        """Whoever opened GCSE results, by the grades told of them."""
        clean = scene.readable.clean
        for start, end in scene.readable.sentences:
            grade = self._grade.search(clean, start, end)
            if grade is not None and not self._later_exam.search(clean, start, end):
                self._make_young(scene, start, end, grade)

    def _make_young(
        self, scene: Scene, start: int, end: int, match: re.Match[str], full: bool = False
    ) -> None:
        """Make children of those named in [start, end); with `full` only of those named in full."""
        clean = scene.readable.clean
        for ref in scene.between(start, end):
            own = ref.start < match.end() and match.start() < ref.end
            if not ref.name or own or not _ageless(ref.figure, full):
                continue
            if full and not _named_in_full(ref.figure):
                continue
            first, last = scene.readable.sentence_at(ref.start)
            if self._grown.search(
                clean, max(start, first, ref.start - _BESIDE), min(end, last, ref.end + _BESIDE)
            ):
                continue
            evidence = Evidence(match.start(), match.end(), "age_group", "life_stage", "minor")
            ref.figure.minor_evidence.append(evidence)
            if ref.figure.cluster is not None and ref.figure.cluster.titles & _OF_A_TEAM:
                ref.figure.roles.pop("professional", None)
                ref.figure.adult_evidence.clear()


def _strikes(scene: Scene) -> None:
    """ "Rivaldo (2), Figo, Kluivert": a number in brackets too low for an age is none."""
    for figure in scene.figures:
        low = figure.ages and all(
            a.cue == "age.beside" and a.years < _YOUNGEST and scene.readable.clean[a.start - 1] == "("
            for a in figure.ages
        )
        if low and figure.named and not figure.minor_evidence and not figure.childlike:
            figure.ages.clear()
            figure.years.clear()
            figure.age_now = figure.age_then = None


def _ageless(figure: Figure, plays: bool = False) -> bool:
    """Whether nothing tells how old somebody is, nor that they act for an office.

    Of somebody who `plays` in the match of the report "Silsden murdered them" and "Goalkeeper" tell neither.
    """
    titles = figure.cluster.titles if figure.cluster is not None else set[str]()
    if titles and titles <= _OF_A_TEAM:
        # "Captain Saoirse Byrne accepted the cup": her title makes no grown-up of her.
        return not figure.ages
    roles = figure.roles.keys() - (_ON_THE_PITCH if plays else frozenset[Role]())
    return not (figure.ages or figure.adult_evidence or roles or titles)


def _named_in_full(figure: Figure) -> bool:
    return figure.cluster is not None and any(len(c.words) > 1 for c in figure.cluster.mentions)


def _tell(figure: Figure, told: re.Match[str]) -> None:
    figure.tell_age(Age(told.start("age"), told.end("age"), number(told["age"]), cue="age.described"))


def _same_sex(one: Figure, other: Figure) -> bool:
    return one.gender == other.gender or "e" in (one.gender, other.gender)


def _before(scene: Scene, ref: Ref) -> Figure | None:
    """Whom the sentence before names last."""
    index = scene.readable.sentence_index(ref.outer)
    if index <= 0:
        return None
    start, end = scene.readable.sentences[index - 1]
    named = [r.figure for r in scene.between(start, end) if r.name]
    # Of several, "Ivanovic beat Czink. The 17-year-old …", the one whom the sentence is about.
    return (named[0] if len(named) > 1 and _opens(scene, ref) else named[-1]) if named else None


def _opens(scene: Scene, ref: Ref) -> bool:
    """Whether a sentence begins with a ref."""
    return ref.outer - scene.readable.sentence_at(ref.outer)[0] < _OPENING


def _after(scene: Scene, ref: Ref) -> Figure | None:
    """Whom the next sentence opens with."""
    index = scene.readable.sentence_index(ref.outer) + 1
    if index >= len(scene.readable.sentences):
        return None
    start, end = scene.readable.sentences[index]
    named = [r for r in scene.between(start, end) if r.name]
    return named[0].figure if named and named[0].outer - start < _OPENING else None
