"""Finding streets, house numbers and house names in copy; whose they are is `address.py`'s question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recognizers.details.ownership import words
from recognizers.details.view import Span

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Street:
    """One street in the text: its name, and the number or house name before it (both empty where none is)."""

    start: int
    end: int
    house_start: int
    house_end: int
    house_is_name: bool = False
    sure: bool = True
    comma: bool = False

    @property
    def house(self) -> bool:
        """Whether a number or a house name stands before the street."""
        return self.house_end > self.house_start


class Streets:
    """Finds every street of a text, with the house before it."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        word = r"(?:[A-ZÀ-Þ][\w’'-]*|St\.)"
        self._skip = frozenset(vocabulary["not_streets"])
        self._not_houses = frozenset(vocabulary["not_houses"])
        self._count_words = frozenset(vocabulary["follow_out"])
        self._public = frozenset(vocabulary["public_addresses"])
        types = words(vocabulary["street_types"])
        self._not_number = re.compile(rf"\b(?:{words(vocabulary['no_number_after'])})\s+$", re.IGNORECASE)
        self._lead = re.compile(rf"(?:(?:{words(vocabulary['lead_words'])})\s)+(?=\S+\s\S)")
        # Behind "of 7" and, in lists, "(44), 7" a street needs no type.
        behind_number = "|".join(
            rf"(?<={lead}\s{number}\s)"
            for lead in ("(?: of| at)", r"\(\d\d\),", r",\s\d\d,")
            for number in (r"\d", r"\d\d", r"\d\d\d")
        )
        self._street = re.compile(
            rf"(?<![\w’'-])(?P<name>(?:{words(vocabulary['whole_streets'])})(?![\w’'-])"
            rf"|(?:{words(vocabulary['welsh_streets'])})(?:[ -](?:y|yr|[A-ZÀ-Þ][\w’'-]*)){{1,3}}"
            # Court style in a street of no English type: "of 22 Cois Abhann, Adare".
            rf"|(?:{behind_number})(?:{word}\s)?{word}(?=,\s[A-ZÀ-Þ])"
            rf"|(?:{behind_number}){word}(?:\s{word})?\s(?:{words(vocabulary['blocks'])})\b(?!\s[A-Z])"
            rf"|(?:{behind_number})The\s{word}s\b(?!\s[A-Z])"
            rf"|(?:{word}|\d{{1,2}}(?:st|nd|rd|th))(?:[ -](?:(?:of|the|and) )?{word}){{0,3}}?"
            rf"[ ](?:{types})\b(?:[ ](?:{types})\b)?"
            rf"(?:\s(?:North|South|East|West)\b(?!\s[A-Z]))?)"
            rf"(?!\w|[ ](?:{words(vocabulary['not_before'])})\b)"
        )
        unit = words(vocabulary["unit_words"])
        # Scottish flats: "2/1", "3F2", "Flat G/1".
        flat = (
            rf"(?:(?:{unit})\s(?:\d{{1,4}}[A-Za-z]?|[A-Z]\d{{0,2}}|[\dGB]/\d|\d?[PBG]?F\d)"
            r"|\d{1,2}/\d{1,2}|\d?[PBG]?F\d)"
        )
        number = r"(?:No\.?\s?|Number\s)?\d{1,4}(?:[A-Za-z]\b|\s?[-–/]\s?\d{1,4}[A-Za-z]?)?"
        sure = words(vocabulary["house_types_sure"])
        other = words(vocabulary["house_types"])
        name = rf"(?:The\s)?(?:{word}\s){{0,3}}(?:(?P<sure>{sure})|(?:{other}))"
        self._number = re.compile(
            rf"(?<![\w£€$.,:/-])(?P<house>(?:{flat},?\s(?:{name},?\s)?)?{number})(?P<comma>,?)\s{{1,2}}$"
        )
        block = rf"(?:(?:[Tt]he\s)?{name.replace('(?P<sure>', '(?:')}|The\s{word})"
        flat_name = rf"(?P<house>{flat}(?:,?\s{block})?)"
        self._flat = re.compile(
            rf"(?<![\w£]){flat_name}(?:(?<!/\d)(?<!/\d\d),?\s(?:(?:in|on|off|at)\s)?|,?\s)$"
        )
        self._house = re.compile(rf"(?<![\w’'-])(?P<house>{name}),?\s(?:(?:in|on|off)\s)?$")
        # A house whose name is no word for one, right before its street: "of Tan y Bryn, Heol Fawr".
        self._untyped = re.compile(
            r"(?:\b(?:at|called)|\d\)?, of|\(\d\d\),|, \d\d,) "
            rf"(?P<house>{word}(?: (?:(?:y|yr|the|of|na|an|by) )?{word}){{0,2}}),\s$"
        )
        self._flat_alone = re.compile(rf"(?<![\w£])(?P<house>{flat},?\s{block})(?![\w’']|\s[A-Z\d]|,\s\d)")
        self._in_a_place = re.compile(
            rf"(?<!\w){vocabulary['lives_at']} (?P<house>{word}(?: {word})?), "
            rf"(?P<place>{word})(?![\w’']|\s[A-Z])"
        )
        old = rf"The\s(?:Old|New)\s{word}(?=,\s[A-ZÀ-Þ])"
        self._alone = re.compile(rf"(?<![\w’'-])(?P<house>(?P<old>{old})|{name})(?![\w’'])")

    def find(self, text: str) -> list[Street]:
        """Every street of the text, in order. Famous streets, football grounds and courts are none."""
        found = list(self._all(text))
        houses = {(street.house_start, street.house_end) for street in found if street.house_is_name}
        return [street for street in found if (street.start, street.end) not in houses]

    def _all(self, text: str) -> Iterator[Street]:
        """Every street; "Tan y Bryn, Heol Fawr" is two, though the first is a house in the second."""
        for match in self._street.finditer(text):
            start, end = self._trim(text, match.start("name"), match.end("name"))
            if end <= start or self._is_court(text[start:end]):
                continue
            number = self._number.search(text, max(0, start - 60), start)
            numbered = number is not None and self._is_house_number(text, number, start, end)
            if text[start:end] in self._skip and not (
                numbered and " " in text[start:end] and self._home_like(text, number, end)
            ):
                continue
            flat = self._flat.search(text, max(0, start - 70), start)
            if flat and number is not None and flat.start("house") < number.start("house"):
                numbered = False
            if numbered and number is not None:
                yield Street(
                    start, end, number.start("house"), number.end("house"), comma=bool(number["comma"])
                )
                continue
            if flat:
                yield Street(start, end, flat.start("house"), flat.end("house"))
                continue
            named = self._house.search(text, max(0, start - 60), start)
            untyped = None if named else self._untyped.search(text, max(0, start - 60), start)
            told = named or untyped
            if told:
                sure = named is not None and bool(named["sure"])
                yield Street(start, end, *told.span("house"), house_is_name=True, sure=sure)
                continue
            yield Street(start, end, start, start)

    def flats_alone(self, text: str) -> Iterator[Span]:
        """Flats in a block without a street ("Flat 6, Quayside House"), which are homes anywhere."""
        for match in self._flat_alone.finditer(text):
            yield match.span("house")

    def houses_in_places(self, text: str) -> Iterator[re.Match[str]]:
        """What may be a house and its townland: "lives at Cloneen, Rath"; groups `house` and `place`."""
        yield from self._in_a_place.finditer(text)

    def houses_alone(self, text: str) -> Iterator[re.Match[str]]:
        """House names by themselves ("Rose Cottage"); only a home cue makes one a home."""
        for match in self._alone.finditer(text):
            # "Court" by itself, as in "brought up to Court 3", is no name.
            if " " in match["house"] and not self._not_houses.intersection(match["house"].split()):
                yield match

    def _home_like(self, text: str, number: re.Match[str] | None, end: int) -> bool:
        """Whether a house in a street that shares its name with a famous one is meant ("14 High Street")."""
        if number is None:
            return False
        return re.sub(r"^(?:No\.?\s?|Number\s)", "", text[number.start("house") : end]) not in self._public

    def _trim(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Without a word in front that belongs to the sentence ("In Mill Lane", "At Rose Hill Road")."""
        lead = self._lead.match(text[start:end])
        return (start + lead.end(), end) if lead else (start, end)

    def _is_court(self, name: str) -> bool:
        """Whether "Court" is one of law there ("Leeds Crown Court")."""
        parts = name.split()
        return parts[-1] == "Court" and not self._not_houses.isdisjoint(parts[:-1])

    def _is_house_number(self, text: str, number: re.Match[str], start: int, end: int) -> bool:
        """Whether the digits before a street are a house's and not an age, a count, a day or a year."""
        house = number["house"]
        before = text[max(0, number.start("house") - 15) : number.start("house")]
        if self._not_number.search(before):
            return False
        if _YEAR.fullmatch(house) and not re.search(r"\b(?:at|of)\s$", before):
            return False
        follow = re.match(r"\s([a-z]+)\b", text[end : end + 20])
        return not (follow and follow[1] in self._count_words)
