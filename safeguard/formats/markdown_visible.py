"""The visible text of Markdown, and what an edit has to know of how it is written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from safeguard.formats.visible import Visible

# Behind so many others inside it no zone is looked for: only a cell of a table can hold any.
_NEAR = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks around text, `start:inner` and `inner_end:end` of the source; neither is one alone."""

    name: str
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def marks(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where the two stand."""
        return (self.start, self.inner), (self.inner_end, self.end)


@dataclass(frozen=True, slots=True)
class Zone:
    """`start:end` of the source, where something else than a paragraph is written: `style` says what.

    One of code, html, title, address, label, shown (a label that is a link's text), footnote, cell; in front
    matter plain, flow (plain inside brackets), single, double, block.
    """

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class MarkdownVisible(Visible):
    """`pairs` and `zones` are in the order of the source; `labels` are what links are defined for."""

    pairs: tuple[Pair, ...] = field(default=(), repr=False)
    zones: tuple[Zone, ...] = field(default=(), repr=False)
    labels: frozenset[str] = field(default=frozenset(), repr=False)

    def zone_at(self, start: int, end: int) -> Zone | None:
        """The innermost zone that holds `start:end` of the source; None in a paragraph's text."""
        index = bisect_right(self.zones, start, key=lambda zone: zone.start)
        holding = (zone for zone in reversed(self.zones[max(0, index - _NEAR) : index]) if zone.end >= end)
        return next(holding, None)
