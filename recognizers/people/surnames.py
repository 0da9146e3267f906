"""Whose a bare surname is that several bear, and whose a title is, once the families are known."""

from __future__ import annotations

from typing import TypeVar

from recognizers.model import Evidence
from recognizers.people.candidate import Candidate
from recognizers.people.cast import Cast
from recognizers.people.figures import BLAMED, Figure, by_surname
from recognizers.people.kinship import is_elder_of
from recognizers.people.lexicon import NameLexicon

Belief = TypeVar("Belief")


def settle_surnames(cast: Cast) -> None:
    """A bare surname that several adults bear is the defendant's in court copy, wherever it stands."""
    blamed = by_surname(f for f in cast.scene.figures if f.blamed and not f.minor_now)
    for figure in cast.scene.figures:
        cluster = figure.cluster
        by_surname_only = figure.blamed and _blamed_by_surname(cast, figure)
        if cluster is None or "official" in figure.roles or (figure.blamed and not by_surname_only):
            continue
        rivals = [f for f in blamed.get(cluster.surname, []) if f is not figure]
        if by_surname_only:
            rivals = [f for f in rivals if not _blamed_by_surname(cast, f)]
        if len(rivals) != 1 or rivals[0].cluster is None:
            continue
        bare = [c for c in cluster.mentions if c.words == (cluster.surname,) and not c.title]
        if not bare or len(bare) == len(cluster.mentions):
            continue
        _hand_over(bare, figure, rivals[0])
        for mention in bare if by_surname_only else ():
            _hand_beliefs(cast, mention, figure, rivals[0])


def _blamed_by_surname(cast: Cast, figure: Figure) -> bool:
    """Whether all that blames somebody stands in sentences that call them by the bare surname.

    "Dewi Ashcombe was jailed … Siwan Ashcombe had a broken cheekbone … Ashcombe denied it": it was Dewi.
    """
    told = [e for role in BLAMED & figure.roles.keys() for e in figure.roles[role]]
    named = [r for r in figure.refs if r.name]
    readable = cast.scene.readable
    by_more = {
        readable.sentence_index(r.start) for r in named if readable.clean[r.start : r.end] != figure.surname
    }
    return bool(by_more) and all(readable.sentence_index(e.start) not in by_more for e in told)


def settle_early(cast: Cast) -> None:
    """ "Brandon, 15, … Tait admitted it … Kirsty Tait stood up": the first Tait is Brandon, and not Kirsty.

    House style gives nobody the bare surname before the full name. Only the headline does, of whoever is
    convicted; so it is asked of surnames in later sentences, for the one child of whom no surname is told.
    """
    index = cast.scene.readable.sentence_index
    children = [
        f
        for f in cast.scene.figures
        if f.cluster is not None and f.cluster.given and not f.surname and f.minor_now and f.refs
    ]
    if len(children) != 1:
        return
    child = children[0]
    assert child.cluster is not None
    for figure in cast.scene.figures:
        cluster = figure.cluster
        if cluster is None or not (cluster.given and cluster.surname) or figure is child or figure.minor_now:
            continue
        full = [c.start for c in cluster.mentions if len(c.words) > 1]
        first = min(full, default=0)
        early = [
            c
            for c in cluster.mentions
            if c.words == (cluster.surname,)
            and not c.title
            and index(child.refs[0].start) < index(c.start)
            and c.start < first
            and cast.scene.readable.is_prose(c.start)
        ]
        if early and not figure.in_office:
            _hand_over(early, figure, child)
            child.cluster.surname = cluster.surname
            for mention in early:
                _hand_beliefs(cast, mention, figure, child)


def settle_titles(cast: Cast, lexicon: NameLexicon) -> None:
    """ "Skye Dunnett, 13 … her father, Craig … Mr Dunnett": the elder of whom no surname is told bears it.

    A court may call an accused youth Mr: nothing is taken from a child who is blamed.
    """
    for child in cast.scene.figures:
        if child.cluster is None or not child.minor_now or child.blamed:
            continue
        titled = [
            c
            for c in child.cluster.mentions
            if c.title in lexicon.courtesy_titles and c.words == (child.surname,)
        ]
        for elder in dict.fromkeys(r.other(child) for r in cast.kinship.of(child)):
            if elder.cluster is None or elder.surname or elder.minor or elder.plural:
                continue
            if not any(is_elder_of(r, elder, child) for r in cast.kinship.of(child)):
                continue
            wanted = lexicon.male_titles if elder.gender == "m" else lexicon.female_titles
            _hand_over([c for c in titled if c.title in wanted], child, elder)


def settle_courtesy(cast: Cast, lexicon: NameLexicon) -> None:
    """ "Mrs Hulme" is the grandmother where the copy calls the mother, who is in prison, Hulme.

    House style takes the title from whoever was convicted: a title in front of a surname that they share with
    somebody unblamed of that sex is the other's.
    """
    unblamed = by_surname(f for f in cast.scene.figures if f.cluster is not None and not f.blamed)
    for convict in [f for f in cast.scene.figures if "convicted" in f.roles and f.cluster is not None]:
        assert convict.cluster is not None
        titled = [
            c
            for c in convict.cluster.mentions
            if c.title in lexicon.courtesy_titles and c.words == (convict.surname,)
        ]
        others = [f for f in unblamed.get(convict.surname, ()) if not f.minor_now and not f.in_office]
        for mention in titled:
            male = mention.title in lexicon.male_titles
            fitting = [
                f
                for f in others
                if f.gender in ("m" if male else "f", "e")
                and any(r.name and r.start < mention.start for r in f.refs)
            ]
            if fitting:
                nearest = max(
                    fitting, key=lambda f: max(r.start for r in f.refs if r.name and r.start < mention.start)
                )
                _hand_over([mention], convict, nearest)


def hand_titles(cast: Cast, lexicon: NameLexicon) -> None:
    """ "Dami Cole … Her mother, Folake … Mrs Cole said": Dami is no grown-up for that title.

    The parent of whom no surname is told bears it.
    """
    parents = [
        r.who
        for r in cast.kinship
        if r.group == "parent" and r.who.named and not r.who.surname and not r.whom.blamed
    ]
    for figure in cast.scene.figures if parents else ():
        cluster = figure.cluster
        if cluster is None or not cluster.given or not cluster.titles or figure.ages or figure in parents:
            continue
        bare = [c for c in cluster.mentions if c.title in lexicon.family_titles and len(c.words) == 1]
        called = any(
            len(c.words) == 1 and c.words[0] != cluster.surname and not c.title for c in cluster.mentions
        )
        if not called or {c.title for c in bare} != cluster.titles:
            continue
        for parent in dict.fromkeys(parents):
            mine = [c for c in bare if (c.title in lexicon.male_titles) == (parent.gender == "m")]
            starts = {c.start for c in mine}
            figure.adult_evidence = [
                e for e in figure.adult_evidence if not any(e.start <= s < e.end for s in starts)
            ]
            _hand_over(mine, figure, parent)
            bare = [c for c in bare if c.start not in starts]


def hand_courtesy(cast: Cast, lexicon: NameLexicon) -> None:
    """ "Orla Fennell stood with her sister, Deirdre Fennell … Ms Fennell": she whose sister the other is.

    Whoever a copy brings in as family of a grown-up is called by the full name or the first.
    """
    for relation in cast.kinship:
        taker, giver = relation.whom, relation.who
        if relation.group not in ("sibling", "parent", "partner", "child") or giver.cluster is None:
            continue
        if taker.cluster is None or giver.surname != taker.surname or taker.young or giver.blamed:
            continue
        if not (taker.refs and giver.refs) or taker.refs[0].start > giver.refs[0].start or taker.blamed:
            continue
        sexes = lexicon.male_titles if taker.gender == "m" else lexicon.female_titles
        titled = [
            c
            for c in giver.cluster.mentions
            if c.title in lexicon.courtesy_titles & sexes and c.words == (giver.surname,)
        ]
        if titled and len(titled) < len(giver.cluster.mentions):
            _hand_over(titled, giver, taker)
            for mention in titled:
                _hand_beliefs(cast, mention, giver, taker)


def _hand_beliefs(cast: Cast, mention: Candidate, giver: Figure, taker: Figure) -> None:
    """What the sentence of a mention tells is told of `taker`, if it does not speak of `giver` as well."""
    start, end = cast.scene.readable.sentence_at(mention.start)
    if any(start <= ref.start < end for ref in giver.refs):
        return
    _move(giver.roles, taker.roles, start, end)
    _move(giver.circumstances, taker.circumstances, start, end)
    for flag in [flag for flag, sign in giver.flags.items() if start <= sign.start < end]:
        taker.flags.setdefault(flag, giver.flags.pop(flag))


def _move(
    beliefs: dict[Belief, list[Evidence]], others: dict[Belief, list[Evidence]], start: int, end: int
) -> None:
    for belief, evidence in list(beliefs.items()):
        told = [e for e in evidence if start <= e.start < end]
        if told:
            others.setdefault(belief, []).extend(told)
            beliefs[belief] = [e for e in evidence if e not in told]
            if not beliefs[belief]:
                del beliefs[belief]


def _hand_over(mentions: list[Candidate], giver: Figure, taker: Figure) -> None:
    """Let mentions of `giver` be mentions of `taker`; both are named."""
    if not mentions or giver.cluster is None or taker.cluster is None:
        return
    starts = {c.start for c in mentions}
    giver.cluster.mentions = [c for c in giver.cluster.mentions if c.start not in starts]
    taker.cluster.mentions += mentions
    moved = sorted((r for r in giver.refs if r.name and r.start in starts), key=lambda r: r.start)
    giver.refs = [r for r in giver.refs if not (r.name and r.start in starts)]
    for ref in moved:
        ref.figure = taker
    taker.refs += moved
