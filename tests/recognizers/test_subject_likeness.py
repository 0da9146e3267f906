"""What a copy is about where no sentence tells it outright, and what only sounds as if it were."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from recognizers.weighing import WordScales, stem
from safeguard import Safeguard

CASES = yaml.safe_load((Path(__file__).parent / "likeness_cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard("uk-news")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_scenes_are_warned_of_by_all_that_the_copy_says(guard: Safeguard, case: dict) -> None:
    warned = {warning.category for warning in guard.check(case["text"]).warnings}

    assert set(case["warns"]) <= warned, warned
    assert warned <= set(case["warns"]) | set(case.get("may", ())), warned


def test_what_no_sentence_tells_is_shown_by_the_word_that_says_most(guard: Safeguard) -> None:
    case = next(case for case in CASES if case.get("by_words"))
    report = guard.check(case["text"])
    warning = next(w for w in report.warnings if w.category == case["by_words"])

    shown = [finding for finding in report.findings if finding.id in warning.evidence]

    assert shown
    assert all(finding.text and finding.text.strip() for finding in shown)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("punched", "punch"),
        ("punches", "punch"),
        ("punching", "punch"),
        ("stories", "story"),
        ("sister's", "sister"),
        ("sing", "sing"),
        ("his", "his"),
        ("red", "red"),
    ],
)
def test_forms_of_one_word_have_one_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_marks_weigh_beside_the_words_and_unknown_ones_weigh_nothing() -> None:
    scales = WordScales(["(bias)\t0\t-1.0", "(minor hurt)\t1\t0.5", "punch\t2.0\t3.0"], stem)

    assert scales.scores("nobody") == [-1.0]
    assert scales.scores("he punched the boy") == [2.0]
    assert scales.scores("he punched the boy", {"(minor hurt)": 2.0, "(seen once)": 9.0}) == [3.0]
    assert scales.telling("first punches, then a punch", 0) == (6, 13)
