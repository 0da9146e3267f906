"""Every other place that names an institution: its short forms, initials, tags, captions, slugs.

A name is known by its core ("Hartley Vale" of "Hartley Vale Academy"). Where no word beside it says that the
institution is meant, a form is `bare`: it counts only once the institution is known to be a child's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from recognizers.details.ownership import words
from recognizers.details.places import Places
from recognizers.details.view import Span, View

_ADDRESS_KINDS = ("slug", "file", "url", "tags")
_SAINTS = ("St", "Saint", "SS")
_CAPITAL_NEXT = re.compile(r" (?:& )?[A-ZÀ-Þ]")
_CAPITAL_BEFORE = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w’'-]*) $")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n“\"‘(>]\s*)$")
# "Coláiste Naomh Fintan" is St Fintan's.
_IRISH_SAINT = "Naomh"
_NUMBERED = re.compile(r"\d(?:st|nd|rd|th)[\s_-]$")
_SMALL = frozenset(("of", "the", "and", "&", "on", "upon"))
_ADDRESS_BEFORE = re.compile(r"[/.@#_]$")
_ADDRESS_BEHIND = re.compile(r"[/@_]|\.\w")
_FEWEST_INITIALS = 3
_SHORTEST_IN_SLUG = 4
_SHORTEST_LAST = 4
_WORD = r"[A-ZÀ-Þ][\w’'-]*"


class InstitutionForms:
    """Finds the forms of a name by the words of `institution.yaml` and `institution_cues.yaml`."""

    def __init__(self, vocabulary: dict[str, Any], cues: dict[str, Any], type_words: str) -> None:
        self._street = re.compile(rf"(?:{words(cues['street_like'])})$")
        self._stops = frozenset(vocabulary["not_names"])
        self._not_followed = re.compile(rf"\s(?:{words(vocabulary['not_followed'])})\b")
        self._place = re.compile(rf"(?<!\w){cues['place_before']}\s$", re.IGNORECASE)
        self._at = re.compile(rf"(?<!\w)(?:{cues['street_name_before']})\s(?:the\s)?$", re.IGNORECASE)
        self._in_street = re.compile(rf"(?<!\w)(?:{cues['in_street']})\s(?:the\s)?$", re.IGNORECASE)
        self._before = re.compile(rf"(?<!\w)(?:{cues['lone_before']})\s(?:the\s)?$", re.IGNORECASE)
        self._behind = re.compile(rf"(?:[’']s?)?\s(?:{cues['lone_behind']})", re.IGNORECASE)
        self._bare_behind = re.compile(cues["bare_behind"])
        tails = rf"(?:{type_words}|{words(cues['short_types'])})"
        # "hartleyvaleprimary.example": in an address the type is glued on.
        self._tail = re.compile(rf"(?P<glued>(?:{tails}){{0,2}})(?![^\W_])", re.IGNORECASE)
        self._types = re.compile(rf"(?:[\s_-]+{tails}(?!\w)){{1,3}}", re.IGNORECASE)
        self._first = frozenset(word for entries in vocabulary["first"].values() for word in entries)
        self._descriptive = frozenset(cues["descriptive"])
        self._alias = re.compile(rf"{cues['alias']}(?P<alias>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)")
        its = rf"(?<!\w)(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) {cues['its_alias']}"
        self._its_alias = re.compile(rf"{its}{cues['alias']}(?P<alias>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)")
        self._called = re.compile(rf"(?<!\w){cues['called']}(?P<alias>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)")
        self._common = frozenset(cues["no_short_form"])
        self._more = frozenset(cues["first_more"])
        self._no_last = frozenset(cues["no_last_word"])

    def find(
        self, view: View, places: Places, kind: str, core: tuple[str, ...], full: str
    ) -> Iterator[tuple[Span, bool]]:
        """Every place that bears the name, and whether it is certainly the institution.

        `full` is the name in full, `core` the words of it that no other institution of the kind need have.
        """
        yield from self._of(view, places, kind, core)
        if core[0] in self._first and len(core) > 1:
            yield from self._of(view, places, kind, core[1:])
            name = core[1:]
            while len(name) > 1 and name[0] in self._more:
                name = name[1:]
                yield from self._of(view, places, kind, name)
        typed = core[0] in self._first and self._types.fullmatch(f" {core[-1]}") is not None
        if len(core) > 2 and (typed or core[-1] in self._descriptive):
            yield from self._of(view, places, kind, core[:-1])
        if _IRISH_SAINT in core[:-1]:
            saint = core[core.index(_IRISH_SAINT) + 1]
            yield from self._of(view, places, kind, ("St", f"{saint}'s"))
        yield from self._initials(view, full)
        yield from self._aliases(view, full)
        yield from self._its_aliases(view)
        if kind == "club":
            yield from self._last_word(view, core, full)
            yield from self._longer(view, full)
        if len(core) > 1 and self._shortens(core, places):
            forms = list(self._of(view, places, kind, core[:1]))
            if any(certain for _, certain in forms):
                yield from ((span, False) for span, _ in forms)

    def _shortens(self, core: tuple[str, ...], places: Places) -> bool:
        """Whether "Balgownie Heights" may be called "Balgownie": the word is no saint's and no place's."""
        first = core[0]
        return (
            first.rstrip(".") not in _SAINTS
            and first[0].isupper()
            and len(first) > _FEWEST_INITIALS
            and first not in self._common
            and first not in self._stops
            and core[1] not in _SMALL
            and not places.is_place(first)
        )

    def _of(
        self, view: View, places: Places, kind: str, core: tuple[str, ...]
    ) -> Iterator[tuple[Span, bool]]:
        """Every place that bears the name: with another ending, with none, or as in an address."""
        spelt = r"[\s_-]*".join(_loose(word) for word in core)
        # The endings are many: compiled with every name, they cost more than the search.
        pattern = re.compile(rf"(?<![^\W_]){spelt}", re.IGNORECASE)
        lone = len(core) == 1
        street = self._street.search(core[-1]) is not None
        saintly = core[0].rstrip(".") in _SAINTS
        team = kind == "club" and core[-1].endswith("s") and not lone
        place = (lone or street) and places.is_place(" ".join(core))
        only_name = street and not lone and not self._is_a_street(view, spelt)
        for match in pattern.finditer(view.text):
            tail = self._tail.match(view.text, match.end())
            if tail is None:
                continue
            start, end = match.start(), tail.end()
            if tail["glued"] and (lone or not _in_address(view, start, end)):
                continue
            typed = self._types.match(view.text, end)
            end = typed.end() if typed else end
            text = view.text[start:end]
            address = view.kind_at(start) in _ADDRESS_KINDS or (not re.search(r"\s", text) and not lone)
            if not (text[0].isupper() or text[0].isdigit() or address):
                continue
            if typed:
                yield (start, end), True
                continue
            if self._not_followed.match(view.text, end):
                continue
            before = view.text[max(0, start - 40) : start]
            if self._before.search(before) or self._behind.match(view.text, end):
                yield (start, end), True
                continue
            if not saintly and not team and self._place.search(before):
                continue
            if not (lone or street):
                # "Leighton Buzzard" of the rugby club there is the town; "1st Stoke Poges" are the scouts.
                if not places.is_town(" ".join(core)) or _NUMBERED.search(before):
                    yield (start, end), True
            elif street and not lone:
                if only_name or self._at.search(before):
                    yield (start, end), False
            elif not place and self._stands_alone(view, start, end):
                yield (start, end), False

    def _is_a_street(self, view: View, spelt: str) -> bool:
        """Whether the copy speaks of the street that a nursery is called after ("in Puddle Lane")."""
        form = re.compile(rf"(?<![^\W_]){spelt}(?![^\W_])", re.IGNORECASE)
        return any(
            self._in_street.search(view.text, max(0, match.start() - 30), match.start()) is not None
            and self._types.match(view.text, match.end()) is None
            for match in form.finditer(view.text)
        )

    def _stands_alone(self, view: View, start: int, end: int) -> bool:
        """Whether a lone word is a name by itself there: no part of a longer one, nobody's, and at the head
        of a sentence only if that goes on as of a school.
        """
        if view.kind_at(start) in _ADDRESS_KINDS:
            return view.kind_at(start) == "tags" or end - start > _SHORTEST_IN_SLUG
        if view.is_somebody(start, end, doubtful=False) or _CAPITAL_NEXT.match(view.text, end):
            return False
        before = view.text[max(0, start - 40) : start]
        if _SENTENCE_START.search(before):
            return self._bare_behind.match(view.text, end) is not None
        left = _CAPITAL_BEFORE.search(before)
        return left is None or left[1] in self._stops

    def _aliases(self, view: View, full: str) -> Iterator[tuple[Span, bool]]:
        """What the copy says that everybody calls it: "Noel Park Academy, known round here as the Tech"."""
        for told in re.finditer(rf"(?<![\w-]){re.escape(full)}(?![\w-])", view.text):
            alias = self._alias.match(view.text, told.end())
            if alias is not None:
                for match in re.finditer(rf"(?<![\w-]){re.escape(alias['alias'])}(?![\w-])", view.text):
                    yield match.span(), True

    def _its_aliases(self, view: View) -> Iterator[tuple[Span, bool]]:
        """The other name that the copy gives "the club": "The club, known to everyone as the Quins"; "Pupils
        call the school Smithy".
        """
        for told in (*self._its_alias.finditer(view.text), *self._called.finditer(view.text)):
            for match in re.finditer(rf"(?<![\w-]){re.escape(told['alias'])}(?![\w-])", view.text):
                yield match.span(), False

    def _last_word(self, view: View, core: tuple[str, ...], full: str) -> Iterator[tuple[Span, bool]]:
        """ "The Otters" of "Lea Otters Swimming Club", "Stars" of "Swilly Stars"."""
        last = full.split()[-1] if full.split()[-1] not in core and len(core) == 1 else core[-1]
        if not last.endswith("s") or len(last) < _SHORTEST_LAST or last in self._no_last or last == full:
            return
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(last)}(?![\w-])", view.text):
            if self._stands_alone(view, *match.span()):
                yield match.span(), False

    def _longer(self, view: View, full: str) -> Iterator[tuple[Span, bool]]:
        """ "Marske Angels" where the club is known as "the Angels"."""
        if " " in full or not full.endswith("s"):
            return
        name = re.compile(rf"(?<![\w’'-])(?:{_WORD} ){{1,2}}{re.escape(full)}(?![\w-])")
        for match in name.finditer(view.text):
            if match[0].split()[0] not in self._stops:
                yield match.span(), False

    def _initials(self, view: View, full: str) -> Iterator[tuple[Span, bool]]:
        """ "BDHS" of "Brightmet Deane High School"."""
        if " " not in full or not full[0].isalpha():
            return
        every = re.findall(r"(?:^|(?<=[\s-]))&?\w", full)
        told = [word for word in full.split() if word not in _SMALL]
        spelt = {"".join(every).upper(), "".join(word[0] for word in told).upper()}
        for form in sorted(form for form in spelt if len(form) >= _FEWEST_INITIALS):
            for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", view.text):
                yield match.span(), True


def _in_address(view: View, start: int, end: int) -> bool:
    """Whether a word stands in a link, handle or file name, also of plain text."""
    if view.kind_at(start) in _ADDRESS_KINDS or _ADDRESS_BEHIND.match(view.text, end):
        return True
    return _ADDRESS_BEFORE.search(view.text, max(0, start - 1), start) is not None


def _loose(word: str) -> str:
    """A word of a name as a pattern: apostrophes may be missing, "St" may be "St." or "Saint"."""
    if word.rstrip(".") in ("St", "Saint"):
        return r"(?:St\.?|Saint)"
    if word in ("&", "and"):
        return "(?:&|and)"
    return "".join(map(_loose_letter, word))


def _loose_letter(letter: str) -> str:
    if letter in "’'":
        return "[’']?"
    plain = unicodedata.normalize("NFD", letter)[0]
    return re.escape(letter) if plain == letter else f"[{letter}{plain}]"
