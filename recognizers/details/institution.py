"""SCHOOL: names of schools, nurseries, clubs and surgeries, and whose own each is (behaviour: D3).

An institution is looked for everywhere once it is known: short forms, tags, captions, slugs. What is said
of one mention ("a pupil at Hartley Vale Academy") holds for all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from recognizers.details.base import CERTAIN, CUED, DetailRecognizer
from recognizers.details.institution_forms import InstitutionForms
from recognizers.details.institution_names import InstitutionNames, Name
from recognizers.details.institution_owner import InstitutionOwner
from recognizers.details.institution_pieces import InstitutionPieces
from recognizers.details.institution_untyped import UntypedNames
from recognizers.details.ownership import Ids
from recognizers.details.places import PlacePatterns, Places
from recognizers.details.second_look import SecondLook
from recognizers.details.setting import Institution
from recognizers.details.view import Span, View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_NEAR = 80

_KINDS = ("school", "nursery", "club", "surgery", "home")


@dataclass(frozen=True, slots=True)
class _Institution:
    """One institution of the copy: what it is called, and every place that names it."""

    kind: str
    spans: tuple[Span, ...]
    # Where its bare name stands with nothing to say that the institution is meant.
    bare: tuple[Span, ...]
    weak: bool
    ordinary: bool


class InstitutionRecognizer(DetailRecognizer):
    """Marks institutions; facts: `kind` (school, nursery, club, surgery, home), `of` (person ids, if any).

    Beside a child's own it marks the jigsaw pieces that only its name ties to it.
    """

    def __init__(self) -> None:
        super().__init__("institution", "SCHOOL", "STAFF", "SCHOOL_YEAR")
        package = __package__ or "recognizers.details"
        vocabulary = load_vocabulary(package, "institution.yaml")
        cues = load_vocabulary(package, "institution_cues.yaml")
        untyped = load_vocabulary(package, "institution_untyped.yaml")
        self._names = InstitutionNames(vocabulary)
        streets = load_vocabulary(package, "address.yaml")["street_types"]
        self._untyped = UntypedNames(untyped, vocabulary, cues["lone_behind"], streets)
        self._forms = InstitutionForms(vocabulary, cues, self._names.type_words)
        self._owner = InstitutionOwner(cues)
        self._places = PlacePatterns(cues)
        self.second_look = SecondLook(cues)
        self._pieces = InstitutionPieces(cues)
        self._first = frozenset(word for entries in vocabulary["first"].values() for word in entries)
        self._professional = frozenset(vocabulary["professional"])
        self._hospital_types = tuple(cues["hospital_types"])
        self._hospital = re.compile(rf"(?<!\w)(?:{cues['hospital_before']})\s(?:the\s)?$", re.IGNORECASE)

    def observe(self, view: View) -> Iterator[Observation]:
        """Every mention of every institution, short forms included, all with the facts of the whole copy."""
        places = Places(view, self._places)
        names = self._names.find(view)
        for name in self._untyped.find(view, places):
            if not _overlaps(name.start, name.end, names):
                names.append(name)
        hospitals = {name.key for name in names if self._is_hospital(view, name)}
        names = [_shorn(view, name, names) for name in names if name.key not in hospitals]
        names = [self._told_apart(view, places, name) for name in names]
        # "He is in Year 8 at Ysgol Ogwen and plays for": the school is nobody who plays.
        view = view.without([(name.start, name.end) for name in names])
        institutions = self._gather(view, places, names)
        kinds = Counter(i.kind for i in institutions)
        elsewhere = [self._owner.is_others(view, i.spans) for i in institutions]
        others = Counter(i.kind for i, is_ in zip(institutions, elsewhere, strict=True) if is_)
        owners = {
            id_: self._owner.of_all(
                view,
                i.kind,
                (*i.spans, *i.bare),
                names,
                only=None if i.ordinary else _is_only(i.kind, kinds, others, elsewhere[id_]),
            )
            for id_, i in enumerate(institutions)
        }
        owners |= self.second_look.look(view, _weighed(view, institutions, owners, elsewhere))
        taken: dict[Span, int] = {}
        for id_, institution in sorted(
            enumerate(institutions), key=lambda item: (not owners[item[0]], _KINDS.index(item[1].kind))
        ):
            bare = institution.bare if _is_a_minors(view, owners[id_]) else ()
            for span in (*institution.spans, *bare):
                if not any(s < span[1] and span[0] < e for s, e in taken):
                    taken[span] = id_
        for id_, of in owners.items():
            mentions = sorted(span for span, owner in taken.items() if owner == id_)
            yield from self._pieces.find(view, mentions, of, self.name)
        for span, id_ in taken.items():
            institution, of = institutions[id_], owners[id_]
            if institution.weak and not _is_a_minors(view, of):
                continue
            facts: dict[str, str | tuple[str, ...]] = {"kind": institution.kind, "of": of}
            person = of[0] if len(of) == 1 else None
            yield Observation("SCHOOL", *span, CUED if of else CERTAIN, self.name, person=person, facts=facts)

    def _told_apart(self, view: View, places: Places, name: Name) -> Name:
        """A side that no town has and nobody knows elsewhere is not an ordinary one ("Stoke Park Eagles")."""
        known = view.text[name.start : name.end] in self._professional
        if name.untyped and name.kind == "club" and len(name.core) > 1 and places.is_town(name.core[0]):
            return replace(name, ordinary=True)  # "Barrow Raiders"
        local = name.ordinary and not (name.untyped or known or places.is_town(" ".join(name.core)))
        return replace(name, ordinary=False) if local else name

    def _is_hospital(self, view: View, name: Name) -> bool:
        """Whether the words before a "medical centre" make it a hospital (behaviour: D4)."""
        left = view.text[max(view.sentence(name.start)[0], name.start - _NEAR) : name.start]
        typed = view.text[name.start : name.end].endswith(self._hospital_types)
        return name.kind == "surgery" and typed and self._hospital.search(left) is not None

    def _gather(self, view: View, places: Places, names: list[Name]) -> list[_Institution]:
        """The institutions that the names speak of, each with all places in the copy that name it."""
        grouped: dict[tuple[str, str], list[Name]] = {}
        for name in sorted(names, key=lambda name: (-len(name.core), name.untyped, name.start)):
            longer = next(
                (
                    key
                    for key, group in grouped.items()
                    if self._is_short_for(name, group[0]) or _is_its_end(view, name, group[0])
                ),
                None,
            )
            grouped.setdefault(longer or (name.key, name.kind), []).append(name)
        gathered = []
        for (_, kind), group in grouped.items():
            full = [(name.start, name.end) for name in group]
            others = [(n.start, n.end) for n in names if n not in group]
            calls = sorted({(name.core, view.text[name.start : name.end]) for name in group})
            forms = [
                (span, certain)
                for core, text in calls
                for span, certain in self._forms.find(view, places, kind, core, text)
                if not any(s < span[1] and span[0] < e for s, e in (*full, *others))
            ]
            short = {span for span, certain in forms if certain}
            bare = tuple(sorted({span for span, certain in forms if not certain} - short))
            gathered.append(
                _Institution(
                    kind,
                    tuple(sorted({*full, *short})),
                    bare,
                    weak=all(name.weak for name in group),
                    ordinary=all(name.ordinary for name in group),
                )
            )
        return sorted(gathered, key=lambda institution: institution.spans)

    def _is_short_for(self, name: Name, longer: Name) -> bool:
        """Whether "Ysgol Llandaran" is "Ysgol Uwchradd Llandaran": the same words in order, some left out.

        A name without a type is the one that begins with it ("Whitgrove" of "Whitgrove Park School"), and
        what follows a first word like "Scoil" is the whole of it without the word.
        """
        if name.untyped and longer.key.startswith(name.key):
            return longer.core[: len(name.core)] == name.core or name.key == longer.key
        if longer.core[0] in self._first and longer.core[-len(name.core) :] == name.core:
            return True
        if name.kind != longer.kind or len(name.core) < 2 or name.core[-1] != longer.core[-1]:
            return False
        words_left = iter(longer.core)
        return all(word in words_left for word in name.core)


def _weighed(
    view: View, institutions: list[_Institution], owners: dict[int, Ids], elsewhere: list[bool]
) -> list[Institution]:
    """The institutions as the second look weighs them."""
    kinds = Counter(i.kind for i in institutions)
    known = Counter(i.kind for id_, i in enumerate(institutions) if _is_a_minors(view, owners[id_]))
    return [
        Institution(
            i.kind,
            i.spans,
            owners[id_],
            only=kinds[i.kind] == 1,
            known=known[i.kind] > _is_a_minors(view, owners[id_]),
            weak=i.weak,
            ordinary=i.ordinary,
            elsewhere=elsewhere[id_],
        )
        for id_, i in enumerate(institutions)
    ]


def _shorn(view: View, name: Name, names: list[Name]) -> Name:
    """The name without what only stands in front of it: "Gates of Hartley Vale Academy"."""
    text = view.text[name.start : name.end]
    for other in names:
        tail = view.text[other.start : other.end]
        if len(tail) < len(text) and text.endswith(f" of {tail}") and name.kind == other.kind:
            return replace(name, start=name.end - len(tail), core=other.core)
    return name


def _is_its_end(view: View, name: Name, longer: Name) -> bool:
    """Whether "Swifts" is the end of "Wadebridge Swifts"."""
    text = view.text[name.start : name.end]
    return name.kind == longer.kind == "club" and view.text[longer.start : longer.end].endswith(f" {text}")


def _is_only(kind: str, kinds: Counter[str], others: Counter[str], others_own: bool) -> bool:
    """Whether the copy names no other institution of the kind; one that is another's does not count."""
    return kinds[kind] == 1 or (not others_own and kinds[kind] - others[kind] == 1)


def _overlaps(start: int, end: int, names: list[Name]) -> bool:
    return any(name.start < end and start < name.end for name in names)


def _is_a_minors(view: View, of: Ids) -> bool:
    """Whether one of the persons is not known to be grown up, or is kept from the public at any age."""
    return any(
        p.id in of and (p.life_stage != "adult" or p.sex_offence_complainant or p.special_offence_victim)
        for p in view.people.persons
    )
