"""Findings gathered into cards: forty mentions of one child are one, a person's jigsaw pieces another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from safeguard.reports.words import JIGSAW

if TYPE_CHECKING:
    from safeguard.report import Finding, Report

Section = Literal["block", "review", "changed"]


@dataclass(frozen=True, slots=True)
class Card:
    """Findings that are one matter: the same decision about the same person or the same words."""

    section: Section
    jigsaw: bool
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all in the card: the first in the copy."""
        return self.findings[0]


def cards(report: Report) -> list[Card]:
    """Cards of all that was changed or needs a person: what stops publication first, then by place."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    sections: dict[tuple[str | None, ...], Section] = {}
    for finding in report.findings:
        section = _section(finding)
        if section is None:
            continue
        key = (section, *_matter(finding))
        groups.setdefault(key, []).append(finding)
        sections[key] = section
    made = [Card(sections[key], key[1] == "jigsaw", tuple(findings)) for key, findings in groups.items()]
    order = ("block", "review", "changed")
    return sorted(made, key=lambda card: order.index(card.section))


def kept(findings: Iterable[Finding]) -> list[Finding]:
    """What was looked at and left as it stands."""
    return [f for f in findings if f.action == "keep" and not f.review]


def _section(finding: Finding) -> Section | None:
    if finding.action == "block":
        return "block"
    if finding.review:
        return "review"
    return "changed" if finding.action == "redact" else None


def _matter(finding: Finding) -> tuple[str | None, ...]:
    if finding.entity_type in JIGSAW:
        return ("jigsaw", finding.person, finding.rule)
    if finding.person is not None:
        return (finding.entity_type, finding.person, finding.rule, finding.action)
    return (finding.entity_type, (finding.text or "").casefold(), finding.rule, finding.action)
