"""Edits of HTML made whole: written as the place where they go is written, and read as meant afterwards."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from safeguard.formats.readback import meant, without_blanks
from safeguard.formats.visible import Section, Visible
from safeguard.redaction.edits import Edit, Finished, FixedPoints, settle, splice

_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:")
_QUOTES = "\"'`"
# What an attribute without quotes cannot hold.
_NEEDS_QUOTES = re.compile(r"[\s\"'=<>`]")
# What an unfinished tag, entity, comment or declaration looks like, and what would finish one.
_BEFORE = re.compile(r"(?:<[^\s<>]*|&[#\w]*|[-\]!?/])\Z")
_AFTER = (">", "-", "]", ";", "?", "!")
_LONGEST_NAME = 40
# What a text is made of that could end a tag, an attribute, a comment or an entity, or begin one.
_SIGNS = re.compile(r"[<>&'\"`=!?/#;]|--")
_PADDED = ("prose", "attribute")


def finished(
    visible: Visible, edits: Sequence[Edit], fixed: FixedPoints, read: Callable[[str], Visible]
) -> Finished:
    """The settled `edits` as HTML; `read` reads what comes of them.

    Where that is not what was meant, because what is put in makes a tag, an entity or the end of a comment
    with what stands beside it, blanks keep it apart; where they do not, its signs are left out. Where that
    does not help either, the edits as they were stand, unsure.
    """
    sections = _Sections(visible)
    apart = [_apart(edit, sections, edit.text) for edit in edits]
    plain = [_apart(edit, sections, re.sub(r"[^\w\s]", " ", edit.text)) for edit in edits]
    for tried in (edits, apart, plain):
        done = _written(visible, sections, tried, fixed)
        if tried is edits and not any(_risky(edit, visible.source) for edit in edits):
            return Finished(done)
        if without_blanks(read(splice(visible.source, done)).text) == meant(visible, tried):
            return Finished(done)
    return Finished(_written(visible, sections, edits, fixed), sure=False)


def _risky(edit: Edit, source: str) -> bool:
    """Whether what is put in could become markup, by itself or with the signs beside it."""
    if _SIGNS.search(edit.text):
        return True
    return bool(_BEFORE.search(source, max(0, edit.start - _LONGEST_NAME), edit.start)) or source.startswith(
        _AFTER, edit.end
    )


def _apart(edit: Edit, sections: _Sections, text: str) -> Edit:
    section = sections.of(edit)
    if section is not None and section.kind not in _PADDED:
        return edit
    return replace(edit, text=f" {text} " if text.strip() else " ")


def _written(visible: Visible, sections: _Sections, edits: Sequence[Edit], fixed: FixedPoints) -> list[Edit]:
    done: list[Edit] = []
    for section, group in groupby(edits, sections.of):
        inside = list(group)
        if section is None:
            done.extend(replace(edit, text=_text(edit.text)) for edit in inside)
            continue
        write = _writing(visible, section)
        written = [replace(edit, text=write(edit.text)) for edit in inside]
        done.extend(_quoted(visible, section, written, fixed))
    return settle(done)


class _Sections:
    """The sections beside the running text, by where they stand in the source."""

    def __init__(self, visible: Visible) -> None:
        self._sections = sorted(visible.sections[1:], key=lambda section: section.source_start)

    def of(self, edit: Edit) -> Section | None:
        """That which the edit is in."""
        index = bisect_right(self._sections, edit.start, key=lambda section: section.source_start) - 1
        section = self._sections[index] if index >= 0 else None
        return section if section is not None and edit.end <= section.source_end else None


def _writing(visible: Visible, section: Section) -> Callable[[str], str]:
    """How a text is written in that section: as an attribute, a comment or a script's string."""
    before = visible.source[max(0, section.source_start - 1) : section.source_start]
    index = bisect_right(visible.markup, section.source_start, key=lambda span: span[0]) - 1
    if index >= 0 and visible.markup[index][1] > section.source_start:
        if not visible.source.startswith("<!", visible.markup[index][0]):
            return html.escape
        if not _BLOCK_COMMENT.match(visible.source, visible.markup[index][0]):
            # Nothing is decoded in a comment.
            return str
    return _string if before and before in _QUOTES else _text


def _text(text: str) -> str:
    return html.escape(text, quote=False)


def _string(text: str) -> str:
    """Inside the quotes of a script; the signs that could end them, or the script, as their codes."""
    written = json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', "\\u0022")
    return re.sub(r"['`<>&$]", lambda sign: f"\\u{ord(sign[0]):04x}", written)


def _quoted(visible: Visible, section: Section, edits: list[Edit], fixed: FixedPoints) -> list[Edit]:
    """The edits, and quotes around an attribute that has none and needs them now."""
    source = visible.source
    start = section.source_start - (source[section.source_start - 1 : section.source_start] == "#")
    if not re.search(r"=\s*\Z", source[max(0, start - 20) : start]) or source[start : start + 1] in _QUOTES:
        return edits
    inside = [replace(edit, start=edit.start - start, end=edit.end - start) for edit in edits]
    value = splice(source[start : section.source_end], inside)
    quotes = [Edit(start, start, '"'), Edit(section.source_end, section.source_end, '"')]
    if (value and not _NEEDS_QUOTES.search(value)) or any(fixed.touched(quote) for quote in quotes):
        return edits
    return [quotes[0], *edits, quotes[1]]
