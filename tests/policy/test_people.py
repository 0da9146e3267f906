"""Rows P1 to P7: every person, from the attributes that recognition gives them."""

from __future__ import annotations

import pytest
from policy_story import Story, all_of, of, said

from safeguard.policy.loader import read_policy

CHILD_VICTIM = {"life_stage": "minor", "roles": {"victim"}, "circumstances": {"abused"}}


def decided(**attributes: object) -> tuple[str, str]:
    story = Story()
    who = story.person("Robin Marsh", **attributes)
    return said(story.decide().persons[who])


def with_list(*names: str) -> object:
    listed = ", ".join(names)
    return read_policy(
        f"safeguard: 1\nid: house\nversion: '1'\ntitle: House\nextends: uk-news\n"
        f"settings:\n  public-figures: [{listed}]\n"
    )


@pytest.mark.parametrize("role", ["victim", "complainant", "witness", "accused", "convicted"])
def test_p1_a_minor_in_a_case_is_anonymised(role: str) -> None:
    assert decided(life_stage="minor", roles={role}) == ("redact", "p1-child-at-the-centre")


@pytest.mark.parametrize(
    "circumstance", ["abused", "hurt", "ill", "at_risk", "missing", "in_care", "family_proceedings", "died"]
)
def test_p1_a_minor_to_whom_harm_came_is_anonymised(circumstance: str) -> None:
    assert decided(life_stage="minor", circumstances={circumstance}) == ("redact", "p1-child-at-the-centre")


@pytest.mark.parametrize("role", ["victim", "accused", "witness"])
def test_p1_says_nothing_of_adults_in_the_same_roles(role: str) -> None:
    assert decided(life_stage="adult", roles={role})[0] == "keep"


def test_p1_a_dead_child_is_anonymised_though_only_the_death_is_told() -> None:
    assert decided(life_stage="minor", deceased=True) == ("redact", "p1-deceased-child")


def test_p1_a_missing_child_appeal_is_anonymised_and_reviewed() -> None:
    story = Story()
    who = story.person("Noor Halim", life_stage="minor", circumstances={"missing"}, missing_appeal=True)
    decisions = story.decide()
    assert said(decisions.persons[who]) == ("redact", "p1-missing-appeal")
    assert decisions.verdict == "review"


def test_p1_a_child_found_safe_is_anonymised_and_not_reviewed() -> None:
    story = Story()
    story.person("Noor Halim", life_stage="minor", circumstances={"missing"})
    assert story.decide().verdict == "amended"


def test_p1_an_adult_appeal_is_no_child_appeal() -> None:
    assert decided(life_stage="adult", circumstances={"missing"}, missing_appeal=True)[0] == "keep"


def test_p1_somebody_who_was_a_child_then_is_anonymised() -> None:
    got = decided(life_stage="minor", adult_now=True, roles={"victim"})
    assert got == ("redact", "p1-child-at-the-time")


def test_every_mention_takes_the_decision_of_its_person_and_one_label() -> None:
    story = Story()
    who = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.mention(who, "given").mention(who, "moniker")
    found = all_of(story.decide(), "NAMED_MINOR")
    assert [item.decision.action for item in found] == ["redact"] * 3
    assert {item.decision.params["label"] for item in found} == {"Child A"}


@pytest.mark.parametrize("stage", ["minor", "adult", "unknown"])
def test_p2_a_complainant_of_any_age_is_anonymised(stage: str) -> None:
    action, rule = decided(life_stage=stage, roles={"complainant"}, sex_offence_complainant=True)
    assert action == "redact"
    assert rule in ("p1-child-at-the-centre", "p2-complainant")


def test_p2_trafficking_fgm_and_forced_marriage_count_as_well() -> None:
    assert decided(life_stage="adult", special_offence_victim=True) == ("redact", "p2-complainant")


def test_p2_a_dead_complainant_is_anonymised() -> None:
    assert decided(life_stage="adult", sex_offence_complainant=True, deceased=True)[0] == "redact"


def test_p2_an_accused_who_is_a_complainant_is_anonymised() -> None:
    assert decided(life_stage="adult", roles={"accused"}, sex_offence_complainant=True)[0] == "redact"
    then = {"life_stage": "minor", "adult_now": True, "roles": {"convicted"}}
    assert decided(**then, sex_offence_complainant=True)[0] == "redact"


def test_p2_a_waiver_keeps_the_name_and_is_reviewed() -> None:
    adult = {"life_stage": "adult", "sex_offence_complainant": True, "waived": True}
    assert decided(**adult) == ("review", "p2-waived")


def test_p2_a_waiver_given_as_an_adult_wins_over_p1() -> None:
    then = {"life_stage": "minor", "adult_now": True, "roles": {"victim"}, "sex_offence_complainant": True}
    assert decided(**then, waived=True) == ("review", "p2-waived")
    assert decided(**then)[0] == "redact"


def test_p2_a_child_cannot_waive() -> None:
    child = {"life_stage": "minor", "roles": {"victim"}, "sex_offence_complainant": True, "waived": True}
    assert decided(**child)[0] == "redact"


def test_p2_relatives_of_somebody_who_waived_are_p6() -> None:
    story = Story()
    who = story.person("Dana Price", life_stage="adult", sex_offence_complainant=True, waived=True)
    sister = story.person("Jo Price", life_stage="adult", relative_of=who, relation="sister")
    assert said(story.decide().persons[sister]) == ("keep", "p6-adult")


def test_p3_a_relative_is_anonymised() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child, relation="mother")
    decision = story.decide().persons[mother]
    assert said(decision) == ("redact", "p3-relative")
    assert decision.params["label"] == "relative of Child A"


def test_p3_the_relation_may_be_told_of_the_child() -> None:
    story = Story()
    mother = story.person("Karen Marsh", life_stage="adult")
    story.person("Ellie Marsh", **CHILD_VICTIM, relative_of=mother, relation="daughter")
    assert said(story.decide().persons[mother]) == ("redact", "p3-relative")


def test_p3_runs_on_through_relatives() -> None:
    story = Story()
    aunt = story.person("Jane Cole", life_stage="adult", relation="sister")
    mother = story.person("Karen Marsh", life_stage="adult", relation="mother")
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    story.change(mother, relative_of=child)
    story.change(aunt, relative_of=mother)
    decisions = story.decide()
    assert decisions.persons[aunt].action == "redact"
    assert decisions.persons[aunt].params["label"] == "relative of Child A"


def test_p3_of_an_unnamed_child() -> None:
    story = Story()
    child = story.unnamed(life_stage="minor", roles={"victim"}, circumstances={"abused"})
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child, relation="mother")
    decision = story.decide().persons[mother]
    assert said(decision) == ("redact", "p3-relative")
    assert decision.params["label"] == "relative of the child"


def test_p3_of_an_adult_complainant_named_or_not() -> None:
    for add, label in (
        (Story.person, "relative of Complainant A"),
        (Story.unnamed, "relative of the complainant"),
    ):
        story = Story()
        names = ("Dana Price",) if add is Story.person else ()
        who = add(story, *names, life_stage="adult", sex_offence_complainant=True)  # type: ignore[operator]
        brother = story.person("Tim Price", life_stage="adult", relative_of=who, relation="brother")
        assert story.decide().persons[brother].params["label"] == label


def test_p3_not_the_relative_of_a_child_in_a_harmless_story() -> None:
    story = Story()
    child = story.person("Ellie Marsh", life_stage="minor")
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child, relation="mother")
    assert story.decide().persons[mother].action == "keep"


def test_p3_two_unprotected_relatives_do_not_protect_each_other() -> None:
    story = Story()
    one = story.person("Karen Marsh", life_stage="adult")
    two = story.person("Tim Marsh", life_stage="adult", relative_of=one, relation="brother")
    story.change(one, relative_of=two)
    assert {d.action for d in story.decide().persons.values()} == {"keep"}


@pytest.mark.parametrize("role", ["accused", "convicted"])
def test_p6_a_relative_who_is_accused_or_convicted_stays(role: str) -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    mother = story.person("Karen Marsh", life_stage="adult", roles={role, "relative"}, relative_of=child)
    assert said(story.decide().persons[mother]) == ("keep", "p6-relative-accused")


def test_p6_a_relative_in_a_public_role_stays() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    uncle = story.person("Cllr Tim Marsh", life_stage="adult", relative_of=child, public_role=True)
    assert said(story.decide().persons[uncle]) == ("keep", "p6-relative-public-role")


def test_p3_a_minor_relative_has_no_public_role() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    brother = story.person("Ben Marsh", life_stage="minor", relative_of=child, public_role=True)
    decision = story.decide().persons[brother]
    assert said(decision) == ("redact", "p3-relative")
    assert decision.params["label"] == "Child B"


def test_p4_a_child_in_a_harmless_story_is_kept_and_reviewed() -> None:
    story = Story()
    story.person("Ellie Marsh", life_stage="minor", roles={"bystander"})
    decisions = story.decide()
    assert said(of(decisions, "NAMED_MINOR")) == ("review", "p4-child-harmless")
    assert decisions.verdict == "review"


@pytest.mark.parametrize("role", ["victim", "complainant", "witness", "accused", "convicted"])
def test_p5_an_unknown_age_at_the_centre_is_kept_and_reviewed(role: str) -> None:
    assert decided(life_stage="unknown", roles={role}) == ("review", "p5-stage-unknown")


def test_p5_work_that_only_adults_do_is_no_unknown_age() -> None:
    assert decided(life_stage="unknown", roles={"witness", "professional"})[0] == "keep"


def test_p6_unknown_in_a_harmless_role_is_kept() -> None:
    assert decided(life_stage="unknown") == ("keep", "p6-unknown-harmless")


@pytest.mark.parametrize("role", ["professional", "official", "journalist", "bystander", "witness", "victim"])
def test_p6_every_other_adult_is_kept(role: str) -> None:
    assert decided(life_stage="adult", roles={role})[0] == "keep"


@pytest.mark.parametrize("role", ["accused", "convicted"])
def test_p6_an_accused_who_was_a_minor_then_is_kept(role: str) -> None:
    then = {"life_stage": "minor", "roles": {role}}
    assert decided(**then, adult_now=True) == ("keep", "p6-adult-now-accused")
    assert decided(**then)[0] == "redact"


def test_p6_an_accused_who_was_harmed_as_a_child_is_reviewed() -> None:
    both = {"life_stage": "minor", "adult_now": True, "roles": {"convicted", "victim"}}
    assert decided(**both) == ("review", "p6-adult-now-accused-and-harmed")


def test_p6_own_childhood_is_reviewed_and_sexual_offences_need_the_waiver() -> None:
    own = {"life_stage": "minor", "adult_now": True, "roles": {"victim"}, "own_childhood": True}
    assert decided(**own) == ("review", "p6-own-childhood")
    assert decided(**own, sex_offence_complainant=True)[0] == "redact"
    assert decided(**own, sex_offence_complainant=True, waived=True) == ("review", "p2-waived")


def test_p6_a_child_telling_their_childhood_is_a_child() -> None:
    assert decided(life_stage="minor", roles={"victim"}, own_childhood=True)[0] == "redact"


def test_a_pseudonym_is_kept_and_reviewed_and_its_bearer_still_protects_relatives() -> None:
    story = Story()
    child = story.person("Ellie", **CHILD_VICTIM, pseudonym=True)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child, relation="mother")
    decisions = story.decide()
    assert said(decisions.persons[child]) == ("review", "p6-pseudonym")
    assert decisions.persons[mother].action == "redact"
    assert decisions.persons[mother].params["label"] == "relative of the child"


def test_p7_a_listed_name_stays_as_a_relative() -> None:
    for listed, action in (("Dominic Raab", "keep"), ("Steve Reed", "redact")):
        story = Story()
        child = story.person("Ellie Marsh", **CHILD_VICTIM)
        father = story.person("Dominic Raab", life_stage="adult", relative_of=child)
        assert story.decide(with_list(listed)).persons[father].action == action  # type: ignore[arg-type]


def test_p7_a_listed_child_at_the_centre_is_kept_and_reviewed() -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    decision = story.decide(with_list("ellie  marsh")).persons[child]  # type: ignore[arg-type]
    assert said(decision) == ("review", "p7-child-on-the-list")


def test_p7_no_list_takes_a_complainants_anonymity() -> None:
    story = Story()
    who = story.person("Dana Price", life_stage="adult", sex_offence_complainant=True)
    decision = story.decide(with_list("Dana Price")).persons[who]  # type: ignore[arg-type]
    assert said(decision) == ("redact", "p2-complainant-on-the-list")
    assert decision.review


def test_p7_a_listed_single_name_is_not_somebodys_first_name() -> None:
    story = Story()
    child = story.person("Adele Marsh", **CHILD_VICTIM)
    story.change(child, names=("Adele Marsh", "Adele"))
    assert story.decide(with_list("Adele")).persons[child].rule == "p1-child-at-the-centre"  # type: ignore[arg-type]


def test_unnamed_people_change_nothing_by_themselves() -> None:
    story = Story()
    story.unnamed(life_stage="minor", roles={"victim"})
    story.unnamed(life_stage="minor")
    assert story.decide().verdict == "pass"


def test_somebody_nobody_resolved_is_reviewed() -> None:
    decisions = Story().see("PERSON").decide()
    assert said(of(decisions, "PERSON")) == ("review", "unmatched")


def test_labels_are_numbered_by_first_appearance() -> None:
    story = Story()
    later = story.unnamed(life_stage="minor", roles={"victim"})
    first = story.person("Ben Cole", **CHILD_VICTIM)
    story.change(later, names=("Ellie",))
    story.mention(later)
    dana = story.person("Dana Price", life_stage="adult", sex_offence_complainant=True)
    persons = story.decide().persons
    labels = [persons[who].params["label"] for who in (first, later, dana)]
    assert labels == ["Child A", "Child B", "Complainant A"]
    assert persons[first].operator == "label"
    assert persons[first].params["template"] == "[{label}]"


def test_labels_of_an_earlier_run_stay_and_their_letters_are_taken() -> None:
    story = Story()
    before = story.person("[Child A]", life_stage="minor", labelled="[Child A]")
    analysis_mention = story.analysis().people.by_id(before).mentions[0]
    story.change(before, mentions=(type(analysis_mention)(0, 10, "label", "label"),))
    new = story.person("Ben Cole", **CHILD_VICTIM)
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=before, relation="mother")
    persons = story.decide().persons
    assert said(persons[before]) == ("keep", "already-labelled")
    assert persons[new].params["label"] == "Child B"
    assert persons[mother].params["label"] == "relative of Child A"


def test_the_letters_never_run_out() -> None:
    story = Story()
    everybody = [story.person(f"Child {n}", **CHILD_VICTIM) for n in range(28)]
    persons = story.decide().persons
    labels = [persons[who].params["label"] for who in everybody]
    assert labels[25:] == ["Child Z", "Child AA", "Child AB"]
    assert len(set(labels)) == 28
