"""SARIF: valid against the schema, true to the file, and without a protected name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.report import Waived
from safeguard.reports import Checked, Format, reporter

SCHEMA = json.loads((Path(__file__).parent.parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text())
DEMO = Path(__file__).parent.parent.parent / "samples" / "demo" / "inquest.txt"

ASTRAL = (
    "\U0001f4f0 \U0001d4dd\u00f4tes\r\n\r\n"
    "\U0001f466 Maisie Thornbury, six, was starved by her mother, Leanne Thornbury, who was jailed.\r\n"
    "Her aunt, Carol Thornbury, of 14 Corran Street, Wexmouth, can be reached on 07700 900431.\r\n"
)


def read(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


def regions(run: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    return [
        (place["artifactLocation"]["uri"], place["region"])
        for result in run["results"]
        for place in (r["physicalLocation"] for r in result["locations"])
    ]


def lines_of(text: str) -> list[str]:
    return re.split("\r?\n", text)


@pytest.fixture
def astral(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_bytes(ASTRAL.encode())
    return path


def test_every_finding_that_acts_is_a_result_with_its_rule(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    demo = checked(DEMO)
    run = read(render(Format.SARIF, demo))

    acting = [f for f in demo.report.findings if f.review or f.action in ("redact", "block", "warn")]
    assert [r["ruleId"] for r in run["results"]] == [f.rule for f in acting]
    assert [r["partialFingerprints"]["safeguardFinding/v1"] for r in run["results"]] == [
        f.fingerprint for f in acting
    ]
    rules = run["tool"]["driver"]["rules"]
    for result, finding in zip(run["results"], acting, strict=True):
        rule = rules[result["ruleIndex"]]
        assert (rule["id"], rule["shortDescription"]["text"]) == (finding.rule, finding.title)
        assert finding.because.startswith(rule["fullDescription"]["text"])
        assert all(source in rule["help"]["text"] for source in finding.source)
        expected = "warning" if finding.review else "note"
        assert (result["level"], result["kind"]) == (expected, "fail")
    assert len(rules) == len({f.rule for f in acting})


def test_what_was_kept_is_added_on_request_and_alarms_nobody(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    demo = checked(DEMO)
    run = read(render(Format.SARIF, demo, everything=True))

    assert len(run["results"]) == len(demo.report.findings)
    kept = [r for r in run["results"] if r["level"] == "none"]
    assert kept
    assert {r["kind"] for r in kept} == {"informational"}


def test_regions_are_true_in_code_points_and_lines(
    astral: Path, checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    story = checked(astral)
    run = read(render(Format.SARIF, story, everything=True))

    assert run["columnKind"] == "unicodeCodePoints"
    found = regions(run)
    assert len(found) == len(story.report.findings) > 5
    for (_, region), finding in zip(found, story.report.findings, strict=True):
        start = region["charOffset"]
        assert ASTRAL[start : start + region["charLength"]] == finding.text
        assert region["startLine"] == region["endLine"]
        line = lines_of(ASTRAL)[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == finding.text


def test_regions_of_parts_lie_in_the_json_file_and_the_part_is_named(
    tmp_path: Path, checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    parts = {"headline": "Inquest", "body": f'"Quoted" \\ {ASTRAL}', "tags": ["Wexmouth", "Maisie Thornbury"]}
    path = tmp_path / "story.json"
    path.write_text(json.dumps(parts, indent=2))
    story = checked(path)
    source = path.read_text()

    run = read(render(Format.SARIF, story, everything=True))

    for (_, region), finding in zip(regions(run), story.report.findings, strict=True):
        start = region["charOffset"]
        assert json.loads(f'"{source[start : start + region["charLength"]]}"') == finding.text
    named = [r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for r in run["results"]]
    assert "body" in named
    assert "tags/1" in named


def test_no_message_holds_a_name_that_was_taken_out_or_needs_a_look(
    checked: Callable[..., Checked], render: Callable[..., str], tmp_path: Path
) -> None:
    harmless = tmp_path / "gala.txt"
    harmless.write_text("Poppy Hartnell, nine, won the gala in Wexmouth. Ivo Renshaw was hurt in the crash.")
    demo, gala = checked(DEMO), checked(harmless)
    people = [p for c in (demo, gala) for p in c.report.people if p.review or p.action != "keep"]
    names = {name for person in people for name in person.names}
    assert {"Maisie", "Poppy Hartnell"} <= names

    text = render(Format.SARIF, demo, gala, everything=True)

    assert [name for name in names if name in text] == []
    assert "Child A" in text


def test_a_waived_finding_is_a_suppressed_result(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    demo = checked(DEMO)
    waived = Waived(by="A. Editor", reason="Agreed with the family.", until=date(2026, 12, 1))
    first = next(f for f in demo.report.findings if f.review)
    findings = [
        f.model_copy(update={"action": "keep", "review": False, "waived": waived}) if f is first else f
        for f in demo.report.findings
    ]
    report = demo.report.model_copy(update={"findings": findings})

    run = read(render(Format.SARIF, Checked(demo.name, demo.copy, report)))

    suppressed = [r for r in run["results"] if "suppressions" in r]
    assert [r["partialFingerprints"]["safeguardFinding/v1"] for r in suppressed] == [first.fingerprint]
    assert "Agreed with the family." in suppressed[0]["suppressions"][0]["justification"]


def test_several_files_are_one_run_and_odd_names_are_proper_addresses(
    astral: Path, checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    names = ["desk/a b:c,50%.txt", "straße/\u201cx\u201d.html", "/desk/x y.txt", "Standard input"]
    run = read(render(Format.SARIF, *[checked(astral, name) for name in names]))

    addresses = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert addresses == [
        "desk/a%20b%3Ac%2C50%25.txt",
        "stra%C3%9Fe/%E2%80%9Cx%E2%80%9D.html",
        "file:///desk/x%20y.txt",
        "stdin",
    ]
    for result in run["results"]:
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert addresses[where["index"]] == where["uri"]


def test_copy_that_could_not_be_checked_is_no_clean_run(
    astral: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("at Maisie Thornbury")

    monkeypatch.setattr(Safeguard, "check", crash)
    assert main(["check", "--format", "sarif", str(astral)]) == 2
    run = read(capfd.readouterr().out)

    assert run["results"] == []
    (call,) = run["invocations"]
    assert call["executionSuccessful"] is False
    (notice,) = call["toolExecutionNotifications"]
    assert notice["level"] == "error"
    assert "NOT checked" in notice["message"]["text"]
    assert "Maisie" not in json.dumps(run)


def test_a_run_without_copy_is_valid_and_bytes_are_the_same_each_time(
    checked: Callable[..., Checked], render: Callable[..., str], guard: Safeguard, tmp_path: Path
) -> None:
    assert read(render(Format.SARIF))["results"] == []
    demo = checked(DEMO)

    again = Checked(demo.name, demo.copy, guard.check(demo.copy))

    assert render(Format.SARIF, demo) == render(Format.SARIF, again)


def test_a_file_name_that_ends_in_sarif_asks_for_it(tmp_path: Path, astral: Path) -> None:
    out, report = tmp_path / "safe.txt", tmp_path / "report.sarif"

    main(["process", str(astral), "-o", str(out), "--report", str(report)])

    assert read(report.read_text())["results"]


def test_the_reporter_writes_nothing_before_it_is_closed(checked: Callable[..., Checked]) -> None:
    import io

    out = io.StringIO()
    reports = reporter(Format.SARIF, out)
    reports.add(checked(DEMO))

    assert out.getvalue() == ""
