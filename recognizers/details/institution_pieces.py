"""Jigsaw pieces beside the name of a child's own school or club (D6): who leads it, and the child's year.

Once the institution is taken out, its named head still tells which one it was. People recognition reads most
of these by themselves; here are those that only the name of the institution ties to it ("Bev Garrity, who
runs Twinkle Toes").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from recognizers.details.base import CUED
from recognizers.details.ownership import Ids
from recognizers.details.view import Reference, Span, View
from recognizers.model import Observation, PieceKind

_LEAD, _NEXT = 90, 70
_ENTITIES: dict[PieceKind, str] = {"staff": "STAFF", "school_year": "SCHOOL_YEAR"}


class InstitutionPieces:
    """Reads the cues of `institution_cues.yaml` around the mentions of an institution."""

    def __init__(self, cues: dict[str, Any]) -> None:
        lead = rf"(?:(?:[\w’'-]+ ){{0,2}}?{cues['leads']})"
        year = cues["school_year"]
        self._behind = re.compile(rf"(?:[’']s?)?,? {lead}[,:]? (?:(?:{cues['titles']})\.? )?", re.IGNORECASE)
        self._run_by = re.compile(
            rf",? (?:(?:which|who|that) )?(?:is |was |has been )?(?:{cues['led']}) by ", re.IGNORECASE
        )
        self._appositive = re.compile(
            rf",? ?(?:\(?\d{{1,3}}\)?,? )?(?:who (?:is|was|has been) |is |was )?(?:(?:the|a|an|its|now) )?"
            rf"{lead} (?:of|at|for|with|from) (?:the )?",
            re.IGNORECASE,
        )
        self._leads = re.compile(
            r",? ?(?:\(?\d{1,3}\)?,? )?(?:who (?:has |had )?)?"
            rf"(?:{cues['led']}|{cues['leading']}) (?:the )?",
            re.IGNORECASE,
        )
        self._of = re.compile(rf"(?<!\w){lead} (?:of|at|for|from|with) (?:the )?$", re.IGNORECASE)
        self._comma = re.compile(rf",? (?:(?:{cues['titles']})\.? )?")
        self._year_before = re.compile(
            rf"(?<!\w)(?P<year>{year}(?: (?:pupil|student|class)s?)?)(?: (?:who goes|who went|going|over))?"
            r" (?:at|of|from|in|to) (?:the )?$",
            re.IGNORECASE,
        )
        self._year_behind = re.compile(rf"(?:[’']s?)?,? (?P<year>{year})(?!\w)", re.IGNORECASE)

    def find(self, view: View, spans: Iterable[Span], of: Ids, recognizer: str) -> Iterator[Observation]:
        """The pieces beside every mention of an institution that is a minor's own; `of` are its owners."""
        minors = [p.id for p in view.people.persons if p.id in of and p.life_stage == "minor"]
        if not minors:
            return
        for start, end in spans:
            for staff in self._staff(view, start, end):
                facts = {"piece": "staff", "other": staff.person.id}
                yield from _pieces(view, "staff", (staff.start, staff.end), minors, facts, recognizer)
            for year in self._years(view, start, end):
                yield from _pieces(view, "school_year", year, minors, {"piece": "school_year"}, recognizer)

    def _staff(self, view: View, start: int, end: int) -> Iterator[Reference]:
        """Named grown-ups who lead the institution by the words between their name and its."""
        first, last = view.sentence(start)
        text = view.text
        named = [r for r in view.between(end, min(last, end + _NEXT)) if _may_lead(r)]
        for reference in named:
            gap = text[end : reference.start]
            led = self._behind.fullmatch(gap) or self._run_by.fullmatch(gap)
            if led or (
                self._comma.fullmatch(gap) and self._of.search(text, max(first, start - _LEAD), start)
            ):
                yield reference
                break
        for reference in reversed(view.between(max(first, start - _LEAD), start)):
            if _may_lead(reference):
                gap = text[reference.end : start]
                if self._appositive.fullmatch(gap) or self._leads.fullmatch(gap):
                    yield reference
                break

    def _years(self, view: View, start: int, end: int) -> Iterator[Span]:
        """ "Year 7 at Hartley Vale", "Hartley Vale’s P7 class"."""
        first, last = view.sentence(start)
        before = self._year_before.search(view.text, max(first, start - _LEAD), start)
        behind = self._year_behind.match(view.text, end, last)
        yield from (match.span("year") for match in (before, behind) if match is not None)


def _may_lead(reference: Reference) -> bool:
    return bool(reference.person.names) and reference.person.life_stage != "minor"


def _pieces(
    view: View,
    kind: PieceKind,
    span: Span,
    minors: list[str],
    facts: dict[str, str],
    recognizer: str,
) -> Iterator[Observation]:
    """The piece for every minor of whom people recognition has not told it."""
    told = {p.person for p in view.people.pieces if p.kind == kind and p.start < span[1] and span[0] < p.end}
    for minor in minors:
        if minor not in told:
            yield Observation(_ENTITIES[kind], *span, CUED, recognizer, person=minor, facts=facts)
