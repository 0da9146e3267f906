"""SCHOOL: names of schools, nurseries, clubs and surgeries, and whose own each is (behaviour: D3).

An institution is looked for everywhere once it is known: short forms, tags, captions, slugs. What is said
of one mention ("a pupil at Hartley Vale Academy") holds for all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.details.base import CERTAIN, CUED, DetailRecognizer
from recognizers.details.institution_names import InstitutionNames, Name
from recognizers.details.institution_owner import InstitutionOwner
from recognizers.details.ownership import Ids, words
from recognizers.details.scan import starts_of
from recognizers.details.view import Span, View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_KINDS = ("school", "nursery", "club", "surgery")
_SAINTS = ("St ", "St.", "Saint ", "SS ")
_ADDRESS_KINDS = ("slug", "file", "url", "tags")


@dataclass(frozen=True, slots=True)
class _Institution:
    """One institution of the copy: what it is called, and every place that names it."""

    kind: str
    core: tuple[str, ...]
    spans: tuple[Span, ...]
    weak: bool
    # Where its bare name stands with nothing to say that the institution is meant.
    bare: tuple[Span, ...] = ()


class InstitutionRecognizer(DetailRecognizer):
    """Marks institutions; facts: `kind` (school, nursery, club, surgery), `of` (person ids, may be empty)."""

    def __init__(self) -> None:
        super().__init__("institution", "SCHOOL")
        package = __package__ or "recognizers.details"
        vocabulary = load_vocabulary(package, "institution.yaml")
        cues = load_vocabulary(package, "institution_cues.yaml")
        self._names = InstitutionNames(vocabulary)
        self._owner = InstitutionOwner(cues)
        self._street = re.compile(rf"(?:{words(cues['street_like'])})$")
        capital = r"[A-ZÀ-Þ][\w’'-]*"
        saint = rf"(?:St\.?|Saint|SS)\s{capital}(?:\s(?:and|&)\s(?:St\.?\s)?{capital})?"
        self._untyped = {
            kind: re.compile(
                rf"(?i:{cue})\s(?:the\s)?"
                rf"(?P<name>{saint}|{capital}(?:\s(?:of\s(?:the\s)?)?{capital}){{0,3}})"
            )
            for kind, cue in cues["untyped"].items()
        }
        self._openers = tuple(sorted(cues["untyped_openers"]))
        self._saintly = re.compile(rf"(?<!\w)(?P<name>{saint})\s(?:{cues['lone_behind']})(?!\w)")
        self._not_untyped = re.compile(rf"\b(?:{words(cues['untyped_not'])})(?!\w)")
        self._other_place = re.compile(rf"\s(?:{words(cues['untyped_behind'])})")
        self._stops = frozenset(vocabulary["not_names"])
        self._not_followed = re.compile(rf"\s(?:{words(vocabulary['not_followed'])})\b")
        self._place = re.compile(rf"(?<!\w){cues['place_before']}\s$", re.IGNORECASE)
        self._lone_before = re.compile(rf"(?<!\w)(?:{cues['lone_before']})\s(?:the\s)?$", re.IGNORECASE)
        self._lone_behind = re.compile(rf"(?:[’']s)?\s(?:{cues['lone_behind']})", re.IGNORECASE)
        self._bare_behind = re.compile(cues["bare_behind"])
        self._types = re.compile(rf"(?:[\s_-]+{self._names.type_words}(?!\w)){{1,3}}", re.IGNORECASE)

    def observe(self, view: View) -> Iterator[Observation]:
        """Every mention of every institution, short forms included, all with the facts of the whole copy."""
        names = self._names.find(view)
        names += [name for name in self._without_type(view) if not _overlaps(name.start, name.end, names)]
        institutions = self._gather(view, names)
        kinds = Counter(institution.kind for institution in institutions)
        owners = {
            id_: self._owner.of_all(
                view, i.kind, i.spans, names, only=None if i.weak and i.kind == "club" else kinds[i.kind] == 1
            )
            for id_, i in enumerate(institutions)
        }
        taken: dict[Span, int] = {}
        for id_, institution in sorted(
            enumerate(institutions), key=lambda item: (not owners[item[0]], _KINDS.index(item[1].kind))
        ):
            bare = institution.bare if _is_a_minors(view, owners[id_]) else ()
            for span in (*institution.spans, *bare):
                if not any(s < span[1] and span[0] < e for s, e in taken):
                    taken[span] = id_
        for span, id_ in taken.items():
            institution, of = institutions[id_], owners[id_]
            if institution.weak and not _is_a_minors(view, of):
                continue
            facts: dict[str, str | tuple[str, ...]] = {"kind": institution.kind, "of": of}
            person = of[0] if len(of) == 1 else None
            yield Observation("SCHOOL", *span, CUED if of else CERTAIN, self.name, person=person, facts=facts)

    def _without_type(self, view: View) -> Iterator[Name]:
        """Names that only the words before or behind them make a school's ("a pupil at St Aidan's")."""
        starts = starts_of(self._openers, view.text)
        matches = [(kind, p.match(view.text, at)) for at in starts for kind, p in self._untyped.items()]
        if any(saint in view.text for saint in _SAINTS):
            matches += [("school", match) for match in self._saintly.finditer(view.text)]
        for kind, match in matches:
            if match is not None:
                start, end = match.span("name")
                text = match["name"]
                core = tuple(text.split())
                saintly = core[0].rstrip(".") in ("St", "Saint", "SS")
                weak_cue = re.search(r"\b(?:from|in|of)\s(?:the\s)?$", view.text[match.start() : start])
                if core[0] in self._stops or self._not_untyped.search(text) or (weak_cue and not saintly):
                    continue
                if view.overlaps_reference(start, end) or self._not_followed.match(view.text, end):
                    continue
                if self._other_place.match(view.text, end):
                    continue
                yield Name(start, end, kind, core, weak=kind == "club")

    def _gather(self, view: View, names: list[Name]) -> list[_Institution]:
        """The institutions that the names speak of, each with all places in the copy that name it."""
        grouped: dict[tuple[str, str], list[Name]] = {}
        for name in sorted(names, key=lambda name: -len(name.core)):
            longer = next((key for key, group in grouped.items() if _is_short_for(name, group[0])), None)
            grouped.setdefault(longer or (name.key, name.kind), []).append(name)
        gathered = []
        for (_, kind), group in grouped.items():
            full = [(name.start, name.end) for name in group]
            weak = all(name.weak for name in group)
            others = [(n.start, n.end) for n in names if n not in group]
            forms = [
                (span, certain)
                for core in sorted({name.core for name in group})
                for span, certain in self._other_forms(view, core)
                if not any(s < span[1] and span[0] < e for s, e in (*full, *others))
            ]
            short = {span for span, certain in forms if certain}
            bare = tuple(sorted({span for span, certain in forms if not certain} - short))
            gathered.append(_Institution(kind, group[0].core, tuple(sorted({*full, *short})), weak, bare))
        return sorted(gathered, key=lambda institution: institution.spans)

    def _other_forms(self, view: View, core: tuple[str, ...]) -> Iterator[tuple[Span, bool]]:
        """Every other place that bears the name: with another ending, with none, or as in an address.

        With each, whether it is certainly the institution. A bare word ("Oakfield will not be the same") is
        only once the institution is known to be a child's own.
        """
        spelt = r"[\s_-]*".join(_loose(word) for word in core)
        pattern = re.compile(rf"(?<![^\W_]){spelt}(?![^\W_])", re.IGNORECASE)
        lone = len(core) == 1
        street = self._street.search(core[-1]) is not None
        saintly = core[0].rstrip(".") in ("St", "Saint", "SS")
        for match in pattern.finditer(view.text):
            start = match.start()
            typed = self._types.match(view.text, match.end())
            end = typed.end() if typed else match.end()
            text = view.text[start:end]
            address = view.kind_at(start) in _ADDRESS_KINDS or (not re.search(r"\s", text) and len(core) > 1)
            if not (text[0].isupper() or text[0].isdigit() or address):
                continue
            if self._not_followed.match(view.text, end) and not typed:
                continue
            if not typed:
                before = view.text[max(0, start - 40) : start]
                cued = self._lone_before.search(before) or self._lone_behind.match(view.text, end)
                if not saintly and not cued and self._place.search(before):
                    continue
                if (lone or street) and not cued:
                    meant = lone and not street and self._bare_behind.match(view.text, end)
                    if meant and not view.overlaps_reference(start, end):
                        yield (start, end), False
                    continue
            yield (start, end), True


def _loose(word: str) -> str:
    """A word of a name as a pattern: apostrophes may be missing, "St" may be "St." or "Saint"."""
    if word.rstrip(".") in ("St", "Saint"):
        return r"(?:St\.?|Saint)"
    if word in ("&", "and"):
        return "(?:&|and)"
    return "".join("[’']?" if character in "’'" else re.escape(character) for character in word)


def _is_short_for(name: Name, longer: Name) -> bool:
    """Whether "Ysgol Llandaran" is "Ysgol Uwchradd Llandaran": the same words in order, some left out."""
    if name.kind != longer.kind or len(name.core) < 2 or name.core[-1] != longer.core[-1]:
        return False
    words_left = iter(longer.core)
    return all(word in words_left for word in name.core)


def _overlaps(start: int, end: int, names: list[Name]) -> bool:
    return any(name.start < end and start < name.end for name in names)


def _is_a_minors(view: View, of: Ids) -> bool:
    """Whether one of the persons is not known to be grown up."""
    return any(person.id in of and person.life_stage != "adult" for person in view.people.persons)
