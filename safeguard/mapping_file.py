"""A JSON file of parts: read with the place of every text, rewritten so that only changed texts differ.

The file is not parsed and printed again, since that would change indents, number of blanks and escapes that
no edit touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safeguard.errors import CopyError

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*+"')
_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]")

_SHAPE = 'expected one object of texts or lists of texts, such as {"headline": "…", "body": "…"}'


@dataclass(frozen=True, slots=True)
class _Text:
    """One text: its part, which item of the part's list (None outside a list), where its literal stands."""

    part: str
    index: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MappingFile:
    """The source of a JSON mapping of parts, what it holds, and where each text stands in it."""

    source: str
    parts: dict[str, str | list[str]]
    texts: tuple[_Text, ...]

    @classmethod
    def read(cls, source: str, name: str) -> MappingFile:
        """Parse `source`. Raises CopyError (naming line and column) for what is not a mapping of parts."""
        return _Parser(source, name).parse()

    @classmethod
    def read_if_json(cls, source: str, name: str) -> MappingFile | None:
        """Like `read`, but None for a source that is no JSON at all (an article that opens with a brace)."""
        try:
            json.loads(source)
        except (ValueError, RecursionError):
            return None
        return cls.read(source, name)

    def rewrite(self, parts: Mapping[str, str | list[str]]) -> str:
        """The source with the texts of `parts` (the same keys and lengths) in place; the rest is untouched.

        Characters are escaped as the file itself escapes them (`\\/`, `\\u00e9`), so an edited text differs
        from its literal only where it was edited.
        """
        pieces: list[str] = []
        done = 0
        for text in self.texts:
            old, new = _value(self.parts, text), _value(parts, text)
            if old == new:
                continue
            literal = self.source[text.start + 1 : text.end - 1]
            pieces += self.source[done : text.start + 1], self._escaped(new, literal)
            done = text.end - 1
        return "".join(pieces) + self.source[done:]

    def places(self, part: str, index: int | None) -> Sequence[int]:
        """Where each character of a text (of item `index` of a part that is a list) begins in the source.

        One more place is given: where the text ends. Raises KeyError for a text that there is not.
        """
        found = next((t for t in self.texts if (t.part, t.index) == (part, index)), None)
        if found is None:
            raise KeyError(part, index)
        start, end = found.start + 1, found.end - 1
        return [*(unit.start() for unit in _UNIT.finditer(self.source, start, end)), end]

    def _escaped(self, text: str, literal: str) -> str:
        plain = not self.source.isascii()
        habit = {_decoded(unit): unit for unit in _UNIT.findall(literal)}
        return "".join(habit.get(c) or json.dumps(c, ensure_ascii=not plain)[1:-1] for c in text)


def _value(parts: Mapping[str, str | list[str]], text: _Text) -> str:
    value = parts[text.part]
    if text.index is None:
        if not isinstance(value, str):
            raise TypeError("a part changed its shape")
        return value
    if isinstance(value, str):
        raise TypeError("a part changed its shape")
    return value[text.index]


def _decoded(unit: str) -> str:
    return unit if len(unit) == 1 else str(json.loads(f'"{unit}"'))


class _Parser:
    """Reads `{"part": "text" or ["text", …], …}` and nothing else, keeping positions."""

    def __init__(self, source: str, name: str) -> None:
        self.source = source
        self.name = name
        self.at = 0
        self.texts: list[_Text] = []

    def parse(self) -> MappingFile:
        try:
            json.loads(self.source)
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise CopyError(f"{self.name} is not valid JSON: it breaks off at {where}.") from None
        except (ValueError, RecursionError):
            raise self._odd() from None
        parts: dict[str, str | list[str]] = {}
        self._take("{")
        while not self._sees("}"):
            key_at = self.at
            key, _, _ = self._string()
            if key in parts:
                self.at = key_at
                raise CopyError(f"{self.name} has one part twice: see {self._where()}; keep one of them.")
            self._take(":")
            parts[key] = self._list(key) if self._sees("[") else self._text(key, None)
            if not self._sees("}"):
                self._take(",")
        if not any(t.strip() for v in parts.values() for t in ([v] if isinstance(v, str) else v)):
            raise CopyError(f"{self.name} has no text in any part: there is nothing to check.")
        return MappingFile(self.source, parts, tuple(self.texts))

    def _list(self, key: str) -> list[str]:
        items: list[str] = []
        self._take("[")
        while not self._sees("]"):
            items.append(self._text(key, len(items)))
            if not self._sees("]"):
                self._take(",")
        self._take("]")
        return items

    def _text(self, key: str, index: int | None) -> str:
        value, start, end = self._string()
        self.texts.append(_Text(key, index, start, end))
        return value

    def _string(self) -> tuple[str, int, int]:
        self._blank()
        match = _STRING.match(self.source, self.at)
        if match is None:
            raise self._odd()
        value = str(json.loads(match.group()))
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise CopyError(f"{self.name} holds half a character (a lone \\uD8xx escape) at {self._where()}.")
        self.at = match.end()
        return value, match.start(), match.end()

    def _sees(self, sign: str) -> bool:
        self._blank()
        return self.source.startswith(sign, self.at)

    def _take(self, sign: str) -> None:
        if not self._sees(sign):
            raise self._odd()
        self.at += 1

    def _blank(self) -> None:
        match = _BLANK.match(self.source, self.at)
        self.at = match.end() if match else self.at

    def _where(self) -> str:
        line = self.source.count("\n", 0, self.at) + 1
        return f"line {line}, column {self.at - self.source.rfind(chr(10), 0, self.at)}"

    def _odd(self) -> CopyError:
        return CopyError(f"{self.name} is JSON, but no mapping of parts: at {self._where()}, {_SHAPE}.")
