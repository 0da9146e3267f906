"""Homes without a street: a pitch on a caravan site, a berth at a marina, a lodge in a holiday park.

The number is what a house number is to a street, and the site is the street (behaviour: D2, D3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recognizers.details.ownership import words
from recognizers.details.places import Places
from recognizers.details.view import Span, View

_NAME = r"[A-ZÀ-Þ][\w’'-]*(?: (?:of |the )?[A-ZÀ-Þ][\w’'-]*){0,4}"


@dataclass(frozen=True, slots=True)
class Site:
    """One home on a site: where its name stands, and its number (an empty span where none is given).

    `on_street` says that the name is a street's, of which `address.py` knows by itself.
    """

    name: Span
    unit: Span
    on_street: bool = False

    @property
    def start(self) -> int:
        """Where the first of the two begins."""
        return min(self.name[0], self.unit[0])

    @property
    def end(self) -> int:
        """Where the last of the two ends."""
        return max(self.name[1], self.unit[1])


class Sites:
    """Finds the sites of a text by the words of `address.yaml`."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        cues = vocabulary["sites"]
        unit = rf"(?i:{words(cues['units'])})\s(?:no\.? ?)?\d{{1,4}}[A-Za-z]?"
        name = rf"(?P<name>{_NAME})"
        self._forms = (
            re.compile(rf"(?<![\w’'-])(?P<unit>{unit}),?\s(?:(?:at|on|in)\s)?(?:the\s)?{name}"),
            re.compile(rf"\b(?:at|on)\s(?:the\s)?{name},?\s\(?(?P<unit>{unit})(?!\w)"),
            re.compile(
                rf"(?i:{words(cues['dwellings'])})\s(?:(?:moored|parked|berthed|pitched|sited)\s)?(?:at|on)\s"
                rf"(?:the\s)?{name}"
            ),
        )
        self._types = re.compile(rf"(?:{words(cues['types'])})$")
        self._first = re.compile(rf"(?i:{words((*cues['units'], *cues['dwellings']))})")

    def find(self, view: View, places: Places, streets: list[Span]) -> Iterator[Site]:
        """Every site with a number, or with a dwelling on it; streets and places of that name are none."""
        if self._first.search(view.text) is None:
            return
        found: dict[Span, Site] = {}
        for form in self._forms:
            for match in form.finditer(view.text):
                name = match.span("name")
                on_street = any(start < name[1] and name[0] < end for start, end in streets)
                if on_street and form is not self._forms[1]:
                    continue
                if places.is_place(match["name"]) and not self._types.search(match["name"]):
                    continue
                unit = match.span("unit") if "unit" in form.groupindex else (name[0], name[0])
                if name not in found or found[name].unit[0] == found[name].unit[1]:
                    found[name] = Site(name, unit, on_street)
        yield from (found[name] for name in sorted(found))
