"""Which element of HTML a place lies in, told as a path: "article > p[3] > a[1]".

Names and numbers only: an id or a class could carry what the copy must not say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from recognizers.vocabulary import load_vocabulary
from safeguard.formats.html_tokens import Token, tokens_of

_ATTRIBUTE = re.compile(r"""[\s"'/]([A-Za-z][\w:-]*)\s*=\s*(?:"[^"]*|'[^']*|[^\s"'<>]*)$""")
_DEEPEST = 12


class ElementPaths:
    """The elements of one source, read once; `at` answers for any place in it."""

    def __init__(self, source: str, tokens: Sequence[Token] | None = None) -> None:
        self._source = source
        self._starts: list[int] = []
        self._nodes: list[int] = []
        self._tags: list[bool] = []
        self._parents = [0]
        self._labels = [""]
        self._names = [""]
        self._seen: list[Counter[str]] = [Counter()]
        self._open = [0]
        self._nesting = _nesting()
        for token in tokens if tokens is not None else tokens_of(source):
            self._take(token)

    def at(self, offset: int) -> str:
        """The path of the innermost element that holds the character at `offset`; "" outside all.

        In a start tag it is that tag's element, with "@" and the name of the attribute. Of very deep nesting
        the innermost levels are told.
        """
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return ""
        node = self._nodes[index]
        labels: list[str] = []
        while node and len(labels) < _DEEPEST:
            labels.append(self._labels[node])
            node = self._parents[node]
        path = " > ".join([*(["…"] if node else []), *reversed(labels)])
        if self._tags[index]:
            attribute = _ATTRIBUTE.search(self._source[self._starts[index] : offset])
            path += f" @{attribute[1].lower()}" if attribute else ""
        return path

    def _take(self, token: Token) -> None:
        name = token.name
        if token.kind == "start":
            self._close_before(name)
            self._note(token, self._begin(name), tag=True)
            if name not in self._nesting["void"] and not self._source.startswith("/>", token.end - 2):
                self._open.append(len(self._parents) - 1)
        elif token.kind == "end":
            self._note(token, self._open[-1])
            self._end((name,), ())
        else:
            self._note(token, self._open[-1])

    def _begin(self, name: str) -> int:
        parent = self._open[-1]
        self._seen[parent][name] += 1
        number = self._seen[parent][name]
        self._parents.append(parent)
        self._names.append(name)
        self._labels.append(name if name in self._nesting["once"] and number == 1 else f"{name}[{number}]")
        self._seen.append(Counter())
        return len(self._parents) - 1

    def _close_before(self, name: str) -> None:
        ends = self._nesting["ends"].get(name)
        if ends is not None:
            self._end(ends["closes"], ends["within"])
        elif name in self._nesting["ends_paragraph"]:
            self._end(("p",), self._nesting["paragraph_within"])

    def _end(self, names: Collection[str], limits: Collection[str]) -> None:
        """Close the outermost open element of those names, as far up as an element of `limits`."""
        closing = 0
        for place in range(len(self._open) - 1, 0, -1):
            name = self._names[self._open[place]]
            if name in limits:
                break
            if name in names:
                closing = place
                if not limits:
                    break
        if closing:
            del self._open[closing:]

    def _note(self, token: Token, node: int, *, tag: bool = False) -> None:
        self._starts.append(token.start)
        self._nodes.append(node)
        self._tags.append(tag)


@cache
def _nesting() -> Mapping[str, Any]:
    return dict(load_vocabulary("safeguard.formats", "html_nesting.yaml"))
