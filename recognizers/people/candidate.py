"""A name as it stands in the copy, before it is known whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from recognizers.model import Source


@dataclass(slots=True, eq=False)
class Candidate:
    """A name as it stands: span, the words of the name, a title in front, which signal saw it."""

    start: int
    end: int
    words: tuple[str, ...]
    source: Source
    title: str = ""
    moniker: bool = False
    label: str = ""
    age: int | None = None
    suffixes: set[str] = field(default_factory=set)
    fond: bool = False
    # Where the words in front that belong to the name begin ("PC Winston Grant" begins at PC).
    lead: int = -1
    # Whether a word of office stands right in front ("prosecutor Mark Ellis").
    office: bool = False
    # Whether "and" follows ("Mark and Joanne Teale").
    joined: bool = False
    # A short name inside this one, and where the name begins that this is another one of.
    nickname: str = ""
    other_name_of: int = -1

    @property
    def outer(self) -> int:
        """Where the name begins with its title, job or word of kinship."""
        return self.lead if self.lead >= 0 else self.start
