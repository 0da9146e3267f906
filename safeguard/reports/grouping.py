"""Findings gathered into cards: forty mentions of one child are one, a person's jigsaw pieces another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from safeguard.policy.waivers import may_be_waived
from safeguard.reports.words import JIGSAW, NAMES, label_of, type_in_words

if TYPE_CHECKING:
    from safeguard.report import Finding, Report

Section = Literal["block", "review", "changed", "warned", "protected", "kept"]
SECTIONS: tuple[Section, ...] = get_args(Section)
ACTING: tuple[Section, ...] = ("block", "review", "changed")

_OF_ACTION: Mapping[str, Section] = MappingProxyType(
    {
        "block": "block",
        "review": "review",
        "redact": "changed",
        "warn": "warned",
        "protect": "protected",
        "keep": "kept",
    }
)


@dataclass(frozen=True, slots=True)
class Card:
    """Findings that are one matter: the same decision, for the same reason, on a person or on some words."""

    section: Section
    jigsaw: bool
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all in the card: the first in the copy."""
        return self.findings[0]


def cards(report: Report, sections: Collection[Section] = ACTING) -> list[Card]:
    """Cards of all findings in `sections`: what stops publication first, then by place."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    for finding in report.findings:
        section = _section(finding)
        if section in sections:
            groups.setdefault((section, *_matter(finding)), []).append(finding)
    made = [Card(_section(f[0]), key[1] == "jigsaw", tuple(f)) for key, f in groups.items()]
    return sorted(made, key=lambda card: SECTIONS.index(card.section))


def card_title(report: Report, card: Card) -> str:
    """What a card is about, and whose: "child: [Child A]", "postcode of Carol Thornbury"."""
    first = card.first
    label = label_of(report, first.person)
    if card.jigsaw and card.section == "review":
        return f"pieces that together point at {label or 'somebody'}"
    what = type_in_words(first.entity_type)
    if not label:
        return what
    return f"{what}: {label}" if first.entity_type in NAMES else f"{what} of {label}"


def waivable(report: Report, card: Card) -> list[str]:
    """The findings of a card to name to `safeguard waive`; none without a story, or where nobody may waive.

    One of each text is enough: a waiver of it covers the same text wherever it stands.
    """
    if not report.story or not may_be_waived(card.first.action, card.first.rule):
        return []
    return list({finding.fingerprint: finding.id for finding in reversed(card.findings)}.values())[::-1]


def kept(findings: Iterable[Finding]) -> list[Finding]:
    """What was looked at and left as it stands."""
    return [f for f in findings if f.action == "keep" and not f.review]


def _section(finding: Finding) -> Section:
    if finding.review and finding.action != "block":
        return "review"
    return _OF_ACTION[finding.action]


def _matter(finding: Finding) -> tuple[str | None, ...]:
    if finding.entity_type in JIGSAW:
        return ("jigsaw", finding.person, finding.rule)
    if finding.person is not None:
        return (finding.entity_type, finding.person, finding.rule, finding.action, finding.because)
    text = (finding.text or "").casefold()
    return (finding.entity_type, text, finding.rule, finding.action, finding.because)
