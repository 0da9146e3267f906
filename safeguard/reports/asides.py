"""What a report says beside its findings: what was waived, what rules on trial would have done, and notes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeguard.report import Report


def asides(report: Report) -> list[tuple[str, list[str]]]:
    """Titles with their lines; only those that have any."""
    sections = (
        ("Waived", _waived(report)),
        ("On trial: reported, and nothing was done", _trial(report)),
        ("For whoever keeps the policy", list(report.notes)),
    )
    return [(title, lines) for title, lines in sections if lines]


def _waived(report: Report) -> list[str]:
    counts = Counter(
        (f.rule, f.waived.by, f.waived.until.isoformat(), f.waived.reason)
        for f in report.findings
        if f.waived
    )
    return [
        f"{rule}, {_places(n)}: by {by} until {until}: {reason}"
        for (rule, by, until, reason), n in sorted(counts.items())
    ]


def _trial(report: Report) -> list[str]:
    counts = Counter(rule for finding in report.findings for rule in finding.trial)
    return [f"{rule} holds in {_places(n)}" for rule, n in sorted(counts.items())]


def _places(count: int) -> str:
    return f"{count} place{'s' * (count != 1)}"
