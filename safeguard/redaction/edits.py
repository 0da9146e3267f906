"""Edits on a source: settled among each other, kept off fixed points, spliced in.

Whatever no edit covers comes out exactly as it went in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from safeguard.redaction.errors import FixedPointError


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in the place of `start:end` of a source; an insertion where both are the same.

    `rank` settles which of two edits of the same length stands (the lower does). `origins` are the indexes of
    the decisions that the edit carries out.
    """

    start: int
    end: int
    text: str
    rank: int = 0
    origins: tuple[int, ...] = ()

    @property
    def growth(self) -> int:
        """By how many characters the source grows."""
        return len(self.text) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Finished:
    """Settled edits as they are spliced in. Without `sure`, what comes of them could not be read as meant."""

    edits: list[Edit]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FixedPoints:
    """Spans of a source that no edit may touch, in order. An insertion at their edge does not touch them."""

    spans: tuple[tuple[int, int], ...] = ()

    def touched(self, edit: Edit) -> bool:
        """Whether the edit would change a character of a fixed point, or put something inside it."""
        return any(start < edit.end and edit.start < end for start, end in self.spans)

    def check(self, edits: Iterable[Edit]) -> None:
        """Raises FixedPointError for the first edit that touches a fixed point."""
        for edit in edits:
            if self.touched(edit):
                raise FixedPointError(edit.start, edit.end)


def settle(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in source order of which no two overlap, the same whatever order they come in.

    Edits that overlap become one over all they cover. Its text is that of the longest; of the lowest rank
    among equally long ones, then of the first. Insertions stand before what begins at the same place.
    """
    ordered = sorted(edits, key=lambda e: (e.start, e.end, e.rank, e.text, e.origins))
    settled: list[Edit] = []
    cluster: list[Edit] = []
    reach = 0
    for edit in ordered:
        if cluster and edit.start >= reach:
            settled.append(_union(cluster))
            cluster = []
        cluster.append(edit)
        reach = max(reach, edit.end) if len(cluster) > 1 else edit.end
    if cluster:
        settled.append(_union(cluster))
    return settled


def _union(cluster: Sequence[Edit]) -> Edit:
    if len(cluster) == 1:
        return cluster[0]
    winner = min(cluster, key=lambda e: (e.start - e.end, e.rank, e.start, e.text))
    return replace(
        winner,
        start=min(e.start for e in cluster),
        end=max(e.end for e in cluster),
        origins=tuple(sorted({origin for e in cluster for origin in e.origins})),
    )


def splice(source: str, edits: Sequence[Edit], fixed: FixedPoints | None = None) -> str:
    """`source` with `edits` (settled: in order, none overlapping) carried out.

    Raises FixedPointError when one touches a fixed point, ValueError when they are not settled.
    """
    (fixed or FixedPoints()).check(edits)
    pieces: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done or edit.end > len(source):
            raise ValueError("edits overlap or reach beyond the source")
        pieces += source[done : edit.start], edit.text
        done = edit.end
    return "".join([*pieces, source[done:]])


def moved(offsets: Sequence[int], edits: Sequence[Edit]) -> list[int]:
    """Where `offsets` of the source, rising and covered by no edit, stand after the (settled) edits."""
    after: list[int] = []
    done, growth = 0, 0
    for offset in offsets:
        while done < len(edits) and edits[done].end <= offset:
            growth += edits[done].growth
            done += 1
        after.append(offset + growth)
    return after
