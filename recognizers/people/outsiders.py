"""Outsiders: the husbands and wives of those whom a copy blames and who had no place in the child's home.

A coach's wife names no pupil of his; the partner of a man who lived with the child may be its mother.
"""

from __future__ import annotations

from recognizers.model import Evidence
from recognizers.people.cast import Cast
from recognizers.people.figures import Figure
from recognizers.people.homes import HomeReader
from recognizers.people.kinship import Relation
from recognizers.people.ties import INFERRED, is_protected


def mark_outsiders(cast: Cast, homes: HomeReader) -> None:
    """Flag such spouses as `outsider`: nothing but their marriage brings them into the story."""
    told = {f: _told(cast, f) for f in cast.scene.figures if f.named and f.refs}
    spouses = [(f, ties[0]) for f, ties in told.items() if ties and _only_married(f, ties)]
    blamed = [f for f in cast.scene.figures if f.blamed]
    if not spouses or homes.told(cast.scene, blamed) is not None:
        return
    children = [f for f in cast.scene.figures if f.refs and is_protected(f)]
    if any(_may_be_at_home(r.other(f)) for f in children for r in _told(cast, f)):
        return
    for figure, tie in spouses:
        evidence = Evidence(tie.start, tie.end, f"kin.{tie.word}", "relation", "outsider")
        figure.flags.setdefault("outsider", evidence)


def _may_be_at_home(other: Figure) -> bool:
    """Whether a child's tie leads to somebody blamed, or to a couple that the copy leaves unnamed."""
    return other.blamed or (other.plural and not other.named and not other.young)


def _told(cast: Cast, figure: Figure) -> list[Relation]:
    return [r for r in cast.kinship.of(figure) if r.word not in INFERRED]


def _only_married(figure: Figure, ties: list[Relation]) -> bool:
    if figure.young or figure.blamed:
        return False
    return all(r.group == "partner" and r.other(figure).blamed and not r.other(figure).young for r in ties)
