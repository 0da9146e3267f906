"""The copy cut into stretches of text, each with the findings that lie over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeguard.report import Finding

# Of two findings over the same words, the graver one leads.
_GRAVITY = ("block", "review", "redact", "warn", "protect", "keep")
_LAST_THAT_ACTS = _GRAVITY.index("redact")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters with the same findings over them; `seen` is False for markup.

    Findings that change something or need a person come first, of those the narrowest.
    `begins` and `ends` are the findings that begin with its first and end with its last character.
    """

    text: str
    seen: bool
    findings: tuple[Finding, ...]
    begins: tuple[Finding, ...]
    ends: tuple[Finding, ...]


def stretches(text: str, findings: Iterable[Finding], unseen: Sequence[tuple[int, int]]) -> list[Stretch]:
    """All of `text` in order. `unseen` are the spans that no reader sees, in order and apart."""
    over = sorted((f for f in findings if f.start < f.end), key=lambda f: (f.start, f.end))
    cuts = {0, len(text)}
    cuts.update(at for f in over for at in (f.start, f.end))
    cuts.update(at for span in unseen for at in span)
    made: list[Stretch] = []
    lying: list[Finding] = []
    coming, hidden = 0, 0
    places = sorted(cuts)
    for start, end in pairwise(places):
        lying = [f for f in lying if f.end > start]
        while coming < len(over) and over[coming].start <= start:
            lying.append(over[coming])
            coming += 1
        while hidden < len(unseen) and unseen[hidden][1] <= start:
            hidden += 1
        seen = not (hidden < len(unseen) and unseen[hidden][0] <= start)
        made.append(
            Stretch(
                text[start:end],
                seen,
                tuple(sorted(lying, key=_rank)),
                tuple(f for f in lying if f.start == start),
                tuple(f for f in lying if f.end == end),
            )
        )
    return made


def level(finding: Finding) -> str:
    """One word for how a finding is marked: its action, or "review" where somebody has to look."""
    return "review" if finding.review and finding.action != "block" else finding.action


def _rank(finding: Finding) -> tuple[bool, int, int, int]:
    how = _GRAVITY.index(level(finding))
    return how > _LAST_THAT_ACTS, finding.end - finding.start, how, finding.start
