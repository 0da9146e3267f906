"""JSON for programs: one report a line, each exactly what `report.model_dump_json()` gives."""

from __future__ import annotations

from typing import TextIO

from safeguard.reports import Checked


class Reporter:
    """Writes every report as soon as it is in."""

    def __init__(self, out: TextIO, *, everything: bool = False) -> None:
        self._out = out

    def add(self, checked: Checked) -> None:
        """Write one line."""
        self._out.write(checked.report.model_dump_json() + "\n")
        self._out.flush()

    def unchecked(self, name: str, why: str) -> None:
        """No report, no line; the command says it on standard error and exits with 2."""

    def close(self) -> None:
        """Nothing is held back."""
