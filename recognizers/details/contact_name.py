"""Whether the name that a contact point is given with is an organisation's ("call Silver Stork on").

A name of two words or more that people recognition takes for nobody's is an organisation's; one that it takes
for somebody's is one only when the copy says so. A lone word is a person's until the copy says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from recognizers.details.ownership import words
from recognizers.details.view import View
from recognizers.vocabulary import load_lines

_WORD = r"[A-ZÀ-Þ][\w’'&-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|the|for|&)\s+)*[A-ZÀ-Þ&][\w’'&-]*)*"
_POSSESSIVE = re.compile(r"[’']s$")
# The site of a web or mail address, without what stands before the @.
_SITE = re.compile(r"(?<![\w.])(?:[\w-]+\.)+[a-z]{2,}(?![\w@])")
_SHORTEST = 6


class ContactName:
    """Reads names beside contact points; its words are in `contact_owner.yaml`."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        runs = vocabulary["organisation"]
        self._runs = re.compile(rf"(?:{'|'.join(runs['behind'])})\b")
        self._run_by = re.compile(rf"\b(?:{'|'.join(runs['before'])})\s(?:the\s)?$", re.IGNORECASE)
        self._not_names = frozenset(vocabulary["not_names"])
        self._street = re.compile(rf"\s(?:{words(vocabulary['street_types'])})$")
        self._firm = re.compile(vocabulary["firm_name"])
        # "Rossi’s, Pier Road, Ayr": a shop by its founder's name, and not "a friend of Rossi’s,".
        self._shop = re.compile(r"(?s)(?!.*\bof ).{0,4}?[A-ZÀ-Þ][\w’'&-]*[’']s, ")
        self._at = re.compile(rf"(?:{vocabulary['at_name']})$")
        link = words(vocabulary["led_to_number"])
        # "The Walnut Tree, Llanddewi: 01632 …", "Hatton Jewellers in Deal, which can be reached on …"
        self._given_with = re.compile(
            rf"(?<![\w’'-])(?<!\d )(?<!\d[a-z] )(?P<name>{_NAME})"
            rf"(?:,?\s(?:(?:in|at|of|on|near)\s)?(?:\d{{1,4}}[a-z]?\s)?{_NAME}){{0,3}}"
            rf"(?:,\s[a-z][a-z -]{{2,30}}(?=,))?(?:[\s,;:().–-]|(?i:{link})(?!\w))*$"
        )
        lines = load_lines("recognizers.people", "given_names.txt")
        self._given = frozenset(line.split()[0].casefold() for line in lines)

    def is_no_name(self, word: str) -> bool:
        """Whether a capitalised word is no name by itself ("Info")."""
        return word in self._not_names

    def right_before(self, view: View, begin: int, start: int) -> tuple[int, int] | None:
        """The name, from `begin` on, that only link words (and its town) part from the number at `start`."""
        match = self._given_with.search(view.text, begin, start)
        while match is not None and match["name"].split()[0] in self._not_names:
            match = self._given_with.search(view.text, match.end("name"), start)
        return match.span("name") if match is not None else None

    def is_organisation(self, view: View, start: int, end: int) -> bool:
        """Whether the name between the offsets is an organisation's and no person's or street's."""
        name = view.text[start:end]
        if self._street.search(name):
            return False
        if self._remembered(view, "said", name) or self._firm.search(name):
            return True
        if self._shop.fullmatch(view.text[max(0, start - 4) : end + 2]):
            return True
        first, *rest = name.split()
        if rest and _POSSESSIVE.search(first):
            return True  # "Penny's Launderette"
        if self._is_a_side(view, name) or self._is_more(view, start, end):
            return True
        if view.is_somebody(start, end, doubtful=False):
            return False
        the = view.text[max(0, start - 4) : start].casefold() == "the "
        if the or name.startswith("The ") or self._remembered(view, "site", name):
            return True
        if first.casefold() in self._given and len(rest) < 2:
            return _POSSESSIVE.search(name) is not None
        if any(r.start <= start and end <= r.end for r in view.at(start, end)):
            spoken_of = re.search(rf"\b(?:the|for) {re.escape(name.split()[-1])}\b", view.text)
            return (
                spoken_of is not None
                or self._remembered(view, "somewhere", name)
                or (len(rest) > 1 and first.casefold() not in self._given)
            )
        return bool(rest) or _POSSESSIVE.search(name) is not None

    @staticmethod
    def _is_more(view: View, start: int, end: int) -> bool:
        """Whether it goes on behind a surname with a word that nobody is called ("Harker Memorials")."""
        last = view.text[start:end].split()[-1]
        inside = [r for r in view.at(start, end) if r.start == start and r.end < end - 1]
        return bool(inside) and not any(last in name.split() for p in view.people.persons for name in p.names)

    def _is_a_side(self, view: View, name: str) -> bool:
        """Whether it is a club's that the copy calls by its last word: "a javelin for Strollers"."""
        first, *rest = name.split()
        if not rest or not name.endswith("s") or first.casefold() in self._given:
            return False
        return re.search(rf"\b(?:for|the) {re.escape(rest[-1])}\b", view.text) is not None

    def _remembered(self, view: View, question: str, name: str) -> bool:
        """The answer to one of the questions below, worked out once for each name of a copy."""
        ask = {"said": self._said, "somewhere": self._is_somewhere, "site": self._has_site}[question]
        answer = view.answers.get((question, name))
        if answer is None:
            answer = view.answers[question, name] = ask(view, name)
        return answer

    def _is_somewhere(self, view: View, name: str) -> bool:
        """Whether the copy says that something is "at" it, as it is at no person."""
        return any(
            self._at.search(view.text[max(0, match.start() - 30) : match.start()])
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", view.text)
        )

    def _said(self, view: View, name: str) -> bool:
        """Whether the copy says elsewhere of a capitalised name what is only said of an organisation."""
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", view.text):
            if self._runs.match(view.text, match.end()):
                return True
            if self._run_by.search(view.text[max(0, match.start() - 60) : match.start()]):
                return True
        return False

    @staticmethod
    def _has_site(view: View, name: str) -> bool:
        """Whether a web or mail address of the copy carries the name ("enquiries@silverstork.example")."""
        packed = fold(name)
        return len(packed) >= _SHORTEST and any(packed in fold(m[0]) for m in _SITE.finditer(view.text))


def fold(text: str) -> str:
    """Letters and digits only, without accents, lower case: how a name looks inside a handle."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isalnum() and ord(c) < 0x250).casefold()
