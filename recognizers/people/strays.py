"""Strays: names that the copy has not tied to anybody, in copy about somebody who is protected.

House style calls adults by surname. Whoever a story about a child calls by a first name only, and tells
nothing of, is the child by a short name, or one of the family: the name left in would name the child.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from recognizers.model import Evidence
from recognizers.people.candidate import Candidate
from recognizers.people.cast import Cast, same_gender
from recognizers.people.clusters import Cluster
from recognizers.people.figures import BLAMED, LOOKED_ON, OFFICE, Figure, Ref, plays_a_part
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.narrators import letter_ends
from recognizers.people.nouns import FAMILY
from recognizers.people.roles import Reads
from recognizers.people.spans import Spans
from recognizers.people.ties import (
    CASE,
    FIRST_NAME_ONLY,
    SAME_SURNAME,
    UNEXPLAINED,
    is_protected,
    protecting_tie,
    strongest_tie,
)

# So many letters in common at their beginning make two first names short forms of each other.
_SHARED_LETTERS = 3
# In front of a place: a preposition, another place and a comma, the sign of a tag, the start of a line.
_PLACED = re.compile(
    r"(?:\b(?:in|at|near|from|to|of|around|for|by|outside|across|through|via|towards?|the|and|into|over) "
    r"|[A-Z][\w'-]*, |#)$"
)
# A place opens a line as a heading or dateline; whoever goes on to do something is somebody.
_LINE_OPENS = re.compile(r"(?:\n|^)$")
_GOES_ON = re.compile(r" [a-z]|, who\b|'s\b")
_PLACE_REACH = 24
# In front of whom somebody hurt, whom nothing else explains.
_UNEXPLAINED_BEFORE = re.compile(
    r"(?:^|\n|[.!?]['\"]? |\b(?:towards?|to|of|on|against|with|by|at|and|that|when|told|from|[a-z]+ed) )$"
)
# What a noun in front of a name may say of somebody that explains them, and what sets them apart.
_EXPLAINING = frozenset(["adult", "victim", "accused", "minor"])
_SET_APART = frozenset(["waived", "fiction", "pseudonym", "public_role", "complainant", "outsider"])
# Whoever is the sibling or cousin of somebody has them for one.
_MUTUAL = frozenset(["sibling", "kin"])
_NO_FAMILY = OFFICE | BLAMED | LOOKED_ON
# "A dairy farmer's daughter" is nobody's in the copy.
_OF_ANYBODY = re.compile(r"an? [\w -]{2,40}'s? ", re.IGNORECASE)
_POSSESSIVES = frozenset(["his", "her", "their", "the"])
# How far from a name "no relation" may stand.
_UNRELATED_REACH = 60


def tie_namesakes(cast: Cast, reads: Reads) -> None:
    """Who bears the surname of a protected person, or of their family, is taken for family.

    Not those who hold an office, are blamed or looked on, nor those of whom the copy says that they are no
    relation.
    """
    figures = cast.scene.figures
    bearers = {f: f for f in figures if f.surname and is_protected(f)}
    protected = {_family_name(f.surname): f for f in reversed(bearers)}
    for figure in figures if any(is_protected(f) for f in figures) else ():
        may_be = figure.surname and _may_be_family(cast, figure)
        tie = protecting_tie(cast.kinship, figure) if may_be else None
        if tie is not None:
            protected.setdefault(_family_name(figure.surname), tie[1])
    for surname, bearer in list(protected.items()):
        # "Isobel Trevelyan-Hart … Mr Hart": each parent may bear one half.
        for half in surname.split("-") if "-" in surname else ():
            protected.setdefault(half, bearer)
    for figure in [f for f in figures if f.refs and _only_first_name(f) and is_protected(f)]:
        # "justgiving.com/page/alfie-ramshaw-eggs": an address tells the surname that the copy keeps back.
        for surname in _surnames_in_addresses(cast, figure):
            protected.setdefault(_family_name(surname), figure)
    unrelated = reads.spans("unrelated")
    for figure in figures if protected else ():
        cluster = figure.cluster
        if cluster is None or not cluster.surname or not cluster.mentions or not _may_be_family(cast, figure):
            continue
        namesake = protected.get(_family_name(cluster.surname))
        if namesake is None or namesake is figure or is_protected(figure):
            continue
        if any(
            -_UNRELATED_REACH < start - ref.end < _UNRELATED_REACH
            for start, _ in unrelated
            for ref in figure.refs
        ):
            continue
        tie = strongest_tie(cast.kinship, figure)
        if tie is None or not is_protected(tie[1]):
            first = min(cluster.mentions, key=lambda c: c.start)
            cast.kinship.relate(figure, "kin", SAME_SURNAME, namesake, first.start, first.end)


def _only_first_name(figure: Figure) -> bool:
    return figure.cluster is not None and bool(figure.cluster.given) and not figure.surname


def _surnames_in_addresses(cast: Cast, figure: Figure) -> list[str]:
    """Surnames of others that stand behind the first name in an address ("alfie-ramshaw")."""
    assert figure.cluster is not None
    clean = cast.scene.readable.clean.lower()
    given = fold(figure.cluster.given)
    surnames = {f.surname for f in cast.scene.figures if f.surname and " " not in f.surname}
    return sorted(s for s in surnames if f"{given}-{fold(s)}" in clean or f"/{given}{fold(s)}" in clean)


def _may_be_family(cast: Cast, figure: Figure) -> bool:
    if figure.minor or "waived" in figure.flags or figure.roles.keys() & (BLAMED | LOOKED_ON):
        return False
    return not plays_a_part(figure, cast.scene.readable.clean)


def _family_name(surname: str) -> str:
    """A surname without the ending that tells sex: Nowicki and Nowicka, Ivanov and Ivanova are one."""
    folded = fold(surname)
    if folded.endswith(("cki", "cka", "ski", "ska", "ova", "eva")):
        return folded[:-1]
    return folded


def place_strays(cast: Cast, lexicon: NameLexicon, elsewhere: Spans, sexual: bool) -> None:
    """Make each stray one with the child whose short name it is, else family of the protected person near it.

    `elsewhere` are the spans that the tagger calls a place or an organisation. In copy that names a sexual
    offence (`sexual`) a stray may be a complainant whose name slipped out, and is treated as one.
    """
    protected = [f for f in cast.scene.figures if f.refs and _is_somebody(f)]
    if not protected:
        return
    named = [f for f in protected if f.cluster is not None and f.cluster.given]
    ends = letter_ends(cast)
    for figure in [f for f in cast.scene.figures if _is_stray(cast, f, lexicon, elsewhere, sexual)]:
        first = figure.refs[0]
        near = nearest(protected, first)
        if not _of_one_letter(ends, first, near):
            continue
        alike = [f for f in named if f is not figure and same_gender(f, figure) and _short_form(f, figure)]
        if len(alike) == 1:
            _join(cast, figure, alike[0])
            continue
        kin = any(not r.name and r.group in FAMILY for r in figure.refs)
        if sexual and "waived" in near.flags and not kin:
            evidence = Evidence(first.start, first.end, "stray", "sex_offence_complainant", "yes")
            figure.flags.setdefault("complainant", evidence)
            figure.says("complainant", evidence)
        else:
            cast.kinship.relate(figure, "kin", FIRST_NAME_ONLY, near, first.start, first.end)


def place_kin(cast: Cast) -> None:
    """Whom the copy calls somebody's sister or gran, and whose it leaves open, is family of the protected.

    "She ran … Her older sister, Nadia, found the receipt": it matters little whom "her" was taken to mean.
    """
    protected = protected_figures(cast)
    for figure in cast.scene.figures if protected else ():
        cluster = figure.cluster
        ties = [r for r in cast.kinship.of(figure) if r.group in FAMILY]
        ties = [r for r in ties if r.who is figure or (r.group in _MUTUAL and not figure.in_office)]
        if not cast.kinship.of(figure) and cluster is not None and not is_protected(figure):
            _place_elder(cast, figure, protected)
        if cluster is None or not figure.refs or not ties or is_protected(figure):
            continue
        others = [r.other(figure) for r in cast.kinship.of(figure)]
        if figure.roles.keys() & (BLAMED | LOOKED_ON) or any(f.named for f in others):
            continue
        told = ties[0]
        if told.other(figure).blamed or any(is_protected(f) for f in others):
            continue
        if _OF_ANYBODY.match(cast.scene.readable.clean, told.start):
            continue
        near = nearest(protected, figure.refs[0])
        cast.kinship.relate(figure, told.group, told.word, near, told.start, told.end)


def _place_elder(cast: Cast, figure: Figure, protected: list[Figure]) -> None:
    """ "Their father was at work: Nadeem Iqbal …": father of those whom the copy is about, if of nobody
    else.
    """
    told = [r for r in figure.refs if r.group in ("parent", "grandparent") and not r.plural]
    if not told or figure.minor or figure.roles.keys() & (BLAMED | LOOKED_ON) or figure.in_office:
        return
    clean = cast.scene.readable.clean
    if clean[told[0].start : told[0].end].lower().split()[0] in _POSSESSIVES:
        near = nearest(protected, told[0])
        cast.kinship.relate(figure, told[0].group, told[0].noun, near, told[0].start, told[0].end)


def place_partners(cast: Cast) -> None:
    """Who is mother or father to children called by first names, of whom the copy names no parent.

    The partner of whoever is blamed, or whom the blamed hurt.
    """
    protected = [f for f in protected_figures(cast) if f.named and f.minor_now]
    for figure in cast.scene.figures if protected else ():
        if figure.cluster is None or not figure.refs or figure.roles.keys() & _NO_FAMILY or figure.minor:
            continue
        if "outsider" in figure.flags:
            continue
        ties = [r for r in cast.kinship.of(figure) if r.group == "partner" and r.other(figure).blamed]
        first = next((r for r in figure.refs if r.name), figure.refs[0])
        span = (ties[0].start, ties[0].end) if ties else (first.start, first.end)
        clean = cast.scene.readable.clean
        hurt = "victim" in figure.roles and _UNEXPLAINED_BEFORE.search(
            clean, max(0, first.start - 24), first.start
        )
        if not (ties or hurt) or any(is_protected(r.other(figure)) for r in cast.kinship.of(figure)):
            continue
        orphans = [f for f in protected if not (_parents(cast, f) or f.surname or f.blamed or _is_label(f))]
        if orphans:
            near = nearest(orphans, figure.refs[0])
            cast.kinship.relate(figure, "kin", UNEXPLAINED, near, *span)


def place_familiar(cast: Cast) -> None:
    """Make family of those in a story about a child whom it calls by the first name, and of their partners.

    House style calls witnesses, neighbours and officials by surname: "Glenys says" is said of a gran. Whoever
    is explained (a friend, a neighbour, a manager) is none.
    """
    protected = [f for f in protected_figures(cast) if f.named and f.minor_now and not f.blamed]
    for figure in cast.scene.figures if protected else ():
        if not _is_familiar(cast, figure):
            continue
        first = next(r for r in figure.refs if r.name)
        near = nearest(protected, first)
        cast.kinship.relate(figure, "kin", UNEXPLAINED, near, first.start, first.end)


def _is_familiar(cast: Cast, figure: Figure) -> bool:
    cluster = figure.cluster
    if cluster is None or not (cluster.given and cluster.surname) or figure.minor:
        return False
    if figure.roles.keys() & _NO_FAMILY or figure.flags.keys() & _SET_APART or is_protected(figure):
        return False
    if any(r.group in _EXPLAINING for r in figure.refs if not r.name) or figure.circumstances:
        return False
    others = [r.other(figure) for r in cast.kinship.of(figure)]
    if any(is_protected(f) or f.blamed or f.in_office for f in others):
        return False
    readable = cast.scene.readable
    first = next((r for r in figure.refs if r.name), None)
    if first is not None and readable.clean.startswith(", who", first.end):
        # "Siobhán McGlinchey, who is organising the walk".
        return False
    if any(c.words == (cluster.surname,) for c in cluster.mentions):
        return False
    return any(
        c.words == (cluster.given,)
        and not c.title
        and readable.is_prose(c.start)
        and readable.quotation_at(c.start) is None
        and not _shares_surname(cluster, c, readable.clean)
        for c in cluster.mentions
    )


def _shares_surname(cluster: Cluster, mention: Candidate, clean: str) -> bool:
    """ "Pat and Joyce Womersley": the surname of the first stands behind the second."""
    if not mention.joined:
        return False
    behind = re.compile(rf" (?:and|&) [\w'-]+ {re.escape(cluster.surname)}\b")
    return behind.match(clean, mention.end) is not None


def _is_label(figure: Figure) -> bool:
    return figure.cluster is not None and bool(figure.cluster.label)


def _parents(cast: Cast, child: Figure) -> list[Figure]:
    """The named, unblamed parents of a child."""
    ties = cast.kinship.of(child)
    elders = [r.who for r in ties if r.whom is child and r.group == "parent"]
    elders += [r.whom for r in ties if r.who is child and r.group == "child"]
    return [f for f in elders if f.named and not f.blamed]


def protected_figures(cast: Cast) -> list[Figure]:
    """Those to whom an open tie may lead: in the story of somebody who waived anonymity, only the named."""
    figures = cast.scene.figures
    waived = any("waived" in f.flags for f in figures)
    return [f for f in figures if f.refs and _is_somebody(f) and (f.named or not waived)]


def _is_somebody(figure: Figure) -> bool:
    """Whether a protected figure is a person, or a group that something was done to, and not "children" at
    large.
    """
    if not is_protected(figure) or figure.named:
        return figure.named and is_protected(figure)
    told = figure.roles.keys() & CASE or figure.circumstances.keys() - {"at_risk"}
    # "A patient or a youngster", in copy that speaks of harm elsewhere.
    near = any(e.cue != "harm_copy" for e in figure.circumstances.get("at_risk", ()))
    return bool(told) or (near and not figure.plural)


def _of_one_letter(ends: list[int], ref: Ref, near: Figure) -> bool:
    """Whether no signature of a letters page stands between a name and the nearest words about somebody."""
    other = min((r.start for r in near.refs), key=lambda start: abs(start - ref.start))
    return not any(min(ref.start, other) < end < max(ref.start, other) for end in ends)


def nearest(figures: Iterable[Figure], to: Ref) -> Figure:
    """Whoever of them is spoken of nearest to a place; the first in the copy of two that are as near."""
    return min(figures, key=lambda f: (min(abs(r.start - to.start) for r in f.refs), f.number))


def _is_stray(cast: Cast, figure: Figure, lexicon: NameLexicon, elsewhere: Spans, sexual: bool) -> bool:
    cluster = figure.cluster
    if cluster is None or not figure.refs or bool(cluster.given) == bool(cluster.surname):
        return False
    # "Mrs Warde", whom the copy never names in full: a witness called by the name that was to be kept out.
    courtesy = sexual and bool(cluster.titles) and cluster.titles <= lexicon.complainant_titles
    if not courtesy and (cluster.surname or cluster.titles):
        return False
    if cluster.moniker or cluster.label or figure.flags.keys() & {"fiction", "pseudonym", "outsider"}:
        return False
    if any(not e.cue.startswith("title.") for e in figure.adult_evidence):
        return False
    if figure.minor or figure.ages or figure.blamed or figure.roles.keys() & (OFFICE | LOOKED_ON):
        return False
    if any(_as_a_place(cast, r, elsewhere) for r in figure.refs):
        return False
    quotation_at = cast.scene.readable.quotation_at
    if cluster.given in lexicon.ambiguous and not any(quotation_at(r.start) for r in figure.refs):
        return False
    clean = cast.scene.readable.clean
    if all(clean[r.start : r.end].isupper() for r in figure.refs if r.name):
        # "IRA", "PA"
        return False
    return not _settled(cast, figure)


def _settled(cast: Cast, figure: Figure) -> bool:
    """Whether the copy ties somebody to anybody; a couple of whom it tells no more is loose."""
    return any(
        r.group != "partner"
        or r.other(figure).ages
        or r.other(figure).roles
        or any(not e.cue.startswith("title.") for e in r.other(figure).adult_evidence)
        for r in cast.kinship.of(figure)
    )


def _as_a_place(cast: Cast, ref: Ref, elsewhere: Spans) -> bool:
    """Whether a word that the tagger calls a place stands as one ("in York", "Malton Road, York")."""
    if not elsewhere.touches(ref.start, ref.end):
        return False
    clean = cast.scene.readable.clean
    before = clean[max(0, ref.start - _PLACE_REACH) : ref.start]
    if _LINE_OPENS.search(before) is not None:
        return _GOES_ON.match(clean, ref.end) is None
    return _PLACED.search(before) is not None


def _short_form(child: Figure, figure: Figure) -> bool:
    if child.cluster is None or figure.cluster is None:
        return False
    one, other = fold(child.cluster.given), fold(figure.cluster.given)
    return one[:_SHARED_LETTERS] == other[:_SHARED_LETTERS] and min(len(one), len(other)) >= _SHARED_LETTERS


def _join(cast: Cast, figure: Figure, child: Figure) -> None:
    if figure.cluster is None or child.cluster is None:
        return
    child.cluster.givens[figure.cluster.given] += len(figure.cluster.mentions)
    cast.absorb(figure, child)
