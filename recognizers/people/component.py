"""The spaCy component that resolves people over the whole copy, once: `doc._.people`.

names seen → clusters → known names found everywhere → descriptions cast → ages, roles, kinship → persons. A copy
without a word of childhood, sexual offence or harm stops after the names: nobody in it can need more.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from recognizers.helplines.component import trim_blocks
from recognizers.model import People
from recognizers.people.candidates import Candidate, CandidateFinder
from recognizers.people.casting import Casting
from recognizers.people.closing import Closing
from recognizers.people.clusters import Cluster, Clusterer
from recognizers.people.descriptions import find_descriptions
from recognizers.people.figures import Figure, Ref
from recognizers.people.lexicon import load_name_lexicon
from recognizers.people.nouns import load_nouns
from recognizers.people.pieces import PieceFinder
from recognizers.people.propagation import known_in_addresses, known_in_prose
from recognizers.people.roles import RoleReader
from recognizers.people.scene import Scene
from recognizers.people.stage import StageReader
from recognizers.people.text import ReadableText


_PLACES = frozenset(["LOC", "FAC", "NORP", "DATE", "LAW", "EVENT", "PRODUCT", "WORK_OF_ART", "LANGUAGE"])
_ELSEWHERE = frozenset(["GPE", "LOC", "FAC", "ORG", "NORP"])


class PeopleComponent:
    """Resolves people. One instance serves any number of docs and keeps nothing between them."""

    def __init__(self) -> None:
        self._lexicon = load_name_lexicon()
        self._nouns = load_nouns()
        self._finder = CandidateFinder(self._lexicon)
        self._clusterer = Clusterer(self._lexicon)
        self._stage = StageReader(self._lexicon)
        self._roles = RoleReader(self._lexicon)
        self._pieces = PieceFinder()

    def __call__(self, doc: Doc) -> Doc:
        doc._.people = self.resolve(doc)
        return doc

    def resolve(self, doc: Doc) -> People:
        """Everyone in the doc. Reads `doc.ents`, `doc._.support` and `doc._.reading`."""
        readable = ReadableText(doc.text, doc._.reading)
        clusters = self._named(doc, readable)
        figures = [self._figure(number, cluster) for number, cluster in enumerate(clusters)]
        refs = [
            Ref(c.start, c.end, c.start, figure, name=True, gender=figure.gender)
            for figure in figures
            if figure.cluster is not None
            for c in figure.cluster.mentions
            if c.source != "address"
        ]
        for ref in refs:
            ref.figure.refs.append(ref)
        scene = Scene(readable, refs)
        reads = self._roles.scan(readable.clean)
        self._roles.cast(scene, reads)
        casting = Casting(scene, figures, self._nouns.not_kin_after)
        blocked = [(r.start, r.end) for r in refs]
        blocked += [(b.start, b.end) for b in doc._.support.blocks] + [
            (s, e) for _, s, e in doc._.support.mentions
        ]
        blocked += [(s.start, s.end) for s in readable.reading.segments if s.kind not in ("prose", "tags")]
        for before, ref in zip([None, *scene.refs], list(scene.refs), strict=False):
            joined = before is not None and readable.clean[before.end : ref.start] == " and "
            self._stage.beside(ref, readable.clean, before if joined else None)
        self._stage.names(scene, readable.reading.published)
        for description in find_descriptions(readable, self._nouns, blocked):
            self._stage.beside(casting.place(description), readable.clean)
        school_years = self._stage.read(scene, readable.reading.published)
        self._roles.cast(scene, reads)
        casting.join_introductions(bool(reads.spans("anonymous")))
        casting.spread_lists()
        casting.tie_bare_kin()
        casting.settle_kin_surnames()
        casting.spread_groups()
        casting.join_slips(bool(reads.spans("sexual_offence") or reads.spans("special_offence")))
        if len(reads.spans("strong")) > 1 or reads.spans("sexual_offence") or reads.spans("special_offence"):
            elsewhere = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in _PLACES]
            self._reveal(readable, casting, [*blocked, *elsewhere])
        casting.settle_surnames()
        closing = Closing(scene, figures, casting.relations, reads, self._lexicon, self._nouns)
        self._free_blocks(doc, closing)
        persons = closing.persons()
        pieces = self._pieces.find(scene, closing, school_years)
        return People(persons=persons, pieces=pieces, clashes=closing.clashes())

    def _reveal(self, readable: ReadableText, casting: Casting, covered: list[tuple[int, int]]) -> None:
        """ "What have you done to Isatu?": one unknown word in a quotation is the hidden child's name."""
        hidden = casting.hidden()
        if hidden is None:
            return
        weak = self._finder.find_weak(readable, sorted(covered))
        words = {c.words for c in weak}
        if len(words) != 1:
            return
        cluster = Cluster(given=weak[0].words[0], mentions=weak)
        figure = Figure(len(casting.figures), cluster=cluster, gender=hidden.gender)
        figure.refs = [Ref(c.start, c.end, c.start, figure, name=True, gender=hidden.gender) for c in weak]
        for ref in figure.refs:
            casting.scene.add(ref)
        casting.reveal(hidden, figure)

    def _named(self, doc: Doc, readable: ReadableText) -> list[Cluster]:
        tagged = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON"]
        elsewhere = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in _ELSEWHERE]
        candidates = self._finder.find(readable, tagged, elsewhere, doc._.support)
        clusters = self._clusterer.cluster(candidates)
        known: list[Candidate] = list(known_in_prose(readable, clusters, self._lexicon, doc._.support))
        if known:
            clusters = self._clusterer.cluster(sorted([*candidates, *known], key=lambda c: c.start))
        for cluster, candidate in known_in_addresses(readable, clusters):
            cluster.mentions.append(candidate)
        return clusters

    @staticmethod
    def _free_blocks(doc: Doc, closing: Closing) -> None:
        """A sentence of a support block that names somebody protected is no part of the block (behaviour: section 5).

        Anybody else's name in a block stays what it was: text of the block, and no mention.
        """
        support = doc._.support
        if not support.blocks:
            return
        protected: list[tuple[int, int]] = []
        for figure in closing.figures:
            if figure.cluster is None:
                continue
            inside = [c for c in figure.cluster.mentions if support.covers(c.start, c.end)]
            tie = closing.tie(figure)
            if closing.protected_likely(figure) or (tie is not None and closing.protected_likely(tie[1])):
                protected += [(c.start, c.end) for c in inside]
            else:
                figure.cluster.mentions = [c for c in figure.cluster.mentions if c not in inside]
                figure.refs = [r for r in figure.refs if not (r.name and support.covers(r.start, r.end))]
        if protected:
            doc._.support = trim_blocks(support, protected, doc.text)

    def _figure(self, number: int, cluster: Cluster) -> Figure:
        gender = self._lexicon.gender(cluster.given) if cluster.given else "e"
        if cluster.titles & {"Mr", "Mr.", "Sir", "Lord", "Father", "Master"}:
            gender = "m"
        elif cluster.titles & {"Mrs", "Mrs.", "Ms", "Miss", "Dame", "Lady", "Baroness", "WPC"}:
            gender = "f"
        return Figure(number, cluster=cluster, gender=gender)


@Language.factory("safeguard_people")
def create_people_component(nlp: Language, name: str) -> PeopleComponent:
    """The factory spaCy knows the component by."""
    return PeopleComponent()
