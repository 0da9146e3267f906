"""People in the making, and the places where the copy speaks of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from recognizers.model import Circumstance, Evidence, Role
from recognizers.people.ages import Age
from recognizers.people.clusters import Cluster


@dataclass(slots=True, eq=False)
class Figure:
    """One person, named (`cluster`) or only described. Everything that is learned of them gathers here."""

    number: int
    cluster: Cluster | None = None
    gender: str = "e"
    ages: list[Age] = field(default_factory=list)
    minor_evidence: list[Evidence] = field(default_factory=list)
    adult_evidence: list[Evidence] = field(default_factory=list)
    roles: dict[Role, list[Evidence]] = field(default_factory=dict)
    circumstances: dict[Circumstance, list[Evidence]] = field(default_factory=dict)
    flags: dict[str, Evidence] = field(default_factory=dict)
    refs: list[Ref] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    plural: bool = False
    childlike: bool = False

    @property
    def named(self) -> bool:
        return self.cluster is not None

    @property
    def age_now(self) -> float | None:
        """Their age today as far as the copy tells; the highest when it tells several."""
        now = [age.years for age in self.ages if not age.then]
        return max(now) if now else None

    @property
    def age_then(self) -> float | None:
        """Their age at the time of the events, when the copy tells it apart from today's."""
        then = [age.years for age in self.ages if age.then]
        return min(then) if then else None

    @property
    def minor_now(self) -> bool:
        """Under 18 today, by age or by what they are called."""
        if self.age_now is not None:
            return self.age_now < 18
        if self.age_then is not None and self.age_then >= 18:
            return False
        return bool(self.minor_evidence) and not self.adult_evidence

    @property
    def minor(self) -> bool:
        """Under 18 today or at the time of the events."""
        return self.minor_now or (self.age_then is not None and self.age_then < 18)

    @property
    def young(self) -> bool:
        """A minor, or somebody's child of whom no age is told and nothing grown-up said."""
        return self.minor or (self.childlike and not self.ages and not self.adult_evidence)

    @property
    def adult(self) -> bool:
        """Grown up today."""
        if self.age_now is not None:
            return self.age_now >= 18
        return bool(self.adult_evidence) and not self.minor_now

    def says(self, role: Role, evidence: Evidence) -> None:
        self.roles.setdefault(role, []).append(evidence)

    def suffers(self, circumstance: Circumstance, evidence: Evidence) -> None:
        self.circumstances.setdefault(circumstance, []).append(evidence)


@dataclass(slots=True, eq=False)
class Ref:
    """One place where the copy speaks of a figure, by name or by description ("the girl", "her son").

    `outer` is where the phrase begins with its possessor ("Ellie's mother" begins at Ellie).
    """

    start: int
    end: int
    outer: int
    figure: Figure
    name: bool
    noun: str = ""
    group: str = ""
    gender: str = "e"
    plural: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """`who` is the `group` ("parent"; `word` "mother") of `whom`; the span shows where the copy says so."""

    who: Figure
    group: str
    word: str
    whom: Figure
    start: int
    end: int
    implied: bool = False
