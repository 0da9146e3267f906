"""Annotations for GitHub Actions: workflow commands on standard output, shown beside the lines of a file.

GitHub shows ten errors, ten warnings and ten notices of a step, so each matter is one annotation, whatever
the number of its places. None holds a protected name: whoever may read the log need not read the copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from safeguard.files import STANDARD_INPUT_NAME
from safeguard.reports import Checked
from safeguard.reports.excerpt import place
from safeguard.reports.grouping import Card, cards
from safeguard.reports.location import Locator, Region
from safeguard.reports.words import LEVELS, todo, whose_without_names, without_names

if TYPE_CHECKING:
    from safeguard.report import Report

_COMMANDS = {"block": "error", "review": "warning", "changed": "notice"}
_PLACES_SHOWN = 12


class Reporter:
    """Writes the annotations of each report as it comes."""

    def __init__(self, out: TextIO, *, everything: bool = False) -> None:
        self._out = out

    def add(self, checked: Checked) -> None:
        """Write one command for each matter, what stops publication first."""
        report = checked.report
        for problem in report.problems:
            self._write("error", checked.name, None, "not checked to the end", problem)
        locator = Locator(checked)
        for card in cards(report):
            title, message = _title(report, card), _message(checked, card)
            self._write(_COMMANDS[card.section], checked.name, locator.region(card.first), title, message)
        for insertion in report.insertions:
            self._write("notice", checked.name, None, f"{insertion.kind} added", insertion.text)

    def unchecked(self, name: str, why: str) -> None:
        """An error without a line."""
        self._write("error", name, None, "not checked", why)

    def close(self) -> None:
        """Nothing is held back."""

    def _write(self, command: str, name: str, region: Region | None, title: str, message: str) -> None:
        properties = {} if name == STANDARD_INPUT_NAME else {"file": name}
        if region is not None and properties:
            properties |= {"line": str(region.line), "endLine": str(region.end_line)}
            if region.line == region.end_line:  # GitHub takes columns within one line only
                properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
        properties["title"] = f"safeguard: {title}"
        listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        self._out.write(f"::{command} {listed}::{_data(message)}\n")
        self._out.flush()


def _title(report: Report, card: Card) -> str:
    level = LEVELS[card.first.action if card.section == "changed" else card.section]
    if card.jigsaw and card.section == "review":
        return f"{level} pieces that together point at {whose_without_names(report, card.first)}"
    return f"{level} {without_names(report, card.first)}"


def _message(checked: Checked, card: Card) -> str:
    first = card.first
    lines = [f"{first.because} ({first.rule})"]
    if card.section != "changed":
        lines.append(todo(first))
    if first.source:
        lines.append(f"Source: {'; '.join(first.source)}")
    places = list(
        dict.fromkeys(
            place(checked.copy, f.part, f.index, f.start, checked.path_of(f)) for f in card.findings
        )
    )
    more = len(places) - _PLACES_SHOWN
    lines.append(f"In {', '.join(places[:_PLACES_SHOWN])}{f' and {more} more' if more > 0 else ''}.")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
