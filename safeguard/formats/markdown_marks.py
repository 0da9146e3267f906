"""Marks that come in pairs, after edits: which of them can stay."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from safeguard.formats.markdown_visible import MarkdownVisible, Pair
from safeguard.redaction.edits import Edit, moved, splice

_FLANKED = ("em", "strong", "s")


def lost(visible: MarkdownVisible, edits: Sequence[Edit]) -> list[Pair]:
    """The pairs that cannot stay beside settled `edits`: around nothing, cut into, no longer marks."""
    found = near(visible, edits)
    gone = [
        pair
        for pair in found
        if _cut(pair, _beside(pair, edits)) or _emptied(pair, visible, _beside(pair, edits))
    ]
    lost_already = set(gone)
    left = [pair for pair in found if pair.name in _FLANKED and pair not in lost_already]
    return [*gone, *_not_flanked(left, visible.source, edits)]


def near(visible: MarkdownVisible, edits: Sequence[Edit]) -> list[Pair]:
    """The pairs that settled `edits` touch, stand in, or stand right beside."""
    return [pair for pair in visible.pairs if _beside(pair, edits)]


def _beside(pair: Pair, edits: Sequence[Edit]) -> Sequence[Edit]:
    first = bisect_right(edits, pair.start - 1, key=lambda edit: edit.end)
    last = bisect_right(edits, pair.end, key=lambda edit: edit.start)
    return edits[first:last]


def _cut(pair: Pair, edits: Sequence[Edit]) -> bool:
    """Whether an edit reaches into a mark, or changes what an autolink must be all of."""
    if pair.name == "autolink":
        return any(pair.start < edit.end and edit.start < pair.end for edit in edits)
    # What follows "](" of a link may be edited: it is an address, not a mark.
    closing = pair.inner_end + 1 if pair.name == "link" else pair.end
    marks = (pair.start, pair.inner), (pair.inner_end, closing)
    return any(edit.start < end and start < edit.end for edit in edits for start, end in marks)


def _emptied(pair: Pair, visible: MarkdownVisible, edits: Sequence[Edit]) -> bool:
    inside = [edit for edit in edits if edit.start < pair.inner_end and pair.inner < edit.end]
    if not inside or any(edit.text.strip() for edit in inside):
        return False
    left = pair.inner
    for start, end in [*((edit.start, edit.end) for edit in inside), (pair.inner_end, pair.inner_end)]:
        if left < start and _has_text(visible, left, start):
            return False
        left = max(left, end)
    return True


def _has_text(visible: MarkdownVisible, start: int, end: int) -> bool:
    """Whether anything but marks and blanks stands in `start:end` of the source."""
    for first, last in visible.markup[bisect_right(visible.markup, (start, start)) :]:
        if first >= end or visible.source[start:first].strip():
            break
        start = max(start, last)
    return bool(visible.source[start:end].strip())


def _not_flanked(pairs: Sequence[Pair], source: str, edits: Sequence[Edit]) -> list[Pair]:
    """Those whose marks would no longer open and close (CommonMark's flanking) after the edits."""
    after = splice(source, edits)
    places = sorted({place for pair in pairs for place in (pair.start, pair.inner_end)})
    now = dict(zip(places, moved(places, edits), strict=True))
    return [pair for pair in pairs if not _is_flanked(pair, source[pair.start], after, now)]


def _is_flanked(pair: Pair, sign: str, after: str, now: Mapping[int, int]) -> bool:
    opening, closing = now[pair.start], now[pair.inner_end]
    opens, _ = _flanking(after, opening, opening + pair.inner - pair.start, sign == "_")
    _, closes = _flanking(after, closing, closing + pair.end - pair.inner_end, sign == "_")
    return opens and closes


def _flanking(text: str, start: int, end: int, word: bool) -> tuple[bool, bool]:
    """Whether the run of signs around `start:end` may open, and may close."""
    sign = text[start : start + 1]
    while start > 0 and text[start - 1] == sign:
        start -= 1
    while end < len(text) and text[end] == sign:
        end += 1
    before, after = text[max(start - 1, 0) : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if word:
        return left and (not right or _is_sign(before)), right and (not left or _is_sign(after))
    return left, right


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
