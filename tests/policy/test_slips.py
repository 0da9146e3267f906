"""Slips of the hand (slips.yaml): each gives one clear sentence at its place, or is harmless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguard.policy.lint import lint

TRIED: dict[str, Any] = yaml.load(
    Path(__file__).with_name("slips.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
INNER_WORDS = ("mapping", "scalar", "token", "flow", "None", "Expected one of: .")


@pytest.mark.parametrize("slip", TRIED["slips"], ids=lambda slip: slip["typed"].strip()[:40])
def test_a_slip_is_told_at_its_place_or_is_harmless(tmp_path: Path, slip: dict[str, Any]) -> None:
    file = tmp_path / "house.yaml"
    assert slip["was"] in TRIED["file"]
    file.write_text(TRIED["file"].replace(slip["was"], slip["typed"], 1), encoding="utf-8")
    found = lint(str(file))

    assert [f"{p.line}:{p.column} {p.sentence}" for p in found.errors] == slip["told"]
    assert not [p for p in found.errors for word in INNER_WORDS if word in f"{p.sentence} {p.hint}"]


def test_the_file_they_are_made_in_has_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(TRIED["file"], encoding="utf-8")

    assert lint(str(file)).errors == ()
