"""Slips of the pen: two spellings of one name, and how to find them among very many names."""

from __future__ import annotations

from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

_SHORTEST = 5
_LONG = 9
# From this length on two edits may lie between a name and one of the long ones.
_TWO_EDITS_FROM = 7
# Up to so many names, trying them all is cheaper than a table.
_FEW = 48


def is_slip(one: str, other: str) -> bool:
    """Whether two folded names differ as a slip of the pen does: one edit from five letters, two from
    nine.
    """
    if one == other or not one or not other or one[0] != other[0] or min(len(one), len(other)) < _SHORTEST:
        return False
    allowed = 1 if max(len(one), len(other)) < _LONG else 2
    if abs(len(one) - len(other)) > allowed:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


class SpellingIndex:
    """Folded names, and of each those that are a slip away from it.

    Two names at most two edits apart leave the same letters when up to two are taken out of each. A table of
    such remainders finds the neighbours of a name without looking at all the others, however long the copy
    is.
    """

    def __init__(self) -> None:
        self._near: dict[str, list[str]] = {}
        self._remainders: dict[str, list[str]] = {}

    def near(self, name: str) -> list[str]:
        """The names asked for so far that are a slip away from `name`, in the order they came; it joins
        them.
        """
        known = self._near.get(name)
        if known is not None:
            return known
        if len(name) < _SHORTEST:
            self._near[name] = []
            return self._near[name]
        few = len(self._near) < _FEW
        if not few and not self._remainders:
            for other in self._near:
                self._tabulate(other)
        others = list(self._near) if few else self._tabulated(name)
        found = [other for other in others if is_slip(other, name)]
        for other in found:
            self._near[other].append(name)
        self._near[name] = found
        if self._remainders:
            self._tabulate(name)
        return found

    def _tabulate(self, name: str) -> None:
        if len(name) >= _SHORTEST:
            for remainder in _remainders(name):
                self._remainders.setdefault(remainder, []).append(name)

    def _tabulated(self, name: str) -> list[str]:
        return list(
            dict.fromkeys(
                other for remainder in _remainders(name) for other in self._remainders.get(remainder, ())
            )
        )


def _remainders(name: str) -> list[str]:
    """The name without any one or two of its letters; the first letter stays, a slip never changes it."""
    most = 2 if len(name) >= _TWO_EDITS_FROM else 1
    found = {name}
    for count in range(1, most + 1):
        for left_out in combinations(range(1, len(name)), count):
            found.add("".join(c for i, c in enumerate(name) if i not in left_out))
    return sorted(found)


def is_misspelling(common: str, variant: str) -> bool:
    """Whether two folded spellings of one person's name differ as a slip does, and not by a plural, hyphen or
    word.
    """
    if common == variant or min(len(common), len(variant)) < _SHORTEST or set(common + variant) & set(" -"):
        return False
    if common in (variant + "s", variant + "es") or variant in (common + "s", common + "es"):
        return False
    return DamerauLevenshtein.distance(common, variant, score_cutoff=2) <= 2
