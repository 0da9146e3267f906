"""What the copy itself uses as a place's name: "in Hartley", "Lower Lane, Weobley", "the Hartley girl"."""

from __future__ import annotations

import re
from typing import Any

from recognizers.details.ownership import words
from recognizers.details.view import View
from recognizers.vocabulary import load_lines

_CAPITALS = r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?"


class Places:
    """Whether a name is a place's in one copy; in another the same word may be a school's."""

    def __init__(self, view: View, patterns: PlacePatterns) -> None:
        self._text = view.text
        self._patterns = patterns
        self._known: dict[str, bool] = {}

    def is_place(self, name: str) -> bool:
        """Whether the copy says of a capitalised name what is said of a place, anywhere."""
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def is_town(self, name: str) -> bool:
        """Whether a name is a town's, a county's or a country's (behaviour: D4), whatever the copy says."""
        return name in self._patterns.towns

    def is_county(self, name: str) -> bool:
        """Whether a name is a county's or a country's, so that a side of that name is everybody's."""
        return name in self._patterns.counties

    def _read(self, name: str) -> bool:
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", self._text):
            before = self._text[max(0, match.start() - 60) : match.start()]
            if self._patterns.before.search(before) or self._patterns.behind.match(self._text, match.end()):
                return True
        return False


class PlacePatterns:
    """The compiled words of `institution_cues.yaml` that make a name a place's."""

    def __init__(self, cues: dict[str, Any]) -> None:
        street = words(cues["street_like"])
        self.before = re.compile(
            rf"(?:(?<!\w)(?i:{cues['place_anywhere']}) (?:{_CAPITALS}(?:, | and | or ))*"
            rf"|\b(?:{street}),? (?:in )?|\d,? (?:of|from) )$"
        )
        self.counties = frozenset(cues["counties"])
        self.towns = frozenset((*load_lines("recognizers.people", "towns.txt"), *cues["counties"]))
        self.behind = re.compile(rf"(?:[’']s)? (?:{cues['place_behind']})(?!\w)")
