"""Whether edited source still reads as meant: what was read before, with the edits in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from safeguard.formats.visible import Visible
from safeguard.redaction.edits import Edit


def meant(visible: Visible, edits: Sequence[Edit]) -> str:
    """What is to be read after settled `edits` of the source, section after section, less all blanks."""
    said: set[int] = set()
    text: list[str] = []
    for run in visible.runs:
        at = run.start
        for number in _reaching(edits, run.start, run.end):
            edit = edits[number]
            if run.exact:
                text.append(run.text[at - run.start : max(edit.start, at) - run.start])
            if number not in said:
                said.add(number)
                text.append(edit.text)
            at = max(at, min(edit.end, run.end)) if run.exact else run.end
        if run.exact:
            text.append(run.text[at - run.start :])
        elif at == run.start:
            text.append(run.text)
    return without_blanks("".join(text))


def without_blanks(text: str) -> str:
    """The letters and signs of a text."""
    return "".join(text.split())


def _reaching(edits: Sequence[Edit], start: int, end: int) -> Sequence[int]:
    first = bisect_right(edits, start, key=lambda edit: edit.end)
    found: list[int] = []
    while first < len(edits) and edits[first].start < end:
        if edits[first].start < edits[first].end:
            found.append(first)
        first += 1
    return found
