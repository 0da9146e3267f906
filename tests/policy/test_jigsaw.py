"""Row D6, and what stops publication: B1 and B2."""

from __future__ import annotations

import pytest
from policy_story import Story, all_of, of, said

CHILD_VICTIM = {"life_stage": "minor", "roles": {"victim"}, "circumstances": {"abused"}}
CHILD_COMPLAINANT = {"life_stage": "minor", "roles": {"complainant"}, "sex_offence_complainant": True}
PIECES = ["AGE", "SCHOOL_YEAR", "RELATION", "SMALL_PLACE", "STAFF", "UNIQUE_EVENT"]


def pieces(story: Story, policy: str = "uk-news") -> list[str]:
    return [
        item.decision.rule for item in story.decide(policy).decided if item.observation.entity_type in PIECES
    ]


def test_d6_relation_to_a_named_adult_and_age_are_reviewed_with_each_other_as_evidence() -> None:
    story = Story()
    child = story.person("Peter Marsh", **CHILD_VICTIM, deceased=True)
    mother = story.person("Karen Marsh", life_stage="adult", roles={"convicted"}, relative_of=child)
    story.piece("RELATION", child, other=mother).piece("AGE", child)
    decisions = story.decide()
    relation, age = all_of(decisions, "RELATION")[0], all_of(decisions, "AGE")[0]
    assert said(relation.decision) == said(age.decision) == ("review", "d6-jigsaw")
    assert relation.evidence == (decisions.decided.index(age),)
    assert age.evidence == (decisions.decided.index(relation),)
    assert decisions.verdict == "review"


@pytest.mark.parametrize("kind", ["AGE", "SCHOOL_YEAR", "SMALL_PLACE", "UNIQUE_EVENT"])
def test_d6_a_lone_piece_is_nothing(kind: str) -> None:
    story = Story()
    child = story.unnamed(**CHILD_VICTIM)
    story.piece(kind, child).piece(kind, child)
    assert pieces(story) == ["d6-lone-piece"] * 2
    assert story.decide().verdict == "pass"


def test_d6_every_two_kinds_count_together() -> None:
    story = Story()
    child = story.unnamed(**CHILD_VICTIM)
    story.piece("SMALL_PLACE", child).piece("SCHOOL_YEAR", child).piece("SCHOOL_YEAR", child)
    assert pieces(story) == ["d6-jigsaw"] * 3


def test_d6_pieces_of_different_children_do_not_add_up() -> None:
    story = Story()
    one, two = story.unnamed(**CHILD_VICTIM), story.unnamed(**CHILD_VICTIM)
    story.piece("AGE", one).piece("SMALL_PLACE", two)
    assert set(pieces(story)) == {"d6-lone-piece"}


def test_d6_what_is_told_of_brothers_and_sisters_adds_up() -> None:
    story = Story()
    one = story.unnamed(**CHILD_VICTIM)
    two = story.unnamed(**CHILD_VICTIM, relative_of=one, relation="brother")
    story.piece("AGE", one).piece("AGE", two)
    assert pieces(story) == ["d6-jigsaw"] * 2


def test_d6_the_head_is_a_piece_of_whoever_lost_the_school() -> None:
    story = Story()
    pupil, other = story.unnamed(**CHILD_VICTIM), story.unnamed(**CHILD_VICTIM)
    story.see("SCHOOL", of=(pupil,), kind="school")
    story.piece("STAFF", other).piece("AGE", pupil)
    assert pieces(story) == ["d6-jigsaw"] * 2


def test_d6_says_nothing_of_people_nobody_protects() -> None:
    story = Story()
    child = story.person("Ellie Marsh", life_stage="minor")
    story.piece("AGE", child).piece("SCHOOL_YEAR", child).piece("SMALL_PLACE", child)
    assert set(pieces(story)) == {"d6-lone-piece"}


def test_d6_a_relation_to_somebody_who_is_taken_out_is_no_piece() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child)
    story.piece("RELATION", child, other=mother).piece("AGE", child)
    assert set(pieces(story)) == {"d6-lone-piece"}


def test_d6_the_head_counts_only_when_the_school_was_taken_out() -> None:
    for of_child, rule in ((True, "d6-jigsaw"), (False, "d6-lone-piece")):
        story = Story()
        child = story.unnamed(**CHILD_VICTIM)
        story.see("SCHOOL", of=(child,) if of_child else (), kind="school")
        story.piece("STAFF", child).piece("AGE", child)
        assert set(pieces(story)) == {rule}


def test_d6_a_piece_inside_what_is_taken_out_is_gone() -> None:
    story = Story()
    child = story.unnamed(**CHILD_VICTIM)
    story.see("SCHOOL", of=(child,), kind="school").within("SMALL_PLACE", person=child, piece="place")
    story.piece("AGE", child)
    assert set(pieces(story)) == {"d6-lone-piece"}


def test_d6_the_street_of_the_accused_is_no_place_of_the_childs() -> None:
    story = Story()
    child = story.unnamed(**CHILD_VICTIM)
    man = story.person("Dean Cole", life_stage="adult", roles={"convicted"})
    story.see("HOME_STREET", of=(man,)).within("SMALL_PLACE", person=child, piece="place")
    story.piece("AGE", child)
    assert set(pieces(story)) == {"d6-lone-piece"}
    story.piece("SMALL_PLACE", child)
    assert pieces(story).count("d6-jigsaw") == 2


def test_d6_a_child_under_a_pseudonym_can_be_pieced_together() -> None:
    story = Story()
    child = story.person("Ellie", **CHILD_VICTIM, pseudonym=True)
    story.piece("AGE", child).piece("SMALL_PLACE", child)
    assert set(pieces(story)) == {"d6-jigsaw"}


def test_a_piece_of_nobody_is_reviewed() -> None:
    story = Story()
    story.see("AGE", person="p99")
    assert said(of(story.decide(), "AGE")) == ("review", "unmatched")


def b1(complainant: dict[str, object], *, pseudonym: bool = False, **relation: object) -> Story:
    story = Story()
    child = story.unnamed(**complainant)
    man = story.person("Tom Cole", life_stage="adult", roles={"accused"}, pseudonym=pseudonym)
    return story.piece("RELATION", child, **{"other": man, "accused": True, **relation})


def test_b1_a_named_accuseds_relation_to_a_child_complainant_blocks() -> None:
    decisions = b1(CHILD_COMPLAINANT).decide()
    relation = all_of(decisions, "RELATION")[0]
    assert said(relation.decision) == ("block", "b1-relation-to-accused")
    assert decisions.decided[relation.evidence[0]].observation.entity_type == "PERSON"
    assert decisions.verdict == "block"


def test_b1_implied_or_by_the_charge_alone_blocks_as_well() -> None:
    assert b1(CHILD_COMPLAINANT, implied=True).decide().verdict == "block"
    assert b1(CHILD_COMPLAINANT, implied=True, other=None).decide().verdict == "block"


def test_b1_somebody_who_was_a_child_then_blocks() -> None:
    assert b1({**CHILD_COMPLAINANT, "adult_now": True}).decide().verdict == "block"


def test_b1_the_name_or_the_relation_alone_does_not_block() -> None:
    story = Story()
    child = story.unnamed(**CHILD_COMPLAINANT)
    unnamed = story.unnamed(life_stage="adult", roles={"accused"})
    story.piece("RELATION", child, other=unnamed, accused=True)
    assert story.decide().verdict == "pass"
    assert b1(CHILD_COMPLAINANT, pseudonym=True).decide().verdict == "review"


@pytest.mark.parametrize(
    "complainant",
    [
        {"life_stage": "adult", "roles": {"complainant"}, "sex_offence_complainant": True},
        {"life_stage": "minor", "roles": {"victim"}, "circumstances": {"abused"}},
        {**CHILD_COMPLAINANT, "adult_now": True, "waived": True},
    ],
)
def test_b1_near_misses_do_not_block(complainant: dict[str, object]) -> None:
    assert b1(complainant).decide().verdict == "pass"


def test_b1_a_relation_to_somebody_who_is_not_accused_does_not_block() -> None:
    story = Story()
    child = story.unnamed(**CHILD_COMPLAINANT)
    teacher = story.person("Anna Lowe", life_stage="adult", roles={"professional"})
    story.piece("RELATION", child, other=teacher, accused=False)
    assert story.decide().verdict == "pass"


def test_b1_a_complainant_of_unknown_age_is_reviewed() -> None:
    unknown = {"life_stage": "unknown", "sex_offence_complainant": True}
    assert said(of(b1(unknown).decide(), "RELATION")) == ("review", "b1-age-unknown")


def test_b1_not_when_the_accused_is_taken_out() -> None:
    assert b1(CHILD_COMPLAINANT).decide("full-anonymisation").verdict == "amended"


@pytest.mark.parametrize("restriction", ["s45", "s39", "youth-court", "family-court", "injunction"])
@pytest.mark.parametrize("kind", ["slug", "url", "file"])
def test_b2_a_protected_name_in_an_address_blocks_under_a_restriction(restriction: str, kind: str) -> None:
    story = Story(restriction)
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.part("slug", kind).mention(child, "address")
    decisions = story.decide()
    body, address, block = decisions.decided
    assert (body.decision.action, body.decision.review) == ("redact", False)
    assert (address.decision.action, address.decision.review) == ("redact", True)
    assert said(block.decision) == ("block", "b2-published-address")
    assert block.evidence == (1,)
    assert block.observation == address.observation
    assert decisions.verdict == "block"


def test_b2_without_a_restriction_the_address_is_reviewed() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.part("slug", "slug").mention(child, "address")
    decisions = story.decide()
    assert [item.decision.review for item in decisions.decided] == [False, True]
    assert "renamed at home" in decisions.decided[1].decision.because
    assert decisions.verdict == "review"


@pytest.mark.parametrize("kind", ["prose", "tags"])
def test_b2_names_in_prose_and_tags_are_simply_rewritten(kind: str) -> None:
    story = Story("s45")
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.part("tags", kind).mention(child)
    assert story.decide().verdict == "amended"


def test_b2_a_name_that_stays_blocks_nothing() -> None:
    story = Story("s45")
    judge = story.person("Anna Lowe", life_stage="adult", roles={"professional"})
    story.part("slug", "slug").mention(judge, "address")
    assert story.decide().verdict == "pass"


def test_b2_a_school_in_an_address_is_reviewed() -> None:
    story = Story("s45")
    child = story.unnamed(**CHILD_VICTIM)
    story.part("slug", "slug").see("SCHOOL", of=(child,), kind="school")
    assert story.decide().verdict == "review"


def test_d6_a_doctor_leads_no_school() -> None:
    for kind, rule in (("surgery", "d6-jigsaw"), ("school", "d6-lone-piece")):
        story = Story()
        child = story.unnamed(**CHILD_VICTIM)
        story.see("SCHOOL", of=(child,), kind=kind)
        story.piece("STAFF", child, institution="surgery").piece("AGE", child)
        assert set(pieces(story)) == {rule}


def test_d6_children_whom_the_copy_makes_brothers_and_sisters_add_up() -> None:
    for told, rule in ((True, "d6-jigsaw"), (False, "d6-lone-piece")):
        story = Story()
        one, two = story.unnamed(**CHILD_VICTIM), story.unnamed(**CHILD_VICTIM)
        if told:
            story.siblings(one, two)
        story.piece("AGE", one).piece("AGE", two)
        assert pieces(story) == [rule] * 2
