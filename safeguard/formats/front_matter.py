"""Front matter: the YAML or TOML at the head of a Markdown file, whose values are copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import yaml

from recognizers.vocabulary import load_vocabulary
from safeguard.formats.part_kinds import is_named, kind_of
from safeguard.formats.pieces import Piece, decoded

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_EOL = r"(?:\r\n?|\n)"
_MATTER = re.compile(
    rf"\ufeff?(?P<fence>---|\+\+\+)[ \t]*{_EOL}(?P<inside>.*?{_EOL})??"
    rf"(?:(?P=fence)|\.\.\.)[ \t]*(?:{_EOL}|\Z)",
    re.DOTALL,
)
_LINE = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:(?P<key>[A-Za-z_][\w.-]*)[ \t]*[:=](?=[ \t]|$))?[ \t]*"
    r"(?P<value>[^\r\n]*?)[ \t]*$"
)
_STRING = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s\[\]{},"'][^\[\]{},]*)""")
_NO_COPY = re.compile(
    r"true|false|yes|no|on|off|null|~|\d{4}-\d\d?-\d\d?(?:[T ][\d:.+Z -]*)?|[\W_]*", re.IGNORECASE
)
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_FOLD = rf"[ \t]*{_EOL}(?:[ \t]*{_EOL})*[ \t]*"
_WRITTEN = {
    "double": re.compile(rf"{_FOLD}|\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|[ -~])"),
    "single": re.compile(rf"{_FOLD}|''"),
    "plain": re.compile(_FOLD),
    "flow": re.compile(_FOLD),
    "block": re.compile(_FOLD),
}
_STYLES = {'"': "double", "'": "single", "|": "block", ">": "block"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what kind of text it is, its pieces, and how it is written (a style of `Zone`)."""

    kind: str
    pieces: list[Piece]
    style: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`end` is where the source goes on behind it; 0 where there is none."""

    values: list[Value]
    end: int


def front_matter(source: str) -> FrontMatter:
    """What stands between the fences at the head of the source; YAML that does not parse is read by lines."""
    match = _MATTER.match(source)
    inside = match["inside"] if match else None
    if match is None or not inside or not any(_keys(inside)):
        return FrontMatter([], 0)
    start = match.start("inside")
    if match["fence"] == "---":
        try:
            node = yaml.compose(inside, Loader=_LOADER)
        except (yaml.YAMLError, ValueError):
            node = None
        if isinstance(node, yaml.MappingNode):
            found = [value for value in _scalars(source, start, node, "", False, set()) if value]
            return FrontMatter(found, match.end())
    return FrontMatter(list(_by_lines(source, start, match.end("inside"))), match.end())


def reads_as(written: str, style: str) -> bool:
    """Whether a plain value stands for its own letters where it is, so that no quotes are needed."""
    text = f"[{written}]" if style == "flow" else f"k: {written}"
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError):
        return False
    inner = node.value if node is not None else []
    scalar = inner[0] if style == "flow" and len(inner) == 1 else inner[0][1] if style != "flow" else None
    return isinstance(scalar, yaml.ScalarNode) and bool(scalar.value == written.strip())


def _keys(inside: str) -> Iterator[str]:
    for line in re.split(_EOL, inside):
        match = _LINE.match(line)
        if match and match["key"]:
            yield match["key"]


def _scalars(
    source: str, base: int, node: yaml.Node, key: str, flow: bool, seen: set[int]
) -> Iterator[Value | None]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield _scalar(source, base + node.start_mark.index, base + node.end_mark.index, node.style, key, flow)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            below = str(name.value) if isinstance(name, yaml.ScalarNode) else key
            if below == "name" and is_named(key, _credits()):
                below = key
            yield from _scalars(source, base, value, below, flow or bool(node.flow_style), seen)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(source, base, value, key, flow or bool(node.flow_style), seen)


def _scalar(source: str, start: int, end: int, sign: str | None, key: str, flow: bool) -> Value | None:
    properties = _PROPERTIES.match(source, start, end)
    start = properties.end() if properties else start
    style = _STYLES.get(sign or "", "flow" if flow else "plain")
    if style == "block":
        header = re.compile(rf"[^\r\n]*{_EOL}\s*").match(source, start, end)
        start = header.end() if header else end
    elif style in ("double", "single"):
        start, end = start + 1, end - 1
    end = start + len(source[start:end].rstrip()) if style in ("block", "plain", "flow") else end
    return _value(source, start, end, style, key, folded=sign != "|")


def _value(source: str, start: int, end: int, style: str, key: str, *, folded: bool = True) -> Value | None:
    text = source[start:end]
    if start >= end or _NO_COPY.fullmatch(text):
        return None

    def read(written: str) -> str:
        if written == "''":
            return "'"
        if written.startswith("\\"):
            return _unescaped(written)
        breaks = len(re.findall(_EOL, written))
        return "\n\n" if breaks > 1 else " " if folded else "\n"

    credit = is_named(key, _credits()) and not re.search(r"@|://", text)
    return Value(
        "credit" if credit else kind_of(key, text), decoded(source, start, end, _WRITTEN[style], read), style
    )


@cache
def _credits() -> frozenset[str]:
    return frozenset(load_vocabulary("safeguard.formats", "credits.yaml")["credit"])


def _unescaped(written: str) -> str:
    try:
        return str(yaml.safe_load(f'"{written}"'))
    except (yaml.YAMLError, ValueError):
        return written


def _by_lines(source: str, start: int, end: int) -> Iterator[Value]:
    """Every line's value, or the texts of its list, under the last key."""
    key = ""
    at = start
    for line in re.split(rf"({_EOL})", source[start:end]):
        match = _LINE.match(line)
        if match is not None and line.strip():
            key = match["key"] or key
            first, last = at + match.start("value"), at + match.end("value")
            listed = match["value"][:1] in ("[", "{", '"', "'")
            spans = _listed(source, first, last) if listed else [(first, last, "plain")]
            for begin, finish, style in spans:
                value = _value(source, begin, finish, style, key)
                if value is not None:
                    yield value
        at += len(line)


def _listed(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _STRING.finditer(source, start, end):
        group = match.lastindex or 3
        last = match.start(group) + len(match[group].rstrip())
        yield (
            match.start(group),
            last if group == 3 else match.end(group),
            ("double", "single", "flow")[group - 1],
        )
