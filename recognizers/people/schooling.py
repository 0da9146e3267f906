"""School years: "a Year 9 pupil", "who is in P6", and how old that makes somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from recognizers.model import Evidence
from recognizers.people.ages import Age
from recognizers.people.figures import Figure
from recognizers.people.grammar import any_of
from recognizers.people.refs import REACH
from recognizers.people.scene import Scene

# A school year told in a copy: whose it is, if that is said, and where it stands.
SchoolYear = tuple[Figure | None, int, int]
_IN_YEAR = re.compile(
    r"\b(he|she)(?:'s| is| was| had been|(?: has| had)?(?: now| only| just| recently)?"
    r" (?:started|begun|began|moved|gone|went|entered|joined|finished))"
    r"(?: now| only| just| still| currently| up)? (?:in |into |to |a |an |the )?$",
    re.IGNORECASE,
)
_BEHIND_PERSON = re.compile(
    r"(?:,? \(?\d{1,2}\)?)?(?:,|,? who (?:is|was)|,? is| was| \()"
    r"(?: then| now| currently| still)?(?: an?| in| the)?(?: \w+)? ?"
    r"|(?: has| had)?(?: just| recently)? (?:joined|started|begun|began|entered|finished)"
    r"(?: in)?(?: the| a| an)? "
)
_PRONOUN_REACH = 48
# "the", "a fellow": what a description may begin with in front of a school year.
_ARTICLE_REACH = 12
# Ages of one school year, and of those who repeat or skip one.
SAME_YEAR = 2.01


def _is_grown(figure: Figure) -> bool:
    """ "Mr Pattinson", of whom no age is told: the pupil is somebody else."""
    return bool(figure.adult_evidence) and not (figure.ages or figure.minor_evidence)


class SchoolReader:
    """Finds school years; made once from the words of stage.yaml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        years: Mapping[str, str] = words["school_years"]
        need = set(words["school_years_need_noun"])
        nouns = any_of(map(re.escape, words["school_nouns"]))
        self._years = {key.lower(): int(age) for key, age in years.items()}

        def choice(keys: Iterable[str]) -> str:
            # "A second-year pupil" is one as well.
            ordered = sorted(sorted(keys), key=len, reverse=True)
            return "|".join(re.escape(key).replace(r"\ ", "[ -]") for key in ordered)

        free, bound = choice(set(years) - need), choice(need)
        beside = any_of(words["not_school"])
        self._school = re.compile(
            rf"\b(?:(?P<free>{free})\b(?:\s{nouns}\b)?|(?P<bound>{bound})\s{nouns}\b"
            rf"|{any_of(words['placed'])}\s(?P<placed>{bound})\b(?:(?<=[PS]\d)|(?! {beside})))"
        )

    def read(self, scene: Scene) -> list[SchoolYear]:
        """Write the ages that school years tell on the figures; returns the school years."""
        found: list[SchoolYear] = []
        for match in self._school.finditer(scene.readable.clean):
            key = (match["free"] or match["bound"] or match["placed"]).lower()
            key = key if key in self._years else key.replace("-", " ")
            start, end = match.span("placed") if match["placed"] else match.span()
            figure = _pupil(scene, match)
            if figure is not None and figure.named and (figure.in_office or _is_grown(figure)):
                # "The principal, Dr Una Devlin, said Year 11 had been given time out."
                figure = None
            if figure is None:
                found.append((None, start, end))
                continue
            if figure.plural and not figure.named:
                # "Two boys, Year 11 pupils": of everyone of about that age.
                near = dict.fromkeys(
                    r.figure
                    for r in scene.between(max(0, start - REACH), end + REACH)
                    if r.name and r.figure.is_about(self._years[key], SAME_YEAR)
                )
                found += [(f, start, end) for f in near or [figure]]
                continue
            figure.tell_age(Age(start, end, self._years[key], cue="school_year"))
            figure.minor_evidence.append(Evidence(start, end, f"school_year.{key}", "life_stage", "minor"))
            found.append((figure, start, end))
        return found


def _pupil(scene: Scene, match: re.Match[str]) -> Figure | None:
    """Whose school year it is."""
    clean = scene.readable.clean
    inside = scene.between(match.start() - _ARTICLE_REACH, match.end() + 3)
    for ref in inside:
        if not ref.plural and ref.end >= match.end() and (ref.start >= match.start() or not ref.name):
            return ref.figure
    for ref in inside:
        # "Both were Year 11 pupils".
        if ref.plural and not ref.name and ref.end >= match.end():
            return ref.figure
    for ref in scene.before(match.start(), 1):
        if _BEHIND_PERSON.fullmatch(clean[ref.end : match.start()]):
            return ref.figure
    told = _IN_YEAR.search(clean, max(0, match.start() - _PRONOUN_REACH), match.start())
    if told is not None:
        # "She confided in a friend on a trip, where she had just started in Year 7": she who confided.
        first, _ = scene.readable.sentence_at(told.start())
        opening = re.compile(rf"[\"“]?{told[1]}\b", re.IGNORECASE).match(clean, first)
        return scene.pronoun(told[1], first if opening else told.start(), "minor")
    subjects = scene.subjects(match.start())
    return subjects[0] if subjects else None
