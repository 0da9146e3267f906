"""Everybody in one copy while it is being worked out who they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from recognizers.people.candidate import Candidate
from recognizers.people.clusters import Cluster
from recognizers.people.descriptions import Description
from recognizers.people.figures import Figure, Ref
from recognizers.people.kinship import Kinship
from recognizers.people.scene import Scene

# Ages this far apart may still be told of one person: a year and the rounding of months.
_SAME_AGE = 1.6


@dataclass(slots=True)
class Cast:
    """The scene, the ties told so far, and kinship words that stand beside a name without saying whose they
    are.
    """

    scene: Scene
    kinship: Kinship = field(default_factory=Kinship)
    bare_kin: list[tuple[Figure, Description]] = field(default_factory=list)

    def tied(self, figure: Figure, other: Figure) -> bool:
        """Whether the copy makes one of the two family of the other: then they are two."""
        return any(relation.other(figure) is other for relation in self.kinship.of(figure))

    def enter(self, given: str, mentions: list[Candidate], gender: str = "e") -> Figure:
        """Let somebody enter whose first name was found only now, with the places of the name."""
        figure = Figure(
            len(self.scene.figures), cluster=Cluster(given=given, mentions=mentions), gender=gender
        )
        figure.refs = [Ref(c.start, c.end, c.start, figure, name=True, gender=gender) for c in mentions]
        for ref in figure.refs:
            self.scene.add(ref)
        self.scene.introduce(figure)
        return figure

    def absorb(self, figure: Figure, into: Figure) -> None:
        """Two named figures are one person: the mentions of `figure` are mentions of `into` as well."""
        if figure.cluster is None or into.cluster is None:
            return
        into.cluster.mentions += figure.cluster.mentions
        figure.cluster.mentions = []
        self.merge(figure, into)

    def merge(self, figure: Figure, into: Figure) -> None:
        """Two figures are one person: what was learned of `figure` is learned of `into`."""
        for ref in figure.refs:
            ref.figure = into
        into.refs += figure.refs
        young = figure.young
        known = list(into.years)
        for age in figure.ages:
            if age.then or not known or any(abs(age.years - k) < _SAME_AGE for k in known):
                into.tell_age(age)
        if not into.young:
            into.adult_evidence += figure.adult_evidence
        if young and not into.adult:
            into.minor_evidence += figure.minor_evidence
            into.childlike = True
        if into.gender == "e":
            into.gender = figure.gender
        into.nouns |= figure.nouns
        for role, evidence in figure.roles.items():
            into.roles.setdefault(role, []).extend(evidence)
        for circumstance, proof in figure.circumstances.items():
            into.circumstances.setdefault(circumstance, []).extend(proof)
        for flag, sign in figure.flags.items():
            into.flags.setdefault(flag, sign)
        figure.refs = []
        self.kinship.merge(figure, into)


def same_gender(one: Figure, other: Figure) -> bool:
    """Whether the two may be of one sex."""
    return one.gender == other.gender or "e" in (one.gender, other.gender)
