"""What the harm reader has read of a copy so far: sentences, traces of harm, and what frames them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# How much a trace says: a word that counts beside others only, a mention, harm told of somebody, harm named.
HINT, WEAK, TOLD, STRONG = 0.5, 1.0, 2.0, 3.0

_ANIMAL_WORDS = 2  # different words for them, beside one of cruelty to animals


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or one line of a heading; its place is `headline`, `lead` (the opening) or ""."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One harm word that counts for a category.

    `concrete`: somebody in particular was harmed, in earnest. `vague`: the words do not tell the kind of
    harm. `sign`: a circumstance that tells of the harm without naming it, and only beside others.
    """

    category: str
    start: int
    end: int
    weight: float
    concrete: bool
    phrase: str
    unit: int
    victim: str = ""
    vague: bool = False
    sign: bool = False
    words: str = ""


@dataclass(slots=True)
class Page:
    """What the copy says, sentence by sentence: traces of harm, details by category, frames by unit.

    `kinds` are those of everybody whom the copy speaks of, `opening_kinds` those of its heading and opening,
    without who did it, `child_units` counts the sentences with a child in them; `childhoods` the units that
    tell of somebody's childhood or a child's age.
    """

    units: Sequence[Unit]
    traces: list[Trace] = field(default_factory=list)
    details: dict[str, list[tuple[int, int, int, bool]]] = field(default_factory=dict)
    unless: dict[str, int] = field(default_factory=dict)
    frames: list[frozenset[str]] = field(default_factory=list)
    genres: dict[str, dict[str, int]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    opening_kinds: frozenset[str] = frozenset()
    child_units: int = 0
    childhoods: frozenset[int] = frozenset()

    @property
    def cases(self) -> int:
        """How many sentences tell of a case: an arrest, a trial, an inquest, an inquiry, police at work."""
        return sum(1 for frames in self.frames if "case" in frames or "police" in frames)

    @property
    def violence_charged(self) -> bool:
        """Whether somebody answers for violence: then a fall or a crash is only their account of it."""
        return any({"charge", "violence"} <= frames for frames in self.frames)

    @property
    def of_animals(self) -> bool:
        """Whether this is copy about cruelty to animals: what else is done to a child is done to them."""
        words = self.genres.get("animals", {})
        return words.get("strong", 0) >= 1 and words.get("weak", 0) >= _ANIMAL_WORDS

    @staticmethod
    def separate(traces: Iterable[Trace]) -> int:
        """How many of `traces` there are when those that overlap, or say the same again, count as one."""
        seen: set[str] = set()
        reach = -1
        for trace in sorted(traces, key=lambda t: (t.start, t.end)):
            if trace.start >= reach and trace.words not in seen:
                seen.add(trace.words)
                reach = trace.end
        return len(seen)

    @property
    def minors(self) -> bool:
        """Whether the copy speaks of a child, or of somebody's childhood."""
        return bool(self.kinds & {"child", "newborn", "childhood"})
