"""The spaCy component that resolves people over the whole copy, once: `doc._.people`.

names seen → clusters → known names found everywhere → roles and ages beside them → descriptions cast →
families, introductions and names that slip out → judgements on the whole copy → persons and jigsaw pieces.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from recognizers.model import Circumstance, People
from recognizers.people.addresses import known_in_addresses
from recognizers.people.ages import Age
from recognizers.people.candidates import CandidateFinder
from recognizers.people.cast import Cast
from recognizers.people.casting import Casting, CastingRules
from recognizers.people.clients import blame_clients
from recognizers.people.closing import Closing
from recognizers.people.clustering import Clusterer
from recognizers.people.clusters import Cluster
from recognizers.people.copy_kind import CopyKind, without_shirts
from recognizers.people.court_lists import CourtLists
from recognizers.people.descriptions import DescriptionFinder
from recognizers.people.doubtful import clear_doubtful, grow_up
from recognizers.people.families import Families
from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import Grammar, load_grammar
from recognizers.people.hidden_names import (
    blame_group,
    hidden_child,
    join_group,
    join_moniker_slips,
    join_slips,
    join_waived,
    reveal,
)
from recognizers.people.homes import HomeReader
from recognizers.people.house_names import HouseNames
from recognizers.people.households import Households
from recognizers.people.introductions import join_introductions
from recognizers.people.lexicon import load_name_lexicon
from recognizers.people.likeness import CopyLikeness
from recognizers.people.newcomers import Newcomers
from recognizers.people.nouns import load_nouns
from recognizers.people.persons import Persons
from recognizers.people.pieces import PieceFinder
from recognizers.people.placing import Placing, Told, blocked, free_blocks
from recognizers.people.propagation import Propagation
from recognizers.people.roles import RoleReader
from recognizers.people.scene import Scene
from recognizers.people.schooling import SchoolYear
from recognizers.people.second_look import SecondLook
from recognizers.people.siblings import families
from recognizers.people.spans import Spans
from recognizers.people.stage import StageReader
from recognizers.people.surnames import (
    hand_courtesy,
    hand_titles,
    settle_courtesy,
    settle_early,
    settle_surnames,
    settle_titles,
)
from recognizers.people.text import ReadableText
from recognizers.people.young import YoungReader

# What the tagger may call a word that is no name. A lone capitalised word inside one of the first set is
# never taken for a hidden name, one inside the second needs more than a names list to be a name.
_NEVER_HIDDEN = frozenset(
    ["LOC", "FAC", "NORP", "DATE", "LAW", "EVENT", "PRODUCT", "WORK_OF_ART", "LANGUAGE"]
)
_THINGS = frozenset(["PRODUCT", "WORK_OF_ART", "EVENT", "LAW"])
_ELSEWHERE = frozenset(["GPE", "LOC", "FAC", "ORG", "NORP"])


_GRAVE: frozenset[Circumstance] = frozenset(
    ["died", "ill", "hurt", "missing", "abused", "in_care", "family_proceedings"]
)

# The longest word that makes a child of a name, and a blank.
_LITTLE_REACH = 12

# What finds names, and the second look at those whom no rule explains: each can be left out.
SIGNALS = ("tagger", "names_list", "cue", "propagation", "second_look")


@dataclass(frozen=True, slots=True)
class _Stage:
    """A copy whose introductions are joined. `young`: the named figures known as children before."""

    cast: Cast
    school_years: list[SchoolYear]
    blocked: list[tuple[int, int]]
    young: frozenset[int]

    def learned(self) -> dict[int, tuple[Age, ...]]:
        """The named figures whom only their introduction made children, with the ages it told."""
        return {
            f.number: tuple(f.ages)
            for f in self.cast.scene.figures
            if f.named and f.young and f.refs and f.number not in self.young
        }


class PeopleComponent:
    """Resolves people. One instance serves any number of docs and keeps nothing between them."""

    def __init__(self, without: Collection[str] = ()) -> None:
        """`without` leaves signals out, to measure what each brings: any of SIGNALS."""
        unknown = sorted(set(without) - set(SIGNALS))
        if unknown:
            raise ValueError(f"there is no signal {unknown[0]!r}; known: {', '.join(SIGNALS)}")
        self._without = frozenset(without)
        self._lexicon = load_name_lexicon()
        if "names_list" in self._without:
            self._lexicon = replace(self._lexicon, given={})
        self._grammar = load_grammar()
        nouns = load_nouns()
        self._finder = CandidateFinder(self._lexicon, cues="cue" not in self._without)
        self._clusterer = Clusterer(self._lexicon)
        self._propagation = Propagation(self._lexicon)
        self._roles = RoleReader(self._lexicon, self._grammar)
        self._stage = StageReader(self._lexicon)
        self._descriptions = DescriptionFinder(nouns, self._grammar)
        self._casting = CastingRules(self._grammar, nouns, self._lexicon.office_words)
        self._families = Families(self._grammar)
        self._newcomers = Newcomers(self._grammar, self._lexicon)
        self._closing = Closing(self._lexicon, nouns)
        homes = HomeReader()
        self._pieces = PieceFinder(nouns, self._grammar, homes)
        self._young = YoungReader()
        self._court_lists = CourtLists()
        self._likeness = CopyLikeness()
        self._households = Households(self._grammar)
        self._placing = Placing(
            self._lexicon,
            self._finder,
            HouseNames(self._lexicon, self._grammar),
            SecondLook(self._likeness, self._lexicon),
            homes,
            propagation="propagation" not in self._without,
            look_again="second_look" not in self._without,
        )

    def __call__(self, doc: Doc) -> Doc:
        doc._.people = self.resolve(doc)
        return doc

    def resolve(self, doc: Doc) -> People:
        """Everyone in the doc. Reads `doc.ents`, `doc._.support` and `doc._.reading`."""
        readable = ReadableText(doc.text, doc._.reading)
        reads = self._roles.scan(readable.clean)
        kind = CopyKind(readable, reads, self._likeness.read(readable.clean))
        if kind.match_report:
            readable = without_shirts(readable)
        pets = self._finder.pets(readable)
        stage = self._introduced(doc, readable, kind, pets, {})
        # Whom a pronoun means depends on who is a child, and that an introduction may tell only later ("A boy
        # has died. Harrison Teale …"): what it told is known from the start the second time.
        learned = stage.learned()
        if learned:
            stage = self._introduced(doc, readable, kind, pets, learned)
        cast, scene = stage.cast, stage.cast.scene
        if reads.spans("family_court") and not reads.spans("criminal"):
            # Whoever appears before a family court is no defendant.
            for figure in scene.figures:
                figure.roles.pop("accused", None)
        blame_clients(cast, reads, self._lexicon)
        blame_group(cast)
        self._families.settle(cast)
        grave = kind.harmful or kind.names_offence or _struck(cast, kind)
        # In the story of somebody who waived anonymity the family is named like anybody.
        if grave and not any("waived" in f.flags for f in scene.figures):
            self._newcomers.join(cast)
        join_moniker_slips(cast)
        join_waived(cast)
        join_group(cast)
        if grave:
            join_slips(cast, self._lexicon, kind.names_offence)
        if len(reads.spans("strong")) > 1 or kind.names_offence:
            hidden = hidden_child(cast)
            if hidden is not None:
                elsewhere = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in _NEVER_HIDDEN]
                weak = self._finder.find_weak(readable, Spans([*stage.blocked, *elsewhere]))
                reveal(cast, hidden, weak)
        hand_courtesy(cast, self._lexicon)
        settle_surnames(cast)
        settle_early(cast)
        settle_titles(cast, self._lexicon)
        settle_courtesy(cast, self._lexicon)
        if not (grave or kind.obituary or kind.fiction):
            self._young.read(scene, kind.harmless)
        places = Spans((e.start_char, e.end_char) for e in doc.ents if e.label_ in _ELSEWHERE)
        things = Spans((e.start_char, e.end_char) for e in doc.ents if e.label_ in _ELSEWHERE | _THINGS)
        clear_doubtful(cast, self._lexicon, things, any(f.minor for f in scene.figures))
        if not any(f.minor for f in scene.figures):
            grow_up(scene, reads)
        self._closing.close(scene, cast.kinship, kind)
        self._court_lists.read(scene)
        self._households.read(cast)
        grave = grave or _struck(cast, kind)
        self._placing.place(cast, Told(doc, readable, reads, kind, pets, places, things), grave)
        free_blocks(doc, cast)
        persons = Persons(scene.figures, cast.kinship, kind)
        return People(
            persons=persons.all(),
            pieces=self._pieces.find(scene, cast.kinship, reads, persons, stage.school_years),
            clashes=persons.clashes(self._lexicon, readable.clean),
            families=families(scene.figures, cast.kinship, persons.ids),
        )

    def _introduced(
        self,
        doc: Doc,
        readable: ReadableText,
        kind: CopyKind,
        pets: Sequence[tuple[int, int]],
        known: Mapping[int, tuple[Age, ...]],
    ) -> _Stage:
        """Names found, descriptions cast, ages and roles read, introductions joined.

        `pets` are the spans that name animals, `known` are children by the number of their figure, with the
        ages told of them.
        """
        published, reads = readable.reading.published, kind.reads
        figures = [self._figure(number, cluster) for number, cluster in enumerate(self._named(doc, readable))]
        for number, ages in known.items():
            figures[number].childlike = True
            for age in ages:
                figures[number].tell_age(age)
        names = _names(figures)
        scene = Scene(readable, names, figures, self._grammar)
        cast = Cast(scene)
        # Roles and ages beside names come first: they tell a description whom it may mean. Both are read
        # again once the descriptions are cast.
        self._roles.cast(scene, reads, kind.harmless)
        self._ages_beside(scene)
        _little_ones(scene, self._grammar)
        self._stage.names(scene, published)
        taken = blocked(doc, readable, names, pets)
        casting = Casting(cast, self._casting)
        for description in self._descriptions.find(readable, taken):
            self._stage.beside(casting.place(description), readable.clean)
        school_years = self._stage.read(scene, published)
        self._roles.cast(scene, reads, kind.harmless)
        hand_titles(cast, self._lexicon)
        before = frozenset(f.number for f in scene.figures if f.named and f.young)
        join_introductions(cast, bool(reads.spans("anonymous")), kind.harmless)
        return _Stage(cast, school_years, taken, before)

    def _named(self, doc: Doc, readable: ReadableText) -> list[Cluster]:
        entities = () if "tagger" in self._without else doc.ents
        tagged = [(e.start_char, e.end_char) for e in entities if e.label_ == "PERSON"]
        elsewhere = [(e.start_char, e.end_char) for e in entities if e.label_ in _ELSEWHERE]
        candidates = self._finder.find(readable, tagged, elsewhere, doc._.support)
        clusters = self._clusterer.cluster(candidates)
        spread = "propagation" not in self._without
        known = list(self._propagation.known_in_prose(readable, clusters, doc._.support)) if spread else []
        if known:
            clusters = self._clusterer.cluster(sorted([*candidates, *known], key=lambda c: c.start))
        for cluster, candidate in known_in_addresses(readable, clusters):
            cluster.mentions.append(candidate)
        return clusters

    def _ages_beside(self, scene: Scene) -> None:
        """Ages right behind names; two names joined by "and" may share one."""
        before: Ref | None = None
        for ref in scene.refs:
            joined = before is not None and scene.readable.clean[before.end : ref.start] == " and "
            self._stage.beside(ref, scene.readable.clean, before if joined else None)
            before = ref

    def _figure(self, number: int, cluster: Cluster) -> Figure:
        gender = self._lexicon.gender(cluster.given) if cluster.given else "e"
        # "Mr Dunnett" beside Skye Dunnett, 13, may be her father.
        titles = set() if cluster.looks_minor else cluster.titles
        if titles & self._lexicon.male_titles:
            gender = "m"
        elif titles & self._lexicon.female_titles:
            gender = "f"
        return Figure(number, cluster=cluster, gender=gender)


def _little_ones(scene: Scene, grammar: Grammar) -> None:
    """ "Little Margot Penhaligon was born": how nobody speaks of a grown-up."""
    for ref in scene.refs:
        before = scene.readable.clean[max(0, ref.outer - _LITTLE_REACH) : ref.outer].lower().split()
        if ref.name and before and before[-1] in grammar.words["before_listed_child"]:
            ref.figure.childlike = True


def _struck(cast: Cast, kind: CopyKind) -> bool:
    """Whether a child has died, or is gravely ill, in copy that is otherwise no story of harm."""
    if kind.harmless or kind.fiction or kind.obituary:
        return False
    return any(
        f.minor
        and not f.blamed
        and (
            f.circumstances.keys() & _GRAVE
            or any(not e.cue.startswith("harm_") for e in f.circumstances.get("at_risk", ()))
            or any(e.cue != "harm_verb" for e in f.roles.get("victim", ()))
        )
        for f in cast.scene.figures
    )


def _names(figures: list[Figure]) -> list[Ref]:
    """The mentions of named figures as refs; names inside addresses speak of nobody."""
    for figure in figures:
        mentions = figure.cluster.mentions if figure.cluster is not None else ()
        figure.refs = [
            Ref(c.start, c.end, c.outer, figure, name=True, gender=figure.gender)
            for c in mentions
            if c.source != "address"
        ]
    return [ref for figure in figures for ref in figure.refs]


@Language.factory("safeguard_people", default_config={"without": []})
def create_people_component(nlp: Language, name: str, without: Sequence[str]) -> PeopleComponent:
    """The factory spaCy knows the component by; `without` as in `PeopleComponent`."""
    return PeopleComponent(without)
