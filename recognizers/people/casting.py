"""Casting: every description gets the figure it speaks of, and every kinship word the tie it tells.

Descriptions beside a name belong to the name ("schoolboy Peter", "Jane Marsh, Ellie's mother"); "the girl" is the girl
already spoken of; "her son" is the son the copy has already told of, else somebody whom it leaves without a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

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
_JOB_GAP = re.compile(r" (?:[a-z][\w'-]* ){1,3}")
_MATES = re.compile(r"(?:,? \(?\d{1,2}\)?)?(?:,|,? and)(?: (?:baby|little|newborn|toddler|twin|one-year-old|[a-z]+-(?:year|month|week)-old))? ", re.IGNORECASE)
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


_ELDERS = frozenset(["parent", "grandparent", "sibling", "kin", "carer"])
_BLAMED = frozenset(["accused", "convicted"])
_OFFICE = frozenset(["professional", "official", "journalist"])


class Casting:
    """Resolves descriptions one after the other, in text order, and gathers relations."""

    def __init__(self, scene: Scene, figures: list[Figure], not_kin_after: frozenset[str]) -> None:
        self.scene = scene
        self.figures = figures
        self._not_kin_after = not_kin_after
        self.relations: list[Relation] = []
        self._bare_kin: list[tuple[Figure, Description]] = []
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
        if possessor is None and name is not None and not description.determiner and kind.group in _ELDERS:
            before = self._clean[max(0, description.start - 12) : description.start].lower().split()
            if not before or before[-1] not in self._not_kin_after:
                self._bare_kin.append((figure, description))
        return ref

    def spread_lists(self) -> None:
        """"Freya, Logan and baby Isla Orme": what one of a list of first names is, the others are."""
        clean = self._clean
        refs = [r for r in self.scene.refs if r.name]
        for run in _runs_of(refs, lambda a, b: _MATES.fullmatch(clean[a.end : b.start]) is not None):
            figures = [r.figure for r in run]
            young = [f for f in figures if f.young]
            if len(run) < 2 or not young:
                continue
            surname = next((f.cluster.surname for f in young if f.cluster is not None and f.cluster.surname), "")
            for figure in figures:
                cluster = figure.cluster
                if cluster is None or figure.young or figure.ages or figure.adult_evidence or cluster.titles:
                    continue
                if not cluster.surname or cluster.surname == surname:
                    figure.minor_evidence += [e for f in young for e in f.minor_evidence][:1]
                    figure.childlike = True

    def settle_kin_surnames(self) -> None:
        """"His father, Craig Struthers" is the father of the Struthers child, whoever "his" seemed to mean."""
        for place, relation in enumerate(self.relations):
            who, whom = relation.who.cluster, relation.whom.cluster
            if relation.group not in ("parent", "grandparent") or who is None or whom is None:
                continue
            if not who.surname or not whom.surname or who.surname == whom.surname:
                continue
            namesakes = [f for f in self.figures if f.cluster is not None and f.young and f.cluster.surname == who.surname]
            if len(namesakes) == 1:
                self.relations[place] = Relation(
                    relation.who, relation.group, relation.word, namesakes[0], relation.start, relation.end
                )

    def spread_groups(self) -> None:
        """"His sons … Noah … his brother Eli": what ties a parent to a group ties them to the children then named."""
        groups = [r for r in self.relations if r.group == "child" and r.who.plural and not r.who.named]
        groups += [
            Relation(r.whom, "child", "child", r.who, r.start, r.end)
            for r in self.relations
            if r.group == "parent" and r.whom.plural and not r.whom.named
        ]
        children = [f for f in self.figures if f.named and f.young]
        for relation in groups:
            parent = relation.whom
            for child in children:
                tied = any(
                    {id(r.who), id(r.whom)} == {id(child), id(parent)}
                    or (r.who is child and r.group == "child")
                    for r in self.relations
                )
                other = child.cluster.surname if child.cluster is not None else ""
                mine = parent.cluster.surname if parent.cluster is not None else ""
                if not tied and child is not parent and (not other or not mine or other == mine):
                    self.relate(child, "child", relation.word, parent, relation.start, relation.end)

    def tie_bare_kin(self) -> None:
        """"Mum Kelly Prosser", "said brother Winston": family of the child the copy speaks of most."""
        children = [f for f in self.figures if f.young and not (f.plural and not f.named) and f.refs]
        for figure, description in self._bare_kin:
            others = [f for f in children if f is not figure]
            tied = any(r.who is figure or r.whom is figure for r in self.relations)
            if others and not tied:
                child = max(others, key=lambda f: (f.named, len(f.refs), -f.number))
                self.relate(figure, description.kind.group, description.noun, child, description.start, description.end)

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
            figure = self.scene.pronoun(description.pronoun, description.start, prefer)
            return figure or self._ahead(description), description.start
        if description.pronoun == "my":
            return self._speaker(description.start), description.start
        return None, description.start

    def _ahead(self, description: Description) -> Figure | None:
        """Whose "her" opens the copy before anybody is named: the one named next ("A runner … her baby son … Kirsty")."""
        gender = {"his": "m", "her": "f"}.get(description.pronoun, "e")
        place = self.scene.readable.sentence_index(description.start)
        for ref in self.scene.between(description.end, len(self._clean)):
            if self.scene.readable.sentence_index(ref.start) > place + 2:
                return None
            if ref.name and (gender == "e" or ref.figure.gender == gender) and not ref.figure.roles.keys() & _OFFICE:
                return ref.figure
        return None

    def join_slips(self, sexual: bool) -> None:
        """A name that stands alone and is nobody's is the child, or the complainant, whom the copy hid until it slipped."""
        hidden = [f for f in self.figures if not f.named and not f.plural and f.refs and f.young]
        if sexual:
            hidden += [f for f in self.figures if not f.named and not f.plural and f.refs and f not in hidden and ("complainant" in f.roles or f.nouns & {"complainant", "victim", "survivor"})]
        loose = [f for f in self.figures if self._loose(f)]
        for figure in hidden:
            fitting = [f for f in loose if f.refs and _same_gender(figure, f) and self._may_be(figure, f, sexual)]
            parts = {"given" if f.cluster is not None and f.cluster.given else "surname" for f in fitting}
            if len(fitting) == 1 or (len(fitting) == 2 and len(parts) == 2):
                target, *rest = fitting
                self._join(figure, target)
                for other in rest:
                    self._absorb(other, target)

    def hidden(self) -> Figure | None:
        """The one child the copy speaks of and does not name, if there is exactly one and no name slipped out."""
        found = [f for f in self.figures if not f.named and not f.plural and f.refs and f.young]
        return found[0] if len(found) == 1 else None

    def reveal(self, figure: Figure, named: Figure) -> None:
        """Make a hidden figure the one that a word in a quotation names."""
        self.figures.append(named)
        self._join(figure, named)

    def _loose(self, figure: Figure) -> bool:
        cluster = figure.cluster
        if cluster is None or cluster.moniker or cluster.label or figure.ages or figure.minor_evidence:
            return False
        if figure.roles.keys() & (_BLAMED | _OFFICE | {"bystander", "public_figure"}):
            return False
        if any(e.cue.startswith("noun.") for e in figure.adult_evidence):
            return False
        return not any(r.who is figure or r.whom is figure for r in self.relations)

    def _may_be(self, hidden: Figure, figure: Figure, sexual: bool) -> bool:
        """Whether a loose name can be the hidden one: a bare first name, or a surname shared with a known parent."""
        cluster = figure.cluster
        if cluster is None:
            return False
        if cluster.given and not cluster.surname and not cluster.titles:
            return True
        if cluster.surname and not cluster.given:
            return sexual and bool(cluster.titles & {"Ms", "Miss", "Mrs"}) and not hidden.minor_now
        kin = [r.whom for r in self.relations if r.who is hidden] + [r.who for r in self.relations if r.whom is hidden]
        return hidden.young and any(k.cluster is not None and k.cluster.surname == cluster.surname for k in kin)

    def _absorb(self, figure: Figure, into: Figure) -> None:
        """Two halves of one name, given apart: every mention becomes the other's."""
        if figure.cluster is None or into.cluster is None:
            return
        into.cluster.mentions += figure.cluster.mentions
        into.cluster.given = into.cluster.given or figure.cluster.given
        into.cluster.surname = into.cluster.surname or figure.cluster.surname
        figure.cluster.mentions = []
        self._join(figure, into)

    def _speaker(self, offset: int) -> Figure | None:
        """Whose "my" it is inside a quotation: the one named outside it, in this sentence or the next to it."""
        clean = self._clean
        index = self.scene.readable.sentence_index(offset)
        sentences = self.scene.readable.sentences
        start, end = sentences[index]
        line = clean.rfind("\n", 0, offset) + 1
        if clean.count('"', line, offset) % 2 == 0:
            return None
        opening = clean.rfind('"', line, offset)
        before = [r for r in self.scene.between(start, opening) if r.name and not r.figure.minor_now]
        if before:
            return before[0].figure
        closing = clean.find('"', offset)
        for ref in self.scene.between(closing if closing >= 0 else offset, end + 1):
            if ref.name and not ref.figure.minor_now:
                return ref.figure
        for place in (index - 1, index + 1, index - 2):
            if 0 <= place < len(sentences):
                named = [r for r in self.scene.between(*sentences[place]) if r.name and not r.figure.minor_now]
                if named:
                    return named[0].figure
        return None

    def _beside(self, description: Description, outer: int) -> Ref | None:
        clean = self._clean
        for ref in self.scene.between(description.end, description.end + 40):
            gap = clean[description.end : ref.start]
            if ref.name and description.noun == "year-old" and _JOB_GAP.fullmatch(gap):
                return ref
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

    def join_introductions(self, anonymous: bool) -> None:
        """"A mother has been jailed. Kayleigh Marsh, 29, …": the one who is introduced is the one then named.

        With `anonymous` the copy says that somebody may not be named; nobody is then taken for the child it hides.
        """
        joined: set[int] = set()
        for figure in [f for f in self.figures if not f.named and not f.plural and f.refs]:
            first = figure.refs[0]
            place = self.scene.readable.sentence_index(first.start)
            if figure.young:
                other = self._named_child(figure, first, place, anonymous)
            elif place <= 3 and first.group in ("adult", "parent", "partner", "victim"):
                other = self._named_adult(figure, first, place, joined)
            else:
                continue
            if other is not None:
                joined.add(id(other))
                self._join(figure, other)

    def _named_adult(self, figure: Figure, first: Ref, place: int, joined: set[int]) -> Figure | None:
        blamed = bool(figure.roles.keys() & _BLAMED)
        if first.definite and place > 0 and first.group != "partner":
            return None
        for ref in self.scene.between(first.end, len(self._clean)):
            if self.scene.readable.sentence_index(ref.start) > place + 5:
                return None
            other = ref.figure
            if not ref.name or other.roles.keys() & _OFFICE or other.minor_now or other.age_now is None or id(other) in joined:
                continue
            if not _same_gender(figure, other):
                continue
            theirs = bool(other.roles.keys() & _BLAMED)
            if blamed == theirs or (blamed and not other.roles.keys() & {"victim", "complainant", "witness"}):
                return other
        return None

    def _named_child(self, figure: Figure, first: Ref, place: int, anonymous: bool) -> Figure | None:
        ages = [a.years for a in figure.ages]

        def agrees(other: Figure) -> bool:
            return not ages or not other.ages or any(abs(a.years - b) < 1.5 for a in other.ages for b in ages)

        children = [f for f in self.figures if f.named and f.young and _same_gender(figure, f) and agrees(f)]
        children = [f for f in children if bool(f.roles.keys() & _BLAMED) == bool(figure.roles.keys() & _BLAMED) or not figure.roles]
        if len(children) == 1:
            return children[0]
        if children or anonymous or place > 3:
            return None
        # "A nine-year-old boy has been killed. Harrison Teale was crossing …"
        for ref in self.scene.between(first.end, len(self._clean)):
            if self.scene.readable.sentence_index(ref.start) > place + 3:
                return None
            other = ref.figure
            if not ref.name or other.cluster is None or not other.cluster.given or not self.scene.readable.opens_sentence(ref.start):
                continue
            if other.adult_evidence or other.ages or other.roles.keys() & (_OFFICE | _BLAMED):
                continue
            if _same_gender(figure, other) and other.cluster.surname:
                return other
        return None

    def _join(self, figure: Figure, into: Figure) -> None:
        for ref in figure.refs:
            ref.figure = into
        into.refs += figure.refs
        young = figure.young
        known = [a.years for a in into.ages]
        into.ages += [a for a in figure.ages if a.then or not known or any(abs(a.years - k) < 1.6 for k in known)]
        into.adult_evidence += figure.adult_evidence if not into.young else []
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
        moved = [
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
        self.relations[:] = [r for r in moved if r.who is not r.whom]

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
                lambda f: (f.young and not f.roles.keys() & _BLAMED) or bool(f.nouns & {"victim", "complainant", "survivor"}) or bool(f.circumstances), description
            )
            if earlier is None:
                grown = [f for f in self.figures if not f.named and not f.plural and f.nouns & {"woman"}]
                earlier = grown[0] if grown else None
            return earlier or self._fresh(description)
        if group == "accused":
            earlier = self._recent(
                lambda f: "accused" in f.roles or "defendant" in f.nouns or "accused" in f.nouns, description
            )
            return earlier or self._fresh(description)
        headlined = self._headlined(description)
        if headlined is not None:
            return headlined
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

    def _headlined(self, description: Description) -> Figure | None:
        """The headline's "Roofer" is the roofer of the first paragraph."""
        if description.definite:
            return None
        for figure in self.figures:
            if not figure.named and description.noun in figure.nouns and figure.refs:
                return figure if self.scene.readable.sentence_index(figure.refs[0].start) == 0 else None
        return None

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
            surname = possessor.cluster.surname if possessor.cluster is not None else ""
            namesakes = [f for f in self.figures if f.named and f.young and f.cluster is not None and f.cluster.surname == surname and self._compatible(f, description)]
            if surname and len(namesakes) == 1 and not description.kind.plural:
                return namesakes[0]
        own = [f for f in self.figures if f is not possessor and f.young and self._compatible(f, description)]
        named = [f for f in own if f.named]
        if description.age is not None:
            same = [f for f in own if any(abs(a.years - description.age) < 1 for a in f.ages)]
            if same:
                return same[-1]
            named = [f for f in named if not f.ages]
        place = self.scene.readable.sentence_index(description.start)
        unnamed = [f for f in own if not f.named]
        if not description.definite and possessor is None:
            # "A teenager who left a younger boy with a broken jaw": two of them.
            unnamed = [
                f
                for f in unnamed
                if description.noun in f.nouns or self.scene.readable.sentence_index(f.refs[-1].start) != place
            ]
            alike = [f for f in unnamed if description.noun in f.nouns]
            unnamed = alike or (unnamed if len(unnamed) == 1 else [])
        if unnamed and description.determiner not in ("another", "two", "three", "four", "five", "six") and not (named and description.definite):
            return unnamed[-1]
        if description.definite or possessor is not None or description.age is not None:
            recent = self._recent(lambda f: f.young and f is not possessor, description)
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
        if possessor is None and not description.kind.plural:
            earlier = self._recent(lambda f: description.noun in f.nouns, description) if description.definite else self._headlined(description)
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
        figure.childlike = figure.childlike or kind.group in ("child", "grandchild")
        if kind.gender != "e" and not kind.plural and figure.gender == "e":
            figure.gender = kind.gender
        if description.age is not None and description.age_span is not None and not kind.plural:
            figure.ages.append(Age(*description.age_span, description.age, cue="age.year_old"))
        if kind.plural and figure.named:
            return
        if kind.group == "minor" and not (
            kind.weak and (description.age is None or description.age >= 18)
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


def _runs_of(refs: list[Ref], joined: Callable[[Ref, Ref], bool]) -> list[list[Ref]]:
    """Neighbours put together while `joined` holds between each and the next."""
    runs: list[list[Ref]] = []
    for ref in refs:
        if runs and joined(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return runs


def _same_gender(one: Figure, other: Figure) -> bool:
    return one.gender == other.gender or "e" in (one.gender, other.gender)
