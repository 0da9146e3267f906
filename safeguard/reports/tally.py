"""What came of several pieces of copy, in numbers: a row for each, and totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safeguard.reports.words import VERDICTS

if TYPE_CHECKING:
    from safeguard.reports import Checked


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of copy: places changed, places to decide on, categories warned of.

    `verdict` is None where it could not be checked.
    """

    name: str
    verdict: str | None
    numbers: tuple[int, int, int] = (0, 0, 0)


def row_of(checked: Checked) -> Row:
    """The row of one report."""
    report = checked.report
    if report.safe_copy is None:
        return Row(checked.name, None)
    changed = sum(finding.action == "redact" for finding in report.findings)
    to_decide = sum(finding.review for finding in report.findings)
    return Row(checked.name, report.verdict, (changed, to_decide, len(report.warnings)))


@dataclass(slots=True)
class Tally:
    """Rows in the order in which copy was checked."""

    rows: list[Row] = field(default_factory=list)

    def add(self, checked: Checked) -> None:
        """Count one report."""
        self.rows.append(row_of(checked))

    def unchecked(self, name: str) -> None:
        """Count copy that could not be checked."""
        self.rows.append(Row(name, None))

    @property
    def totals(self) -> tuple[int, ...]:
        """The numbers of all rows together."""
        return tuple(map(sum, zip(*(row.numbers for row in self.rows), strict=True)))

    def sentence(self) -> str:
        """ "3 checked: 1 pass, 2 review"; what could not be checked is said apart."""
        counts = Counter(row.verdict for row in self.rows)
        missed = counts.pop(None, 0)
        verdicts = ", ".join(f"{counts[v]} {v}" for v in VERDICTS if counts[v])
        said = f"{len(self.rows) - missed} checked" + (f": {verdicts}" if verdicts else "")
        return f"{said}; {missed} NOT checked" if missed else said
