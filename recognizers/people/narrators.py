"""Narrators: who says "my grandson" outside quotation marks, in a letter or a story of their own."""

from __future__ import annotations

import re

from recognizers.people.cast import Cast
from recognizers.people.figures import Ref

_FIRST_PERSON = frozenset(["my", "our"])
# A letter's signature is a line of its own with nothing but a name, and perhaps a title or a place.
_SIGNED = re.compile(r"(?:(?:Mrs?|Ms|Miss|Dr|Prof|Rev|Fr|Sir|Cllr|Name:|From:?|By)\.? )*$")
_SIGNATURE_ENDS = re.compile(r"[ ,.]*(?:\n|$)|, [A-Z][^\n.]{1,60}\.?(?:\n|$)")
# How far a letter may reach back from its signature.
_LONGEST_LETTER = 6000


def tie_narrators(cast: Cast) -> None:
    """Tie those whom a letter calls "my grandson" to whoever signs it."""
    told = [
        (figure, description) for figure, description in cast.bare_kin if description.pronoun in _FIRST_PERSON
    ]
    if not told:
        return
    signatures = [r for r in cast.scene.refs if r.name and _is_signature(cast, r)]
    for figure, description in told:
        behind = (r for r in signatures if 0 < r.start - description.end < _LONGEST_LETTER)
        signed = next((r for r in behind if r.figure is not figure), None)
        if signed is not None and not cast.tied(figure, signed.figure):
            group = "child" if description.kind.group == "minor" else description.kind.group
            cast.kinship.relate(
                figure, group, description.noun, signed.figure, description.start, description.end
            )


def letter_ends(cast: Cast) -> list[int]:
    """Where the letters of a letters page end; nothing where fewer than two are signed."""
    ends = [r.start for r in cast.scene.refs if r.name and _is_signature(cast, r)]
    return ends if len(ends) > 1 else []


def _is_signature(cast: Cast, ref: Ref) -> bool:
    readable = cast.scene.readable
    start, _ = readable.line_at(ref.start)
    full = bool(ref.figure.cluster and ref.figure.cluster.given and ref.figure.surname)
    return (
        full
        and start > 0
        and _SIGNED.fullmatch(readable.clean, start, ref.start) is not None
        and _SIGNATURE_ENDS.match(readable.clean, ref.end) is not None
    )
