"""Court lists: a line for each defendant, who is named once and told of in sentences without a subject."""

from __future__ import annotations

import re
from typing import Any

from recognizers.model import Evidence
from recognizers.people.grammar import any_of
from recognizers.people.scene import Scene
from recognizers.vocabulary import load_vocabulary

# So many entries make a list.
_ENTRIES = 2
_NAME_REACH = 12
_ENTRY = re.compile(r",? \(?\d{1,2}\)?,|,? (?:\d{1,2}, )?(?:aged \d{1,2}, )?of |, a (?:youth|juvenile)\b")


class CourtLists:
    """Reads court_lists.yaml once and finds the defendants of a list."""

    def __init__(self) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "court_lists.yaml")
        self._outcome = re.compile(rf"[.:;] (?:{any_of(words['outcome'])})\b", re.IGNORECASE)

    def read(self, scene: Scene) -> None:
        """Make everyone an accused whom the line of a list opens with."""
        clean = scene.readable.clean
        found: list[tuple[int, int]] = []
        for line in dict.fromkeys(scene.readable.line_at(ref.start) for ref in scene.refs if ref.name):
            outcome = self._outcome.search(clean, *line)
            opening = scene.between(line[0], line[0] + _NAME_REACH)
            if outcome is not None and any(r.name and _ENTRY.match(clean, r.end) for r in opening):
                found.append((line[0], outcome.start()))
        if len(found) < _ENTRIES:
            return
        for start, end in found:
            for ref in scene.between(start, end):
                figure = ref.figure
                if ref.name and _ENTRY.match(clean, ref.end) and not (figure.blamed or figure.in_office):
                    figure.says("accused", Evidence(ref.start, ref.end, "court_list", "role", "accused"))
