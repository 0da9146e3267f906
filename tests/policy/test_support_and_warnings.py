"""Sections 5 and 6: support blocks and helplines, content warnings, and the policy's own support texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_story import Story, all_of, of, said

from recognizers.helplines.registry import load_registry
from safeguard.policy.decide import decide
from safeguard.policy.loader import load_policy, read_policy

CHILD_VICTIM = {"life_stage": "minor", "roles": {"victim"}, "circumstances": {"abused"}}


@pytest.mark.parametrize(
    "entity",
    [
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "SCHOOL",
        "UK_POSTCODE",
        "AGE",
        "CHILD_HARM",
        "HELPLINE",
        "CASE_NUMBER",
    ],
)
def test_nothing_in_a_support_block_is_touched(entity: str) -> None:
    story = Story().block("nspcc").within(entity, owner="personal", category="child_neglect", person="p1")
    assert said(of(story.decide(), entity)) == ("protect", "support-block")
    assert of(story.decide(), "SUPPORT_BLOCK").action == "protect"


def test_a_protected_name_in_a_block_is_not_touched_either() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.block("nspcc").within("NAMED_MINOR", person=child)
    assert [item.decision.action for item in story.decide().decided] == ["redact", "protect", "protect"]


def test_support_blocks_are_protected_under_a_policy_that_has_no_rules() -> None:
    bare = read_policy("safeguard: 1\nid: bare\nversion: '1'\ntitle: Bare\n")
    story = Story().block("nspcc").within("PHONE_NUMBER")
    assert {item.decision.action for item in story.decide(bare).decided} == {"protect"}


def test_a_wrong_number_is_reviewed_in_a_block_and_out_of_one() -> None:
    for story in (
        Story().block("nspcc").within("HELPLINE_PROBLEM", kind="wrong_number"),
        Story().see("HELPLINE_PROBLEM", kind="retired_number"),
    ):
        decisions = story.decide()
        assert said(of(decisions, "HELPLINE_PROBLEM")) == ("review", "helpline-problem")
        assert decisions.verdict == "review"


def test_a_helpline_outside_a_block_is_protected() -> None:
    assert of(Story().helpline_named("childline").decide(), "HELPLINE").action == "protect"


def test_a_name_clash_is_reviewed_unless_the_name_goes() -> None:
    story = Story()
    mother = story.person("Karen Marsh", life_stage="adult", roles={"convicted"})
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.see("NAME_CLASH", person=mother).see("NAME_CLASH", person=child)
    clashes = [said(item.decision) for item in all_of(story.decide(), "NAME_CLASH")]
    assert clashes == [("review", "name-clash"), ("keep", "name-clash-taken-out")]


def test_one_warning_names_every_category_in_the_order_of_the_policy() -> None:
    story = Story().subject("child_neglect", 3).subject("child_death", 2).subject("domestic_abuse", 2, "HARM")
    decisions = story.decide()
    assert decisions.warning_text == (
        "Content warning: this article describes the death of a child, child neglect and domestic abuse."
    )
    assert [(w.category, w.severity, w.evidence) for w in decisions.warnings] == [
        ("child_death", 2, (1,)),
        ("child_neglect", 3, (0,)),
        ("domestic_abuse", 2, (2,)),
    ]
    assert {item.decision.action for item in decisions.decided} == {"warn"}


def test_one_category_makes_a_plain_sentence_and_two_are_joined() -> None:
    one = Story().subject("child_death", 4).decide()
    assert one.warning_text == "Content warning: this article describes the death of a child."
    two = Story().subject("child_death", 4).subject("child_neglect", 2).decide()
    assert two.warning_text == (
        "Content warning: this article describes the death of a child and child neglect."
    )


def test_below_the_threshold_there_is_no_warning() -> None:
    decisions = Story().subject("child_death", 1).decide()
    assert decisions.warning_text == ""
    assert decisions.warnings == ()
    assert said(of(decisions, "CHILD_HARM")) == ("keep", "warn-in-passing")
    assert decisions.support_text == ""
    assert decisions.verdict == "pass"


def test_the_threshold_is_the_policys() -> None:
    strict = read_policy(
        "safeguard: 1\nid: house\nversion: '1'\ntitle: House\nextends: uk-news\n"
        "settings:\n  warning-threshold: 3\n"
    )
    assert Story().subject("child_death", 2).decide(strict).warning_text == ""
    assert Story().subject("child_death", 3).decide(strict).warning_text


def test_a_category_of_ones_own_is_warned_of_and_can_be_ruled_on(tmp_path: Path) -> None:
    (tmp_path / "eating.yaml").write_text("{}\n")
    text = """
safeguard: 1
id: house
version: "1"
title: House
extends: uk-news
settings:
  warnings:
    place: standfirst
    categories:
      eating_disorders: {text: eating disorders, vocabulary: eating.yaml}
rules:
  - id: no-warning-of-domestic-abuse
    title: No warning of domestic abuse
    when: {find: subject, category: domestic_abuse}
    do: keep
    because: We print it in the standfirst.
    examples: [{catch: He beat his wife.}, {pass: The council met.}]
"""
    story = Story().subject("eating_disorders", 2, "HARM").subject("domestic_abuse", 4, "HARM")
    decisions = story.decide(read_policy(text, folder=tmp_path))
    assert decisions.warning_text == "Content warning: this article describes eating disorders."
    assert decisions.place == "standfirst"


@pytest.mark.parametrize(
    ("category", "number"),
    [
        ("child_neglect", "0808 800 5000"),
        ("child_sexual_abuse", "0800 1111"),
        ("suicide_self_harm", "116 123"),
        ("domestic_abuse", "0808 2000 247"),
        ("sexual_violence", "0808 500 2222"),
        ("baby_loss", "0808 164 3332"),
    ],
)
def test_a_category_that_calls_for_support_gets_the_policys_text(category: str, number: str) -> None:
    decisions = Story().subject(category, 2).decide()
    assert number in decisions.support_text
    assert decisions.verdict == "amended"


def test_graphic_violence_alone_calls_for_no_support() -> None:
    assert Story().subject("graphic_violence", 4, "HARM").decide().support_text == ""


def test_a_suitable_helpline_in_a_block_is_enough() -> None:
    assert Story().subject("child_neglect", 2).block("childline").decide().support_text == ""


def test_an_unsuitable_helpline_is_not_enough_nor_is_a_spokesman() -> None:
    assert "NSPCC" in Story().subject("child_neglect", 2).block("samaritans").decide().support_text
    assert "NSPCC" in Story().subject("child_neglect", 2).helpline_named("nspcc").decide().support_text
    assert "NSPCC" in Story().subject("child_neglect", 2).block("crimestoppers").decide().support_text


def test_the_text_is_added_once_however_many_categories_call_for_it() -> None:
    story = Story().subject("child_neglect", 2).subject("child_death", 3).subject("child_physical_abuse", 3)
    assert story.decide().support_text.count("0808 800 5000") == 1


def test_two_texts_are_added_when_one_does_not_serve_the_other() -> None:
    text = Story().subject("child_neglect", 2).subject("domestic_abuse", 2, "HARM").decide().support_text
    assert text.index("0808 2000 247") < text.index("0808 800 5000")
    assert "\n\n" in text


def test_what_was_added_serves_every_category_that_called_for_it() -> None:
    """So that a second run adds nothing, as the registry sees it."""
    topics = {entry.id: entry.topics for entry in load_registry().helplines if entry.support}
    for name in ("uk-news", "full-anonymisation"):
        for block in load_policy(name).settings.support_block.values():
            for category in block.called_for_by:
                assert any(category in topics[helpline] for helpline in block.helplines), category


def test_every_number_in_the_policys_texts_is_in_the_registry() -> None:
    registry = load_registry()
    for block in load_policy("uk-news").settings.support_block.values():
        for helpline in block.helplines:
            known = registry.by_id(helpline)
            assert any(number in block.text for number in known.numbers), helpline


def test_what_a_helpline_is_for_can_be_told_from_outside() -> None:
    story = Story().subject("child_neglect", 2).block("county-line")
    loaded, analysis = load_policy("uk-news"), story.analysis()
    assert decide(loaded, analysis, lambda _: frozenset()).support_text
    assert decide(loaded, analysis, lambda _: frozenset(("child_neglect",))).support_text == ""


def test_a_helpline_of_the_policys_own_is_suitable() -> None:
    text = """
safeguard: 1
id: house
version: "1"
title: House
extends: uk-news
helplines:
  - id: county-line
    names: [Kettering Child Line]
    numbers: [01632 960111]
    topics: [child_neglect]
"""
    policy = read_policy(text)
    assert Story().subject("child_neglect", 2).block("county-line").decide(policy).support_text == ""
    assert policy.helplines[0].entry()["numbers"] == ["01632 960111"]
