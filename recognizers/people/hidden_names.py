"""Names that slip out: the copy hides a child or a complainant and calls them by name after all."""

from __future__ import annotations

from recognizers.people.candidates import Candidate
from recognizers.people.cast import Cast, same_gender
from recognizers.people.clusters import Cluster
from recognizers.people.figures import Figure, Ref
from recognizers.people.lexicon import NameLexicon

_COMPLAINING = frozenset(["complainant", "victim", "survivor"])
_KNOWN_ROLES = frozenset(["bystander", "public_figure"])


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
    for figure in hidden:
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


def hidden_child(cast: Cast) -> Figure | None:
    """The one child the copy speaks of and does not name, if there is exactly one and no name slipped out."""
    found = [f for f in cast.scene.figures if not f.named and not f.plural and f.refs and f.young]
    return found[0] if len(found) == 1 else None


def reveal(cast: Cast, hidden: Figure, weak: list[Candidate]) -> None:
    """ "What have you done to Isatu?": one unknown word in quotations is the hidden child's name."""
    if len({c.words for c in weak}) != 1:
        return
    cluster = Cluster(given=weak[0].words[0], mentions=weak)
    named = Figure(len(cast.scene.figures), cluster=cluster, gender=hidden.gender)
    named.refs = [Ref(c.start, c.end, c.start, named, name=True, gender=hidden.gender) for c in weak]
    for ref in named.refs:
        cast.scene.add(ref)
    cast.scene.introduce(named)
    cast.merge(hidden, named)


def _loose(cast: Cast, figure: Figure) -> bool:
    """Whether nothing is known of a named figure but the name."""
    cluster = figure.cluster
    if cluster is None or cluster.moniker or cluster.label or figure.ages or figure.minor_evidence:
        return False
    if figure.blamed or figure.in_office or figure.roles.keys() & _KNOWN_ROLES:
        return False
    if any(e.cue.startswith("noun.") for e in figure.adult_evidence):
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
    kin = (relation.other(hidden) for relation in cast.kinship.of(hidden))
    return hidden.young and any(k.cluster is not None and k.surname == cluster.surname for k in kin)


def _absorb(cast: Cast, figure: Figure, into: Figure) -> None:
    """Two halves of one name, given apart: every mention becomes the other's."""
    if figure.cluster is None or into.cluster is None:
        return
    into.cluster.mentions += figure.cluster.mentions
    into.cluster.given = into.cluster.given or figure.cluster.given
    into.cluster.surname = into.cluster.surname or figure.cluster.surname
    figure.cluster.mentions = []
    cast.merge(figure, into)
