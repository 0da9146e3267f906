"""The report: its fields, its numbers and places, and what is left of it for a log."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from recognizers.model import (
    Evidence,
    HelplineProblem,
    Mention,
    Observation,
    People,
    Person,
    Support,
    SupportBlock,
)
from safeguard.analysis import Analysis
from safeguard.assembly import fingerprints, make_report, unread_report
from safeguard.copy import Copy
from safeguard.formats.html_paths import ElementPaths
from safeguard.policy.decisions import Decided, Decision, Decisions, WarningDecision
from safeguard.policy.loader import load_policy
from safeguard.policy.waivers import Waived
from safeguard.recognition import Recognised
from safeguard.redaction.operators import Operators
from safeguard.redaction.rewrite import rewrite
from safeguard.report import Report, Versions, report_schema
from safeguard.spans import Spans

SCHEMA = Path(__file__).parent.parent / "docs" / "report.schema.json"
VERSIONS = Versions(safeguard="0.1.0", presidio="2.2.366", spacy="3.8.7", model="en_test 1.0")
PARTS = {
    "headline": "Search for Maisie goes on",
    "tags": ["Wexmouth", "Mai\u00adsie Thornbury"],
    "body": (
        "Maisie Thorn\u00adbury, nine, was dragged from 14 Corran Street, neighbours say.\r\n"
        "If you are worried, call the NSPCC on 0808 800 500."
    ),
}
PEOPLE = ("Maisie Thornbury", "Maisie")

REDACT = Decision(
    "redact",
    "p1-child",
    "A child in harm",
    "Children in harm are not named.",
    ("IPSO 6",),
    operator="label",
    params={"label": "Child A", "template": "[{label}]"},
)


def report_on(parts: Any = None, decision: Decision = REDACT, **changes: Any) -> Report:
    """A report made from an analysis and decisions by hand, as the stages before would make them."""
    copy = Copy.of(PARTS if parts is None else parts)
    text = copy.text
    seen: list[Decided] = []

    def add(entity_type: str, words: str, decision: Decision, **more: Any) -> int:
        evidence = more.pop("because_of", ())
        start = text.index(words)
        observation = Observation(entity_type, start, start + len(words), 0.9, "test", **more)
        seen.append(Decided(observation, decision, evidence))
        return len(seen) - 1

    keep = Decision("review", "d6", "Jigsaw", "Together these point at the child.")
    harm = add("CHILD_HARM", "dragged", Decision("warn", "harm", "Harm", "It is what the copy is about."))
    add("AGE", "nine", keep, person="p1", because_of=(2,))
    mentions = [m.span() for m in re.finditer("Maisie(?: Thornbury)?", text)]
    proof = (Evidence(text.index("nine"), text.index("nine") + 4, "spelled age", "life_stage", "nine"),)
    for start, end in mentions:
        seen.append(
            Decided(Observation("NAMED_MINOR", start, end, 0.85, "people", "p1", {}, proof), decision)
        )
    wrong = "0808 800 500"
    add(
        "HELPLINE_PROBLEM",
        wrong,
        Decision("review", "h", "Wrong", "Not its number."),
        suggestion="0808 800 5000",
    )
    add("NAME_CLASH", "Corran", Decision("review", "n", "Clash", "Two spellings."), suggestion="Corren")
    block = (text.index("If you"), len(text))
    person = Person(
        "p1",
        ("Maisie Thornbury", "Maisie"),
        tuple(Mention(*span, "tagger", "full") for span in mentions),
        life_stage="minor",
        roles=frozenset({"victim", "complainant"}),
        evidence=proof,
    )
    unnamed = Person("p2", descriptions=((0, 6),))
    number = text.index(wrong)
    analysis = Analysis(
        People((person, unnamed)),
        support=Support(
            (SupportBlock(*block, ("nspcc",)),),
            problems=(
                HelplineProblem(number, number + len(wrong), "wrong_number", "nspcc", "0808 800 5000"),
            ),
        ),
    )
    decisions = Decisions(
        tuple(seen),
        {"p1": decision},
        (WarningDecision("child_physical_abuse", 2, "injury to a child", (harm,)),),
        "Content warning: this article describes injury to a child.",
    )
    safe = rewrite(copy, decisions, analysis, Operators())
    problems = changes.pop("problems", ())
    waived = Waived(decisions, fingerprints(copy, decisions, analysis.context))
    return make_report(copy, Recognised(analysis, problems), waived, safe, load_policy("uk-news"), VERSIONS)


def test_findings_are_numbered_in_the_order_of_the_copy_and_point_into_the_parts_as_given() -> None:
    report = report_on()

    assert [f.id for f in report.findings] == [f"f{n}" for n in range(1, len(report.findings) + 1)]
    assert [(f.part, f.index, f.entity_type) for f in report.findings] == [
        ("headline", None, "NAMED_MINOR"),
        ("tags", 1, "NAMED_MINOR"),
        ("body", None, "NAMED_MINOR"),
        ("body", None, "AGE"),
        ("body", None, "CHILD_HARM"),
        ("body", None, "NAME_CLASH"),
        ("body", None, "HELPLINE_PROBLEM"),
    ]
    for finding in report.findings:
        part: Any = PARTS[finding.part]
        source = part if finding.index is None else part[finding.index]
        assert finding.text == source[finding.start : finding.end]
    assert report.findings[2].text == "Maisie Thorn\u00adbury"


def test_every_decision_comes_with_rule_reason_source_and_evidence() -> None:
    report = report_on()
    name, age = report.findings[2], report.findings[3]

    assert (name.action, name.rule, name.because, name.source) == (
        "redact",
        "p1-child",
        "Children in harm are not named.",
        ["IPSO 6"],
    )
    assert (name.operator, name.replacement, name.review) == ("label", "[Child A]", False)
    assert [(e.text, e.attribute, e.value) for e in name.evidence] == [("nine", "life_stage", "nine")]
    assert (age.action, age.review, age.replacement, age.operator) == ("review", True, None, None)
    assert age.related == ["f1"]


def test_people_warnings_and_support_refer_to_findings() -> None:
    report = report_on()

    (person,) = report.people
    assert (person.id, person.label, person.action) == ("p1", "[Child A]", "redact")
    assert person.roles == ["complainant", "victim"]
    assert person.mentions == ["f1", "f2", "f3"]
    (warning,) = report.warnings
    assert warning.evidence == ["f5"]
    (block,) = report.support.blocks
    assert PARTS["body"][block.start : block.end].startswith("If you")
    assert block.intact
    (problem,) = report.support.problems
    assert (problem.finding, problem.suggestion) == ("f7", "0808 800 5000")
    assert not report.support.inserted
    assert [(i.kind, i.part) for i in report.insertions] == [("warning", "body")]


def test_the_safe_copy_has_the_shape_of_the_copy() -> None:
    report = report_on()

    assert report.safe_copy == {
        "headline": "Search for [Child A] goes on",
        "tags": ["Wexmouth", "[Child A]"],
        "body": (
            "Content warning: this article describes injury to a child.\r\n\r\n"
            "[Child A], nine, was dragged from 14 Corran Street, neighbours say.\r\n"
            "If you are worried, call the NSPCC on 0808 800 500."
        ),
    }
    assert list(report.safe_copy) == list(PARTS)
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_the_verdict_is_the_worst_decided_and_a_fault_makes_it_review_at_least() -> None:
    article = "Maisie ran."
    copy = Copy.of(article)
    redaction = Decisions((Decided(Observation("NAMED_MINOR", 0, 6, 1.0, "test"), REDACT),))
    there = Decisions(warning_text="Content warning: x.")
    warned = Copy.of("Content warning: x.\n\nMaisie ran.")

    def verdict(copy: Copy, decisions: Decisions, *problems: str) -> str:
        safe = rewrite(copy, decisions, Analysis(), Operators())
        seen = Recognised(Analysis(), problems)
        waived = Waived(decisions, fingerprints(copy, decisions, Analysis().context))
        return make_report(copy, seen, waived, safe, load_policy("uk-news"), VERSIONS).verdict

    blocked = Decision("block", "b1", "Blocked", "Because.")
    assert verdict(copy, Decisions()) == "pass"
    assert verdict(copy, redaction) == "amended"
    assert verdict(copy, there) == "amended"
    assert verdict(warned, there) == "pass"
    assert verdict(copy, redaction, "A recognizer failed.") == "review"
    both = Decisions((*redaction.decided, Decided(Observation("RELATION", 0, 6, 1.0, "test"), blocked)))
    assert verdict(copy, both, "A recognizer failed.") == "block"


def test_a_copy_that_could_not_be_read_is_for_review_and_has_no_safe_copy() -> None:
    try:
        raise ValueError("Maisie Thornbury, nine")
    except ValueError as error:
        report = unread_report(error, load_policy("uk-news"), VERSIONS)

    assert (report.verdict, report.safe_copy) == ("review", None)
    assert "ValueError at test_report.py" in report.problems[0]
    assert "Maisie" not in report.model_dump_json()


def test_places_are_told_in_utf16_as_well_and_as_a_path() -> None:
    body = "<article><p>😀 Maisie</p><p id=maisie>See <a href='/x' title='Maisie😀'>Maisie</a></p></article>"
    parts = {"headline": "Maisie", "tags": ["x", "😀😀 Maisie"], "body": body}
    copy = Copy.of(parts, paths={"tags": ["/taxonomy/0", "/taxonomy/1"]})
    spans = Spans(copy)

    found = [spans.read(m.start(), m.end()) for m in re.finditer("Maisie", copy.text)]

    assert [(f["path"], f["part"], f["index"]) for f in found] == [
        (None, "headline", None),
        ("/taxonomy/1", "tags", 1),
        ("article > p[1]", "body", None),
        ("article > p[2] > a[1]", "body", None),
        ("article > p[2] > a[1] @title", "body", None),
    ]
    for span in found:
        part: Any = parts[span["part"]]
        source = part if span["index"] is None else part[span["index"]]
        units = source.encode("utf-16-le")
        assert source[span["start"] : span["end"]] == "Maisie"
        assert units[2 * span["start_utf16"] : 2 * span["end_utf16"]].decode("utf-16-le") == "Maisie"


def test_edits_are_all_that_differs_between_the_copy_and_the_safe_copy() -> None:
    report = report_on()
    given: dict[str, Any] = PARTS
    texts = {
        (part, index): text
        for part, value in given.items()
        for index, text in (enumerate(value) if isinstance(value, list) else [(None, value)])
    }
    for edit in reversed(report.edits):
        text = texts[edit.part, edit.index]
        texts[edit.part, edit.index] = text[: edit.start] + edit.text + text[edit.end :]

    assert report.safe_copy == {
        "headline": texts["headline", None],
        "tags": [texts["tags", 0], texts["tags", 1]],
        "body": texts["body", None],
    }
    assert report.without_copy().edits == []


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("<ul><li>a<li>b <b>X</b></ul>", "ul[1] > li[2] > b[1]"),
        ("<p>a<p>b<div>c</div>X", ""),
        ("<p>a<p>b<h2>c</h2><p>X", "p[3]"),
        ("<table><tr><td>a<td>b<tr><td>X</table>", "table[1] > tr[2] > td[1]"),
        ("<p>a<br>b<img src=x>X</p>", "p[1]"),
        ("<p>a <embed src=x />X</i></p>", "p[1]"),
        ("a</b></p>X", ""),
        ("<body><main><section></section><section>X", "body > main > section[2]"),
        ("<div>" * 40 + "X", "… > " + " > ".join(["div[1]"] * 12)),
        ("<p data-name='X'>", "p[1] @data-name"),
        ("<script>a = 'X'</script>", "script[1]"),
    ],
)
def test_the_path_of_an_element_is_that_of_a_browser(source: str, path: str) -> None:
    assert ElementPaths(source).at(source.index("X")) == path


@pytest.mark.parametrize("operator", ["label", "initials", "mask", "keep", "pseudonym"])
def test_without_copy_no_text_of_the_copy_is_left(operator: str) -> None:
    decision = Decision("redact", "p1-child", "A child", "Because.", operator=operator, params=REDACT.params)
    report = report_on(decision=decision)
    log = report.without_copy()
    printed = log.model_dump_json()

    words = set(re.findall(r"\w{3,}", json.dumps(PARTS, ensure_ascii=False).replace("\u00ad", "")))
    words -= {"headline", "body", "tags", "child", "500", "800", "0808", "NSPCC", "the", "you", "are", "was"}
    found = {f.text for f in report.findings}
    for words_of_copy in (words, found):
        assert not [w for w in words_of_copy if re.search(rf"(?i)\b{re.escape(str(w))}\b", printed)]
    assert "M.T." not in printed
    assert log.verdict == report.verdict
    assert [(f.id, f.rule, f.start) for f in log.findings] == [
        (f.id, f.rule, f.start) for f in report.findings
    ]
    assert log.findings[6].suggestion == "0808 800 5000"
    kept = report.findings[2].replacement if operator in ("label", "pseudonym") else None
    assert log.findings[2].replacement == kept
    assert Report.model_validate_json(printed) == log


def test_the_published_schema_is_the_one_that_reports_follow() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))

    assert published == report_schema(), "run: python -m safeguard.report > docs/report.schema.json"
    jsonschema.Draft202012Validator.check_schema(published)
    for report in (report_on(), report_on().without_copy()):
        jsonschema.validate(json.loads(report.model_dump_json()), published)
    broken = json.loads(report_on().model_dump_json())
    broken["findings"][0].pop("because")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, published)


def test_every_field_of_the_contract_is_there() -> None:
    dumped = json.loads(report_on().model_dump_json())

    assert set(dumped) >= {
        "verdict",
        "safe_copy",
        "warnings",
        "people",
        "findings",
        "support",
        "policy",
        "versions",
    }
    assert set(dumped["warnings"][0]) >= {"category", "severity", "text", "evidence"}
    person = (
        "id, label, names, life_stage, roles, relative_of, relation, deceased, waived, action, rule, "
        "because, evidence, mentions"
    )
    finding = (
        "id, entity_type, part, start, end, text, score, recognizer, person, action, rule, because, source, "
        "replacement, suggestion, evidence"
    )
    assert set(dumped["people"][0]) >= set(person.split(", "))
    assert set(dumped["findings"][0]) >= set(finding.split(", "))
    assert set(dumped["support"]) == {"blocks", "problems", "inserted"}
    assert set(dumped["support"]["blocks"][0]) >= {"part", "start", "end", "helplines", "intact"}
    assert set(dumped["policy"]) == {"name", "version", "sha256"}
    assert set(dumped["versions"]) == {"safeguard", "presidio", "spacy", "model"}
