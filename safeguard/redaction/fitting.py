"""Making a replacement fit where it goes: words stay apart, no double blanks, addresses stay addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from safeguard.redaction.edits import Edit, FixedPoints

# The kinds of field whose whole text is one address, and what joins words there when nothing else shows.
_JOINERS: Mapping[str, str] = MappingProxyType({"slug": "-", "url": "-", "file": "_", "tags": "-"})

_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)", re.IGNORECASE)
_FILE = re.compile(
    r"[^\s/]+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|mp4|mov|mp3|wav|pdf|docx?|html?)\b", re.I
)
# "ellie-marsh" in a shortcode.
_SLUG = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})+")
_JOINER = re.compile(r"%20|[-_+.]")
_WORDS = re.compile(r"[^\W_]+")
_TOKEN_STOP = " \t\r\n\"'“”‘’<>()[]"
_PLURAL = re.compile(r"(?:es|s)\b")
_OPENING, _CLOSING = "([{", ")]}"
_AFTER = ".,;:!?)]}"
_BLANKS = " \t\u00a0"
_LONGEST_TOKEN = 300


def fit(
    edit: Edit, source: str, kind: str, before: Edit | None, after: Edit | None, fixed: FixedPoints
) -> Edit:
    """`edit` as it goes into `source`, a field of that `kind`, between the edits before and after it.

    The span only grows over blanks, commas, brackets and joiners that would be left over, never into another
    edit or a fixed point.
    """
    joiner = _joiner(edit, source, kind)
    if joiner is not None:
        edit = replace(edit, text=_joined(edit, source, joiner))
    left = before.end if before else 0
    right = after.start if after else len(source)
    if not edit.text:
        wider = _without_leftovers(edit, source, joiner, left, right)
        return edit if fixed.touched(wider) else wider
    return edit if joiner is not None else _apart(edit, source, before)


def _joiner(edit: Edit, source: str, kind: str) -> str | None:
    """What joins words in the address that the edit stands in; None in prose."""
    start, end = _token(edit, source)
    if (kind == "slug" and not re.search(r"\s", source.strip())) or kind in ("file", "url"):
        start, end = 0, len(source)
    elif not _address_like(source, start, end, edit, kind):
        return None
    token = source[start:end]
    if token.startswith(("#", "@")):
        return ""
    own = _JOINER.search(source, edit.start, edit.end)
    if own:
        return own.group()
    # The stop before a file's ending joins nothing.
    stem = re.sub(r"\.\w{2,5}$", "", token)
    found = [match.group() for match in _JOINER.finditer(stem) if match.group() != "."]
    if found:
        return max(found, key=lambda sign: (found.count(sign), sign))
    return " " if kind == "file" and " " in stem.strip() else _JOINERS.get(kind, "-")


def _token(edit: Edit, source: str) -> tuple[int, int]:
    """The run without blanks, quotes and brackets around the edit, as far as an address may reach."""
    start, end = edit.start, edit.end
    first, last = max(0, start - _LONGEST_TOKEN), min(len(source), end + _LONGEST_TOKEN)
    while start > first and source[start - 1] not in _TOKEN_STOP:
        start -= 1
    while end < last and source[end] not in _TOKEN_STOP:
        end += 1
    return start, end


def _address_like(source: str, start: int, end: int, edit: Edit, kind: str) -> bool:
    """Whether the token is a hashtag, handle, address or file name, and the edit only a piece of it."""
    token = source[start:end]
    if edit.start == start and edit.text.startswith(("#", "@")):
        return False
    inside = bool(source[start : edit.start].strip(".,;:!?") or source[edit.end : end].strip(".,;:!?"))
    if not inside and _SLUG.fullmatch(source, edit.start, edit.end):
        return True
    if not inside:
        # A whole tag such as ellie-marsh is written like an address and stays so.
        return kind == "tags" and bool(_JOINER.search(token)) and token == token.lower()
    if token.startswith(("#", "@")) or "@" in token or _SLUG.fullmatch(source, edit.start, edit.end):
        return True
    if _URL.match(token) or _FILE.match(token):
        return True
    return kind == "tags" and bool(re.search("[-_]", token)) and token == token.lower()


def _joined(edit: Edit, source: str, joiner: str) -> str:
    words = [word.lower() for word in _WORDS.findall(edit.text)]
    if not joiner and any(c.isupper() for c in source[edit.start : edit.end]):
        words = [word.capitalize() for word in words]
    return joiner.join(words)


def _without_leftovers(edit: Edit, source: str, joiner: str | None, left: int, right: int) -> Edit:
    start, end = edit.start, edit.end
    while start > left and end < right and source[start - 1] in _OPENING and source[end] in _CLOSING:
        start, end = start - 1, end + 1
    signs = _BLANKS if joiner in (None, "") else _BLANKS + "-_+"
    before = source[start - 1] if start > left else ""
    after = source[end] if end < right else ""
    ends = end == len(source) or (after != "" and after in "\r\n" + _AFTER)
    begins = start == 0 or (before != "" and before in "\r\n" + _OPENING)
    if joiner and "%20" in joiner and source.startswith("%20", end) and end + 3 <= right:
        return replace(edit, start=start, end=end + 3)
    if before and before in signs and (ends or (after and after in signs)):
        start -= 1
        # ", Ellie," and ", Ellie." keep one comma or none.
        if start > left and source[start - 1] == "," and after in (",", ".", ";"):
            start -= 1
    elif after and after in signs and begins:
        end += 1
    elif after == "," and begins:
        end += 1
        if end < right and source[end] in _BLANKS:
            end += 1
    elif before and after and before.isalnum() and after.isalnum() and joiner is None:
        return replace(edit, start=start, end=end, text=" ")
    return replace(edit, start=start, end=end)


def _apart(edit: Edit, source: str, before: Edit | None) -> Edit:
    """A blank on either side where the replacement would stand against a word."""
    text = edit.text
    if before and before.end == edit.start:
        glued = bool(before.text) and not before.text[-1].isspace()
    else:
        glued = edit.start > 0 and source[edit.start - 1].isalnum()
    if glued and not text[0].isspace():
        text = " " + text
    following = source[edit.end : edit.end + 1]
    if following == "." and text.endswith("."):
        text = text[:-1]  # initials at the end of a sentence
    if following.isalnum() and not _PLURAL.match(source, edit.end):
        text += " "
    return replace(edit, text=text)
