"""Edits of Markdown made whole: marks stay in pairs, and what is put in means no more than its letters."""

from __future__ import annotations

import html
import re
import string
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from safeguard.formats.front_matter import reads_as
from safeguard.formats.markdown_inline import label_key
from safeguard.formats.markdown_marks import lost, near
from safeguard.formats.markdown_reader import read_markdown
from safeguard.formats.markdown_visible import MarkdownVisible, Zone
from safeguard.formats.readback import meant, without_blanks
from safeguard.redaction.edits import Edit, Finished, FixedPoints, settle, splice

_SIGNS = re.compile(r"[\\`*_~]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_INSIDE_WORD = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
_BLOCK_SIGNS = re.compile(r"[#>+=:-]|\d{1,9}[.)](?=\s|$)")
_LINE_START = re.compile(r"(?:[ \t>]|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]+\]:)*")
_ESCAPABLE = frozenset("*_`~[]!<>&#^|:()-+=")
_LINK = re.compile(r"\][\[(:]|\^\[")
_FENCE = re.compile(r"[ \t>]*[`~](?=[`~]{2})")
_UNQUOTED = ("plain", "flow")
_CONTEXT = 300


def finished(visible: MarkdownVisible, edits: Sequence[Edit], fixed: FixedPoints) -> Finished:
    """The settled `edits`, written as Markdown, and others for what they leave behind.

    The result is read again. Where it does not read as meant, marks around the edits go, and then
    signs beside them are escaped that were none before. Where nothing helps, the first edits stand, unsure.
    """
    first: list[Edit] = []
    for caution in (_Caution(), _Caution(marks=True), _Caution(marks=True, signs=True)):
        whole = _without_lost(visible, edits, fixed, caution)
        done = _all_written(visible, whole, fixed, caution)
        read = read_markdown(splice(visible.source, done))
        if without_blanks(read.text) == meant(visible, whole):
            return Finished(done)
        first = first or done
    return Finished(first, sure=False)


@dataclass(frozen=True, slots=True)
class _Caution:
    """What is done to be sure: take all marks around edits, escape the signs beside them."""

    marks: bool = False
    signs: bool = False


def _without_lost(
    visible: MarkdownVisible, edits: Sequence[Edit], fixed: FixedPoints, caution: _Caution
) -> list[Edit]:
    """The edits and those that take the marks away that cannot stay."""
    done = list(edits)
    while True:
        pairs = near(visible, done) if caution.marks else lost(visible, done)
        more = [Edit(*span, "") for pair in pairs for span in pair.marks]
        more = [m for m in more if not fixed.touched(m) and not _covered(m, done)]
        if not more:
            return done
        done = settle([*done, *more])


def _all_written(
    visible: MarkdownVisible, done: Sequence[Edit], fixed: FixedPoints, caution: _Caution
) -> list[Edit]:
    written = [
        replace(edit, text=_written(visible, done, number, caution)) for number, edit in enumerate(done)
    ]
    if caution.signs:
        escapes = [e for e in _escapes_beside(visible, done) if not fixed.touched(e)]
        written = settle([*written, *escapes])
    return _with_quotes(visible, written)


def _escapes_beside(visible: MarkdownVisible, edits: Sequence[Edit]) -> list[Edit]:
    """A backslash before every sign that stands right beside an edit of a paragraph and is no mark."""
    source = visible.source
    places: set[int] = set()
    for edit in edits:
        zone = visible.zone_at(edit.start, edit.end)
        if zone is not None and zone.style != "cell":
            continue
        at = edit.end
        while source[at : at + 1] in _ESCAPABLE and at < len(source):
            places.add(at)
            at += 1
        at = edit.start
        while at > 0 and source[at - 1] in _ESCAPABLE:
            at -= 1
            places.add(at)
        fence = _FENCE.match(
            source, max(source.rfind("\n", 0, edit.start), source.rfind("\r", 0, edit.start)) + 1
        )
        if fence is not None:
            places.add(fence.end() - 1)
    taken = [*visible.markup, *((edit.start, edit.end) for edit in edits)]
    return [
        Edit(at, at, "\\")
        for at in sorted(places)
        if source[at - 1 : at] != "\\" and not any(start <= at < end for start, end in taken)
    ]


def escaped(
    text: str,
    before: str = "",
    after: str = "",
    labels: frozenset[str] = frozenset(),
    *,
    brackets: bool = False,
) -> str:
    """`text` written so that a paragraph reads it as it is, between `before` and `after`.

    Brackets are escaped if `brackets` says so, else only where they could make a link, a picture or a
    footnote; `labels` are the keys of those that are defined.
    """
    line_start = bool(_LINE_START.fullmatch(re.split(r"[\r\n]", before)[-1]))
    kept = {at for match in _INSIDE_WORD.finditer(text) for at in range(*match.span())}
    links = brackets or _may_link(text, before, after, labels, line_start)
    written = "".join(
        f"\\{sign}" if (links and sign in "[]") or (at not in kept and _SIGNS.match(text, at)) else sign
        for at, sign in enumerate(text)
    )
    block = _BLOCK_SIGNS.match(text or after) if line_start else None
    if block is not None and (text or block.end() == 1):
        written = f"{written[: block.end() - 1]}\\{written[block.end() - 1 :]}"
    if before.endswith("<") and text[:1].isalpha():
        return f" {written}"
    if written[:1] in string.punctuation and (len(before) - len(before.rstrip("\\"))) % 2:
        # A backslash that was a letter would make one of the sign behind it.
        return f"\\{written}" if written else ""
    return written


def _may_link(text: str, before: str, after: str, labels: frozenset[str], line_start: bool) -> bool:
    if "[" not in text and "]" not in text:
        return False
    if before.endswith(("]", "!", "^", "\\")) or after.startswith(("(", "[")) or _LINK.search(text):
        return True
    if line_start and after.startswith(":"):
        return True
    inside = re.findall(r"\[([^\[\]]*)\]", text)
    return text.count("[") != len(inside) or any(label_key(label) in labels for label in inside)


def _written(visible: MarkdownVisible, edits: Sequence[Edit], number: int, caution: _Caution) -> str:
    """The text of an edit in the writing of the place where it goes."""
    edit = edits[number]
    text = edit.text
    zone = visible.zone_at(edit.start, edit.end)
    if zone is None or zone.style == "cell":
        beside = _beside(visible.source, edits, number)
        written = escaped(text, *beside, visible.labels, brackets=caution.marks)
        return written if zone is None else written.replace("|", r"\|")
    if zone.style == "html":
        return html.escape(text)
    if zone.style == "title":
        return re.sub(rf"[\\{visible.source[zone.end]}(]", r"\\\g<0>", text)
    if zone.style == "address":
        return _address(visible.source, zone, edit)
    if zone.style in ("label", "shown"):
        # A definition needs a label. Where readers see it, the link goes when its text does.
        empty = "" if zone.style == "shown" or _partly(zone, edit) else "-"
        return re.sub(r"[\\\[\]]", r"\\\g<0>", text) or empty
    if zone.style == "footnote":
        return re.sub(r"[^\w.-]+", "-", text).strip("-") or ("" if _partly(zone, edit) else "-")
    if zone.style == "code":
        return text.replace("`", "'")
    if zone.style == "single":
        return text.replace("'", "''")
    return re.sub(r'[\\"]', r"\\\g<0>", text) if zone.style == "double" else text


def _address(source: str, zone: Zone, edit: Edit) -> str:
    if edit.text or _partly(zone, edit) or source.startswith((")", ">"), zone.end):
        return quote(edit.text, safe="/#?&=%.,:;@+~-_[]")
    # With nothing before it a title would be taken for the address.
    return "<>"


def _partly(zone: Zone, edit: Edit) -> bool:
    return edit.end - edit.start < zone.end - zone.start


def _beside(source: str, edits: Sequence[Edit], number: int) -> tuple[str, str]:
    """What will stand before and after an edit."""
    start, end = edits[number].start, edits[number].end
    before = after = ""
    for index in range(number - 1, -1, -1):
        if edits[index].end != start:
            break
        before, start = edits[index].text + before, edits[index].start
    for index in range(number + 1, len(edits)):
        if edits[index].start != end:
            break
        after, end = after + edits[index].text, edits[index].end
    return source[max(0, start - _CONTEXT) : start] + before, after + source[end : end + _CONTEXT]


def _covered(mark: Edit, edits: Sequence[Edit]) -> bool:
    index = bisect_right(edits, mark.start, key=lambda edit: edit.start) - 1
    return index >= 0 and mark.end <= edits[index].end


def _with_quotes(visible: MarkdownVisible, edits: Sequence[Edit]) -> list[Edit]:
    """Edits of a YAML value without quotes become one that sets it in quotes, where it needs them now."""
    done: list[Edit] = []
    for zone, group in groupby(edits, lambda edit: visible.zone_at(edit.start, edit.end)):
        inside = list(group)
        if zone is None or zone.style not in _UNQUOTED:
            done.extend(inside)
            continue
        value, at = "", zone.start
        for edit in inside:
            value += visible.source[at : edit.start] + edit.text
            at = edit.end
        value += visible.source[at : zone.end]
        if not value or reads_as(value, zone.style):
            done.extend(inside)
            continue
        origins = tuple(sorted({origin for edit in inside for origin in edit.origins}))
        quoted = "'" + value.replace("'", "''") + "'"
        done.append(replace(inside[0], start=zone.start, end=zone.end, text=quoted, origins=origins))
    return done
