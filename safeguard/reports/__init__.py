"""Report formats, one a module: what came of each piece of copy, shown to people or handed to programs.

To add a format: a module here with a `Reporter` class (see the protocol below) and a line in `Format` and
`_MODULES`. Nothing else knows the formats by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, TextIO, cast

if TYPE_CHECKING:
    from safeguard.documents import Document
    from safeguard.report import Report, Span


class Format(StrEnum):
    """The formats there are, by the name `--format` takes."""

    TERMINAL = "terminal"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    HTML = "html"


_MODULES = {
    Format.TERMINAL: "safeguard.reports.terminal",
    Format.JSON: "safeguard.reports.json_lines",
    Format.SARIF: "safeguard.reports.sarif",
    Format.GITHUB: "safeguard.reports.github",
    Format.HTML: "safeguard.reports.html_page",
}
_SUFFIXES = {".json": Format.JSON, ".sarif": Format.SARIF, ".html": Format.HTML, ".htm": Format.HTML}


@dataclass(frozen=True, slots=True)
class Checked:
    """One piece of copy that was checked: what it is called, as it was given, and the report on it.

    `document` is what its parts were read from, if they were.
    """

    name: str
    copy: str | Mapping[str, str | list[str]]
    report: Report
    document: Document | None = None

    def path_of(self, span: Span) -> str | None:
        """Where a span stands in the document, when that tells places of its own."""
        return span.path if self.document is not None and self.document.paths else None


class Reporter(Protocol):
    """Writes reports in one format. `everything` asks for what was looked at and kept, too."""

    def __init__(self, out: TextIO, *, everything: bool = False) -> None: ...

    def add(self, checked: Checked) -> None:
        """Take one more report; formats that can, write it at once."""

    def unchecked(self, name: str, why: str) -> None:
        """Take note of copy that could not be checked; `why` is a sentence without a word of it."""

    def close(self) -> None:
        """Write what can only be said when all reports are in."""


def reporter(format: Format, out: TextIO, *, everything: bool = False) -> Reporter:
    """A reporter of that format that writes to `out`."""
    module = importlib.import_module(_MODULES[format])
    return cast("type[Reporter]", module.Reporter)(out, everything=everything)


def format_for(path: str) -> Format:
    """The format that a report file's name asks for; terminal text when its ending says nothing."""
    return _SUFFIXES.get(PurePath(path).suffix.lower(), Format.TERMINAL)
