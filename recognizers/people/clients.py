"""Clients: whose barrister speaks at a criminal trial is accused, though the copy may never say so again.

"Tolland's barrister, Huw Bevan KC, says very little can be said": at an inquest or in a family court the
same words are said of a mother, so they count only in copy of a criminal court.
"""

from __future__ import annotations

import re

from recognizers.model import Evidence
from recognizers.people.cast import Cast
from recognizers.people.figures import BLAMED, OFFICE, Figure
from recognizers.people.lexicon import NameLexicon
from recognizers.people.roles import Reads

_NOT_ACCUSED = frozenset(["victim", "complainant", "witness"]) | BLAMED | OFFICE
_PARTY = frozenset(["professional.party"])


def blame_clients(cast: Cast, reads: Reads, lexicon: NameLexicon) -> None:
    """Make whoever is defended accused, where nothing else says what they are in the case."""
    if not reads.spans("criminal") or reads.spans("family_court") or reads.spans("inquest"):
        return
    clean = cast.scene.readable.clean
    counsel = re.compile(rf"'s? (?:own |defence )?(?:{'|'.join(map(re.escape, lexicon.counsel))})\b")
    spoken_for = [
        (e.start, e.end)
        for f in cast.scene.figures
        for e in f.roles.get("professional", ())
        if e.cue in _PARTY
    ]
    for ref in cast.scene.refs:
        if not ref.name or not _may_be_accused(ref.figure):
            continue
        behind = counsel.match(clean, ref.end)
        party = next(((s, e) for s, e in spoken_for if s < ref.start and ref.end <= e), None)
        span = behind.span() if behind is not None else party
        if span is not None:
            ref.figure.says("accused", Evidence(*span, "client", "role", "accused"))


def _may_be_accused(figure: Figure) -> bool:
    return not (figure.roles.keys() & _NOT_ACCUSED or figure.circumstances.keys() & {"died", "missing"})
