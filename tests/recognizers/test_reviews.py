"""What asks for a person: ties to an accused, jigsaw pieces, ages left open, links; see reviews.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguard import Report, Safeguard

CASES = Path(__file__).with_name("reviews.yaml")


def cases() -> Iterator[Any]:
    """Each case with what stands in front of its copy, under the name of its class."""
    for name, told in yaml.safe_load(CASES.read_text(encoding="utf-8")).items():
        for number, case in enumerate(told["cases"], 1):
            copy = "\n".join(filter(None, (told.get("lead"), case["copy"])))
            yield pytest.param({**case, "copy": copy}, id=f"{name}-{number}")


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard("uk-news")


def asked(report: Report, row: str) -> set[str]:
    """The texts that a review or block of the row covers."""
    return {f.text for f in report.findings if f.rule.startswith(row) and f.action in ("review", "block")}


@pytest.mark.parametrize("case", list(cases()))
def test_asks_where_it_should(guard: Safeguard, case: dict[str, Any]) -> None:
    report = guard.check(case["copy"])
    assert case.get("verdict", report.verdict) == report.verdict
    for row, texts in case.get("asks", {}).items():
        assert set(texts) <= asked(report, row)
    for row in case.get("quiet", ()):
        assert not asked(report, row)
    if "also" in case:
        assert any(f.review and case["also"] in f.also for f in report.findings)
