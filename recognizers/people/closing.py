"""Closing: from everything gathered on each figure to the persons that policy reads."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from recognizers.model import Circumstance, Evidence, Form, LifeStage, Mention, NameClash, Person, Role
from recognizers.people.clusters import Cluster
from recognizers.people.figures import Figure, Relation
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.nouns import FAMILY, INVERSE, NounLexicon
from recognizers.people.roles import Reads
from recognizers.people.scene import Scene

_BLAMED: frozenset[Role] = frozenset(["accused", "convicted"])
_OFFICE: frozenset[Role] = frozenset(["professional", "official", "journalist", "public_figure"])
_CASE: frozenset[Role] = frozenset(["victim", "complainant", "witness", "accused", "convicted"])
_GENDERS: dict[str, Literal["female", "male", "unknown"]] = {"f": "female", "m": "male"}
_ROLE_NOUNS: tuple[tuple[str, Role], ...] = (
    ("complainant", "complainant"),
    ("victim", "victim"),
    ("survivor", "victim"),
    ("defendant", "accused"),
)
_OPENING_SENTENCES = 4


class Closing:
    """Final judgement on each figure of a scene. Made once a copy; `persons` and `clashes` are its results."""

    def __init__(
        self,
        scene: Scene,
        figures: list[Figure],
        relations: list[Relation],
        reads: Reads,
        lexicon: NameLexicon,
        nouns: NounLexicon,
    ) -> None:
        self.scene = scene
        self.figures = figures
        self.relations = relations
        self.reads = reads
        self.nouns = nouns
        self._lexicon = lexicon
        self._clean = scene.readable.clean
        self._labels()
        self._invented()
        self._kin_stage()
        self._settle_roles()
        self._calm()
        self._centre()
        self._complainants()
        self._namesakes()

    # -- what the whole copy is ------------------------------------------------------------------------------

    @cached_property
    def sexual_spans(self) -> list[tuple[int, int]]:
        """Where the copy names a sexual offence."""
        return list(self.reads.spans("sexual_offence"))

    @cached_property
    def special_spans(self) -> list[tuple[int, int]]:
        """Where the copy names trafficking, FGM or forced marriage."""
        return list(self.reads.spans("special_offence"))

    @cached_property
    def _strong(self) -> list[int]:
        return [start for start, _ in self.reads.spans("strong")]

    @cached_property
    def harmless_kind(self) -> bool:
        """Whether the copy is a match report, a recipe, a results page: many harmless words and nobody official."""
        harmless = len(self.reads.spans("harmless"))
        return harmless >= 3 and harmless >= len(self._strong) and not self.reads.spans("official")

    @cached_property
    def fiction(self) -> bool:
        """Whether the copy is about a film, a book or a programme: words of one all over it."""
        words = {self._clean[s:e].lower() for s, e in self.reads.spans("fiction_words")}
        return len(words) >= 4

    @cached_property
    def harmful(self) -> bool:
        """Whether the copy as a whole is one of harm: it opens with it, or comes back to it, and is no sports page."""
        sentences = self.scene.readable.sentences
        if not sentences:
            return False
        opening = sentences[min(_OPENING_SENTENCES, len(sentences)) - 1][1]
        early = sum(1 for at in self._strong if at < opening)
        if self.harmless_kind:
            return False
        return early >= 1 or len(self._strong) >= 3

    # -- judgements ------------------------------------------------------------------------------------------

    def _labels(self) -> None:
        for figure in self.figures:
            label = figure.cluster.label if figure.cluster is not None else ""
            if label.startswith("Child") and figure.cluster is not None:
                first = figure.cluster.mentions[0]
                figure.minor_evidence.append(Evidence(first.start, first.end, "label", "life_stage", "minor"))
                figure.suffers(
                    "at_risk", Evidence(first.start, first.end, "label", "circumstance", "at_risk")
                )
            moniker = figure.cluster.moniker if figure.cluster is not None else ""
            if moniker.split(" ")[0] in self._lexicon.moniker_minors and figure.cluster is not None:
                first = figure.cluster.mentions[0]
                evidence = Evidence(first.start, first.end, "moniker", "life_stage", "minor")
                if not any(age.years >= 18 and not age.then for age in figure.ages):
                    figure.minor_evidence.append(evidence)
                figure.suffers("at_risk", evidence)

    def _kin_stage(self) -> None:
        """A son or daughter whom the copy gives no age, in copy about harm to children, is taken for a child."""
        childish = any(f.minor and "fiction" not in f.flags and not (f.plural and not f.named) for f in self.figures)
        if self.harmless_kind:
            self._grown_lads()
        for relation in self.relations:
            child, elder = relation.who, relation.whom
            if relation.group not in ("child", "grandchild") or child.ages or child.adult_evidence or child.minor_evidence:
                continue
            if (elder.age_now or 0) >= 65 or not self.harmful:
                continue
            if childish:
                child.minor_evidence.append(
                    Evidence(relation.start, relation.end, f"kin.{relation.word}", "life_stage", "minor")
                )

    def _grown_lads(self) -> None:
        """On a sports page "the boy" is the striker: a name needs an age or a school to be a child's."""
        for figure in self.figures:
            figure.roles.pop("victim", None)
            figure.circumstances.pop("hurt", None)
            figure.circumstances.pop("missing", None)
            if figure.named and not figure.ages:
                loose = {f"noun.{noun}" for noun in self.nouns.loose_minor}
                figure.minor_evidence = [e for e in figure.minor_evidence if e.cue not in loose]

    def _invented(self) -> None:
        """A child in a review is a character, unless the copy speaks of acting beside the name."""
        if not self.fiction:
            return
        for figure in self.figures:
            if not figure.minor_now or not figure.named:
                continue
            near = any(self.reads.first("acting", r.start - 60, r.end + 40) for r in figure.refs if r.name)
            if not near:
                spot = self.reads.spans("fiction_words")[0]
                figure.flags.setdefault("fiction", Evidence(*spot, "fiction.copy", "fiction", "yes"))

    def _settle_roles(self) -> None:
        for figure in self.figures:
            roles = figure.roles
            for noun, role in _ROLE_NOUNS:
                spoken = [r for r in figure.refs if r.noun == noun]
                if spoken and (role != "victim" or self.harmful):
                    figure.says(role, Evidence(spoken[0].start, spoken[0].end, f"noun.{noun}", "role", role))
            if figure.minor_now:
                for role in ("professional", "official", "journalist"):
                    roles.pop(role, None)  # type: ignore[call-overload]
            if "convicted" in roles and "accused" in roles:
                del roles["accused"]
            if (
                roles.keys() & _BLAMED
                and "victim" in roles
                and len(roles["victim"]) <= sum(len(roles[r]) for r in _BLAMED if r in roles)
            ):
                del roles["victim"]
                for circumstance in ("abused", "hurt"):
                    figure.circumstances.pop(circumstance, None)
            if roles.keys() & {"professional", "official", "journalist"} and not figure.minor:
                for role in ("victim", "complainant", "witness"):
                    if role in roles and len(roles[role]) <= 1:
                        roles.pop(role, None)
                        figure.circumstances.clear()
                if not figure.ages:
                    first = next(
                        iter(roles[r] for r in ("professional", "official", "journalist") if r in roles)
                    )[0]
                    figure.adult_evidence.append(
                        Evidence(first.start, first.end, first.cue, "life_stage", "adult")
                    )
            if "public_figure" in roles and figure.minor_now:
                del roles["public_figure"]

    def _calm(self) -> None:
        """In copy that is no story of harm, a grown or ageless person is no victim and no defendant for a word's sake."""
        if self.harmful or self.sexual_spans or self.special_spans:
            return
        for figure in self.figures:
            if figure.minor or "waived" in figure.flags:
                continue
            for role in _CASE:
                figure.roles.pop(role, None)
            figure.circumstances = {k: v for k, v in figure.circumstances.items() if k in ("died", "missing")}
            if "died" in figure.circumstances and not self.reads.spans("official"):
                figure.circumstances.pop("died")

    def _centre(self) -> None:
        """A child in harmful copy is at its centre, unless the sentences that speak of them are harmless."""
        for figure in self.figures:
            if not figure.minor or (figure.plural and not figure.named and not self.harmful):
                continue
            if figure.roles.keys() & _CASE or figure.circumstances:
                continue
            if figure.plural and not figure.named:
                sentences = [self.scene.readable.sentence_at(r.start) for r in figure.refs]
                hits = [hit for s, e in sentences if (hit := self.reads.first("strong", s, e))]
                near = Evidence(*hits[0], "harm_context", "circumstance", "at_risk") if hits else None
            else:
                near = self._harm_beside(figure)
            if near is not None:
                figure.suffers("at_risk", near)

    def _harm_beside(self, figure: Figure) -> Evidence | None:
        sentences = self.scene.readable.sentences
        for ref in figure.refs:
            index = self.scene.readable.sentence_index(ref.start)
            if index < 0:
                continue
            first, last = sentences[max(0, index - 1)][0], sentences[min(len(sentences) - 1, index + 1)][1]
            start, end = sentences[index]
            match = self.reads.first("strong", start, end)
            if match is None and self.harmful:
                match = self.reads.first("strong", first, last) or self.reads.first("weak", start, end)
            if match is not None and not self.harmless_kind and (self.harmful or not self.reads.first("harmless", start, end)):
                return Evidence(*match, "harm_context", "circumstance", "at_risk")
        if self.harmful and self._strong and figure.refs:
            at = self._strong[0]
            return Evidence(at, at + 1, "harm_copy", "circumstance", "at_risk")
        return None

    def _complainants(self) -> None:
        if not self.sexual_spans and not self.special_spans:
            return
        for figure in self.figures:
            if figure.roles.keys() & (_BLAMED | _OFFICE) and not figure.minor_now:
                continue
            if "sexual" in figure.flags or "complainant" in figure.roles:
                figure.flags.setdefault(
                    "complainant", figure.flags.get("sexual") or figure.roles["complainant"][0]
                )
                continue
            if not (
                figure.roles.keys() & {"victim", "witness"}
                or figure.circumstances
                or figure.flags.get("waived")
            ):
                continue
            if figure.roles.keys() & _BLAMED or figure.circumstances.keys() == {"missing"}:
                continue
            near = self._offence_beside(figure)
            if near is not None:
                figure.flags["complainant"] = near
                figure.roles.setdefault("complainant", []).append(near)

    def _offence_beside(self, figure: Figure) -> Evidence | None:
        spans = self.sexual_spans + self.special_spans
        if not figure.minor:
            harmed = "victim" in figure.roles and "died" not in figure.circumstances
            if not harmed and "waived" not in figure.flags:
                return None
        for ref in figure.refs:
            start, end = self.scene.readable.sentence_at(ref.start)
            for s, e in spans:
                if start <= s < end:
                    return Evidence(s, e, "sexual_offence.beside", "sex_offence_complainant", "yes")
        if figure.minor and any(f.roles.keys() & _BLAMED for f in self.figures if f is not figure):
            opening = self.scene.readable.sentences[min(2, len(self.scene.readable.sentences) - 1)][1]
            early = [s for s in spans if s[0] < opening]
            if early:
                return Evidence(*early[0], "sexual_offence.copy", "sex_offence_complainant", "yes")
        return None

    def _namesakes(self) -> None:
        """Who bears a protected child's surname, holds no office and is not blamed, is taken for family."""
        children = [f for f in self.figures if f.cluster is not None and f.cluster.surname and self.protected_likely(f)]
        for figure in self.figures:
            cluster = figure.cluster
            if cluster is None or not cluster.surname or not cluster.mentions or figure.minor:
                continue
            if self.protected_likely(figure) or figure.roles.keys() & (_OFFICE | _BLAMED | {"bystander"}) or self.tie(figure) is not None:
                continue
            for child in children:
                if child.cluster is not None and fold(child.cluster.surname) == fold(cluster.surname):
                    first = min(cluster.mentions, key=lambda c: c.start)
                    self.relations.append(Relation(figure, "kin", "same surname", child, first.start, first.end))
                    break

    # -- results ---------------------------------------------------------------------------------------------

    @cached_property
    def ids(self) -> dict[int, str]:
        """Person ids by figure number, in order of first mention; fiction has none."""
        order = sorted((f for f in self.figures if self._is_person(f)), key=lambda f: (_first(f), f.number))
        return {figure.number: f"p{place}" for place, figure in enumerate(order, 1)}

    def _is_person(self, figure: Figure) -> bool:
        if "fiction" in figure.flags and not figure.roles.keys() & _BLAMED:
            return False
        return bool(figure.refs) or (figure.cluster is not None and bool(figure.cluster.mentions))

    def persons(self) -> tuple[Person, ...]:
        """Everyone in order of first mention."""
        by_id = {self.ids[f.number]: f for f in self.figures if f.number in self.ids}
        return tuple(self._person(pid, by_id[pid]) for pid in sorted(by_id, key=lambda p: int(p[1:])))

    def protected_likely(self, figure: Figure) -> bool:
        """Whether a policy will probably protect this figure for their own sake: it ranks ties and pieces."""
        return "complainant" in figure.flags or (
            figure.minor
            and not self.grown_offender(figure)
            and bool(figure.circumstances or figure.roles.keys() & _CASE)
        )

    @staticmethod
    def grown_offender(figure: Figure) -> bool:
        """A minor at the time who is an adult now and blamed: named like any adult (behaviour: section 2)."""
        return figure.adult and bool(figure.roles.keys() & _BLAMED)

    def tie(self, figure: Figure) -> tuple[str, Figure, Relation] | None:
        """The tie that matters most: to a living complainant or child first, then to the dead, then to anybody."""
        ranked: list[tuple[int, int, str, Figure, Relation]] = []
        for order, (word, other, relation) in enumerate(self._ties(figure, 2)):
            if other.number not in self.ids:
                continue
            rank = (
                0
                if "complainant" in other.flags
                else 1
                if self.protected_likely(other) and "died" not in other.circumstances
                else 2
                if self.protected_likely(other)
                else 4
            )
            if rank == 4 and not other.named:
                rank = 5
            ranked.append((rank, order, word, other, relation))
        if not ranked:
            return None
        _, _, word, other, relation = min(ranked, key=lambda r: (r[0], r[1]))
        return word, other, relation

    def _ties(self, figure: Figure, depth: int) -> list[tuple[str, Figure, Relation]]:
        direct: list[tuple[str, Figure, Relation]] = []
        for relation in self.relations:
            if relation.who is figure:
                direct.append((relation.word, relation.whom, relation))
            elif relation.whom is figure:
                direct.append((INVERSE[relation.group], relation.who, relation))
        found = list(direct)
        if depth > 1:
            for word, other, relation in direct:
                if figure.minor or self.protected_likely(other):
                    continue
                for _, third, _ in self._ties(other, 1):
                    if third is not figure and self.protected_likely(third):
                        found.append((f"{word} of a relative", third, relation))
        return found

    def _person(self, pid: str, figure: Figure) -> Person:
        tie = self.tie(figure)
        roles: set[Role] = {role for role in figure.roles if role != "relative"}
        evidence = [e for es in figure.roles.values() for e in es] + [
            e for es in figure.circumstances.values() for e in es
        ]
        evidence += [*figure.minor_evidence, *figure.adult_evidence, *figure.flags.values()]
        evidence += [Evidence(a.start, a.end, a.cue, "age", f"{a.years:g}") for a in figure.ages]
        related: str | None = None
        relation_word: str | None = None
        if tie is not None:
            relation_word, other, relation = tie
            related = self.ids[other.number]
            evidence.append(
                Evidence(relation.start, relation.end, f"kin.{relation.word}", "relation", relation_word)
            )
            if relation.group in FAMILY and (self.protected_likely(other) or not roles):
                roles.add("relative")
        complainant = figure.flags.get("complainant")
        special = complainant is not None and not self.sexual_spans
        cluster = figure.cluster
        age = figure.age_now if figure.age_now is not None else figure.age_then
        adult_now = figure.adult and figure.minor
        circumstances: frozenset[Circumstance] = frozenset(figure.circumstances)
        return Person(
            id=pid,
            names=_names(cluster),
            mentions=self._mentions(cluster),
            descriptions=tuple((r.start, r.end) for r in figure.refs if not r.name),
            life_stage=self._life_stage(figure),
            adult_now=adult_now,
            age=int(age) if age is not None else None,
            gender=_GENDERS.get(figure.gender, "unknown"),
            roles=frozenset(roles),
            circumstances=circumstances,
            relative_of=related,
            relation=relation_word,
            sex_offence_complainant=complainant is not None and not special,
            special_offence_victim=special,
            waived="waived" in figure.flags and not figure.minor_now,
            deceased="died" in circumstances,
            pseudonym="pseudonym" in figure.flags,
            public_role="public_role" in figure.flags or "official" in roles,
            own_childhood=adult_now and not roles & _BLAMED,
            missing_appeal="missing" in circumstances and bool(self.reads.spans("missing_appeal")),
            labelled=cluster.label or None if cluster is not None else None,
            evidence=tuple(
                sorted(set(evidence), key=lambda e: (e.start, e.end, e.cue, e.attribute, e.value))
            ),
        )

    def _life_stage(self, figure: Figure) -> LifeStage:
        if self.grown_offender(figure):
            return "adult"
        if figure.minor:
            return "minor"
        if figure.adult:
            return "adult"
        return "unknown"

    def _mentions(self, cluster: Cluster | None) -> tuple[Mention, ...]:
        if cluster is None:
            return ()
        mentions = []
        for c in sorted(cluster.mentions, key=lambda c: (c.start, c.end)):
            form: Form = (
                "address"
                if c.source == "address"
                else "label"
                if c.label
                else "moniker"
                if c.moniker
                else "full"
            )
            if form == "full" and len(c.words) == 1:
                word = fold(c.words[0])
                form = (
                    "given"
                    if word == fold(cluster.given)
                    else "surname"
                    if cluster.surname and word == fold(cluster.surname)
                    else "nickname"
                )
            mentions.append(Mention(c.start, c.end, c.source, form))
        return tuple(mentions)

    def clashes(self) -> tuple[NameClash, ...]:
        """Surnames or given names spelled in two ways that are no short forms of each other."""
        found = []
        for figure in self.figures:
            cluster = figure.cluster
            if cluster is None or figure.number not in self.ids:
                continue
            for spellings, place in ((cluster.surnames, -1), (cluster.givens, 0)):
                folded = {fold(s) for s in spellings}
                if len(folded) < 2:
                    continue
                common = max(spellings, key=lambda s: (spellings[s], s))
                for variant in sorted(spellings):
                    if not _misspelled(fold(common), fold(variant)):
                        continue
                    if place == 0 and self._lexicon.same_given(common, variant):
                        continue
                    spans = tuple(
                        (c.start, c.end)
                        for c in cluster.mentions
                        if c.words and fold(variant) in {fold(w) for w in c.words}
                    )
                    if spans:
                        found.append(NameClash(self.ids[figure.number], common, variant, spans))
        return tuple(found)


def _first(figure: Figure) -> int:
    starts = [r.start for r in figure.refs]
    if figure.cluster is not None:
        starts += [c.start for c in figure.cluster.mentions]
    return min(starts)


def _names(cluster: Cluster | None) -> tuple[str, ...]:
    """The spellings of somebody's name, the fullest first."""
    if cluster is None:
        return ()
    spelled = dict.fromkeys(" ".join(c.words) for c in cluster.mentions if c.words)
    if cluster.label:
        spelled = dict.fromkeys([cluster.label])
    ordered = sorted(spelled, key=lambda name: (-len(name.split()), list(spelled).index(name)))
    return tuple(ordered)


def _misspelled(common: str, variant: str) -> bool:
    """Whether two spellings differ as a slip does: one or two letters, and not by a plural, a hyphen or a word."""
    if common == variant or min(len(common), len(variant)) < 5 or set(common + variant) & set(" -"):
        return False
    if common in (variant + "s", variant + "es") or variant in (common + "s", common + "es"):
        return False
    return DamerauLevenshtein.distance(common, variant, score_cutoff=2) <= 2
