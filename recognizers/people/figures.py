"""People in the making, and the places where the copy speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from recognizers.model import Circumstance, Evidence, Role
from recognizers.people.ages import ADULT_AGE, Age
from recognizers.people.clusters import Cluster

BLAMED: frozenset[Role] = frozenset(["accused", "convicted"])
# Whoever speaks or acts for an office in the story, and is no party to it.
LOOKED_ON: frozenset[Role] = frozenset(["bystander", "public_figure"])
OFFICE: frozenset[Role] = frozenset(["professional", "official", "journalist"])
# In front of a trade; "the" is in front of a part that somebody plays.
_TRADE = ("a ", "an ")
_ELDER_FAMILY = frozenset(["parent", "partner", "grandparent", "sibling", "kin"])


@dataclass(slots=True, eq=False)
class Figure:
    """One person, named (`cluster`) or only described. Everything that is learned of them gathers here.

    `years` are the different ages told of them; what they add up to is kept up to date age by age, because a
    long copy tells the age of its central figure a thousand times and asks for it as often.
    """

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
    # "The second defendant": nobody whom the copy named before.
    another: bool = False
    childlike: bool = False
    years: dict[float, None] = field(default_factory=dict)
    # Their age today as far as the copy tells (the highest when it tells several), and at the time of the
    # events, when the copy tells it apart from today's.
    age_now: float | None = None
    age_then: float | None = None
    _told_at: set[int] = field(default_factory=set)

    @property
    def named(self) -> bool:
        return self.cluster is not None

    @property
    def surname(self) -> str:
        return self.cluster.surname if self.cluster is not None else ""

    @property
    def minor_now(self) -> bool:
        """Under 18 today, by age or by what they are called."""
        if self.age_now is not None:
            return self.age_now < ADULT_AGE
        if self.grown_since:
            return False
        return bool(self.minor_evidence) and not self.adult_evidence

    @property
    def grown_since(self) -> bool:
        """Whether the copy tells an age of a grown-up, if only one of years ago."""
        return any(years >= ADULT_AGE for years in self.years)

    @property
    def minor(self) -> bool:
        """Under 18 today or at the time of the events."""
        return self.minor_now or (self.age_then is not None and self.age_then < ADULT_AGE)

    @property
    def young(self) -> bool:
        """A minor, or somebody's child of whom no age is told and nothing grown-up said."""
        return self.minor or (self.childlike and not self.ages and not self.adult_evidence)

    @property
    def adult(self) -> bool:
        """Grown up today."""
        if self.age_now is not None:
            return self.age_now >= ADULT_AGE
        if self.grown_since:
            return True
        return bool(self.adult_evidence) and not self.minor_now

    @property
    def blamed(self) -> bool:
        return bool(self.roles.keys() & BLAMED)

    @property
    def in_office(self) -> bool:
        return bool(self.roles.keys() & OFFICE)

    def tell_age(self, age: Age) -> None:
        """Learn an age that the copy tells of them."""
        self.ages.append(age)
        self.years.setdefault(age.years)
        self._told_at.update(range(age.start, age.end))
        if age.then:
            self.age_then = age.years if self.age_then is None else min(self.age_then, age.years)
        else:
            self.age_now = age.years if self.age_now is None else max(self.age_now, age.years)

    def age_told_at(self, offset: int) -> bool:
        """Whether an age of theirs is already read from the words at `offset`."""
        return offset in self._told_at

    def is_about(self, years: float, within: float) -> bool:
        """Whether any age told of them lies less than `within` years away."""
        return any(abs(told - years) < within for told in self.years)

    def agrees_with(self, years: Iterable[float], within: float) -> bool:
        """Whether nothing told of them contradicts these ages of somebody who may be them."""
        known = list(years)
        return not known or not self.years or any(self.is_about(age, within) for age in known)

    def says(self, role: Role, evidence: Evidence) -> None:
        self.roles.setdefault(role, []).append(evidence)

    def suffers(self, circumstance: Circumstance, evidence: Evidence) -> None:
        self.circumstances.setdefault(circumstance, []).append(evidence)


def plays_a_part(figure: Figure, clean: str) -> bool:
    """Whether somebody holds an office in the story: "Ada Nkemelu, a midwife, said" tells only a trade."""
    return not all(
        role == "professional"
        and all(e.cue == "professional.behind" and clean[e.start : e.end].startswith(_TRADE) for e in told)
        for role, told in figure.roles.items()
        if role in OFFICE
    )


def is_family_called(figure: Figure) -> bool:
    """Whether the copy calls somebody a mother, husband or gran: a nurse who is one is no nurse in the
    story.
    """
    return any(not r.name and r.group in _ELDER_FAMILY for r in figure.refs)


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


def by_surname(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Those who bear a surname, by it."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.surname:
            found.setdefault(figure.surname, []).append(figure)
    return found
