"""Names that slip out: the copy hides a child or a complainant and calls them by name after all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from recognizers.model import Evidence
from recognizers.people.ages import ADULT_AGE
from recognizers.people.candidate import Candidate
from recognizers.people.cast import Cast, same_gender
from recognizers.people.figures import BLAMED, LOOKED_ON, Figure, Ref
from recognizers.people.kinship import descends_by
from recognizers.people.lexicon import NameLexicon

# How soon behind a group its members are named, and how near to the start of their sentence.
_SENTENCES_AHEAD = 3
_OPENING = 12
# Between the names of a list.
_JOINED = re.compile(r",? (?:and )?|,? \(?\d{1,2}\)?,? (?:and )?|, ")
_COMPLAINING = frozenset(["complainant", "complainer", "victim", "survivor"])
_GROWN_GROUPS = frozenset(["adult", "parent", "partner", "grandparent", "carer"])


def join_slips(cast: Cast, lexicon: NameLexicon, sexual: bool) -> None:
    """A name that stands alone and is nobody's is the child, or the complainant, whom the copy hid until it
    slipped.
    """
    lone = [f for f in cast.scene.figures if not f.named and not f.plural and f.refs]
    hidden = [f for f in lone if f.young]
    if sexual:
        hidden += [f for f in lone if not f.young and ("complainant" in f.roles or f.nouns & _COMPLAINING)]
    if not hidden:
        return
    loose = {f for f in cast.scene.figures if _loose(cast, f)}
    if sexual:
        loose |= {f for f in cast.scene.figures if _grown_since(cast, f)}
    _join_captioned(cast, hidden, loose)
    for figure in [f for f in hidden if f.refs]:
        fitting = [
            f
            for f in cast.scene.around(figure.refs[0].start)
            if f in loose and f.refs and same_gender(figure, f) and _may_be(cast, lexicon, figure, f, sexual)
        ]
        parts = {"given" if f.cluster is not None and f.cluster.given else "surname" for f in fitting}
        if len(fitting) == 1 or (len(fitting) == 2 and len(parts) == 2):
            target, *rest = fitting
            cast.merge(figure, target)
            for other in rest:
                _absorb(cast, other, target)


def _join_captioned(cast: Cast, hidden: list[Figure], loose: set[Figure]) -> None:
    """The one child the body hides is the one somebody whom only a caption, a tag or an address names."""
    children = [f for f in hidden if f.young]
    segments = cast.scene.readable.reading.segments
    if len(children) != 1 or len(segments) < 2:
        return
    longest = max((s for s in segments if s.kind == "prose"), key=lambda s: s.end - s.start)
    outside = [
        f
        for f in loose
        if f.refs
        and not any(longest.start <= r.start < longest.end for r in f.refs)
        and same_gender(children[0], f)
    ]
    if len(outside) == 1:
        cast.merge(children[0], outside[0])


def join_moniker_slips(cast: Cast) -> None:
    """ "Child T" is Tobias Renn, when the copy says no more of Tobias than his name."""
    for figure in cast.scene.figures:
        cluster = figure.cluster
        if cluster is None or not cluster.moniker or cluster.given or not figure.minor_evidence:
            continue
        letter = cluster.moniker.split()[-1][0].lower()
        fitting = [
            f
            for f in cast.scene.around(figure.refs[0].start if figure.refs else 0)
            if f is not figure
            and f.cluster is not None
            and f.cluster.given[:1].lower() == letter
            and _unplaced(cast, f)
            and not cast.tied(f, figure)
            and same_gender(figure, f)
        ]
        if len(fitting) == 1 and fitting[0].cluster is not None:
            fitting[0].cluster.moniker = cluster.moniker
            cast.absorb(figure, fitting[0])


def join_waived(cast: Cast) -> None:
    """In the story of one who waived anonymity, the child of whom it tells without a name is they."""
    _name_waived(cast)
    waived = [f for f in cast.scene.figures if f.named and "waived" in f.flags]
    if len(waived) != 1 or (waived[0].age_now or ADULT_AGE) < ADULT_AGE:
        return
    for figure in [f for f in cast.scene.figures if f.young and not f.named and not f.plural and f.refs]:
        clean = cast.scene.readable.clean
        # "And one other girl": not she.
        another = any("other" in clean[r.outer : r.end].split() for r in figure.refs)
        if (
            figure.age_now is None
            and not another
            and same_gender(figure, waived[0])
            and not cast.tied(figure, waived[0])
        ):
            cast.merge(figure, waived[0])
    if waived[0].minor_evidence:
        # Nobody but a grown-up can waive it.
        sign = waived[0].flags["waived"]
        waived[0].adult_evidence.append(Evidence(sign.start, sign.end, sign.cue, "life_stage", "adult"))


def _name_waived(cast: Cast) -> None:
    """ "After his victim waived her right to anonymity. Orla Fennell (36) …": she who is named next."""
    waived = [f for f in cast.scene.figures if "waived" in f.flags and f.refs]
    if len(waived) != 1 or waived[0].named or waived[0].plural:
        return
    index = cast.scene.readable.sentence_index
    sign = waived[0].flags["waived"]
    for ref in cast.scene.line.after(sign.end):
        if index(ref.start) - index(sign.start) > _SENTENCES_AHEAD:
            return
        figure = ref.figure
        if ref.name and same_gender(figure, waived[0]) and not (figure.blamed or figure.minor_now):
            cast.merge(waived[0], figure)
            return


def blame_group(cast: Cast) -> None:
    """ "A couple … have been jailed. Trinh Hoa, 45, and his partner Lee-Anne Spurling, 39, …": both were."""
    for group in [f for f in cast.scene.figures if f.plural and not f.named and f.refs and f.blamed]:
        if group.young:
            continue
        for _, refs in islice(_named_together(cast, group), 1):
            for ref in refs[:2]:
                figure = ref.figure
                if figure.in_office or figure.minor or "victim" in figure.roles:
                    continue
                for role in BLAMED & group.roles.keys():
                    figure.roles.setdefault(role, list(group.roles[role][:1]))


def _named_together(cast: Cast, group: Figure) -> Iterator[tuple[int, list[Ref]]]:
    """The sentences soon behind a group that open with one of two or more names: where each begins, and
    its names.
    """
    readable = cast.scene.readable
    place = readable.sentence_index(group.refs[0].start)
    for start, end in readable.sentences[place + 1 : place + 1 + _SENTENCES_AHEAD]:
        refs = [r for r in cast.scene.between(start, end) if r.name]
        if len(refs) > 1 and refs[0].outer - start <= _OPENING:
            yield start, refs


def join_group(cast: Cast) -> None:
    """ "Parents who left their twins … Alesha and Tia Brannigan were found": a group, then named."""
    groups = [f for f in cast.scene.figures if f.plural and not f.named and f.refs and f.young]
    if not groups:
        return
    for group in groups:
        around = cast.scene.around(group.refs[0].start)
        if any(f.named and f.minor for f in around):
            continue
        blamed = {f.surname for f in around if f.blamed and f.surname}
        listed = _listed_soon(cast, group)
        for figure in around:
            loose = figure in listed or (_loose(cast, figure) and figure.surname in blamed)
            if loose and not figure.adult_evidence:
                figure.minor_evidence += group.minor_evidence[:1]
                figure.childlike = True
                for age in group.ages:
                    figure.tell_age(age)


def _listed_soon(cast: Cast, group: Figure) -> list[Figure]:
    """The two or more whose names open a sentence soon after a group ("Twin girls aged four … Poppy and Skye
    Dallimore were asleep").
    """
    opening, _ = cast.scene.readable.sentence_at(group.refs[0].start)
    for start, refs in _named_together(cast, group):
        if any(
            r.group in _GROWN_GROUPS and r.plural and not r.name for r in cast.scene.between(opening, start)
        ):
            # "A couple who lost their twin girls": the two named next are the couple.
            return []
        run = refs[:1]
        for ref in refs[1:]:
            if not _JOINED.fullmatch(cast.scene.readable.clean, run[-1].end, ref.outer):
                break
            run.append(ref)
        figures = [r.figure for r in run]
        if len(run) > 1 and all(same_gender(group, f) and _unplaced(cast, f) for f in figures):
            return figures
    return []


def _unplaced(cast: Cast, figure: Figure) -> bool:
    """Whether nothing grown-up is told of somebody, though perhaps whose child they are."""
    return _loose(cast, figure) or _only_descends(cast, figure)


def hidden_child(cast: Cast) -> Figure | None:
    """The one child the copy speaks of and does not name, if there is exactly one and no name slipped out."""
    found = [f for f in cast.scene.figures if not f.named and not f.plural and f.refs and f.young]
    return found[0] if len(found) == 1 else None


def reveal(cast: Cast, hidden: Figure, weak: list[Candidate]) -> None:
    """ "What have you done to Isatu?": one unknown word in quotations is the hidden child's name."""
    if len({c.words for c in weak}) != 1:
        return
    cast.merge(hidden, cast.enter(weak[0].words[0], weak, hidden.gender))


def _loose(cast: Cast, figure: Figure) -> bool:
    """Whether nothing is known of a named figure but the name."""
    cluster = figure.cluster
    if cluster is None or cluster.moniker or cluster.label or figure.ages or figure.minor_evidence:
        return False
    if figure.blamed or figure.in_office or figure.roles.keys() & LOOKED_ON:
        return False
    if any(e.cue.startswith("noun.") for e in figure.adult_evidence):
        return False
    ties = cast.kinship.of(figure)
    # "Oh Danielle … Her husband, Adam Whitcombe": the tie told of the hidden one was taken for hers.
    return not ties or (not cluster.surname and all(r.group == "partner" for r in ties))


def _only_descends(cast: Cast, figure: Figure) -> bool:
    """Whether the copy tells of somebody only whose child or grandchild they are."""
    ties = cast.kinship.of(figure)
    told = figure.ages or figure.blamed or figure.in_office or figure.roles.keys() & LOOKED_ON
    return bool(ties) and not (told or figure.adult_evidence) and all(descends_by(r, figure) for r in ties)


def _grown_since(cast: Cast, figure: Figure) -> bool:
    """Whether somebody grown up, whom the copy calls by the first name, may be the child it tells of."""
    if figure.cluster is None or figure.blamed or figure.in_office or figure.roles.keys() & LOOKED_ON:
        return False
    if not figure.adult or "waived" in figure.flags or not _called_by_first(figure):
        return False
    return not cast.kinship.of(figure)


def _may_be(cast: Cast, lexicon: NameLexicon, hidden: Figure, figure: Figure, sexual: bool) -> bool:
    """Whether a loose name can be the hidden one: a bare first name, or a surname shared with a known
    parent.
    """
    cluster = figure.cluster
    if cluster is None:
        return False
    if cluster.given and not cluster.surname and not cluster.titles:
        return True
    if cluster.surname and not cluster.given:
        return sexual and bool(cluster.titles & lexicon.complainant_titles) and not hidden.minor_now
    if sexual and cluster.given and cluster.titles <= lexicon.complainant_titles and _called_by_first(figure):
        # House style calls witnesses and professionals by surname: whoever it calls Natasha is the one.
        return True
    kin = (relation.other(hidden) for relation in cast.kinship.of(hidden))
    if cluster.titles:
        return False
    return hidden.young and any(k.cluster is not None and k.surname == cluster.surname for k in kin)


def _called_by_first(figure: Figure) -> bool:
    """Whether the copy calls somebody whom it names in full by the first name alone as well."""
    cluster = figure.cluster
    if cluster is None:
        return False
    return any(c.words == (cluster.given,) and not c.title for c in cluster.mentions)


def _absorb(cast: Cast, figure: Figure, into: Figure) -> None:
    """Two halves of one name, given apart: every mention becomes the other's."""
    if figure.cluster is None or into.cluster is None:
        return
    into.cluster.given = into.cluster.given or figure.cluster.given
    into.cluster.surname = into.cluster.surname or figure.cluster.surname
    cast.absorb(figure, into)
