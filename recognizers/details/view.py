"""What every recognizer of details reads: the text in sentences, and where the copy speaks of whom.

One view is made for a doc and kept on it, so the recognizers that follow each other share it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recognizers.model import People, Person, Reading, Support
from recognizers.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]

_KEY = "recognizers.details.view"
_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-ZÀ-Þ0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where the copy names a person or speaks of them without a name ("the girl, 13")."""

    start: int
    end: int
    person: Person


class View:
    """One copy as the recognizers of details see it. All offsets count characters of `text`."""

    def __init__(
        self,
        text: str,
        people: People,
        support: Support,
        reading: Reading,
        sentence_starts: tuple[int, ...],
        labels: tuple[Span, ...],
    ) -> None:
        self.text = text
        self.people = people
        self.support = support
        self.reading = reading
        self._starts = sentence_starts
        self._labels = labels
        # What was answered about a name of this copy, which a long copy asks of a thousand times.
        self.answers: dict[tuple[str, str], bool] = {}
        self.references = _references(people)
        self._ends = [reference.end for reference in self.references]

    def without(self, spans: list[Span]) -> View:
        """The same copy without the references that lie in one of the spans and tell nothing but a name, and
        without all of somebody of no sex whose whole name one of the spans is ("Marske Emmets").
        """
        view = copy(self)
        whole = {self.text[start:end] for start, end in spans}
        named = {
            p.id
            for p in self.people.persons
            if p.names and p.gender == "unknown" and max(p.names, key=len) in whole
        }
        view.references = tuple(
            r
            for r in self.references
            if r.person.id not in named
            and (
                is_known(r.person, sexed=False)
                or not any(start <= r.start and r.end <= end for start, end in spans)
            )
        )
        view._ends = [reference.end for reference in view.references]
        return view

    def sentence(self, offset: int) -> Span:
        """Start and end of the sentence that holds `offset`; a line break always ends a sentence."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        return self._starts[index], end

    def sentence_number(self, offset: int) -> int:
        """How many sentences begin up to `offset`."""
        return bisect_right(self._starts, offset)

    def between(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references that lie wholly between two offsets, ordered by where they end."""
        first, last = bisect_left(self._ends, start), bisect_right(self._ends, end)
        return tuple(reference for reference in self.references[first:last] if reference.start >= start)

    def at(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references that share a character with the span, ordered by where they end."""
        return tuple(r for r in self.references[bisect_right(self._ends, start) :][:8] if r.start < end)

    def paragraph(self, offset: int) -> Span:
        """Start and end of the line that holds `offset`, its line break left out."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def is_somebody(self, start: int, end: int, *, doubtful: bool = True, sexed: bool = True) -> bool:
        """Whether a person is named there; without the `doubtful`, of whom nothing but that name is known.

        A name that the copy says nothing else of may be a school's ("everybody at Brynmor"); unless `sexed`,
        one that is a given name by its first word as well ("plays for Sean Dolans").
        """
        return any(doubtful or is_known(reference.person, sexed=sexed) for reference in self.at(start, end))

    def blocked(self, start: int, end: int) -> bool:
        """Whether nothing may be found there: a support block, or the label of something removed."""
        return self.support.covers(start, end) or any(s < end and start < e for s, e in self._labels)

    def helpline(self, start: int, end: int) -> bool:
        """Whether the span shares a character with a helpline's name or number, right or wrong."""
        spans = [(s, e) for _, s, e in self.support.mentions]
        spans += [(problem.start, problem.end) for problem in self.support.problems]
        return any(s < end and start < e for s, e in spans)

    def kind_at(self, offset: int) -> str:
        """The kind of the segment that holds `offset` ("prose" when the reading does not say)."""
        segment = self.reading.segment_at(offset)
        return segment.kind if segment else "prose"


class ViewReader:
    """Makes the view of a doc; holds the compiled vocabulary, so one reader serves every copy."""

    def __init__(self) -> None:
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "view.yaml")
        self._abbreviations = frozenset(vocabulary["abbreviations"])
        inside = "|".join(vocabulary["labels"])
        self._label = re.compile(rf"\[(?:{inside})\]", re.IGNORECASE)

    def read(self, text: str, doc: Doc | None) -> View:
        """The view of `text`; people, support blocks and segments come off the doc where there is one."""
        if doc is None:
            return self._make(text, People(), Support(), Reading())
        kept = doc.user_data.get(_KEY)
        if isinstance(kept, View) and kept.text == text and kept.people is doc._.people:
            return kept
        view = self._make(text, doc._.people, doc._.support, doc._.reading)
        doc.user_data[_KEY] = view
        return view

    def _make(self, text: str, people: People, support: Support, reading: Reading) -> View:
        starts = [0]
        for match in _STOP.finditer(text):
            if text[match.start()] == "." and self._abbreviated(text, match.start()):
                continue
            starts.append(match.end())
        labels = tuple(match.span() for match in self._label.finditer(text))
        labels += tuple((m.start, m.end) for p in people.persons for m in p.mentions if m.form == "label")
        return View(text, people, support, reading, tuple(starts), labels)

    def _abbreviated(self, text: str, stop: int) -> bool:
        """Whether the full stop at `stop` belongs to an abbreviation or to initials."""
        begin = stop
        while begin > 0 and stop - begin < 7 and text[begin - 1].isalpha():
            begin -= 1
        word = text[begin:stop]
        return word.casefold() in self._abbreviations or (len(word) == 1 and word.isupper())


def is_known(person: Person, *, sexed: bool = True) -> bool:
    """Whether the copy says anything of a person besides a name: their age, calling or, if `sexed`, sex."""
    return (
        person.life_stage != "unknown"
        or person.age is not None
        or (sexed and person.gender != "unknown")
        or bool(person.descriptions)
    )


def _references(people: People) -> tuple[Reference, ...]:
    """Every mention and description, ordered by end; of two that end together the longer comes last."""
    found = [Reference(m.start, m.end, person) for person in people.persons for m in person.mentions]
    found += [
        Reference(start, end, person) for person in people.persons for start, end in person.descriptions
    ]
    return tuple(sorted(found, key=lambda r: (r.end, -r.start, r.person.id)))
