"""What HTML holds beside its text: attributes and the strings of scripts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from recognizers.vocabulary import load_vocabulary
from safeguard.formats.gather import Found
from safeguard.formats.html_tokens import Token
from safeguard.formats.pieces import Piece, decoded

_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""",
)
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
_COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
# Two letters, or what may stand for some: less is no name, and pages have many such keys.
_NAMELIKE = re.compile(r"[^\W\d_]{2}|[^\x00-\x7f]|[&%]")
_KEY = re.compile(r"\s*:")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|\\[\"\\/bfnrt]")
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);?")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|www\.|/|\.\.?/)\S*", re.IGNORECASE)
_FILE = re.compile(r"\S+\.[A-Za-z][A-Za-z0-9]{1,4}")


@cache
def known() -> Mapping[str, frozenset[str]]:
    """The lists of html_attributes.yaml."""
    lists = load_vocabulary("safeguard.formats", "html_attributes.yaml")
    return {name: frozenset(words) for name, words in lists.items()}


def attribute_sections(source: str, tag: Token) -> Iterator[Found]:
    """Every attribute of a start tag that may carry copy, with what kind of text it is."""
    after_name = tag.start + 1 + len(tag.name)
    for match in _ATTRIBUTE.finditer(source, after_name, tag.end):
        group = match.lastindex or 1
        if group == 1 or not re.search(r"\w", match[group]):
            continue
        start, end = match.span(group)
        kind = _attribute_kind(match[1].lower(), tag.name, match[group])
        if kind == "ignored":
            continue
        if kind == "url" and match[group].startswith("#"):
            kind, start = "anchor", start + 1
        if kind == "anchor" and not _NAMELIKE.search(source, start, end):
            continue
        if start < end:
            yield kind, decoded(source, start, end, ENTITY, html.unescape)


def _attribute_kind(name: str, tag: str, value: str) -> str:
    lists = known()
    for kind in ("ignored", "prose", "url"):
        if name in lists[kind]:
            return kind
    if name in lists["anchor"] and tag != "meta":
        return "anchor"
    text = html.unescape(value).strip()
    if _ADDRESS.fullmatch(text):
        return "url"
    if _FILE.fullmatch(text):
        return "file"
    if tag == "meta" and name == "content" and " " in text:
        return "prose"
    return "attribute" if re.search(r"\s", text) else "anchor"


def script_sections(source: str, start: int, end: int) -> Iterator[Found]:
    """Every string and comment of a script (JSON-LD too); the names of fields are none."""
    for match in _STRING.finditer(source, start, end):
        group = match.lastindex or 1
        first, last = match.span(group)
        text = source[first:last]
        if not re.search(r"[^\W\d_]{2}", text):
            continue
        if _KEY.match(source, match.end(), end) and not re.search(r"\s", text):
            continue
        kind = _attribute_kind("", "", text)
        yield kind, decoded(source, first, last, _ESCAPE, _unescaped)
    for match in _COMMENT.finditer(source, start, end):
        if re.search(r"[^\W\d_]{2}", match[0]) and '"' not in match[0]:
            yield "attribute", [Piece(match.start(), match.end(), match[0])]


def _unescaped(escape: str) -> str:
    text = str(json.loads(f'"{escape}"'))
    return escape if any("\ud800" <= c <= "\udfff" for c in text) else text
