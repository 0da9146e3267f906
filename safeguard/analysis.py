"""What recognition hands to policy: facts, and no text."""

from __future__ import annotations

from dataclasses import dataclass, field

from recognizers.model import Observation, People, Reading, Subject, Support
from safeguard.context import Context


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that was seen in one copy; offsets count code points of the reading text.

    `observations` are sorted by (start, end, entity type). `warned` says that the copy already opens with a
    content warning of ours, `names` maps a person's id to the spellings a `public_figures` list may hold.
    """

    people: People = field(default_factory=People)
    subjects: tuple[Subject, ...] = ()
    support: Support = field(default_factory=Support)
    observations: tuple[Observation, ...] = ()
    reading: Reading = field(default_factory=Reading)
    context: Context = field(default_factory=Context)
