"""A newsroom's own helpline and its own warning category work from a policy file, without code."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard import Safeguard
from safeguard.errors import PolicyError

POLICY = """
safeguard: 1
id: county
version: "1"
title: The county's own
extends: safeguard/uk-news
settings:
  warnings:
    categories:
      eating_disorders: {text: eating disorders, vocabulary: eating.yaml}
helplines:
  - id: harbour-lights
    names: [Harbour Lights]
    numbers: [0808 157 0123]
    topics: [eating_disorders]
"""
VOCABULARY = """
categories:
  - name: eating_disorders
    victim: any
    strong: ["(anorexia|bulimia|eating disorder|eating disorders)"]
"""
STORY = """Eating disorder clinic for Larkmouth

A clinic for people with anorexia is to open in Larkmouth after a campaign by former patients.

Gemma Tolley, 31, who was treated for an eating disorder for six years, said the wait had nearly killed her. \
"Anorexia took my twenties," she said.
"""
BLOCK = "If you are worried about your eating, call Harbour Lights on 0808 157 0123."


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Safeguard:
    folder = tmp_path_factory.mktemp("policy")
    (folder / "eating.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / "county.yaml").write_text(POLICY, encoding="utf-8")
    return Safeguard(folder / "county.yaml")


def test_copy_about_the_own_category_gets_its_warning(guard: Safeguard) -> None:
    report = guard.check(STORY)

    assert [w.category for w in report.warnings] == ["eating_disorders"]
    assert str(report.safe_copy).startswith("Content warning: this article describes eating disorders.")


def test_the_bundled_policy_knows_no_such_category() -> None:
    assert Safeguard("uk-news").check(STORY).warnings == []


def test_a_block_with_the_own_helpline_is_one_whose_number_is_known(guard: Safeguard) -> None:
    report = guard.check(BLOCK)

    assert [block.helplines for block in report.support.blocks] == [["harbour-lights"]]
    assert report.support.problems == []


def test_a_vocabulary_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(POLICY, encoding="utf-8")

    with pytest.raises(PolicyError, match=r"eating\.yaml, which is not there"):
        Safeguard(tmp_path / "county.yaml")
