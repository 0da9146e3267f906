"""The content warning at the head of the copy, the policy's support block at its end, each at most once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from safeguard.copy import Copy, Field
from safeguard.formats import Markup
from safeguard.policy.decisions import Decisions
from safeguard.redaction.edits import Edit


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text of the policy that was put in: the warning or the support block, in the field of that number."""

    kind: Literal["warning", "support"]
    field: int
    text: str


def notes(copy: Copy, decisions: Decisions) -> Iterator[tuple[Insertion, Edit]]:
    """What has to be put in and the edit that does it; nothing that the copy has already.

    In a part that is a list of paragraphs the warning goes to the head of the first and the support block to
    the end of the last; where that is empty, it is kept free for them.
    """
    if not (decisions.warning_text or decisions.support_text):
        return
    numbers = _fields(copy, decisions.place)
    if decisions.warning_text:
        field = copy.fields[numbers[0]]
        markup = Markup(decisions.note_markup.warning, decisions.note_markup.inline_warning)
        edit = field.format.note_before(field.source, decisions.warning_text, markup)
        read = next((copy.fields[n] for n in numbers if not copy.fields[n].blank), field)
        seen = read.visible.text_from(edit.start if read is field else 0)
        if not _warned(seen, decisions.warning_text):
            yield Insertion("warning", numbers[0], decisions.warning_text), _alone(edit, field)
    if decisions.support_text and _plain(decisions.support_text) not in _plain(copy.text):
        field = copy.fields[numbers[-1]]
        markup = Markup(decisions.note_markup.support, decisions.note_markup.inline_support)
        edit = field.format.note_after(field.source, decisions.support_text, markup)
        yield Insertion("support", numbers[-1], decisions.support_text), _alone(edit, field)


def _fields(copy: Copy, place: str) -> list[int]:
    """The fields that notes go into: the part the policy names, else the longest prose, else the longest."""
    named = [number for number, field in enumerate(copy.fields) if field.part == place]
    if named and copy.fields[named[0]].running:
        return named
    read = [number for number, field in enumerate(copy.fields) if not field.blank]
    named = [number for number in read if copy.fields[number].part == place]
    if named:
        return named[:1]
    prose = [number for number in read if copy.fields[number].kind == "prose"]
    return [max(prose or read, key=lambda number: (len(copy.fields[number].source), -number))]


def _alone(edit: Edit, field: Field) -> Edit:
    """In a text of its own a note needs no blank lines around it."""
    return edit if field.source else replace(edit, text=edit.text.strip())


def _warned(text: str, warning: str) -> bool:
    """Whether the text opens as the policy's warnings do ("Content warning:")."""
    opening, colon, _ = warning.partition(":")
    return _plain(text).startswith(_plain(opening + colon))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
