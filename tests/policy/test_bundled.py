"""The bundled policies: what the siblings of uk-news change, and that none has a gap."""

from __future__ import annotations

import subprocess
import sys

import pytest
from policy_story import Story, of, said

from safeguard.policy.facts import finds
from safeguard.policy.loader import bundled_policies, load_policy
from safeguard.policy.ruling import rule_on

CHILD_VICTIM = {"life_stage": "minor", "roles": {"victim"}, "circumstances": {"abused"}}
DEAD_CHILD = {**CHILD_VICTIM, "circumstances": {"abused", "died"}, "deceased": True}
NAMED = "uk-news-named-deceased"
FULL = "full-anonymisation"


def test_the_three_policies_are_there() -> None:
    assert bundled_policies() == ["full-anonymisation", "uk-news", "uk-news-named-deceased"]


@pytest.mark.parametrize("name", ["full-anonymisation", "uk-news", "uk-news-named-deceased"])
def test_what_no_rule_covers_is_never_let_through(name: str) -> None:
    policy = load_policy(name)
    for find in finds():
        last = policy.live.get(find, ())[-1:]
        catch_all = bool(last) and not last[0].conditions and not last[0].unless
        assert catch_all or rule_on(policy, find, {}).action == "review", find


@pytest.mark.parametrize("name", ["full-anonymisation", "uk-news", "uk-news-named-deceased"])
@pytest.mark.parametrize("stage", ["minor", "adult", "unknown"])
@pytest.mark.parametrize("now", ["yes", "no"])
def test_a_rule_speaks_of_everybody_of_whatever_age(name: str, stage: str, now: str) -> None:
    facts = {"life-stage": frozenset((stage,)), "adult-now": frozenset((now,))}
    assert rule_on(load_policy(name), "person", facts).rule != "unmatched"


@pytest.mark.parametrize("name", ["full-anonymisation", "uk-news", "uk-news-named-deceased"])
def test_every_rule_says_why_and_every_protection_where_from(name: str) -> None:
    policy = load_policy(name)
    for rule in policy.rules:
        assert rule.because.endswith("."), rule.id
        if policy.origins[rule.id] == "uk-news" and rule.id.startswith(
            ("p1", "p2", "p3", "b1-relation", "b2-published", "d3-s")
        ):
            assert rule.sources, rule.id


@pytest.mark.parametrize("name", ["uk-news", NAMED, FULL])
def test_the_same_analysis_gives_the_same_decisions(name: str) -> None:
    def decide() -> object:
        story = Story("s45")
        child = story.person("Ellie Marsh", **CHILD_VICTIM)
        mother = story.person(
            "Karen Marsh", life_stage="adult", roles={"relative", "witness"}, relative_of=child
        )
        story.piece("RELATION", child, other=mother).piece("AGE", child).piece("SMALL_PLACE", child)
        story.subject("child_neglect", 3).subject("child_death", 2)
        return story.part("slug", "slug").mention(child, "address").decide(name)

    assert decide() == decide()
    assert load_policy(name).sha256 == load_policy(name).sha256


def test_the_digest_does_not_depend_on_the_process() -> None:
    code = "from safeguard.policy.loader import load_policy; print(load_policy('uk-news').sha256)"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {load_policy("uk-news").sha256 + "\n"}


def test_loading_needs_neither_spacy_nor_presidio() -> None:
    code = (
        "import sys; from safeguard.policy.loader import load_policy; import safeguard.policy.decide;"
        "load_policy('full-anonymisation');"
        "print([m for m in ('spacy', 'presidio_analyzer', 'presidio_anonymizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_named_deceased_names_the_dead_child_and_the_family() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **DEAD_CHILD)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child, relation="mother")
    decisions = story.decide(NAMED)
    assert said(decisions.persons[child]) == ("keep", "p1-deceased-child")
    assert decisions.persons[mother].action == "keep"
    assert decisions.verdict == "pass"
    assert {d.action for d in story.decide().persons.values()} == {"redact"}


def test_named_deceased_names_a_child_who_was_sought_and_found_dead() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **DEAD_CHILD, missing_appeal=True)
    assert story.decide(NAMED).persons[child].action == "keep"


def test_named_deceased_still_protects_a_living_brother() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **DEAD_CHILD)
    brother = story.person("Ben Marsh", life_stage="minor", circumstances={"in_care"}, relative_of=child)
    mother = story.person("Karen Marsh", life_stage="adult", roles={"witness"}, relative_of=child)
    persons = story.decide(NAMED).persons
    assert [persons[who].action for who in (child, brother, mother)] == ["keep", "redact", "keep"]


def test_named_deceased_reviews_family_that_would_name_a_living_child() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **DEAD_CHILD)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child)
    story.person("Ben Marsh", life_stage="minor", circumstances={"in_care"}, relative_of=mother)
    assert said(story.decide(NAMED).persons[mother]) == ("review", "p3-family-of-the-dead")


def test_named_deceased_still_protects_the_family_of_living_children() -> None:
    story = Story()
    story.person("Ellie Marsh", **DEAD_CHILD)
    other = story.person("Ada Cole", **CHILD_VICTIM)
    father = story.person("Tom Cole", life_stage="adult", relative_of=other)
    assert story.decide(NAMED).persons[father].action == "redact"


def test_named_deceased_still_protects_a_dead_complainant_and_the_family() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **DEAD_CHILD, sex_offence_complainant=True)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child)
    persons = story.decide(NAMED).persons
    assert [persons[who].action for who in (child, mother)] == ["redact", "redact"]


def test_named_deceased_keeps_the_school_of_the_dead_child() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **DEAD_CHILD)
    story.see("SCHOOL", of=(child,), kind="school")
    assert of(story.decide(NAMED), "SCHOOL").action == "keep"
    assert of(story.decide(), "SCHOOL").action == "redact"


@pytest.mark.parametrize(
    "attributes",
    [
        {"life_stage": "adult", "roles": {"accused"}},
        {"life_stage": "adult", "roles": {"convicted"}},
        {"life_stage": "minor", "adult_now": True, "roles": {"convicted"}},
        {"life_stage": "adult", "roles": {"victim"}},
        {"life_stage": "adult", "roles": {"witness"}},
        {"life_stage": "adult", "roles": {"bystander"}},
        {"life_stage": "adult"},
        {"life_stage": "unknown"},
        {"life_stage": "unknown", "roles": {"accused"}},
        {"life_stage": "minor"},
        {"life_stage": "minor", "roles": {"victim"}},
        {"life_stage": "adult", "sex_offence_complainant": True, "waived": True},
        {"life_stage": "minor", "adult_now": True, "own_childhood": True},
        {"life_stage": "adult", "roles": {"accused", "professional"}},
        {"life_stage": "unknown", "roles": {"convicted", "professional"}},
    ],
)
def test_full_anonymisation_takes_out_every_private_person(attributes: dict[str, object]) -> None:
    story = Story()
    who = story.person("Robin Marsh", **attributes)
    assert story.decide(FULL).persons[who].action == "redact"


@pytest.mark.parametrize(
    "attributes",
    [
        {"life_stage": "adult", "roles": {"official"}},
        {"life_stage": "unknown", "roles": {"official"}},
        {"life_stage": "adult", "roles": {"official", "accused"}},
        {"life_stage": "adult", "roles": {"professional"}},
        {"life_stage": "adult", "roles": {"professional", "witness"}},
        {"life_stage": "adult", "roles": {"journalist"}},
        {"life_stage": "adult", "roles": {"public_figure"}},
        {"life_stage": "adult", "public_role": True},
    ],
)
def test_full_anonymisation_keeps_who_acts_in_public(attributes: dict[str, object]) -> None:
    story = Story()
    who = story.person("Robin Marsh", **attributes)
    assert story.decide(FULL).persons[who].action == "keep"


def test_full_anonymisation_keeps_an_official_whose_husband_goes() -> None:
    story = Story()
    minister = story.person("Anna Lowe", life_stage="adult", roles={"official"})
    husband = story.person("Tim Lowe", life_stage="adult", relative_of=minister, relation="husband")
    persons = story.decide(FULL).persons
    assert persons[minister].action == "keep"
    assert persons[husband].params["label"] == "Person A"


def test_full_anonymisation_is_no_weaker_for_an_official_whose_child_was_harmed() -> None:
    story = Story()
    child = story.person("Ellie Lowe", **CHILD_VICTIM)
    mother = story.person("Anna Lowe", life_stage="adult", roles={"official"}, relative_of=child)
    assert story.decide(FULL).persons[mother].action == story.decide().persons[mother].action == "redact"


def test_full_anonymisation_never_tells_by_label_how_an_accused_is_related() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    mother = story.person("Karen Marsh", life_stage="adult", roles={"convicted"}, relative_of=child)
    assert story.decide(FULL).persons[mother].params["label"] == "Person A"
