"""What surrounds the name of an institution in its copy, as marks that can be weighed: the words
beside it, who else is in its sentences, what the rules made of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from recognizers.details.institution_story import InstitutionStory
from recognizers.details.ownership import Ids
from recognizers.details.places import PlacePatterns, Places
from recognizers.details.view import Reference, Span, View
from recognizers.model import Person

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_QUOTE = re.compile(r"[\"“]")
_OPENERS = frozenset(("", "at ", "the ", "at the "))
_PRONOUNS = {
    "male": re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
    "female": re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE),
}
_BLAMED = frozenset(("accused", "convicted"))
# So much of the copy on each side of a name is looked at, at so many places of it.
_REACH, _BEFORE_ADULT, _BEHIND_ADULT = 80, 90, 60
_MOST_PLACES = 10
_WORDS_BESIDE = 2
# From so many sentences, mentions or words on it does not matter how many.
_FAR, _OFTEN, _LONG = 5, 8, 4


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution of a copy as it is weighed, with all places that name it.

    `owners` are the ids of those whose own the rules made it; `only` says that the copy names no other of
    its kind, `known` that another of its kind is a child's own already, `elsewhere` that it is only where
    something was. `weak` and `ordinary` are those of its name.
    """

    kind: str
    spans: tuple[Span, ...]
    owners: Ids = ()
    only: bool = False
    known: bool = False
    weak: bool = False
    ordinary: bool = False
    elsewhere: bool = False


class SettingReader:
    """Reads the marks; its words are in `institution_cues.yaml`."""

    def __init__(self, cues: dict[str, Any], words: Collection[str]) -> None:
        """`words` are those that are read even with a capital; any other is only a capital."""
        self.story = InstitutionStory(cues)
        self._words = words
        self._staff = re.compile(rf"(?<!\w){cues['staff']}(?!\w)", re.IGNORECASE)
        self._child = re.compile(rf"\b(?:{cues['child_words']})\b", re.IGNORECASE)
        self._places = PlacePatterns(cues)

    def read(self, view: View, likeness: float) -> Setting:
        """The setting of one copy; `likeness` is its score as a mark (see people/likeness.py)."""
        return Setting(
            view,
            likeness,
            self.story,
            self._words,
            self._staff,
            self._child,
            Places(view, self._places),
        )


class Setting:
    """The marks of the institutions of one copy."""

    def __init__(
        self,
        view: View,
        likeness: float,
        story: InstitutionStory,
        words: Collection[str],
        staff: re.Pattern[str],
        child: re.Pattern[str],
        places: Places,
    ) -> None:
        self._view, self._likeness, self._story = view, likeness, story
        self._words, self._staff, self._child, self._places = words, staff, child, places
        self.central = story.central(view)
        persons = view.people.persons
        self._central = {p.id for p in self.central}
        self._kin = {p.id for p in persons if p.relative_of in self._central} - self._central
        self._told = {
            mark: {view.sentence_number(r.start) for r in view.references if r.person.id in ids}
            for mark, ids in (("near", self._central), ("kin", self._kin))
        }
        self._copy = [
            *(("copy:accused",) if any(p.roles & _BLAMED for p in persons) else ()),
            *(("copy:dead",) if any(p.deceased for p in self.central) else ()),
            *(("copy:complainant",) if any(p.sex_offence_complainant for p in self.central) else ()),
            *(
                ("copy:named_child",)
                if any(p.named and p.life_stage == "minor" for p in self.central)
                else ()
            ),
            *(("copy:grown",) if any(p.life_stage != "minor" for p in self.central) else ()),
        ]

    def of(self, institution: Institution) -> dict[str, float]:
        """The marks of an institution, each with its strength (mostly 1)."""
        view = self._view
        spans = institution.spans
        full = view.text[slice(*spans[0])].split()
        marks = {f"kind:{institution.kind}": 1.0, f"type:{full[-1].lower()}": 1.0}
        marks |= {"only": float(institution.only), "known": float(institution.known)}
        marks[f"known:{institution.kind}:{int(institution.known)}"] = 1.0
        marks["often"] = min(len(spans), _OFTEN) / _OFTEN
        marks["late"] = spans[0][0] / max(1, len(view.text))
        marks["copy"] = self._likeness
        marks[f"words:{min(len(full), _LONG)}"] = 1.0
        marks["saint"] = float(full[0] in ("St", "St.", "Saint"))
        marks["town:first"] = float(self._places.is_town(full[0]))
        marks["town:name"] = float(self._places.is_town(" ".join(full[:-1])))
        marks["place:name"] = float(self._places.is_place(" ".join(full[:-1])))
        marks |= {"weak": float(institution.weak), "elsewhere": float(institution.elsewhere)}
        told = {mark for span in spans[:_MOST_PLACES] for mark in self._at(span)}
        told |= {
            f"{mark}:{int(institution.known)}" for mark in ("pronoun:line", "child:line") if mark in told
        }
        told |= set(self._near(spans))
        marks.update((mark, 1.0) for mark in (*self._copy, *sorted(told)))
        return marks

    def nearest(self, spans: Iterable[Span]) -> Person | None:
        """Whoever the copy is about and is spoken of next to one of the spans."""
        near = [
            (min(abs(r.start - start), abs(start - r.end)), r.start, r.person)
            for start, _ in spans
            for r in self._view.references
            if r.person.id in self._central
        ]
        return min(near, key=lambda found: found[:2])[2] if near else None

    def _near(self, spans: Iterable[Span]) -> Iterator[str]:
        """How many sentences lie between it and those protected, and their family."""
        own = [self._view.sentence_number(start) for start, _ in spans]
        for mark, others in self._told.items():
            apart = min((abs(a - b) for a in others for b in own), default=_FAR)
            yield f"{mark}:{min(apart, _FAR)}"

    def _at(self, span: Span) -> Iterator[str]:
        """The marks of one mention."""
        view, text = self._view, self._view.text
        start, end = span
        first, last = view.sentence(start)
        head, tail = view.paragraph(start)
        yield f"written:{view.kind_at(start)}"
        yield from (f"story:{trait}" for trait in self._story.traits(view, span))
        yield from self._who(view.between(first, last), "sentence")
        yield from self._who(view.between(head, tail), "line")
        for mark, pattern in (("staff", self._staff), ("child", self._child), ("quote", _QUOTE)):
            if pattern.search(text, first, last):
                yield f"{mark}:sentence"
            if pattern.search(text, head, tail):
                yield f"{mark}:line"
        for gender in {p.gender for p in self.central} & _PRONOUNS.keys():
            pronoun = _PRONOUNS[gender]
            for where, begin, stop in (
                ("sentence", first, last),
                ("line", head, tail),
                ("after", last, tail),
            ):
                if pronoun.search(text, begin, stop):
                    yield f"pronoun:{where}"
        if last < tail and _QUOTE.search(text, last, tail):
            yield "quote:after"
        if text[first:start].lower() in _OPENERS:
            yield "opens:sentence"
        if text[head:start].lower() in _OPENERS:
            yield "opens:line"
        for where, begin, stop in (
            ("behind", end, min(last, end + _BEHIND_ADULT)),
            ("before", max(first, start - _BEFORE_ADULT), start),
        ):
            if any(self._is_other_adult(r) for r in view.between(begin, stop)):
                yield f"adult:{where}"
        before = _TOKEN.findall(text[max(first, start - _REACH) : start])[::-1]
        behind = _TOKEN.findall(text[end : min(last, end + _REACH)])
        for side, beside in (("before", before), ("behind", behind)):
            for place, token in enumerate(beside[:_WORDS_BESIDE]):
                yield f"{side}{place}:{self._token(token)}"

    def _who(self, references: Iterable[Reference], where: str) -> Iterator[str]:
        """Who is spoken of: those protected, their family, or in what stage and role anybody else."""
        for person in (reference.person for reference in references):
            if person.id in self._central:
                yield f"{where}:central"
            elif person.id in self._kin:
                yield f"{where}:kin"
            elif where == "sentence":
                yield f"{where}:{person.life_stage}"
                yield from (f"{where}:{role}" for role in person.roles)

    def _is_other_adult(self, reference: Reference) -> bool:
        person = reference.person
        return person.named and person.life_stage != "minor" and person.id not in self._central

    def _token(self, token: str) -> str:
        if token[0].isdigit():
            return "#number"
        folded = token.lower().replace("’", "'")
        return "#capital" if token[0].isupper() and folded not in self._words else folded
