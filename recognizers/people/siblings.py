"""Brothers and sisters: what is told of one of them points at all (behaviour D6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recognizers.people.figures import Figure
from recognizers.people.kinship import Kinship

_PARENTAL = frozenset(["parent", "child"])


def families(
    figures: Sequence[Figure], kinship: Kinship, ids: Mapping[int, str]
) -> tuple[frozenset[str], ...]:
    """Sets of person ids of the children who share a parent, or whom the copy calls brother or sister.

    `ids` are the ids by figure number; each set has two members or more.
    """
    children = [f for f in figures if f.minor and f.number in ids]
    group: dict[object, set[Figure]] = {}
    for child in children:
        mine = {child}
        for key in (child, *_keys(child, kinship)):
            mine |= group.get(key, set())
        for member in mine:
            for key in (member, *_keys(member, kinship)):
                group[key] = mine
    found = dict.fromkeys(frozenset(ids[f.number] for f in group[child]) for child in children)
    return tuple(ids_ for ids_ in found if len(ids_) > 1)


def _keys(child: Figure, kinship: Kinship) -> Iterator[Figure]:
    """The parents of a child, their partners, and its brothers and sisters who are children too."""
    for relation in kinship.of(child):
        other = relation.other(child)
        if relation.group == "sibling" and other.minor:
            yield other
        elif relation.group in _PARENTAL and not other.minor:
            yield other
            yield from (tie.other(other) for tie in kinship.of(other) if tie.group == "partner")
