"""Somebody whom a copy first describes and then names: "A mother has been jailed. Kayleigh Marsh, 29, …"."""

from __future__ import annotations

import re

from recognizers.people.cast import Cast, same_gender
from recognizers.people.figures import LOOKED_ON, Figure, Ref, plays_a_part
from recognizers.people.nouns import FAMILY

_SEXES = frozenset(["man", "woman"])
_GROWN = frozenset(["adult", "parent", "partner", "victim"])
# "An uncle who threw his nephew … has been jailed".
_BLAMED_KIN = frozenset(["kin", "grandparent"])
_HARMED = frozenset(["victim", "complainant", "witness"])
_ELDERS = frozenset(["parent", "grandparent", "partner", "carer"])
# Whoever looked on is not the one on trial.
_LOOKING_ON = frozenset(["neighbour", "colleague", "volunteer"])
_WAS = re.compile(r"(?: [a-z]+){0,4} (?:was|is) ")
_OF_ANOTHER = re.compile(r"\b(?:he|she)(?:'s| is| was)(?: \w+)? $", re.IGNORECASE)
_OF_ANOTHER_REACH = 20
_SAME_AGE = 1.5
# Who sits in judgement is named with an office and never with an age.
_AGELESS = frozenset(["coroner", "judge", "sheriff", "magistrate", "prosecutor"])
# In which sentences an introduction stands, and how many later the name may come.
_LAST_SENTENCE = 3
# How much must speak for a name: near the head of the copy, and further down for a child of no age.
_ENOUGH = 3
_PLENTY = 5
_CHILD_BEFORE = 4
_ADULT_LATER = 5
_CHILD_LATER = 3


def join_introductions(cast: Cast, anonymous: bool, sports: bool) -> None:
    """Make one of the figure that is introduced without a name and the one then named.

    With `anonymous` the copy says that somebody may not be named; nobody is then taken for the child or the
    complainant it hides. On a page of sports "the 17-year-old" is one of those already named, and nobody whom
    the copy names next.
    """
    joined: set[tuple[Figure, int]] = set()
    lone = [f for f in cast.scene.figures if f.refs and not (f.named or f.plural or f.another)]
    # A partner comes last: whoever it is, it is not the one whose partner they are.
    for figure in sorted(lone, key=lambda f: f.refs[0].group == "partner"):
        first = figure.refs[0]
        place = cast.scene.readable.sentence_index(first.start)
        other = _called_behind(cast, figure, first)
        if other is None and figure.young:
            other = _named_child(cast, figure, first, place, anonymous or (sports and first.definite))
        elif (
            other is None
            and place <= _LAST_SENTENCE
            and (
                (first.group in _GROWN and not figure.nouns & _AGELESS)
                # "A teenager who can be named now that he is 18".
                or (first.group == "minor" and figure.adult)
                or (first.group in _BLAMED_KIN and figure.blamed)
            )
        ):
            # "A mother and her boyfriend": two of one sentence are two.
            taken = {f for f, sentence in joined if sentence == place}
            hidden = anonymous and "complainant" in figure.roles
            other = None if hidden else _named_adult(cast, figure, first, place, taken)
        if other is not None:
            joined.add((other, place))
            cast.merge(figure, other)


def _called_behind(cast: Cast, figure: Figure, first: Ref) -> Figure | None:
    """ "Their father was at work: Nadeem Iqbal drives", "the mother on the step was Funmi Adeyinka"."""
    clean = cast.scene.readable.clean
    _, stop = cast.scene.readable.sentence_at(first.start)
    if first.group not in FAMILY or first.plural:
        return None
    for ref in cast.scene.between(first.end, stop):
        if not ref.name:
            continue
        behind = clean[max(0, ref.outer - 2) : ref.outer] == ": " and clean.startswith(" ", ref.end)
        behind = behind or _WAS.fullmatch(clean, first.end, ref.outer) is not None
        fits = behind and same_gender(figure, ref.figure) and not cast.tied(figure, ref.figure)
        fits = fits and not plays_a_part(ref.figure, clean) and ref.figure.young == figure.young
        return ref.figure if fits else None
    return None


def _named_adult(cast: Cast, figure: Figure, first: Ref, place: int, joined: set[Figure]) -> Figure | None:
    """Who a grown-up of the opening turns out to be: somebody named soon, with an age, as such copy does."""
    if first.definite and place > 0 and first.group != "partner":
        return None
    best: tuple[int, Figure] | None = None
    index = cast.scene.readable.sentence_index
    for ref in cast.scene.line.after(first.end):
        later = index(ref.start) - place
        if later > _ADULT_LATER:
            break
        other = ref.figure
        same = bool(figure.nouns & other.nouns - _SEXES)
        if not ref.name or other in joined:
            continue
        if first.group == "minor":
            # A teenager of then, told to be grown up now.
            if not (other.ages and other.agrees_with(figure.years, _SAME_AGE)):
                continue
        elif other.age_now is None or other.minor_now or (other.minor and not other.adult):
            continue
        if other.in_office and not same:
            # "An MP has told … Kirsty Lomax, 50, the MP for Tees Bridge": only by the office itself.
            continue
        if not same_gender(figure, other) or other.roles.keys() & LOOKED_ON:
            continue
        if cast.tied(figure, other):
            # "A man who controlled his partner": the partner is not he.
            continue
        if _on_both_sides(figure, other) or (other.blamed and figure.nouns & _LOOKING_ON):
            continue
        score = (
            (later <= _CHILD_LATER)
            + cast.scene.readable.opens_sentence(ref.start)
            + 2 * (figure.blamed and other.blamed)
            + (other.blamed and not figure.roles)
            + 2 * bool(figure.nouns & other.nouns - _SEXES)
            - 2 * (figure.blamed and not other.blamed and _is_told_otherwise(cast, other))
        )
        if best is None or score > best[0]:
            best = (score, other)
    return best[1] if best is not None and best[0] > 0 else None


def _is_told_otherwise(cast: Cast, other: Figure) -> bool:
    """Whether a sentence that names somebody gives them another part; whom a pronoun means is less sure."""
    named = {cast.scene.readable.sentence_index(r.start) for r in other.refs if r.name}
    return any(
        cast.scene.readable.sentence_index(evidence.start) in named
        for role, told in other.roles.items()
        if role != "witness"
        for evidence in told
    )


def _named_child(cast: Cast, figure: Figure, first: Ref, place: int, anonymous: bool) -> Figure | None:
    children = [
        f
        for f in cast.scene.around(first.start)
        if f.named and f.young and same_gender(figure, f) and f.agrees_with(figure.years, _SAME_AGE)
    ]
    children = [f for f in children if f.blamed == figure.blamed or not figure.roles]
    # "The baby's twin, Frankie": whoever is somebody's brother is not he.
    children = [f for f in children if not cast.tied(figure, f)]
    if len(children) > 1 or (anonymous and not children):
        return None
    # A child that the copy already calls one comes before a name of which it tells no age.
    rated = [(_CHILD_BEFORE + _likeness(cast, figure, first, f), -f.number, f) for f in children]
    if not anonymous:
        # "He is only a boy," said David Royle: not of himself.
        before = cast.scene.readable.clean[max(0, first.outer - _OF_ANOTHER_REACH) : first.outer]
        speaker = cast.scene.speaker(first.start) if _OF_ANOTHER.search(before) else None
        loose = [f for f in _loose(cast, figure, first) if f is not speaker]
        rated += [(_likeness(cast, figure, first, f), -f.number, f) for f in loose]
    rated.sort(reverse=True)
    wanted = _ENOUGH if place <= _LAST_SENTENCE or figure.ages else _PLENTY
    if not rated or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return rated[0][2] if children or rated[0][0] >= wanted else None


def _loose(cast: Cast, figure: Figure, first: Ref) -> list[Figure]:
    """Those named in full who may be the child: nothing grown-up is known of them."""
    # Whoever tells of "Alfie" is not the child.
    told_of = any(
        f.cluster is not None
        and f.cluster.given
        and not (f.surname or f.adult_evidence or f.nouns or f.roles)
        for f in cast.scene.around(first.start)
    )
    return [
        other
        for other in cast.scene.around(first.start)
        if other.cluster is not None
        and other.cluster.given
        and other.surname
        and not (told_of and "telling" in other.flags)
        and other.refs
        and not other.adult_evidence
        and not other.ages
        and not other.in_office
        and not other.roles.keys() & LOOKED_ON
        and same_gender(figure, other)
        and not cast.tied(figure, other)
        and not _on_both_sides(figure, other)
        and not _stands_apart(cast, figure, other)
        and not any(r.who is other and r.group in _ELDERS for r in cast.kinship.of(other))
        and not any(r.whom is other and r.group == "child" for r in cast.kinship.of(other))
    ]


def _stands_apart(cast: Cast, figure: Figure, other: Figure) -> bool:
    """ "A friend of the boy, Reece Calder": a name right behind the boy that casting did not give him."""
    first = next((r for r in other.refs if r.name), None)
    clean = cast.scene.readable.clean
    return first is not None and any(clean[r.end : first.outer] == ", " for r in figure.refs)


def _on_both_sides(figure: Figure, other: Figure) -> bool:
    """Whether one of the two is blamed and the other harmed: then they are two."""
    # Whoever tells a court or the police something may be the accused as well.
    harmed = (other if figure.blamed else figure).roles.keys() & {"victim", "complainant"}
    return figure.blamed != other.blamed and bool(harmed)


def _likeness(cast: Cast, figure: Figure, first: Ref, other: Figure) -> int:
    """How much speaks for it that the copy first describes `figure` and then names them as `other`."""
    readable = cast.scene.readable
    ref = next((r for r in other.refs if r.name), other.refs[0])
    later = readable.sentence_index(ref.start) - readable.sentence_index(first.start)
    score = 2 if -1 <= later <= 1 else 1 if 0 <= later <= _CHILD_LATER else -1
    score += readable.opens_sentence(ref.start)
    score += 3 * (figure.blamed and other.blamed)
    score += 2 * (not figure.blamed and bool(other.roles.keys() & _HARMED or other.circumstances))
    score += figure.gender == other.gender != "e"
    kin = [r.other(figure) for r in cast.kinship.of(figure)]
    score += 3 * any(k.surname and k.surname == other.surname for k in kin)
    score += any(r.who is other and r.group == "child" for r in cast.kinship.of(other))
    score += any(r.whom is other and r.group in _ELDERS for r in cast.kinship.of(other))
    score += bool(figure.ages) and 0 <= later <= 1
    return score
