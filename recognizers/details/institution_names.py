"""Finding the names of schools, nurseries, clubs and surgeries in copy.

A name is read backwards from the word that says what it is ("Hartley Vale" from "Academy"), so the work grows
with the words of a copy and not with the vocabulary. Whose they are is `institution.py`'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from recognizers.details.contact_name import fold
from recognizers.details.ownership import words
from recognizers.details.scan import starts_of
from recognizers.details.view import View
from recognizers.vocabulary import load_lines

_WORD = re.compile(r"&|[^\W_](?:[\w’'.]|-(?=\w))*")
_POSSESSIVE = re.compile(r"(?<=[^\W_])(?:[’']s|[’'])$")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_NEAR = 40  # how far before a lower-case type ("primary school") the capital of its name stands at most
_LONGEST_NAME = 7
_WINDOW = 110  # characters around a telling word that are read for the rest of the name


class Word(NamedTuple):
    """One word of the text without a full stop or possessive ending behind it."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or _ORDINAL.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Name:
    """One full name in the text: its span, its kind, and the words of the name itself ("Hartley Vale").

    An `untyped` one is told by the words beside it alone. A `weak` one is marked only where a child's own;
    whose an `ordinary` one ("United") is no story tells.
    """

    start: int
    end: int
    kind: str
    core: tuple[str, ...]
    weak: bool = False
    ordinary: bool = False
    untyped: bool = False

    @property
    def key(self) -> str:
        """The name in one spelling, however it is punctuated."""
        return "".join(fold(word) for word in self.core)


class InstitutionNames:
    """Finds full names by the words of `institution.yaml`."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        self._types: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind, entries in vocabulary["types"].items():
            for entry in entries:
                parts = tuple(entry.replace("’", "'").casefold().split())
                self._types.setdefault(parts[-1], []).append((parts, kind))
        self._team = {team.casefold() for team in vocabulary["team_names"]}
        for options in self._types.values():
            options.sort(key=lambda option: -len(option[0]))
        self._weak = frozenset(vocabulary["weak_types"])
        self._first = {w.casefold(): kind for kind, entries in vocabulary["first"].items() for w in entries}
        self._triggers = tuple(sorted(self._types.keys() | self._team | self._first.keys()))
        self._stops = frozenset(word.casefold() for word in vocabulary["not_names"])
        self._determiners = frozenset(vocabulary["determiners"])
        self._articles = frozenset(vocabulary["articles"])
        self._alone = frozenset(vocabulary["alone_in_lower_case"])
        self._towns = frozenset(load_lines("recognizers.people", "towns.txt"))
        self._joiners = frozenset(vocabulary["joiners"])
        self._generic = frozenset(vocabulary["generic"])
        self.saints = frozenset(fold(saint.split()[0]) for saint in vocabulary["saints"])
        self._not = re.compile("|".join(f"(?:{entry})" for entry in vocabulary["not_institutions"]))
        self._not_followed = re.compile(rf"\s(?:{words(vocabulary['not_followed'])})\b")
        entries = [entry for group in vocabulary["types"].values() for entry in group]
        self.type_words = rf"(?:{words({e.replace('’', chr(39)) for e in entries})})".replace("'", "[’']")

    def find(self, view: View) -> list[Name]:
        """Every full name of the text, in order; of two that overlap the longer one."""
        found: list[Name] = []
        for start in starts_of(self._triggers, view.text):
            if view.text[start].isupper() or _CAPITAL.search(view.text, max(0, start - _NEAR), start):
                tokens, index = self._around(view.text, start)
                found += self._at(view, tokens, index)
        kept: list[Name] = []
        for name in sorted(found, key=lambda n: (n.start, -n.end)):
            if kept and name.start < kept[-1].end:
                if name.end > kept[-1].end:
                    kept[-1] = name
                continue
            kept.append(name)
        return kept

    def _around(self, text: str, start: int) -> tuple[list[Word], int]:
        """The words around the one at `start`, as many as a name can have, and its place among them."""
        begin = 0 if start <= _WINDOW else max(text.find(" ", start - _WINDOW, start), start - _WINDOW)
        tokens = [self._word(match) for match in _WORD.finditer(text, begin, start + _WINDOW)]
        return tokens, next(index for index, token in enumerate(tokens) if token.start >= start)

    @staticmethod
    def _word(match: re.Match[str]) -> Word:
        text = match[0] if match[0].casefold() == "st." else match[0].rstrip(".")
        return Word(match.start(), match.start() + len(text), text)

    def _at(self, view: View, tokens: list[Word], index: int) -> Iterator[Name]:
        """The name whose last (Welsh, Gaelic and Irish: first) word is the one at `index`."""
        token = tokens[index]
        bare = _POSSESSIVE.sub("", token.text)
        last = bare.casefold()
        kind_of_first = self._first.get(last) if token.capital else None
        if kind_of_first:
            yield from self._onwards(view, tokens, index, kind_of_first)
        if last in self._team and token.capital:
            yield from self._before(view, tokens, index, index, "club", bare, weak=True, ordinary=True)
        for parts, kind in self._types.get(last, ()):
            begin = index - len(parts) + 1
            if begin < 0:
                continue
            told = [t.text.replace("’", "'").casefold() for t in tokens[begin:index]]
            if (*told, last) == parts and _joined(view.text, tokens, begin, index):
                weak = " ".join(parts) in self._weak
                yield from self._before(view, tokens, begin, index, kind, bare, weak=weak)
                return

    def _before(
        self,
        view: View,
        tokens: list[Word],
        begin: int,
        index: int,
        kind: str,
        bare: str,
        *,
        weak: bool,
        ordinary: bool = False,
    ) -> Iterator[Name]:
        """The name that stands before the type at `begin`…`index`, when there is one."""
        first = self._walk_back(view, tokens, begin)
        core = tuple(token.text for token in tokens[first:begin])
        if not core or all(fold(word) in self._generic for word in core):
            return
        saintly = fold(core[0]) in self.saints or any("'" in w or "’" in w for w in core)
        if not tokens[begin].capital and not self._lower_case_counts(
            view, tokens, first, begin, index, saintly
        ):
            return
        start, end = tokens[first].start, tokens[index].start + len(bare)
        if ordinary and view.text[start:end] in self._towns and " ".join(core) not in self._towns:
            # "New York City" is a place; "Enfield Town" may be a side.
            return
        if self._not.fullmatch(view.text[start:end]) or self._not_followed.match(view.text, end):
            return
        yield Name(start, end, kind, core, weak=weak, ordinary=ordinary)

    def _lower_case_counts(
        self, view: View, tokens: list[Word], first: int, begin: int, index: int, saintly: bool
    ) -> bool:
        """Whether "primary school" in lower case ends a name ("the Kettering primary school" is none)."""
        if saintly:
            return True
        left = tokens[first - 1].text.casefold() if first else ""
        several = begin - first > 1
        if index > begin:
            return several or left not in self._determiners
        one_word = tokens[index].text.casefold()
        return several and one_word in self._alone and left not in self._articles

    def _walk_back(self, view: View, tokens: list[Word], begin: int) -> int:
        """Index of the first word of the name that ends before the type at `begin`."""
        first = begin
        references = view.between(max(0, tokens[begin].start - 120), tokens[begin].start)
        inside: tuple[int, int] | None = None
        index = begin - 1
        while index >= 0 and begin - index <= _LONGEST_NAME and _joined(view.text, tokens, index, index + 1):
            token = tokens[index]
            if token.text in self._joiners:
                if not self._may_join(tokens, index, first):
                    break
                index -= 1
                continue
            if not token.capital or token.text.casefold() in self._stops:
                break
            owned = _POSSESSIVE.search(token.text) is not None
            holder = next((r for r in references if r.start < token.end and token.start < r.end), None)
            if (
                holder
                and holder.person.names
                and (holder.start, holder.end) != inside
                and (first < begin or owned)
            ):
                break
            if owned and first < begin and not self._saint_left(tokens, index):
                break
            inside = (holder.start, holder.end) if holder else None
            first = index
            index -= 1
        return first

    def _may_join(self, tokens: list[Word], index: int, first: int) -> bool:
        """Whether the small word at `index` is inside a name ("St Mary and St John")."""
        if index == 0 or (
            index + 1 != first and tokens[index].text != "of" and tokens[index + 1].text != "the"
        ):
            return False
        left = tokens[index - 1]
        if tokens[index].text == "the":
            return left.text in ("of", "on", "upon")
        if not left.capital or left.text.casefold() in self._stops:
            return False
        if tokens[index].text in ("and", "&"):
            return self._saint_left(tokens, index - 1) or fold(tokens[index + 1].text) in self.saints
        return True

    def _saint_left(self, tokens: list[Word], index: int) -> bool:
        """Whether the word at `index`, or the one before it, is "St", "Queen" and the like."""
        return any(fold(t.text) in self.saints for t in tokens[max(0, index - 1) : index + 1])

    def _onwards(self, view: View, tokens: list[Word], index: int, kind: str) -> Iterator[Name]:
        """The name that a Welsh, Gaelic or Irish word for school begins."""
        last = index
        for later in range(index + 1, min(index + 1 + _LONGEST_NAME, len(tokens))):
            token = tokens[later]
            if not _joined(view.text, tokens, later - 1, later):
                break
            if token.capital and token.text.casefold() not in self._stops:
                last = later
            elif token.text not in self._joiners or token.text == "and":
                break
        if last == index:
            return
        bare = _POSSESSIVE.sub("", tokens[last].text)
        core = (*(t.text for t in tokens[index:last]), bare)
        yield Name(tokens[index].start, tokens[last].start + len(bare), kind, core)


def _joined(text: str, tokens: list[Word], first: int, last: int) -> bool:
    """Whether only single white space (no line break) stands between the words `first`…`last`."""
    return all(text[tokens[i].end : tokens[i + 1].start] in (" ", "  ", "-") for i in range(first, last))
