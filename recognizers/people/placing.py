"""Placing: whom the copy names and explains to nobody is tied to the protected person they belong to.

House style calls adults by surname and tells who everybody is. What is left over in a story of harm is the
child's own short name, its family, or the complainant whose name slipped out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from recognizers.helplines.component import trim_blocks
from recognizers.people.addresses import known_in_addresses
from recognizers.people.candidates import CandidateFinder
from recognizers.people.cast import Cast
from recognizers.people.copy_kind import CopyKind
from recognizers.people.figures import Ref
from recognizers.people.homes import HomeReader
from recognizers.people.house_names import HouseNames
from recognizers.people.lexicon import NameLexicon
from recognizers.people.outsiders import mark_outsiders
from recognizers.people.roles import Reads
from recognizers.people.scene import Scene
from recognizers.people.second_look import SecondLook
from recognizers.people.spans import Spans
from recognizers.people.strays import place_familiar, place_kin, place_partners, place_strays, tie_namesakes
from recognizers.people.text import ReadableText
from recognizers.people.ties import is_protected, strongest_tie


@dataclass(frozen=True, slots=True)
class Told:
    """A copy as its placing reads it.

    `pets` are spans that name animals, `places` those that the tagger calls a place or a body, `things` those
    and works, laws and products.
    """

    doc: Doc
    readable: ReadableText
    reads: Reads
    kind: CopyKind
    pets: Sequence[tuple[int, int]]
    places: Spans
    things: Spans


class Placing:
    """Places them. Made once; keeps nothing between copies."""

    def __init__(
        self,
        lexicon: NameLexicon,
        finder: CandidateFinder,
        house_names: HouseNames,
        second_look: SecondLook,
        homes: HomeReader,
        *,
        propagation: bool,
        look_again: bool,
    ) -> None:
        """Without `propagation` no further names are found, without `look_again` nobody is weighed again."""
        self._lexicon = lexicon
        self._finder = finder
        self._house_names = house_names
        self.second_look = second_look
        self._propagation = propagation
        self._look_again = look_again
        self._homes = homes

    def place(self, cast: Cast, told: Told, grave: bool) -> None:
        """Place everybody; `grave` copy is one of harm to somebody protected."""
        if grave:
            mark_outsiders(cast, self._homes)
        tie_namesakes(cast, told.reads)
        self._place_strays(cast, told, grave)
        if self._look_again and self.second_look.look(cast, told.kind, told.things):
            # Whoever was found only now has a family, and short names of their own.
            grave = True
            self._place_strays(cast, told, grave)
            self.second_look.look(cast, told.kind, told.things)
        if grave:
            if self._propagation:
                _find_late(cast.scene, told.readable)
            # The family of whoever was placed only now bears the name as well.
            tie_namesakes(cast, told.reads)

    def _place_strays(self, cast: Cast, told: Told, grave: bool) -> None:
        if not grave:
            return
        if self._propagation:
            names = [r for r in cast.scene.refs if r.name]
            taken = [*blocked(told.doc, told.readable, names, told.pets), *_addressed(cast.scene)]
            unlisted = self._finder.find_unlisted(told.readable, Spans(taken))
            self._house_names.join(cast, unlisted, told.places)
        place_strays(cast, self._lexicon, told.places, told.kind.names_offence)
        place_kin(cast)
        place_partners(cast)
        kind = told.kind
        if not (kind.names_offence or kind.fiction or kind.harmless):
            place_familiar(cast)


def blocked(
    doc: Doc, readable: ReadableText, names: list[Ref], pets: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where no description is looked for: names, animals, support blocks and helplines, slugs and links."""
    return [
        *((r.start, r.end) for r in names),
        *((b.start, b.end) for b in doc._.support.blocks),
        *((start, end) for _, start, end in doc._.support.mentions),
        *((s.start, s.end) for s in readable.reading.segments if s.kind not in ("prose", "tags")),
        *pets,
    ]


def _addressed(scene: Scene) -> list[tuple[int, int]]:
    """Where names stand in addresses."""
    return [
        (c.start, c.end)
        for f in scene.figures
        if f.cluster is not None
        for c in f.cluster.mentions
        if c.source == "address"
    ]


def _find_late(scene: Scene, readable: ReadableText) -> None:
    """Names that only slipped out, and pet names, stand in addresses as well ("#FindSersh")."""
    covered = Spans(_addressed(scene))
    clusters = [f.cluster for f in scene.figures if f.cluster is not None and f.cluster.mentions]
    for cluster, candidate in list(known_in_addresses(readable, clusters)):
        if not covered.touches(candidate.start, candidate.end):
            cluster.mentions.append(candidate)


def free_blocks(doc: Doc, cast: Cast) -> None:
    """A sentence of a support block that names somebody protected is no part of the block (behaviour: section
    5).

    Anybody else's name in a block stays what it was: text of the block, and no mention.
    """
    support = doc._.support
    if not support.blocks:
        return
    blocks = Spans((b.start, b.end) for b in support.blocks)
    protected: list[tuple[int, int]] = []
    for figure in cast.scene.figures:
        cluster = figure.cluster
        inside = (
            [c for c in cluster.mentions if blocks.touches(c.start, c.end)] if cluster is not None else []
        )
        if cluster is None or not inside:
            continue
        tie = strongest_tie(cast.kinship, figure)
        if is_protected(figure) or (tie is not None and is_protected(tie[1])):
            protected += [(c.start, c.end) for c in inside]
        else:
            cluster.mentions = [c for c in cluster.mentions if not blocks.touches(c.start, c.end)]
            figure.refs = [r for r in figure.refs if not (r.name and blocks.touches(r.start, r.end))]
    if protected:
        doc._.support = trim_blocks(support, protected, doc.text)
