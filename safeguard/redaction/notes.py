"""The content warning at the head of the copy, the policy's support block at its end, each at most once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from safeguard.copy import Copy
from safeguard.policy.decisions import Decisions
from safeguard.redaction.edits import Edit


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text of the policy that was put in: the warning or the support block, in the field of that number."""

    kind: Literal["warning", "support"]
    field: int
    text: str


def notes(copy: Copy, decisions: Decisions) -> Iterator[tuple[Insertion, Edit]]:
    """What has to be put in and the edit that does it; nothing that the copy has already."""
    if not (decisions.warning_text or decisions.support_text):
        return
    number = _field(copy, decisions.place)
    field = copy.fields[number]
    if decisions.warning_text:
        edit = field.format.note_before(field.source, decisions.warning_text)
        if not _warned(field.visible.text_from(edit.start), decisions.warning_text):
            yield Insertion("warning", number, decisions.warning_text), edit
    if decisions.support_text and _plain(decisions.support_text) not in _plain(copy.text):
        edit = field.format.note_after(field.source, decisions.support_text)
        yield Insertion("support", number, decisions.support_text), edit


def _field(copy: Copy, place: str) -> int:
    """The field that notes go into: the part the policy names, else the longest prose, else the longest."""
    read = [number for number, field in enumerate(copy.fields) if field.start is not None]
    named = [number for number in read if copy.fields[number].part == place]
    if named:
        return named[0]
    prose = [number for number in read if copy.fields[number].kind == "prose"]
    return max(prose or read, key=lambda number: (len(copy.fields[number].source), -number))


def _warned(text: str, warning: str) -> bool:
    """Whether the text opens as the policy's warnings do ("Content warning:")."""
    opening, colon, _ = warning.partition(":")
    return _plain(text).startswith(_plain(opening + colon))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
