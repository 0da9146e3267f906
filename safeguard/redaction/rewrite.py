"""Decisions carried out: edits worked out per field, settled, fitted and spliced into the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from recognizers.model import People
from safeguard.analysis import Analysis
from safeguard.copy import Copy, Field, SafeCopy
from safeguard.formats import Section
from safeguard.policy.decisions import Decided, Decisions
from safeguard.redaction.edits import Edit, FixedPoints, moved, settle, splice
from safeguard.redaction.errors import OperatorError
from safeguard.redaction.fitting import fit
from safeguard.redaction.notes import Insertion, notes
from safeguard.redaction.pseudonyms import pseudonyms_for

if TYPE_CHECKING:
    from safeguard.redaction.operators import Operators

# Which of two replacements of equal length stands: what a detail is says more than whose name is in it.
_RANKS: Mapping[str, int] = MappingProxyType(
    {
        kind: rank
        for rank, kinds in enumerate(
            (
                ("UK_NINO", "UK_NHS", "UK_PASSPORT", "BANK_DETAILS", "UK_VEHICLE_REGISTRATION"),
                ("EMAIL_ADDRESS", "PROFILE_LINK", "SOCIAL_HANDLE", "PHONE_NUMBER"),
                ("DATE_OF_BIRTH", "UK_POSTCODE", "HOME_ADDRESS", "HOME_STREET"),
                ("NAMED_MINOR", "PROTECTED_PERSON", "PERSON"),
                ("SCHOOL",),
            )
        )
        for kind in kinds
    }
)
_LAST = 9
_JOINED_AS: Mapping[str, str] = MappingProxyType({"anchor": "slug"})
_FAILED = "[removed]"
_UNSURE = (
    "Text {number} of {of} in this copy does not read as meant after the changes, because of the markup "
    "around them: look at its safe copy."
)


@dataclass(frozen=True, slots=True)
class KeptBlock:
    """A support block: where it stands in the source of its field, whether it came out as it went in."""

    field: int
    start: int
    end: int
    helplines: tuple[str, ...]
    intact: bool


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The safe copy and how it came about.

    `edits` are what was done to the source of each field, in order. `replacements` maps the index of a
    decision to what stands in the place of its span now. `problems` are sentences without a word of the copy;
    where there is one, somebody has to look.
    """

    safe_copy: SafeCopy
    changed: bool
    edits: tuple[tuple[Edit, ...], ...] = ()
    replacements: Mapping[int, str] = field(default_factory=dict)
    insertions: tuple[Insertion, ...] = ()
    blocks: tuple[KeptBlock, ...] = ()
    problems: tuple[str, ...] = ()


def rewrite(copy: Copy, decisions: Decisions, analysis: Analysis, operators: Operators) -> Rewritten:
    """Carry out `decisions`, which were made on `analysis`, on the source of `copy`.

    Source that no edit covers is unchanged, support blocks always; an edit that would touch one raises
    FixedPointError. An operator that fails leaves "[removed]" and a problem. Raises PolicyError for an
    operator that does not exist or cannot use its parameters.
    """
    found = sorted(analysis.support.blocks, key=lambda block: block.start)
    blocks = [(place, block) for block in found for place in copy.places(block.start, block.end)]
    fixed = [
        FixedPoints(_apart([copy.protected_span(p) for p, _ in blocks if p.field == number]))
        for number in range(len(copy.fields))
    ]
    work = _Work(copy, decisions, analysis.people, operators)
    edits = [
        _fitted(settle(work.edits.get(number, [])), each, fixed[number])
        for number, each in enumerate(copy.fields)
    ]
    replacements: dict[int, str] = {}
    for edit in (edit for each in edits for edit in each):
        for origin in edit.origins:
            replacements.setdefault(origin, edit.text.strip())
    finished = [
        each.format.finish(each.visible, edits[number], fixed[number])
        for number, each in enumerate(copy.fields)
    ]
    work.problems += [
        _UNSURE.format(number=number, of=len(finished))
        for number, each in enumerate(finished, 1)
        if not each.sure
    ]
    edits = [each.edits for each in finished]
    insertions: list[Insertion] = []
    for insertion, edit in notes(copy, decisions):
        insertions.append(insertion)
        edits[insertion.field] = settle([*edits[insertion.field], edit])
    sources = [splice(each.source, edits[number], fixed[number]) for number, each in enumerate(copy.fields)]
    kept: list[KeptBlock] = []
    for number, (each, source) in enumerate(zip(copy.fields, sources, strict=True)):
        here = sorted(
            ((*copy.protected_span(place), block) for place, block in blocks if place.field == number),
            key=lambda found: found[:2],
        )
        now = moved([start for start, _, _ in here], edits[number])
        for (start, end, block), at in zip(here, now, strict=True):
            intact = source[at : at + end - start] == each.source[start:end]
            kept.append(KeptBlock(number, start, end, block.helplines, intact))
    return Rewritten(
        safe_copy=copy.rebuilt(sources),
        changed=any(new != each.source for new, each in zip(sources, copy.fields, strict=True)),
        edits=tuple(map(tuple, edits)),
        replacements=replacements,
        insertions=tuple(insertions),
        blocks=tuple(kept),
        problems=tuple(dict.fromkeys(work.problems)),
    )


class _Work:
    """The edits that the decisions ask for, field by field, in offsets of the source."""

    def __init__(self, copy: Copy, decisions: Decisions, people: People, operators: Operators) -> None:
        self._copy = copy
        self._operators = operators
        self._order = _order_of(people, decisions)
        self.edits: dict[int, list[Edit]] = {}
        self.problems: list[str] = []
        for index, decided in enumerate(decisions.decided):
            if decided.decision.action == "redact":
                self._redact(index, decided)

    def _redact(self, index: int, decided: Decided) -> None:
        seen = decided.observation
        text = self._replacement(decided, self._copy.text[seen.start : seen.end])
        for place in self._copy.places(seen.start, seen.end):
            target = self._copy.fields[place.field]
            start, end = place.start, place.end
            section = target.section_at(start)
            if section.kind == "url":
                # An address that carries what must go is lost as a whole (behaviour: section 3).
                start, end, text = section.start, section.end, ""
            rank = _RANKS.get(seen.entity_type, _LAST)
            self.edits.setdefault(place.field, []).extend(
                replace(edit, rank=rank, origins=(index,))
                for edit in target.format.replace(target.visible, start, end, text)
            )
            text = ""

    def _replacement(self, decided: Decided, text: str) -> str:
        decision, seen = decided.decision, decided.observation
        name = decision.operator or "label"
        params: dict[str, Any] = {
            **decision.params,
            "entity_type": seen.entity_type,
            "order": self._order.get(seen.person or "", 0),
        }
        if name not in ("label", "remove"):
            params["names"] = self._names
        try:
            return self._operators.apply(name, text, params)
        except OperatorError as error:
            self.problems.append(f"{error} The text was taken out all the same.")
            return _FAILED

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return pseudonyms_for(self._copy.text)


def _order_of(people: People, decisions: Decisions) -> dict[str, int]:
    """The number of every person whose mentions are redacted, by where the copy names them first."""
    first: dict[str, int] = {}
    for decided in decisions.decided:
        seen = decided.observation
        if seen.person is not None and decided.decision.action == "redact":
            first[seen.person] = min(first.get(seen.person, seen.start), seen.start)
    for person in (p for p in people.persons if p.id in first):
        first[person.id] = min([m.start for m in person.mentions] or [first[person.id]])
    return {each: order for order, each in enumerate(sorted(first, key=lambda p: (first[p], p)), 1)}


def _apart(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _fitted(edits: Iterable[Edit], field: Field, fixed: FixedPoints) -> list[Edit]:
    settled = list(edits)
    done: list[Edit] = []
    for index, edit in enumerate(settled):
        small = next((s for s in field.visible.sections[1:] if _holds(s, edit)), None)
        if small is not None:
            done.append(_fitted_inside(edit, field.source, small))
            continue
        following = settled[index + 1] if index + 1 < len(settled) else None
        kind = "prose" if field.visible.sections else _JOINED_AS.get(field.kind, field.kind)
        done.append(fit(edit, field.source, kind, done[-1] if done else None, following, fixed))
    return done


def _holds(section: Section, edit: Edit) -> bool:
    return section.source_start <= edit.start and edit.end <= section.source_end


def _fitted_inside(edit: Edit, source: str, section: Section) -> Edit:
    """An edit in an attribute or a script's string, which has nothing to do with what stands around it."""
    begin = section.source_start
    value = source[begin : section.source_end]
    if not edit.text and edit.end - edit.start == len(value):
        return edit
    kind = _JOINED_AS.get(section.kind, section.kind)
    inside = replace(edit, start=edit.start - begin, end=edit.end - begin)
    fitted = fit(inside, value, kind, None, None, FixedPoints())
    return replace(fitted, start=fitted.start + begin, end=fitted.end + begin)
