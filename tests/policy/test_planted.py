"""Weaknesses planted in a newsroom's copy of uk-news: each is a mistake, or is warned of by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_edits import is_weaker

from safeguard.policy.bundled import bundled_text
from safeguard.policy.lint import lint

TEXT = bundled_text("uk-news")
CHILD = "p1-child-at-the-centre"
# The rule, what stands in it, what is put there, and the rule or setting that is to be named.
WEAKER = [
    (CHILD, "do: redact", "do: keep", CHILD),
    (CHILD, "do: redact", "do: review", CHILD),
    (CHILD, "    title:", "    status: draft\n    title:", CHILD),
    (CHILD, "life-stage: minor", "life-stage: adult", CHILD),
    (CHILD, "    do:", "    unless: {life-stage: minor}\n    do:", CHILD),
    (CHILD, f"id: {CHILD}", "id: p1-child-at-centre", "p1-child-at-centre"),
    ("p1-missing-appeal", "do: redact and review", "do: redact", "p1-missing-appeal"),
    ("d1-contact", "    title:", "    status: trial\n    title:", "d1-contact"),
    ("b2-published-address", "do: block", "do: redact", "b2-published-address"),
    ("warn-subject", "    title:", "    status: retired\n    title:", "warn-subject"),
    ("helpline-problem", "do: review", "do: keep", "helpline-problem"),
    ("", "warning-threshold: 2", "warning-threshold: 4", "warning-threshold"),
    ("", "called-for-by: [child_death, ", "called-for-by: [", "child_death"),
]
# What the stories that test_edits tells do not show.
HIDDEN = [
    (CHILD, "do: redact", "do: {action: redact, with: replace, params: {new_value: Ellie}}", CHILD),
    ("p1-child-at-the-time", "at-the-centre: yes", "at-the-centre: no", "p1-child-at-the-time"),
    ("b1-age-unknown", "do: review", "do: keep", "b1-age-unknown"),
    ("", "newsroom-contacts: []", "newsroom-contacts: [co.uk]", "co.uk"),
    ("", "newsroom-contacts: []", "newsroom-contacts: [facebook.com]", "facebook.com"),
    ("", "jigsaw-pieces: 2 ", "jigsaw-pieces: 6 ", "jigsaw-pieces"),
]
MISTAKES = [
    (CHILD, "life-stage: minor", "life-stage: []"),
    (CHILD, "minor, at-the-centre", "minor, at-centre"),
    (CHILD, "do: redact", "do: {action: redact, with: keep}"),
    ("", "minor-age: 18", "minor-age: 17"),
    ("", "child_neglect: child neglect", "child_neglet: child neglect"),
    ("", "helplines: [nspcc, childline]", "helplines: []"),
    ("", "call Samaritans free on 116 123, at any time.", "talk to somebody."),
]


def planted(rule: str, was: str, now: str) -> str:
    block = re.search(rf"  - id: {rule}\n(?:(?!  - id: ).*\n)*", TEXT) if rule else None
    before = block[0] if block else TEXT
    assert was in before
    text = TEXT.replace(before, before.replace(was, now, 1), 1)
    return text.replace("id: uk-news\n", "id: house\nextends: uk-news@2026.11\n", 1)


@pytest.mark.parametrize(("rule", "was", "now", "named"), [*WEAKER, *HIDDEN])
def test_what_protects_less_is_named(tmp_path: Path, rule: str, was: str, now: str, named: str) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(planted(rule, was, now), encoding="utf-8")
    found = lint(str(file))

    assert found.errors == ()
    assert any(f'"{named}"' in w.sentence or named in w.sentence for w in found.warnings), found.warnings


@pytest.mark.parametrize(("rule", "was", "now", "named"), WEAKER)
def test_the_fuzz_would_notice_it(tmp_path: Path, rule: str, was: str, now: str, named: str) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(planted(rule, was, now), encoding="utf-8")
    policy = lint(str(file)).policy

    assert policy is not None
    assert is_weaker(policy), named


@pytest.mark.parametrize(("rule", "was", "now"), MISTAKES)
def test_what_would_empty_a_protection_is_a_mistake(tmp_path: Path, rule: str, was: str, now: str) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(planted(rule, was, now), encoding="utf-8")

    assert lint(str(file)).errors


HEAD = 'safeguard: 1\nid: house\nversion: "1"\ntitle: House\n'
KEEP = (
    "rules:\n  - id: p4-child-harmless\n    title: T\n"
    "    when: {find: person, life-stage: minor, adult-now: no}\n"
    "    do: keep\n"
    "    because: So.\n    examples: [{catch: a}, {pass: b}]\n"
)


def warned(file: Path) -> list[str]:
    return [warning.sentence for warning in lint(str(file)).warnings]


def test_a_file_between_is_looked_at_as_well(tmp_path: Path) -> None:
    (tmp_path / "between.yaml").write_text(HEAD + "extends: uk-news\n" + KEEP, encoding="utf-8")
    top = tmp_path / "top.yaml"
    top.write_text(HEAD.replace("house", "top") + "extends: between.yaml\n", encoding="utf-8")

    assert warned(top) == [
        'Rule "p4-child-harmless" protects less than before: it was "review" and is "keep".'
    ]


def test_a_policy_that_extends_nothing_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "alone.yaml"
    alone = "This policy extends no other, so nothing is protected but what its own rules speak of."
    file.write_text(HEAD + KEEP, encoding="utf-8")
    assert warned(file) == [alone]
    file.write_text(TEXT.replace("do: redact\n", "do: review\n"), encoding="utf-8")
    assert warned(file) == [alone]
    file.write_text(TEXT, encoding="utf-8")
    assert warned(file) == []


def test_another_number_for_a_known_helpline_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    line = "helplines:\n  - {id: childline, names: Childline, numbers: 01632 960500}\n"
    file.write_text(f"{HEAD}extends: uk-news\n{line}", encoding="utf-8")
    assert warned(file) == ['"childline" comes with safeguard; this takes its place, without 0800 1111.']


def test_a_review_in_days_to_come_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(f"{HEAD}extends: uk-news\nreviewed: 2999-01-01\n", encoding="utf-8")
    assert warned(file) == ['"reviewed" is 2999-01-01, a day to come: no run would say that a review is due.']
