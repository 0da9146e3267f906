"""Who is what to whom: the ties a copy tells, looked up by either of the two."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.people.figures import Figure

# Nobody under 18 marries in the UK or Ireland.
_SPOUSE = re.compile(r"husband|wife|widow|fianc|married|divorc|marriage")


def is_spouse(group: str, word: str) -> bool:
    """Whether a word of a group tells of a marriage, which makes both grown-ups; "girlfriend" does not."""
    return group == "partner" and _SPOUSE.search(word) is not None


@dataclass(slots=True, eq=False)
class Relation:
    """`who` is the `group` ("parent"; `word` "mother") of `whom`; the span shows where the copy says so.

    `place` is its rank in the order of telling.
    """

    who: Figure
    group: str
    word: str
    whom: Figure
    start: int
    end: int
    place: int

    def other(self, figure: Figure) -> Figure:
        """The one of the two who is not `figure`."""
        return self.whom if self.who is figure else self.who


class Kinship:
    """All relations of one copy, in the order they were told."""

    def __init__(self) -> None:
        self._told: dict[int, Relation] = {}
        self._by_figure: dict[Figure, list[Relation]] = {}
        self._by_group: dict[str, list[Relation]] = {}
        self._count = 0

    def __iter__(self) -> Iterator[Relation]:
        return iter(list(self._told.values()))

    def relate(self, who: Figure, group: str, word: str, whom: Figure, start: int, end: int) -> None:
        """Remember a tie; a carer or partner of themselves is nobody."""
        if who is whom:
            return
        relation = Relation(who, group, word, whom, start, end, self._count)
        self._count += 1
        self._told[relation.place] = relation
        self._by_group.setdefault(group, []).append(relation)
        for figure in (who, whom):
            self._by_figure.setdefault(figure, []).append(relation)

    def of(self, figure: Figure) -> list[Relation]:
        """The relations that the figure is one end of."""
        return self._by_figure.get(figure, [])

    def told_since(self, floor: int, figure: Figure | None = None, group: str = "") -> list[Relation]:
        """Those of a figure, or else those of a group, that the copy told behind offset `floor`, in order.

        Only to be asked while relations come in text order.
        """
        told = self.of(figure) if figure is not None else self._by_group.get(group, [])
        found = []
        for relation in reversed(told):
            if relation.start < floor:
                break
            found.append(relation)
        return found[::-1]

    def retie(self, relation: Relation, whom: Figure) -> None:
        """Make a relation one to somebody else."""
        self._by_figure[relation.whom].remove(relation)
        relation.whom = whom
        self._put(relation, whom)

    def merge(self, figure: Figure, into: Figure) -> None:
        """Let every relation of `figure` be one of `into`; a tie between the two is none."""
        for relation in self._by_figure.pop(figure, []):
            other = relation.other(figure)
            if other is into:
                self._by_figure[into].remove(relation)
                del self._told[relation.place]
                continue
            if relation.who is figure:
                relation.who = into
            else:
                relation.whom = into
            self._put(relation, into)

    def _put(self, relation: Relation, figure: Figure) -> None:
        insort(self._by_figure.setdefault(figure, []), relation, key=lambda r: r.place)


def descends_by(relation: Relation, figure: Figure) -> bool:
    """Whether a relation makes somebody the child or grandchild of the other."""
    group = relation.group
    return (relation.whom is figure and group in ("parent", "grandparent")) or (
        relation.who is figure and group in ("child", "grandchild")
    )


def is_elder_of(relation: Relation, elder: Figure, child: Figure) -> bool:
    """Whether a relation makes `elder` the parent, or other older family, of `child`."""
    if relation.who is elder and relation.whom is child:
        return relation.group in ("parent", "sibling", "grandparent", "kin", "carer")
    return (
        relation.whom is elder
        and relation.who is child
        and relation.group in ("child", "grandchild", "sibling", "kin")
    )
