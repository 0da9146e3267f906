"""Somebody whom a copy first describes and then names: "A mother has been jailed. Kayleigh Marsh, 29, …"."""

from __future__ import annotations

from recognizers.people.cast import Cast, same_gender
from recognizers.people.figures import Figure, Ref

_GROWN = frozenset(["adult", "parent", "partner", "victim"])
_HARMED = frozenset(["victim", "complainant", "witness"])
_SAME_AGE = 1.5
# In which sentences an introduction stands, and how many later the name may come.
_LAST_SENTENCE = 3
_ADULT_LATER = 5
_CHILD_LATER = 3


def join_introductions(cast: Cast, anonymous: bool) -> None:
    """Make one of the figure that is introduced without a name and the one then named.

    With `anonymous` the copy says that somebody may not be named; nobody is then taken for the child it
    hides.
    """
    joined: set[tuple[Figure, int]] = set()
    for figure in [f for f in cast.scene.figures if not f.named and not f.plural and f.refs]:
        first = figure.refs[0]
        place = cast.scene.readable.sentence_index(first.start)
        other: Figure | None = None
        if figure.young:
            other = _named_child(cast, figure, first, place, anonymous)
        elif place <= _LAST_SENTENCE and first.group in _GROWN:
            # "A mother and her boyfriend": two of one sentence are two.
            taken = {f for f, sentence in joined if sentence == place}
            other = _named_adult(cast, figure, first, place, taken)
        if other is not None:
            joined.add((other, place))
            cast.merge(figure, other)


def _named_adult(cast: Cast, figure: Figure, first: Ref, place: int, joined: set[Figure]) -> Figure | None:
    if first.definite and place > 0 and first.group != "partner":
        return None
    for ref in cast.scene.line.after(first.end):
        if cast.scene.readable.sentence_index(ref.start) > place + _ADULT_LATER:
            return None
        other = ref.figure
        if not ref.name or other.in_office or other.minor_now or other.age_now is None or other in joined:
            continue
        if not same_gender(figure, other):
            continue
        if figure.blamed == other.blamed or (figure.blamed and not other.roles.keys() & _HARMED):
            return other
        if not figure.roles and first.group == "parent":
            return other
    return None


def _named_child(cast: Cast, figure: Figure, first: Ref, place: int, anonymous: bool) -> Figure | None:
    children = [
        f
        for f in cast.scene.around(first.start)
        if f.named and f.young and same_gender(figure, f) and f.agrees_with(figure.years, _SAME_AGE)
    ]
    children = [f for f in children if f.blamed == figure.blamed or not figure.roles]
    if len(children) == 1:
        return children[0]
    if children or anonymous:
        return None
    struck = _struck(cast, figure, first)
    if struck is not None:
        return struck
    if place > _LAST_SENTENCE and not figure.ages:
        return None
    # "A nine-year-old boy has been killed. Harrison Teale was crossing …"
    readable = cast.scene.readable
    for ref in cast.scene.line.after(first.end):
        if readable.sentence_index(ref.start) > place + _CHILD_LATER:
            return None
        other = ref.figure
        if not ref.name or other.cluster is None or not other.cluster.given or not other.surname:
            continue
        if other.adult_evidence or other.ages or other.in_office or other.blamed:
            continue
        if place > _LAST_SENTENCE and cast.kinship.of(other):
            continue
        if same_gender(figure, other) and (place > _LAST_SENTENCE or readable.opens_sentence(ref.start)):
            return other
    return None


def _struck(cast: Cast, figure: Figure, first: Ref) -> Figure | None:
    """ "A father shook his baby son … denies the manslaughter of Teddy Lister": the one harmed, whose
    age nobody tells.
    """
    if figure.blamed:
        return None
    harmed = [
        f
        for f in cast.scene.around(first.start)
        if f.named
        and f.age_now is None
        and not f.adult_evidence
        and not f.in_office
        and not f.blamed
        and ("victim" in f.roles or f.circumstances)
        and not f.roles.keys() & {"witness", "bystander", "public_figure"}
        and same_gender(figure, f)
    ]
    return harmed[0] if len(harmed) == 1 else None
