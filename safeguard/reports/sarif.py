"""SARIF 2.1.0, for code scanning and for editors that show findings beside the text.

One run holds all copy that was checked, a result each finding. No message holds a protected name: a result
says the label that stands for somebody, or what kind of person they are. Waived findings are suppressed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

from safeguard.reports import Checked
from safeguard.reports.location import Locator, Region, file_address
from safeguard.reports.words import LEVELS, todo, without_names

if TYPE_CHECKING:
    from safeguard.report import Finding, Report, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_STANDARD_INPUT = "stdin"
_RELATED_SHOWN = 12  # each of many jigsaw pieces is related to all others
_LEVELS = ("none", "note", "warning", "error")  # from mild to grave


class Reporter:
    """Collects results and writes one SARIF log at the end. `everything` adds what was kept."""

    def __init__(self, out: TextIO, *, everything: bool = False) -> None:
        self._out = out
        self._everything = everything
        self._reports: list[Report] = []
        self._artifacts: list[dict[str, Any]] = []
        self._findings: list[Finding] = []
        self._results: list[dict[str, Any]] = []
        self._notices: list[dict[str, Any]] = []

    def add(self, checked: Checked) -> None:
        """Take the results of one report."""
        report = checked.report
        address = self._artifact(checked.name, {"verdict": report.verdict})
        self._reports.append(report)
        for problem in report.problems:
            self._notice(problem, address)
        places = _Places(address, Locator(checked))
        by_id = {finding.id: finding for finding in report.findings}
        for finding in report.findings:
            level = _level(finding)
            if level == "none" and not (self._everything or finding.waived):
                continue
            self._findings.append(finding)
            related = [by_id[i] for i in finding.related if i in by_id][:_RELATED_SHOWN]
            self._results.append(_result(report, finding, level, places, related))

    def unchecked(self, name: str, why: str) -> None:
        """An error of the run, so that nobody takes the missing results for a clean file."""
        self._notice(why, self._artifact(name, {}))

    def close(self) -> None:
        """Write the log."""
        rules = _rules(self._findings)
        numbers = {rule["id"]: number for number, rule in enumerate(rules)}
        for result in self._results:
            result["ruleIndex"] = numbers[result["ruleId"]]
        run = {
            "tool": {"driver": {**_driver(self._reports), "rules": rules}},
            "invocations": [
                {"executionSuccessful": not self._notices, "toolExecutionNotifications": self._notices}
            ],
            "columnKind": "unicodeCodePoints",
            "artifacts": self._artifacts,
            "results": self._results,
        }
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        self._out.write(json.dumps(log, indent=2, ensure_ascii=False) + "\n")
        self._out.flush()

    def _artifact(self, name: str, properties: Mapping[str, str]) -> dict[str, Any]:
        """The address of a file that was checked, which is listed among the run's artifacts."""
        address = file_address(name)
        roles = ["analysisTarget"] if address else ["analysisTarget", "standardStream"]
        location = {"uri": address or _STANDARD_INPUT}
        self._artifacts.append({"location": location, "roles": roles, "properties": dict(properties)})
        return {**location, "index": len(self._artifacts) - 1}

    def _notice(self, text: str, address: Mapping[str, Any]) -> None:
        where = {"physicalLocation": {"artifactLocation": dict(address)}}
        self._notices.append({"level": "error", "message": {"text": text}, "locations": [where]})


class _Places:
    """Locations in one file."""

    def __init__(self, address: Mapping[str, Any], locator: Locator) -> None:
        self._address = address
        self._locator = locator

    def location(self, span: Span) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": dict(self._address)}
        region = self._locator.region(span)
        if region is not None:
            physical["region"] = _region(region)
        path = span.part if span.index is None else f"{span.part}/{span.index}"
        logical = {"name": span.part, "fullyQualifiedName": path}
        return {"physicalLocation": physical, "logicalLocations": [logical]}


def _result(
    report: Report, finding: Finding, level: str, places: _Places, related: list[Finding]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": level,
        "kind": "informational" if level == "none" else "fail",
        "message": {"text": _message(report, finding)},
        "locations": [places.location(finding)],
        "partialFingerprints": {"safeguardFinding/v1": finding.fingerprint},
        "properties": {
            "entityType": finding.entity_type,
            "action": finding.action,
            "score": finding.score,
            "recognizer": finding.recognizer,
        },
    }
    if finding.person is not None:
        result["properties"]["person"] = finding.person
    if related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": without_names(report, each)}, **places.location(each)}
            for number, each in enumerate(related, 1)
        ]
    if finding.waived is not None:
        waived = finding.waived
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": f"{waived.reason} ({waived.by}, until {waived.until.isoformat()})",
            }
        ]
    return result


def _level(finding: Finding) -> str:
    if finding.action == "block":
        return "error"
    if finding.review:
        return "warning"
    return "note" if finding.action in ("redact", "warn") else "none"


def _message(report: Report, finding: Finding) -> str:
    level = "REVIEW" if finding.review and finding.action != "block" else LEVELS[finding.action]
    said = f"{level} {without_names(report, finding)}. {finding.because}"
    return f"{said} {todo(finding)}" if finding.review else said


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "charOffset": region.start,
        "charLength": region.end - region.start,
    }


def _rules(findings: list[Finding]) -> list[dict[str, Any]]:
    by_id: dict[str, list[Finding]] = {}
    for finding in findings:
        by_id.setdefault(finding.rule, []).append(finding)
    return [_rule(rule, by_id[rule]) for rule in sorted(by_id)]


def _rule(rule: str, findings: list[Finding]) -> dict[str, Any]:
    # Some reasons have a sentence more, about an address or a waiver; the shortest is the rule's own.
    reasons = [f.because for f in findings if f.waived is None]
    because = min(reasons, key=lambda reason: (len(reason), reason), default=findings[0].title)
    source = findings[0].source
    text = f"{because}\n\nSource: {'; '.join(source)}" if source else because
    return {
        "id": rule,
        "shortDescription": {"text": findings[0].title},
        "fullDescription": {"text": because},
        "help": {"text": text},
        "defaultConfiguration": {"level": max(map(_level, findings), key=_LEVELS.index)},
        "properties": {"source": source},
    }


def _driver(reports: list[Report]) -> dict[str, Any]:
    if not reports:
        return {"name": "safeguard"}
    versions, policy = reports[0].versions, reports[0].policy
    return {
        "name": "safeguard",
        "version": versions.safeguard,
        "properties": {
            "presidio": versions.presidio,
            "spacy": versions.spacy,
            "model": versions.model,
            "policy": policy.model_dump(),
        },
    }
