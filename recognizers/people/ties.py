"""Who is likely protected, and which tie to somebody else matters most."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from recognizers.model import Role
from recognizers.people.figures import Figure
from recognizers.people.kinship import Kinship, Relation
from recognizers.people.nouns import FAMILY, INVERSE

CASE: frozenset[Role] = frozenset(["victim", "complainant", "witness", "accused", "convicted"])
# A relative's relatives are looked at up to this number: one who is tied to more people than that is no
# family.
_MOST_SECOND_TIES = 60

Tie = tuple[str, Figure, Relation]


def is_grown_offender(figure: Figure) -> bool:
    """A minor at the time who is an adult now and blamed: named like any adult (behaviour: section 2)."""
    return figure.adult and figure.blamed


def is_protected(figure: Figure) -> bool:
    """Whether a policy will probably protect this figure for their own sake: it ranks ties and pieces."""
    return "complainant" in figure.flags or (
        figure.minor
        and not is_grown_offender(figure)
        and bool(figure.circumstances or figure.roles.keys() & CASE)
    )


def is_person(figure: Figure) -> bool:
    """Whether a figure ends up as a person: characters of fiction do not, nor those merged into somebody."""
    if "fiction" in figure.flags and not figure.blamed:
        return False
    return bool(figure.refs) or (figure.cluster is not None and bool(figure.cluster.mentions))


def strongest_tie(kinship: Kinship, figure: Figure) -> Tie | None:
    """The tie that matters most: to a living complainant or child first, then to the dead, then to
    anybody.
    """
    ties = (tie for tie in _ties(kinship, figure) if is_person(tie[1]))
    return min(ties, key=lambda tie: _rank(tie[1]), default=None)


def protecting_tie(kinship: Kinship, figure: Figure) -> Tie | None:
    """The tie that makes somebody family of a protected person; None when nothing does."""
    tie = strongest_tie(kinship, figure)
    return tie if tie is not None and is_protected(tie[1]) and tie[2].group in FAMILY else None


def _rank(other: Figure) -> int:
    if "complainant" in other.flags:
        return 0
    if is_protected(other):
        return 2 if "died" in other.circumstances else 1
    return 3 if other.named else 4


def _ties(kinship: Kinship, figure: Figure) -> Iterator[Tie]:
    """Those to the figure's own people, then those to protected relatives of theirs."""
    yield from _direct(kinship, figure)
    if figure.minor:
        return
    for word, other, relation in _direct(kinship, figure):
        if is_protected(other) or relation.word in GUESSED:
            continue
        for _, third, further in islice(_direct(kinship, other), _MOST_SECOND_TIES):
            if third is not figure and is_protected(third) and further.word not in GUESSED:
                yield f"{word} of a relative", third, relation


def _direct(kinship: Kinship, figure: Figure) -> Iterator[Tie]:
    for relation in kinship.of(figure):
        word = relation.word if relation.who is figure else INVERSE[relation.group]
        yield word, relation.other(figure), relation


# Ties that no word of the copy tells: they protect, and are no piece of a jigsaw.
SAME_SURNAME = "same surname"
FIRST_NAME_ONLY = "first name only"
UNEXPLAINED = "named without a word of who it is"
LIKENESS = "named as a family is"
INFERRED = frozenset([SAME_SURNAME, FIRST_NAME_ONLY, UNEXPLAINED, LIKENESS])
# Of these, guesses from the way somebody is named: no ground for a tie through them.
GUESSED = frozenset([UNEXPLAINED, LIKENESS])
