"""Ages and school years as copy writes them, worked out to years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# Whoever is under 18 is a child (Children Act 1989, section 105).
ADULT_AGE = 18
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
]
_PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365, "hour": 8760, "yr": 1}


def _number_words() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UNITS)}
    for index, ten in enumerate(_TENS, 2):
        words[ten] = index * 10
        for unit in range(1, 10):
            words[f"{ten}-{_UNITS[unit]}"] = words[f"{ten} {_UNITS[unit]}"] = index * 10 + unit
    return words


NUMBERS: Mapping[str, int] = _number_words()
NUMBER = r"(?:1[01]\d|\d{1,2}|" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + ")"
ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)|" + "|".join(_ORDINALS[1:]) + ")"
# "17-month-old", "three-year-old", "14 year old", "two-and-a-half-year-old"
OLD = rf"{NUMBER}(?:-and-a-half)?[- ](?:year|month|week|day|hour|yr)s?[- ]olds?"
# What may stand between a name and an age told of it, and what shows behind the number that it was one.
_LEAD = (
    r",| \(|'s(?= (?:only|just|now|still|barely|not)\b)|,? aged|,? who (?:is|was)|,? now|,? then"
    r"|,? also|,? both| of|,? is|,? was"
)
_HEDGE = (
    r" aged| just| only| then| now| also| already| himself| herself"
    r"| not yet| about to turn| nearly| almost| still only"
)
_NEXT = [
    "and",
    "from",
    "who",
    "is",
    "was",
    "has",
    "had",
    "on",
    "in",
    "at",
    "but",
    "when",
    "or",
    "were",
    "are",
    "died",
    "dies",
    "told",
    "said",
]
_UNIT = r"(?P<unit> and a half(?: years old)?|[- ](?:year|month|week|day)s?(?:[- ]old| of age)?)?"
# "A girl of nine stand in a yard": behind a word for a child, whatever follows.
AGE_OF_CHILD = rf"(?P<lead> of)(?: just| only| barely| about)? (?P<age>{NUMBER}){_UNIT}(?P<tail>(?![\w-]))"
_BEHIND = r"\)|[,.;:\"!?]|'(?!s\b)|$|\n|\s[-–—]|" + "|".join(rf" {word}\b" for word in _NEXT)
AGE_AFTER_NAME = (
    rf"(?P<lead>{_LEAD})(?:{_HEDGE})* ?(?P<age>{NUMBER}){_UNIT}"
    rf"(?P<tail> at the time| years? old(?: now| today)?| when| then| now| today)?(?={_BEHIND})"
)


def number(text: str) -> int:
    """The number that digits or words spell. Raises KeyError for anything else."""
    cleaned = text.lower().strip()
    return int(cleaned) if cleaned.isdigit() else NUMBERS[cleaned]


def ordinal(text: str) -> int:
    """The number that "6th" or "sixth" spells. Raises ValueError for anything else."""
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else _ORDINALS.index(text.lower())


def old_to_years(text: str) -> float:
    """Years that "17-month-old" says; months, weeks and days become parts of a year."""
    match = re.match(rf"({NUMBER})(?:-and-a-half)?[- ](year|month|week|day|hour|yr)", text, re.IGNORECASE)
    if match is None:
        raise ValueError("not an age")
    return number(match[1]) / _PER_YEAR[match[2].lower()]


def years_since(year: int, published: date | None) -> int | None:
    """Age now of somebody born in `year`; None without a day of publication. The older of two possible
    ages.
    """
    return published.year - year if published is not None and 1900 < year <= published.year else None


_OLD_END = re.compile(r"[- ](?:year|month|week|day|hour|yr)s?[- ]olds?\b", re.IGNORECASE)
_NUMBER_END = re.compile(rf"(?<![\w-]){NUMBER}(?:-and-a-half)?$", re.IGNORECASE)


def find_olds(text: str) -> list[tuple[int, int, float]]:
    """(start, end, years) of every "17-month-old" and "three-year-old" in `text`, in order."""
    found = []
    for match in _OLD_END.finditer(text):
        head = _NUMBER_END.search(text, max(0, match.start() - 24), match.start())
        if head is not None:
            found.append((head.start(), match.end(), old_to_years(text[head.start() : match.end()])))
    return found


@dataclass(frozen=True, slots=True)
class Age:
    """One age told of somebody: where, how many years, and whether it is their age now or at the time."""

    start: int
    end: int
    years: float
    then: bool = False
    cue: str = "age"
