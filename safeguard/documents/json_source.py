"""JSON read with the place of every value, so that one string can be changed and nothing else.

It is not parsed and printed again: that would change indents, numbers of blanks and escapes that no edit
touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from safeguard.errors import CopyError

Key = str | int
Kind = Literal["object", "array", "string", "other"]

_TOKEN = re.compile(r'[ \t\r\n,:]*([{}\[\]]|"(?:[^"\\\x00-\x1f]|\\.)*+"|[^ \t\r\n,:{}\[\]"]+)')
_COLON = re.compile(r"[ \t\r\n]*:")
_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]")
_DEEPEST = 200
_HALF = re.compile("[\ud800-\udfff]")


class TextEdit(Protocol):
    """`text` in the place of `start:end` of a string, in code points of its value."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Value:
    """One value: the keys and indexes that lead to it, and `start:end` of the source that it is.

    `text` is what a string holds, None for any other value.
    """

    path: tuple[Key, ...]
    kind: Kind
    start: int
    end: int
    text: str | None = None

    @property
    def pointer(self) -> str:
        """Its JSON Pointer (RFC 6901)."""
        return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in self.path)


def values_of(source: str, name: str) -> list[Value]:
    """Every value in `source`, each after the one that holds it.

    A container's `end` is known, too. Raises CopyError, which calls the source `name` and tells line and
    column, for what is no JSON, and for half a character in a string.
    """
    try:
        json.loads(source)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise CopyError(f"{name} is not valid JSON: it breaks off at {where}.") from None
    except (ValueError, RecursionError):
        raise CopyError(f"{name} is nested too deep to read, or holds a number that is too long.") from None
    return list(_ordered(_Walk(source, name).values()))


def where(source: str, at: int) -> str:
    """The place in words: "line 2, column 9"."""
    line = source.count("\n", 0, at) + 1
    return f"line {line}, column {at - source.rfind(chr(10), 0, at)}"


def offsets_in(source: str, value: Value) -> list[int]:
    """Where each character of a string begins in the source, and where its last one ends."""
    start, end = value.start + 1, value.end - 1
    return [*(unit.start() for unit in _UNIT.finditer(source, start, end)), end]


def edited(
    source: str, value: Value, edits: Sequence[TextEdit], written: Callable[[str], str]
) -> list[tuple[int, int, str]]:
    """The edits of one string (in order, none overlapping) as replacements of stretches of the source.

    `written` is the `writer_like` that source.
    """
    starts = offsets_in(source, value)
    return [(starts[e.start], starts[e.end], written(e.text)) for e in edits]


def writer_like(source: str) -> Callable[[str], str]:
    """What writes text as strings of `source` have it: "é" or "\\u00e9", "/" or "\\/", as is usual there."""
    ascii_only = source.isascii()
    slashes = source.count("\\/") == source.count("/") > 0

    def written(text: str) -> str:
        inside = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        return inside.replace("/", "\\/") if slashes else inside

    return written


def spliced(source: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """The source with every `(start, end, text)` in place; the rest is untouched."""
    pieces: list[str] = []
    done = 0
    for start, end, text in sorted(changes, key=lambda change: change[:2]):
        pieces += source[done:start], text
        done = end
    return "".join(pieces) + source[done:]


class _Walk:
    """One pass over JSON that is known to be well-formed."""

    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._name = name

    def values(self) -> Iterator[tuple[int, Value]]:
        """Values as they end, with their number in the order in which they begin."""
        open_: list[tuple[int, int, Kind]] = []
        path: list[Key] = []
        number = 0
        for token in _TOKEN.finditer(self._source):
            sign, start, end = token[1], token.start(1), token.end(1)
            if sign in "]}":
                opened = open_.pop()
                path.pop()
                yield opened[0], Value(tuple(path), opened[2], opened[1], end)
                continue
            if open_ and open_[-1][2] == "object" and sign[0] == '"' and _COLON.match(self._source, end):
                path[-1] = self._text(start, end)
                continue
            if open_ and open_[-1][2] == "array":
                path[-1] = int(path[-1]) + 1
            if sign in "[{":
                if len(open_) == _DEEPEST:
                    raise CopyError(
                        f"{self._name} is nested too deep to read: see {where(self._source, start)}."
                    )
                open_.append((number, start, "array" if sign == "[" else "object"))
                path.append(-1 if sign == "[" else "")
            elif sign[0] == '"':
                yield number, Value(tuple(path), "string", start, end, self._text(start, end))
            else:
                yield number, Value(tuple(path), "other", start, end)
            number += 1

    def _text(self, start: int, end: int) -> str:
        text = str(json.loads(self._source[start:end]))
        if _HALF.search(text):
            at = where(self._source, start)
            raise CopyError(f"{self._name} holds half a character (a lone \\uD8xx escape) at {at}.")
        return text


def _ordered(numbered: Iterable[tuple[int, Value]]) -> list[Value]:
    return [value for _, value in sorted(numbered, key=lambda item: item[0])]
