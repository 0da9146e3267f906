"""Casting: every description gets the figure it speaks of, and every kinship word the tie it tells.

Descriptions beside a name belong to the name ("schoolboy Peter", "Jane Marsh, Ellie's mother"); "the girl" is the girl
already spoken of; "her son" is the son the copy has already told of, else somebody whom it leaves without a name.
"""

from __future__ import annotations

import re

from recognizers.model import Evidence
from recognizers.people.ages import Age
from recognizers.people.descriptions import Description
from recognizers.people.figures import Figure, Ref, Relation
from recognizers.people.nouns import FAMILY, INVERSE
from recognizers.people.scene import Scene

_RIGHT = re.compile(
    r",? ?(?:called |named |known as |who was named as |identified as |- |whose name is )?[\"']?",
    re.IGNORECASE,
)
_AGE = r"(?:,? \(?(?:aged |now |then )?\d{1,3}\)?)?"
_LEFT = re.compile(
    rf"{_AGE}(?:,| -| \(|,? who (?:is|was)| is| was|, now|, then|,? who is also|, who was also| became| had become) (?:just |only |still |also |now |then )?",
    re.IGNORECASE,
)
_OF = re.compile(
    r" (?:of|to) (?:the |a |an |his |her |their |little |baby |young |toddler |schoolgirl |schoolboy |murdered |tragic )*$",
    re.IGNORECASE,
)
_LIST = re.compile(rf"{_AGE}(?: and|, and|,) (?:his |her |their )?", re.IGNORECASE)


_BLAMED = frozenset(["accused", "convicted"])
_OFFICE = frozenset(["professional", "official", "journalist"])


class Casting:
    """Resolves descriptions one after the other, in text order, and gathers relations."""

    def __init__(self, scene: Scene, figures: list[Figure]) -> None:
        self.scene = scene
        self.figures = figures
        self.relations: list[Relation] = []
        self._clean = scene.readable.clean

    def place(self, description: Description) -> Ref:
        """Give the description its figure; relations it tells are remembered."""
        kind = description.kind
        possessor, outer = self._possessor(description)
        name = None if kind.plural else self._beside(description, outer)
        if name is not None and name.figure is possessor:
            name = None
        if (
            name is not None
            and kind.group == "minor"
            and name.figure.adult_evidence
            and not name.figure.minor_evidence
            and (name.figure.age_now or 0) >= 18
        ):
            name = None
        figure = name.figure if name is not None else self._resolve(description, possessor)
        ref = Ref(
            description.start,
            description.end,
            outer,
            figure,
            name=False,
            noun=description.noun,
            group=kind.group,
            gender=kind.gender,
            plural=kind.plural,
            definite=description.definite,
        )
        self._learn(figure, description)
        figure.refs.append(ref)
        self.scene.add(ref)
        if possessor is not None and kind.group in FAMILY | {"minor"} and possessor is not figure:
            group = "child" if kind.group == "minor" else kind.group
            self.relate(figure, group, description.noun, possessor, outer, description.end)
            if kind.plural:
                for listed in self._listed(description):
                    self.relate(listed, group, description.noun, possessor, outer, description.end)
                    if group == "child":
                        listed.minor_evidence.append(
                            Evidence(
                                description.start,
                                description.end,
                                f"kin.{description.noun}",
                                "life_stage",
                                "minor",
                            )
                        )
        return ref

    def relate(
        self, who: Figure, group: str, word: str, whom: Figure, start: int, end: int, implied: bool = False
    ) -> None:
        """Remember a tie; a carer or partner of themselves is nobody."""
        if who is not whom:
            self.relations.append(Relation(who, group, word, whom, start, end, implied))

    def _possessor(self, description: Description) -> tuple[Figure | None, int]:
        if description.possessor_end is not None:
            for ref in self.scene.before(description.start, 3):
                if ref.end == description.possessor_end:
                    return ref.figure, ref.outer
            return None, description.start
        if description.pronoun and description.pronoun not in ("my", "our", "your"):
            if description.pronoun == "whose":
                near = self.scene.before(description.start, 1)
                return (near[0].figure if near else None), description.start
            prefer = (
                "minor"
                if description.kind.group in ("parent", "grandparent", "sibling", "kin", "carer")
                else "adult"
            )
            return self.scene.pronoun(description.pronoun, description.start, prefer), description.start
        if description.pronoun == "my":
            return self._speaker(description.start), description.start
        return None, description.start

    def _speaker(self, offset: int) -> Figure | None:
        """Whose "my" it is: the nearest grown-up ref in this sentence or the one before."""
        index = self.scene.readable.sentence_index(offset)
        sentences = self.scene.readable.sentences
        spans = [sentences[i] for i in (index, index - 1, index + 1) if 0 <= i < len(sentences)]
        for start, end in spans:
            refs = [r for r in self.scene.between(start, end) if r.name and not r.figure.minor_now]
            if refs:
                return refs[-1].figure
        return None

    def _beside(self, description: Description, outer: int) -> Ref | None:
        clean = self._clean
        for ref in self.scene.between(description.end, description.end + 24):
            gap = clean[description.end : ref.start]
            if ref.name and _RIGHT.fullmatch(gap):
                after = clean[ref.end : ref.end + 1]
                tight = gap == " " or "called" in gap or "named" in gap or "known" in gap
                if tight or (
                    description.definite
                    and (
                        after in ",.;:)'"
                        or after == ""
                        or clean[ref.end : ref.end + 5]
                        in (" and ", " said", " told", " was ", " had ", " has ", " is a")
                    )
                ):
                    if (
                        tight
                        or description.kind.group in FAMILY
                        or description.kind.group in ("minor", "victim", "accused")
                    ):
                        return ref
            break
        for ref in self.scene.before(outer, 1):
            if ref.name and not ref.plural and _LEFT.fullmatch(clean[ref.end : outer]):
                return ref
        return None

    def _listed(self, description: Description) -> list[Figure]:
        """ "their children, Noor, 8, and Idris, 6": the names listed behind a plural."""
        clean = self._clean
        found: list[Figure] = []
        last = description.end
        for ref in self.scene.between(description.end, description.end + 300):
            gap = clean[last : ref.outer]
            if not ref.name or not (_RIGHT.fullmatch(gap) if not found else _LIST.fullmatch(gap)):
                break
            found.append(ref.figure)
            last = ref.end
        return found

    def join_introductions(self) -> None:
        """ "A mother has been jailed. Kayleigh Marsh, 29, …": the one who is introduced is the one then named."""
        for figure in [f for f in self.figures if not f.named and not f.plural and f.refs and not f.minor]:
            first = figure.refs[0]
            place = self.scene.readable.sentence_index(first.start)
            if (
                place > 3
                or first.definite
                and place > 0
                or first.group not in ("adult", "parent", "partner", "victim")
            ):
                continue
            if any(r.whom.named for r in self.relations if r.who is figure):
                continue
            blamed = bool(figure.roles.keys() & _BLAMED)
            for ref in self.scene.between(first.end, len(self._clean)):
                if self.scene.readable.sentence_index(ref.start) > place + 5:
                    break
                other = ref.figure
                if not ref.name or other.roles.keys() & _OFFICE or other.minor_now or other.age_now is None:
                    continue
                if figure.gender not in ("e", other.gender) and other.gender != "e":
                    continue
                if blamed == bool(other.roles.keys() & _BLAMED):
                    self._join(figure, other)
                    break

    def settle_surnames(self) -> None:
        """A bare surname that several adults bear is the defendant's in court copy, wherever it stands."""
        for figure in self.figures:
            cluster = figure.cluster
            if cluster is None or not cluster.surname or figure.roles.keys() & (_BLAMED | {"official"}):
                continue
            rivals = [
                f
                for f in self.figures
                if f is not figure
                and f.cluster is not None
                and f.cluster.surname == cluster.surname
                and f.roles.keys() & _BLAMED
                and not f.minor_now
            ]
            if len(rivals) != 1 or rivals[0].cluster is None:
                continue
            bare = [c for c in cluster.mentions if c.words == (cluster.surname,) and not c.title]
            if len(bare) == len(cluster.mentions):
                continue
            for candidate in bare:
                cluster.mentions.remove(candidate)
                rivals[0].cluster.mentions.append(candidate)
                for ref in [r for r in figure.refs if r.name and r.start == candidate.start]:
                    figure.refs.remove(ref)
                    ref.figure = rivals[0]
                    rivals[0].refs.append(ref)

    def _join(self, figure: Figure, into: Figure) -> None:
        for ref in figure.refs:
            ref.figure = into
        into.refs += figure.refs
        into.ages += [a for a in figure.ages if a.then or into.age_now is None]
        into.adult_evidence += figure.adult_evidence
        for role, evidence in figure.roles.items():
            into.roles.setdefault(role, []).extend(evidence)
        for circumstance, evidence in figure.circumstances.items():
            into.circumstances.setdefault(circumstance, []).extend(evidence)
        for flag, proof in figure.flags.items():
            into.flags.setdefault(flag, proof)
        figure.refs = []
        self.relations[:] = [
            Relation(
                into if r.who is figure else r.who,
                r.group,
                r.word,
                into if r.whom is figure else r.whom,
                r.start,
                r.end,
                r.implied,
            )
            for r in self.relations
        ]
        self.relations[:] = [r for r in self.relations if r.who is not r.whom]

    def _resolve(self, description: Description, possessor: Figure | None) -> Figure:
        group = description.kind.group
        if group in ("minor", "child", "grandchild") or (
            group == "sibling" and description.age is not None and description.age < 18
        ):
            return self._child(description, possessor)
        if group in FAMILY:
            return self._relative(description, possessor)
        if group == "victim":
            earlier = self._recent(
                lambda f: f.minor or "victim" in f.nouns or bool(f.circumstances), description
            )
            return earlier or self._fresh(description)
        if group == "accused":
            earlier = self._recent(
                lambda f: "accused" in f.roles or "defendant" in f.nouns or "accused" in f.nouns, description
            )
            return earlier or self._fresh(description)
        if description.definite:
            earlier = self._recent(
                lambda f: (
                    not f.minor_now
                    and (
                        description.noun in f.nouns
                        or (
                            f.named and description.kind.gender != "e" and f.gender == description.kind.gender
                        )
                    )
                ),
                description,
            )
            if earlier is not None:
                return earlier
        return self._fresh(description)

    def _child(self, description: Description, possessor: Figure | None) -> Figure:
        if possessor is not None:
            known = [
                r.who
                for r in self.relations
                if r.whom is possessor
                and r.group in ("child", "grandchild")
                and self._compatible(r.who, description)
            ] + [
                r.whom
                for r in self.relations
                if r.who is possessor
                and r.group in ("parent", "grandparent")
                and self._compatible(r.whom, description)
            ]
            if known:
                return known[-1]
        own = [f for f in self.figures if f is not possessor and f.minor and self._compatible(f, description)]
        named = [f for f in own if f.named]
        if description.age is not None:
            same = [f for f in own if any(abs(a.years - description.age) < 1 for a in f.ages)]
            if same:
                return same[-1]
            named = [f for f in named if not f.ages]
        if description.definite or possessor is not None or description.age is not None:
            recent = self._recent(lambda f: f.minor and f is not possessor, description)
            if recent is not None and not (description.age is not None and recent.ages):
                return recent
            if len(named) == 1 and (description.kind.plural or description.definite):
                return named[0]
            if description.kind.group == "minor" and description.definite and not own:
                # "The inquest into the death of Siobhán Lowe heard that the P7 pupil …"
                struck = self._recent(
                    lambda f: (
                        f.named
                        and (bool(f.circumstances) or "victim" in f.roles)
                        and not f.adult_evidence
                        and not f.roles.keys() & (_OFFICE | _BLAMED)
                        and f.age_now is None
                    ),
                    description,
                )
                if struck is not None:
                    return struck
        return self._fresh(description)

    def _relative(self, description: Description, possessor: Figure | None) -> Figure:
        group, gender = description.kind.group, description.kind.gender
        for relation in self.relations:
            if (
                (possessor is None or relation.whom is possessor)
                and relation.group == group
                and gender in ("e", relation.who.gender)
                and not description.kind.plural
                and (possessor is not None or description.definite)
            ):
                return relation.who
        if possessor is not None:
            for relation in self.relations:
                if (
                    relation.who is possessor
                    and INVERSE.get(relation.group) == group
                    and gender
                    in ("e", relation.whom.gender, *(["f", "m"] if relation.whom.gender == "e" else []))
                    and relation.whom.named
                    and group in ("parent", "partner", "sibling")
                ):
                    return relation.whom
        if possessor is None and description.definite and not description.kind.plural:
            earlier = self._recent(lambda f: description.noun in f.nouns, description)
            if earlier is not None:
                return earlier
        return self._fresh(description)

    def _recent(self, test: object, description: Description) -> Figure | None:
        for ref in self.scene.before(description.start, 40):
            if self._compatible(ref.figure, description) and test(ref.figure):  # type: ignore[operator]
                return ref.figure
        return None

    @staticmethod
    def _compatible(figure: Figure, description: Description) -> bool:
        if description.kind.plural:
            return True
        if description.kind.gender != "e" and figure.gender not in ("e", description.kind.gender):
            return False
        if figure.plural != description.kind.plural and not figure.named:
            return False
        if (
            description.age is not None
            and figure.ages
            and all(abs(a.years - description.age) > 1.5 for a in figure.ages)
        ):
            return False
        return True

    def _fresh(self, description: Description) -> Figure:
        figure = Figure(len(self.figures), gender=description.kind.gender, plural=description.kind.plural)
        self.figures.append(figure)
        return figure

    def _learn(self, figure: Figure, description: Description) -> None:
        kind = description.kind
        evidence = Evidence(description.start, description.end, f"noun.{description.noun}", "life_stage")
        figure.nouns.add(description.noun)
        if kind.gender != "e" and not kind.plural and figure.gender == "e":
            figure.gender = kind.gender
        if description.age is not None and description.age_span is not None and not kind.plural:
            figure.ages.append(Age(*description.age_span, description.age, cue="age.year_old"))
        if kind.group == "minor" and not (
            kind.weak and description.age is not None and description.age >= 18
        ):
            figure.minor_evidence.append(evidence)
        elif kind.group in ("adult", "parent", "partner", "grandparent", "carer"):
            figure.adult_evidence.append(evidence)
        elif (
            kind.group == "child"
            and not kind.plural
            and description.noun in ("baby", "newborn", "toddler", "infant")
        ):
            figure.minor_evidence.append(evidence)
