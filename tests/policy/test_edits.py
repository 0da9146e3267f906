"""Random edits to a newsroom's own copy of uk-news: nothing is protected less without a word about it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_story import Story

from safeguard.analysis import Analysis
from safeguard.errors import PolicyError
from safeguard.policy.bundled import bundled_text
from safeguard.policy.decide import decide
from safeguard.policy.decisions import Decisions
from safeguard.policy.lint import lint
from safeguard.policy.loader import load_policy
from safeguard.policy.model import Policy

STRENGTH = {"keep": 0, "protect": 0, "review": 1, "warn": 1, "redact": 2, "block": 3}
TYPED = " \n\t:-[]{}'\"#&*!|>ayesnokpdrt\u00a0’"


@cache
def stories() -> tuple[Analysis, ...]:
    """Copy with everybody and everything that uk-news protects."""
    people = [
        {"life_stage": "minor", "roles": {"victim"}},
        {"life_stage": "minor", "circumstances": {"hurt"}},
        {"life_stage": "minor", "deceased": True, "circumstances": {"died"}},
        {"life_stage": "minor", "missing_appeal": True, "circumstances": {"missing"}},
        {"life_stage": "minor", "adult_now": True, "roles": {"victim"}},
        {"life_stage": "adult", "sex_offence_complainant": True, "roles": {"complainant"}},
        {"life_stage": "unknown", "roles": {"victim"}},
        {"life_stage": "minor"},
        {"life_stage": "adult", "waived": True, "sex_offence_complainant": True},
    ]
    made = []
    for attributes in people:
        story = Story("s45").part("slug", "slug")
        who = story.person("Ellie Marsh", **attributes)
        story.person("Karen Marsh", life_stage="adult", relative_of=who, relation="mother")
        story.see("SCHOOL", person=who).see("HOME_STREET", person=who).see("DATE_OF_BIRTH", person=who)
        story.piece("AGE", who).piece("RELATION", who, accused=True)
        made.append(story)
    details = [
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "SOCIAL_HANDLE",
        "PROFILE_LINK",
        "UK_NINO",
        "UK_NHS",
        "UK_PASSPORT",
    ]
    details += ["BANK_DETAILS", "UK_VEHICLE_REGISTRATION", "DATE_OF_BIRTH", "HOME_ADDRESS", "UK_POSTCODE"]
    made += [Story().see(entity) for entity in details]
    made += [Story().subject(c, 2) for c in load_policy("uk-news").settings.warnings.categories]
    made.append(Story().block("nspcc"))
    made.append(Story().see("HELPLINE_PROBLEM", kind="wrong_number"))
    return tuple(story.analysis() for story in made)


def strengths(decisions: Decisions) -> list[float]:
    """How much is done about each thing, in order; looked at as well counts for a little more."""
    found = [*(item.decision for item in decisions.decided), *decisions.persons.values()]
    done = [STRENGTH[d.action] + 0.5 * (d.review and d.action == "redact") for d in found]
    return [*done, bool(decisions.warning_text), bool(decisions.support_text)]


@cache
def as_bundled() -> tuple[list[float], ...]:
    policy = load_policy("uk-news")
    return tuple(strengths(decide(policy, analysis)) for analysis in stories())


def is_weaker(policy: Policy) -> bool:
    for analysis, before in zip(stories(), as_bundled(), strict=True):
        after = strengths(decide(policy, analysis))
        # A published address is blocked by a decision more: lost, the list is shorter.
        if len(after) < len(before) or any(a < b for a, b in zip(after, before, strict=False)):
            return True
    return False


def edited(data: st.DataObject, text: str) -> str:
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.sampled_from([0, 0, 1, 1, 2, 5, 40]))
        put = data.draw(st.text(alphabet=TYPED, max_size=4))
        text = text[:at] + put + text[at + length :]
    return text


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_copy_of_uk_news_with_slips_in_it_is_never_weaker_in_silence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = tmp_path_factory.getbasetemp() / "house.yaml"
    house = bundled_text("uk-news").replace("id: uk-news\n", "id: house\nextends: uk-news@2026.11\n", 1)
    head, rules = house.split("settings:", 1)
    try:
        file.write_text(f"{head}settings:{edited(data, rules)}", encoding="utf-8")
        found = lint(str(file))
    except PolicyError:
        return
    if found.policy is not None and not found.errors:
        assert found.warnings or not is_weaker(found.policy)
