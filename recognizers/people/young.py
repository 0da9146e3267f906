"""Children of harmless copy whom no age beside the name tells: team lists, results, "The captain, 17"."""

from __future__ import annotations

import re
from typing import Any

from recognizers.model import Evidence
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
# The longest line that heads a list of names, and the longest list.
_HEADING = 60
_LIST = 400
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
        self._exam = re.compile(rf"\b{any_of(words['exam'])}\b")
        self._later_exam = re.compile(rf"\b{any_of(words['later_exam'])}\b", re.IGNORECASE)
        self._grade = re.compile(rf"\b{any_of(words['grade'])}", re.IGNORECASE)
        self._grown = re.compile(rf"\b{any_of(words['grown'])}\b", re.IGNORECASE)

    def read(self, scene: Scene) -> None:
        """Write ages and signs of life stage on the figures."""
        self._descriptions(scene)
        self._openings(scene)
        self._groups(scene)
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
            named = _before(scene, figure.refs[0]) if figure.refs[0].definite else None
            named = named or _after(scene, figure.refs[-1])
            if named is not None and _ageless(named) and _same_sex(figure, named):
                for age in figure.ages:
                    named.tell_age(age)

    def _groups(self, scene: Scene) -> None:
        """Whoever plays in the under-13s."""
        clean = scene.readable.clean
        for match in self._group.finditer(clean):
            limit = re.search(r"\d+", match[0])
            if limit is not None and int(limit[0]) > _LAST_GROUP:
                continue
            start, end = scene.readable.line_at(match.start())
            if end - start <= _HEADING and not clean[start:end].rstrip().endswith((".", '"')):
                # A heading: of everyone until the next blank line.
                blank = _BLANK.search(clean, end + 1)
                end = blank.start() if blank is not None else len(clean)
            else:
                start, end = scene.readable.sentence_at(match.start())
            self._make_young(scene, start, end, match)

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

    def _make_young(self, scene: Scene, start: int, end: int, match: re.Match[str]) -> None:
        clean = scene.readable.clean
        for ref in scene.between(start, end):
            if not ref.name or not _ageless(ref.figure):
                continue
            if self._grown.search(clean, max(start, ref.start - 30), min(end, ref.end + 30)):
                continue
            evidence = Evidence(match.start(), match.end(), "age_group", "life_stage", "minor")
            ref.figure.minor_evidence.append(evidence)


def _ageless(figure: Figure) -> bool:
    """Whether nothing tells how old somebody is, nor that they act for an office."""
    titled = figure.cluster is not None and any(figure.cluster.titles)
    return not (figure.ages or figure.adult_evidence or figure.roles or titled)


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
    return named[-1] if named else None


def _after(scene: Scene, ref: Ref) -> Figure | None:
    """Whom the next sentence opens with."""
    index = scene.readable.sentence_index(ref.outer) + 1
    if index >= len(scene.readable.sentences):
        return None
    start, end = scene.readable.sentences[index]
    named = [r for r in scene.between(start, end) if r.name]
    return named[0].figure if named and named[0].outer - start < _OPENING else None
