"""Whom a jigsaw piece points at, where the copy tells it of somebody it leaves without a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from recognizers.people.ages import ADULT_AGE, NUMBER, find_olds, number
from recognizers.people.cast import same_gender
from recognizers.people.figures import Figure
from recognizers.people.grammar import any_of
from recognizers.people.kinship import Kinship, is_elder_of
from recognizers.people.scene import Scene
from recognizers.people.schooling import SAME_YEAR

# Ages of one person, told twice, differ by less.
_SAME_AGE = 1.0
# What copy calls a complainant whom it may not name.
_CALLED = frozenset(
    [
        "woman",
        "man",
        "young woman",
        "young man",
        "year-old",
        "complainant",
        "complainer",
        "victim",
        "daughter",
        "bride",
    ]
)


def owner_of(figure: Figure, subjects: Sequence[Figure], main: Figure, on_trial: bool) -> Figure | None:
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
    if not figure.named and _is_that_woman(figure, main) and _may_be(figure, main, on_trial):
        return main
    return figure if figure in subjects else None


def _is_that_woman(figure: Figure, main: Figure) -> bool:
    """ "A 19-year-old woman understood why her father had packed": the grown-up complainant whom the copy
    names only elsewhere, if nothing else is told of whoever is called so.
    """
    if "complainant" not in main.flags or main.minor or figure.minor or figure.plural or not figure.ages:
        return False
    aside = figure.blamed or figure.in_office or figure.roles.keys() - {"complainant", "victim"}
    return bool(figure.nouns) and figure.nouns <= _CALLED and not aside


def _may_be(figure: Figure, other: Figure, on_trial: bool) -> bool:
    return (
        (figure.blamed == other.blamed or on_trial)
        and (figure.gender == other.gender or "e" in (figure.gender, other.gender))
        and other.agrees_with((a.years for a in figure.ages if a.cue != "school_year"), _SAME_AGE)
        and other.agrees_with((a.years for a in figure.ages if a.cue == "school_year"), SAME_YEAR)
    )


def is_hidden(figure: Figure, main: Figure, kinship: Kinship, young_kin: Collection[str]) -> bool:
    """ "Hallgarth had taken in her nephew": whether the young kin of whoever answers for it is the child that
    the copy is most about, though nothing joined the two; `young_kin` are the words for such kin.
    """
    if figure.named or figure.adult or not main.minor or main.blamed:
        return False
    tied = any(
        r.other(figure).blamed and is_elder_of(r, r.other(figure), figure) and r.word in young_kin
        for r in kinship.of(figure)
    )
    return tied and same_gender(figure, main) and main.agrees_with(figure.years, _SAME_AGE)


class SeveralAges:
    """Finds the ages of several children spoken of as one; `behind` are words between them and the ages."""

    def __init__(self, behind: Iterable[str]) -> None:
        self._told = re.compile(
            rf",?(?: who)?(?: {any_of(behind)})* (?P<age>{NUMBER})(?:,? (?:and|or|to) {NUMBER})?"
            r"(?=[,.;)]| (?:at|when|and)\b)"
        )
        self._of = re.compile(rf" of (?P<age>{NUMBER})(?:,? (?:and|or|to) {NUMBER})?\b(?! [a-z]+s\b)")

    def of(self, scene: Scene, figure: Figure) -> Iterator[tuple[int, int]]:
        """Where the ages of an unnamed group stand ("her four-year-old twins", "the girls were 13")."""
        if not figure.plural or figure.named:
            return
        clean = scene.readable.clean
        for ref in figure.refs:
            for start, end, years in find_olds(clean[ref.outer : ref.end]):
                if years < ADULT_AGE:
                    yield ref.outer + start, ref.outer + end
            told = self._told.match(clean, ref.end) or self._of.match(clean, ref.end)
            if told is not None and number(told["age"]) < ADULT_AGE:
                yield told.start("age"), told.end()
