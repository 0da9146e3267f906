"""PHONE_NUMBER: British, Irish and international numbers as copy writes them, with whose they are.

`phonenumbers` finds what is in use; the forms below find the rest: numbers reserved for drama (Ofcom: 07700
900xxx, 01632 960xxx and so on, all invalid for the library), misprinted ones, and ones glued to a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from recognizers.details.base import CUED, LIKELY, DetailRecognizer
from recognizers.details.contact_owner import ContactOwner, Owner
from recognizers.details.ownership import words
from recognizers.details.view import Span, View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_SEPARATOR = r"(?:[ .]|\)|\(|[-‐‑‒–]){0,3}"
_NATIONAL = re.compile(
    r"(?<![\d£€$+])(?<!\d[.,:-])"
    rf"(?:(?P<plus>(?:\(?\+|00)\s?44|(?<!\w)44(?=\s?7)){_SEPARATOR}(?:\(?0\)?{_SEPARATOR})?|\(?0)"
    rf"(?P<body>\d{{1,10}}(?:{_SEPARATOR}\d{{2,8}}){{0,4}})(?!\d)"
)
_ABROAD = re.compile(
    r"(?<![\d+])(?:\+|00)(?!\s?44)"
    rf"(?P<body>[1-9]\d{{0,14}}(?:{_SEPARATOR}\d{{1,8}}){{0,6}})(?!\d)"
)
_IRISH_FREE = re.compile(r"(?<![\d£€$+.,-])1[89][0159]0(?:[ -]?\d{2,6}){1,3}(?!\d)")
_DIGITS = re.compile(r"[+(]{0,2}\d(?:[\d ().-]|[‐‑‒–]){6,30}\d")
# What every number has in it: at least seven digits with nothing but separators between them.
_RUN = re.compile(r"\d[\d ().‐‑‒–-]{5,}\d")
_EXTENSION = re.compile(r",?\s{0,2}(?:ext(?:ension|n)?\.?|x)\s?\d{1,5}\b", re.IGNORECASE)
_ADDRESS_CHARACTERS = re.compile(r"[^\s<>\"'“”‘’()\[\]]*$")


class ContactPhoneRecognizer(DetailRecognizer):
    """Marks telephone numbers; facts: `owner`, and `value` (digits, "44…" for British ones)."""

    def __init__(self) -> None:
        super().__init__("phone", "PHONE_NUMBER")
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "phone.yaml")
        self._owner = ContactOwner()
        self._reference = re.compile(
            rf"\b(?:{words(vocabulary['references'])})[\s:.#]*"
            r"(?:(?:is|was|of|no|number)\b[\s:.]*)?(?:[A-Z]{0,4}[-/]?)?$",
            re.IGNORECASE,
        )
        self._short = frozenset(vocabulary["short"])
        self._mobile = tuple(vocabulary["mobile"])
        self._of_organisations = tuple(vocabulary["of_organisations"])
        self._dialled = tuple(vocabulary["dialled"])

    def observe(self, view: View) -> Iterator[Observation]:
        """Every telephone number of the copy; an extension belongs to its span."""
        spans = self._spans(view.text)
        floor = 0
        for (start, end), value in spans:
            if self._is_something_else(view, start):
                continue
            extension = _EXTENSION.match(view.text, end)
            end = extension.end() if extension else end
            mobile = value.startswith(self._mobile)
            default: Owner = "business" if value.startswith(self._of_organisations) else "personal"
            owner = self._owner.around(view, start, end, floor, mobile=mobile, default=default)
            score = LIKELY if owner == "personal" else CUED
            facts = {"owner": owner, "value": value}
            yield Observation("PHONE_NUMBER", start, end, score, self.name, facts=facts)
            floor = end

    def _spans(self, text: str) -> list[tuple[Span, str]]:
        """All that has the shape of a number, in order and without overlaps, each with its digits."""
        found: dict[Span, str] = {}
        for run in _RUN.finditer(text):  # No form below can begin anywhere else, and all of them are dearer.
            self._in_run(text, max(0, run.start() - 4), run.end(), found)
        kept: list[tuple[Span, str]] = []
        for span in sorted(found, key=lambda s: (s[0], -s[1])):
            if not kept or span[0] >= kept[-1][0][1]:
                kept.append((span, found[span]))
        return kept

    def _in_run(self, text: str, begin: int, end: int, found: dict[Span, str]) -> None:
        """Adds to `found` the numbers in one run of digits."""
        for match in _NATIONAL.finditer(text, begin, end):
            trimmed = self._national(text, match)
            if trimmed:
                found[trimmed[0]] = trimmed[1]
        for match in _ABROAD.finditer(text, begin, end):
            trimmed = _abroad(text, match)
            if trimmed:
                found[trimmed[0]] = trimmed[1]
        for match in _IRISH_FREE.finditer(text, begin, end):
            digits = _digits(match[0])
            if len(digits) == 10:
                found[match.span()] = "353" + digits
        for run in _DIGITS.finditer(text, begin, end):
            # The library is slow; it is shown the runs of digits that no form above has read.
            if any(start < run.end() and run.start() < stop for start, stop in found):
                continue
            first = max(0, run.start() - 2)
            for hit in phonenumbers.PhoneNumberMatcher(text[first : run.end() + 2], "GB"):
                value = f"{hit.number.country_code}{hit.number.national_number}"
                found.setdefault((first + hit.start, first + hit.end), value)

    def _national(self, text: str, match: re.Match[str]) -> tuple[Span, str] | None:
        """The number at the head of a run of digit groups: ten or eleven digits with the leading nought."""
        start = match.start()
        body = match["body"]
        groups = [(group.end(), group[0]) for group in re.finditer(r"\d+", body)]
        if len(groups[0][1]) == 1 and any(len(digits) < 3 for _, digits in groups[1:]):
            return None  # "09.30 10.15", "01-02-2003": times and dates
        digits = ""
        best: tuple[int, str] | None = None
        for end, group in groups:
            digits += group
            if _dialled_so(digits, dublin=groups[0][1] == "1") or "0" + digits in self._short:
                best = (match.start("body") + end, digits)
        if best is None:
            return None
        if text[start] == "(" and ")" not in text[start : best[0]]:
            start += 1
        return (start, best[0]), "44" + best[1]

    def _is_something_else(self, view: View, start: int) -> bool:
        """Whether the digits are a reference, or a page's number in a web address."""
        if self._reference.search(view.text[max(0, start - 50) : start]):
            return True
        token = _ADDRESS_CHARACTERS.search(view.text, max(0, start - 200), start)
        before = token[0].casefold() if token else ""
        if (
            "://" not in before
            and "www." not in before
            and view.kind_at(start) not in ("url", "file", "slug")
        ):
            return False
        mobile = view.text[start : start + 2] == "07"
        return not (mobile or before.endswith(self._dialled))


def _dialled_so(national: str, *, dublin: bool) -> bool:
    """Whether as many digits follow the nought as such a number has: nine or ten; Dublin has eight."""
    if len(national) == 10:
        return national[0] in "1235789"
    if len(national) == 9:
        return national[0] not in "03"
    return dublin and len(national) == 8


def _abroad(text: str, match: re.Match[str]) -> tuple[Span, str] | None:
    """The longest valid number at the head of the run, else the longest possible one."""
    possible: tuple[Span, str] | None = None
    valid: tuple[Span, str] | None = None
    for group in re.finditer(r"\d+", match["body"]):
        end = match.start("body") + group.end()
        digits = _digits(text[match.start("body") : end])
        if not 8 <= len(digits) <= 15:
            continue
        try:
            number = phonenumbers.parse("+" + digits)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            valid = ((match.start(), end), digits)
        elif phonenumbers.is_possible_number(number):
            possible = ((match.start(), end), digits)
    return valid or possible


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
