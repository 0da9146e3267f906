"""Doubtful persons: companies, places and bodies that a name form mistakes for somebody.

"Marsh was charged with price-fixing" and "neighbours accused Sri Lanka" speak of nobody. A figure of whom the
copy tells nothing that only a person has, and whom the tagger takes for a place or a body, or whom the copy
calls by one word that is no first name, is no witness, suspect or defendant whose age has to be asked.
"""

from __future__ import annotations

from recognizers.model import Evidence, Role
from recognizers.people.cast import Cast
from recognizers.people.figures import BLAMED, LOOKED_ON, Figure
from recognizers.people.lexicon import NameLexicon
from recognizers.people.roles import Reads
from recognizers.people.scene import Scene
from recognizers.people.spans import Spans
from recognizers.people.ties import strongest_tie

_ASKED: frozenset[Role] = frozenset([*BLAMED, *LOOKED_ON, "victim"])


def clear_doubtful(cast: Cast, lexicon: NameLexicon, elsewhere: Spans, grave: bool) -> None:
    """Take the parts in the events from whoever may be no person; in copy about harm to somebody protected
    (`grave`) only from those whom every mention calls a place or a body.
    """
    for figure in cast.scene.figures:
        if not figure.named or _is_somebody(figure, cast):
            continue
        if _no_person(figure, lexicon, elsewhere, grave):
            for role in _ASKED:
                figure.roles.pop(role, None)
            figure.circumstances.clear()


def grow_up(scene: Scene, reads: Reads) -> None:
    """In copy that tells of no child, whoever has an album, a husband or a company is grown up."""
    for figure in scene.figures:
        if not figure.named or figure.minor_evidence or figure.adult_evidence or figure.ages:
            continue
        sentences = (scene.readable.sentence_at(r.start) for r in figure.refs)
        spot = next((hit for at in sentences if (hit := reads.first("works", *at)) is not None), None)
        if spot is not None:
            figure.adult_evidence.append(Evidence(*spot, "works", "life_stage", "adult"))


def _is_somebody(figure: Figure, cast: Cast) -> bool:
    """Whether the copy tells of them what only a person has: an age, a title, a noun, a family."""
    cluster = figure.cluster
    told = figure.ages or figure.minor_evidence or figure.adult_evidence or figure.nouns or figure.childlike
    titled = cluster is not None and (any(cluster.titles) or cluster.label or cluster.moniker)
    return bool(told or titled) or strongest_tie(cast.kinship, figure) is not None


def _no_person(figure: Figure, lexicon: NameLexicon, elsewhere: Spans, grave: bool) -> bool:
    # Labels and forms in addresses have no words.
    mentions = [m for m in figure.cluster.mentions if m.words] if figure.cluster is not None else []
    if not mentions:
        return False
    placed = sum(elsewhere.touches(m.start, m.end) for m in mentions)
    first_names = any(lexicon.is_given(m.words[0]) for m in mentions)
    full = any(len(m.words) > 1 for m in mentions)
    if placed == len(mentions) and not (first_names and full and grave):
        return True
    if not full and not first_names and placed * 2 >= len(mentions):
        return True
    if grave:
        return False
    if not full and figure.blamed:
        # A defendant is named in full at least once.
        return True
    return not first_names and (placed * 2 >= len(mentions) or not full)
