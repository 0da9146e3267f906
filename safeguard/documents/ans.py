"""Arc ANS documents: the story as Arc XP keeps it, with its paragraphs in `content_elements`.

The warning and the support block become text elements of their own, the first and the last: every reader of
ANS shows those, and an editor can take them out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from recognizers.vocabulary import load_vocabulary
from safeguard.documents import Parts
from safeguard.documents.json_copy import JsonCopy, Room
from safeguard.documents.json_source import Value
from safeguard.errors import CopyError
from safeguard.formats.part_kinds import kind_of, words_of

ELEMENTS = "content_elements"

_BODY = "body"
_OWN = "additional_properties"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")
_ONE_WORD = re.compile(r"(?=.*[^\W\d])[\w.-]+")
# The part for a field that is in no list, by what its key says that it holds.
_BY_KIND = {"url": "urls", "file": "files", "slug": "slug", "tags": "tags"}
_MORE = ("urls", "files", "more", "values")


def is_ans(values: Sequence[Value]) -> bool:
    """Whether the values of a JSON source are those of an ANS document."""
    return any(value.path == (ELEMENTS,) and value.kind == "array" for value in values)


def read_ans(source: str, values: Sequence[Value], name: str) -> JsonCopy:
    """The copy in an ANS document; `values` are all that `source` holds.

    Every part is a list. The first and the last text of the body are empty: elements that are not there yet.
    Raises CopyError when there is no text in it.
    """
    found: dict[str, list[Value]] = {}
    for value in values:
        part = _part_of(value)
        if part is not None:
            found.setdefault(part, []).append(value)
    if not found:
        raise CopyError(f"{name} is an ANS document without any text: there is nothing to check.")
    parts: Parts = {}
    places: dict[tuple[str, int | None], Value | Room] = {}
    paths: dict[str, str | list[str]] = {}
    first, last = _rooms(source, values)
    for part in (*_fields()["parts"], *_MORE):
        texts: list[tuple[str, str, Value | Room]] = [
            (value.text or "", value.pointer, value) for value in found.get(part, ())
        ]
        if part == _BODY:
            texts = [("", f"/{ELEMENTS}/0", first), *texts, ("", f"/{ELEMENTS}/-", last)]
        if texts:
            parts[part] = [text for text, _, _ in texts]
            paths[part] = [path for _, path, _ in texts]
            places |= {(part, index): place for index, (_, _, place) in enumerate(texts)}
    formats = {part: name for part, name in _fields()["formats"].items() if part in parts}
    return JsonCopy(source, parts, places, formats, paths)


def _part_of(value: Value) -> str | None:
    """The part that a value is a text of; None for what is left alone."""
    text = (value.text or "").strip()
    keys = [key for key in value.path if isinstance(key, str)]
    if not text or not keys or _TIME.fullmatch(text):
        return None
    key = keys[-1]
    if key in _fields()["ignored"] or words_of(key)[-1:] in _ignored_words():
        return None
    listed = next((_listed()[name] for name in _names(keys) if name in _listed()), None)
    if listed is not None:
        return listed
    known = _BY_KIND.get(kind_of(key, text))
    if known is not None:
        return known
    looks = kind_of("url", text)
    if looks == "file" or (looks == "url" and "/" in text):
        return _BY_KIND[looks]
    return "values" if _ONE_WORD.fullmatch(text) else "more"


def _names(keys: Sequence[str]) -> Iterator[str]:
    """All names that ans_fields.yaml may have for a field, the most particular first."""
    in_element = keys[0] == ELEMENTS and _OWN not in keys
    for count in (3, 2, 1):
        if count > len(keys):
            continue
        for last in (keys[-1], "*") if count > 1 else keys[-1:]:
            name = ".".join([*keys[-count:-1], last])
            if count == len(keys):
                yield f"/{name}"
            if in_element:
                yield f"~{name}"
            yield name


def _rooms(source: str, values: Sequence[Value]) -> tuple[Room, Room]:
    """Where a first and a last content element would go, in the layout of the others."""
    whole = next(value for value in values if value.path == (ELEMENTS,))
    children = [value for value in values if len(value.path) == 2 and value.path[0] == ELEMENTS]
    blank = '"type": ' in source or not children
    colon, comma = (": ", ", ") if blank else (":", ",")
    head, tail = f'{{"type"{colon}"text"{comma}"content"{colon}"', '"}'
    at = whole.start + 1
    if not children:
        return Room(at, head, tail), Room(at, head, tail)
    gap = source[at : children[0].start]
    return (
        Room(at, gap + head, tail + ","),
        Room(children[-1].end, "," + gap + head, tail),
    )


@cache
def _fields() -> Mapping[str, Any]:
    return dict(load_vocabulary("safeguard.documents", "ans_fields.yaml"))


@cache
def _listed() -> Mapping[str, str]:
    return {name: part for part, names in _fields()["parts"].items() for name in names}


@cache
def _ignored_words() -> frozenset[tuple[str, ...]]:
    return frozenset((word,) for word in _fields()["ignored_words"])
