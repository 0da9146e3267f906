"""Whose own an institution is when no words next to its name say so, but the story leaves no doubt.

A school that copy about one harmed child names is hardly ever anybody else's: the teacher accused taught
there, its head speaks of the child, "the school" raised concerns. Where the words beside the name make it the
place of something else, it stays nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recognizers.details.ownership import Ids, Ownership
from recognizers.details.view import Span, View
from recognizers.model import Person

_IN_A_CASE = frozenset(("victim", "complainant", "witness", "accused", "convicted"))
_BLAMED = frozenset(("accused", "convicted"))
# Every child goes to one of these, so the only one that the copy names is the child's own.
_EVERY_CHILDS = ("school", "nursery", "surgery")
_PRONOUN = re.compile(r"\b(?:she|he|her|his|him)\b", re.IGNORECASE)
_LEAD, _BEHIND = 60, 40
_STORY = 600  # how far from a mention, in characters, its story is taken to go


class InstitutionStory:
    """Reads the story around an institution; its words are in `institution_cues.yaml`."""

    def __init__(self, cues: dict[str, Any]) -> None:
        self._ownership = Ownership()
        self._elsewhere = re.compile(rf"(?<!\w)(?:{cues['elsewhere_before']})\s(?:the\s)?$", re.IGNORECASE)
        self._venue = re.compile(rf"(?:[’']s)?\s(?:{cues['venue_behind']})(?!\w)", re.IGNORECASE)
        self._scene = re.compile(rf"{cues['scene_behind']}(?!\w)", re.IGNORECASE)
        self._work = re.compile(rf"(?<!\w)(?:{cues['work']})\s(?:the\s)?$", re.IGNORECASE)
        self._works = re.compile(rf"(?:[’']s)?\s(?:{cues['works_behind']})(?!\w)", re.IGNORECASE)
        self._other_time = re.compile(rf"(?<!\w)(?:{cues['other_time']})(?!\w)", re.IGNORECASE)
        self._barred = re.compile(rf"(?<!\w)(?:{cues['barred']})(?!\w)", re.IGNORECASE)
        self._another = re.compile(rf"(?<!\w){cues['another_before']},?\s(?:the\s)?$", re.IGNORECASE)
        self._helped = re.compile(cues["helped"], re.IGNORECASE)
        self._members = re.compile(rf"(?<!\w)(?:{cues['helpers']})\s(?:the\s)?$", re.IGNORECASE)
        self._group = re.compile(cues["group"], re.IGNORECASE)
        self._no_pupil = re.compile(rf"(?<!\w)(?:{cues['no_pupil']})(?!\w)", re.IGNORECASE)
        self._meant = {
            kind: re.compile(
                rf"(?<!\w)(?:(?:the|his|her|their|[\w]+[’']s)\s(?:{nouns})|our\s(?:{cues['ours'][kind]}))(?!\w)",
                re.IGNORECASE,
            )
            for kind, nouns in cues["meant"].items()
        }

    def of_all(self, view: View, kind: str, spans: tuple[Span, ...], *, only: bool) -> tuple[Person, ...]:
        """Which of the children the copy is about own it by the sentences that name it, or, where it is the
        only one of its kind, by the sentences that call it "the school".
        """
        pupils = self.central(view)
        if not pupils or self.is_no_pupils(view) or all(self.is_anothers(view, span) for span in spans):
            return ()
        others = 0
        for start, end in spans:
            first, last = view.sentence(start)
            left = view.text[max(first, start - _LEAD) : start]
            behind = view.text[end : min(last, end + _BEHIND)]
            if self.is_elsewhere(view, (start, end)):
                others += 1
                continue
            if self._scene.match(view.text, end, last):
                return pupils
            if self._work.search(left) or self._works.match(behind):
                if not self._other_time.search(left) and self._of_the_accused(view, first, last):
                    return pupils
                others += 1
                continue
            child = next((p for p in self._spoken_of(view, first, start, last) if p in pupils), None)
            if child is not None:
                return (child,)
        if not only:
            return ()
        if kind in _EVERY_CHILDS and others < len(spans) and self._near(view, spans, pupils):
            return pupils
        return pupils if kind in self._meant and self._is_meant(view, kind, pupils) else ()

    def meant_by_group(self, view: View, found: Ids) -> tuple[Person, ...]:
        """The named children the copy is about, where all of `found` is "the boys": "which both attend"."""
        groups = [person for person in view.people.persons if person.id in found]
        if not groups or any(person.named or not self._speaks_of_both(view, person) for person in groups):
            return ()
        return tuple(p for p in self.central(view) if p.named and p.life_stage == "minor")

    def _speaks_of_both(self, view: View, person: Person) -> bool:
        return any(self._group.fullmatch(view.text, start, end) for start, end in person.descriptions)

    def traits(self, view: View, span: Span) -> Iterator[str]:
        """What the words beside a mention make of it, each by a name of its own."""
        start, end = span
        first, last = view.sentence(start)
        left = view.text[max(first, start - _LEAD) : start]
        if self.is_rivals(view, span):
            yield "rival"
        if self.is_elsewhere(view, span):
            yield "elsewhere"
        if self._work.search(left) or self._works.match(view.text[end : min(last, end + _BEHIND)]):
            yield "work"
        if self._other_time.search(left):
            yield "other_time"
        if self._of_the_accused(view, first, last):
            yield "accused"
        if self._scene.match(view.text, end, last):
            yield "scene"

    def is_no_pupils(self, view: View) -> bool:
        """Whether the copy says that none of the children harmed went there ("no pupil was involved")."""
        return self._no_pupil.search(view.text) is not None

    def is_elsewhere(self, view: View, span: Span) -> bool:
        """Whether the words beside a mention make it only where something was ("opposite"), or another's."""
        start, end = span
        first, last = view.sentence(start)
        return (
            self.is_anothers(view, span)
            or self._elsewhere.search(view.text[max(first, start - _LEAD) : start]) is not None
            or self._venue.match(view.text, end, min(last, end + _BEHIND)) is not None
        )

    def is_anothers(self, view: View, span: Span) -> bool:
        """Whether it is another's ("a rival club, …"), or of those who came to help ("members of Lakeside
        Masters brought him out").
        """
        start, end = span
        first, last = view.sentence(start)
        helpers = self._members.search(view.text[max(first, start - _LEAD) : start]) is not None
        return self.is_rivals(view, span) or (helpers and bool(self._helped.search(view.text, end, last)))

    def is_rivals(self, view: View, span: Span) -> bool:
        """Whether the words right before a mention call it another one than the child's."""
        start = span[0]
        first = view.sentence(start)[0]
        return self._another.search(view.text[max(first, start - _LEAD) : start]) is not None

    def central(self, view: View) -> tuple[Person, ...]:
        """The children the copy is about: whoever of them something happened to, or stands in a case; and
        grown-ups whom an offence that is kept from the public was done to.
        """
        # Beside one who speaks openly, the others are told of too little to have a club of their own.
        open_ = any(p.waived for p in view.people.persons)
        return tuple(
            p
            for p in view.people.persons
            if not (on_duty(p) or (open_ and not p.named))
            and (
                (p.life_stage == "minor" and (p.circumstances or p.roles & _IN_A_CASE))
                or ((p.sex_offence_complainant or p.special_offence_victim) and not p.waived)
            )
        )

    @staticmethod
    def _near(view: View, spans: tuple[Span, ...], pupils: tuple[Person, ...]) -> bool:
        """Whether the copy speaks of one of the children near a mention; a round-up tells many stories."""
        return any(
            reference.person in pupils
            for start, end in spans
            for reference in view.between(max(0, start - _STORY), end + _STORY)
        )

    def _of_the_accused(self, view: View, first: int, last: int) -> bool:
        """Whether the sentence speaks of somebody accused or convicted, by name, description or pronoun, or
        says itself that they are ("was barred for life").
        """
        if self._barred.search(view.text, first, last):
            return True
        spoken = list(self._spoken_of(view, first, first, last))
        if any(person.roles & _BLAMED for person in spoken):
            return True
        # The copy tells of an offence and calls nobody the accused: it is whoever had the child in charge.
        told = self._barred.search(view.text) is not None
        return (told and not any(p.roles & _BLAMED and p.named for p in view.people.persons)) and any(
            p.named and p.life_stage == "adult" and p.relative_of is None and not on_duty(p) for p in spoken
        )

    def _spoken_of(self, view: View, first: int, at: int, last: int) -> Iterator[Person]:
        """Whom a sentence speaks of: those named or described before `at`, the nearest first, those behind
        it, and whom its pronouns mean.
        """
        yield from (reference.person for reference in reversed(view.between(first, at)))
        yield from (reference.person for reference in view.between(at, last))
        for pronoun in _PRONOUN.finditer(view.text, first, last):
            yield from self._ownership.pronoun_at(view, pronoun.start())

    def _is_meant(self, view: View, kind: str, pupils: tuple[Person, ...]) -> bool:
        """Whether a sentence about one of the children says "the school" of it, or "her school"."""
        for match in self._meant[kind].finditer(view.text):
            first, last = view.sentence(match.start())
            if any(person in pupils for person in self._spoken_of(view, first, match.start(), last)):
                return True
        return False


def on_duty(person: Person) -> bool:
    """Whether somebody is in the copy for their office: the head teacher is not a pupil."""
    office = {"professional", "official", "journalist"}
    return bool(person.roles & office) or (person.life_stage != "minor" and person.public_role)
