"""Rows D1 to D5, from the facts that recognizers give."""

from __future__ import annotations

import pytest
from policy_story import Story, all_of, of, said

from safeguard.policy.loader import read_policy

CHILD_VICTIM = {"life_stage": "minor", "roles": {"victim"}, "circumstances": {"abused"}}
CONTACTS = ["PHONE_NUMBER", "EMAIL_ADDRESS", "SOCIAL_HANDLE", "PROFILE_LINK"]


def house(*contacts: str, **settings: str) -> object:
    listed = ", ".join(f'"{contact}"' for contact in contacts)
    more = "".join(f"  {key}: {value}\n" for key, value in settings.items())
    return read_policy(
        "safeguard: 1\nid: house\nversion: '1'\ntitle: House\nextends: uk-news\n"
        f"settings:\n  newsroom-contacts: [{listed}]\n{more}"
    )


@pytest.mark.parametrize("entity", CONTACTS)
def test_d1_a_private_contact_is_taken_out(entity: str) -> None:
    assert said(of(Story().see(entity, owner="personal").decide(), entity)) == ("redact", "d1-contact")


@pytest.mark.parametrize("entity", CONTACTS)
def test_d1_a_contact_of_nobody_known_is_taken_out(entity: str) -> None:
    assert of(Story().see(entity).decide(), entity).action == "redact"


@pytest.mark.parametrize("entity", CONTACTS)
@pytest.mark.parametrize("owner", ["public_body", "business", "role", "helpline"])
def test_d5_public_contacts_stay(entity: str, owner: str) -> None:
    assert of(Story().see(entity, owner=owner).decide(), entity).action == "keep"


@pytest.mark.parametrize(
    "entity", ["UK_NINO", "UK_NHS", "UK_PASSPORT", "BANK_DETAILS", "UK_VEHICLE_REGISTRATION"]
)
def test_d1_numbers_are_taken_out(entity: str) -> None:
    decision = of(Story().see(entity).decide(), entity)
    assert said(decision) == ("redact", "d1-number")
    assert decision.params["label"].endswith("removed")


@pytest.mark.parametrize(
    ("listed", "entity", "value", "stays"),
    [
        ("news@example-news.co.uk", "EMAIL_ADDRESS", "news@example-news.co.uk", True),
        ("news@example-news.co.uk", "EMAIL_ADDRESS", "jo.okafor@example-news.co.uk", False),
        ("example-news.co.uk", "EMAIL_ADDRESS", "jo.okafor@example-news.co.uk", True),
        ("@example-news.co.uk", "EMAIL_ADDRESS", "Jo.Okafor@Example-News.co.uk", True),
        ("example-news.co.uk", "EMAIL_ADDRESS", "jo@not-example-news.co.uk", False),
        ("020 7946 0000", "PHONE_NUMBER", "442079460000", True),
        ("+44 (0)20 7946 0000", "PHONE_NUMBER", "02079460000", True),
        ("020 7946 0000", "PHONE_NUMBER", "442079460001", False),
        ("@examplenews", "SOCIAL_HANDLE", "examplenews", True),
        ("@examplenews", "SOCIAL_HANDLE", "examplenewsfan", False),
        ("instagram.com/examplenews", "PROFILE_LINK", "instagram.com/examplenews", True),
    ],
)
def test_d5_newsroom_contacts_stay(listed: str, entity: str, value: str, stays: bool) -> None:
    story = Story().see(entity, owner="personal", value=value)
    assert said(of(story.decide(house(listed)), entity)) == (  # type: ignore[arg-type]
        ("keep", "d5-newsroom") if stays else ("redact", "d1-contact")
    )
    assert of(story.decide(), entity).action == "redact"


def test_d1_dates_of_birth() -> None:
    story = Story()
    living = story.person("Karen Marsh", life_stage="adult")
    dead = story.person("Tom Cole", life_stage="adult", deceased=True)
    dead_child = story.person("Ellie Marsh", **CHILD_VICTIM, deceased=True)
    story.see("DATE_OF_BIRTH").see("DATE_OF_BIRTH", of=(living,)).see("DATE_OF_BIRTH", of=(dead,))
    story.see("DATE_OF_BIRTH", deceased_adult=True).see(
        "DATE_OF_BIRTH", of=(dead_child,), deceased_adult=False
    )
    rules = [said(item.decision) for item in all_of(story.decide(), "DATE_OF_BIRTH")]
    assert rules == [
        ("redact", "d1-date-of-birth"),
        ("redact", "d1-date-of-birth"),
        ("keep", "d1-date-of-birth-of-the-dead"),
        ("keep", "d1-date-of-birth-of-the-dead"),
        ("redact", "d3-date-of-birth"),
    ]


def test_d1_the_date_of_birth_of_a_dead_complainant_goes() -> None:
    story = Story()
    who = story.person("Dana Price", life_stage="adult", deceased=True, sex_offence_complainant=True)
    story.see("DATE_OF_BIRTH", of=(who,), deceased_adult=True)
    assert of(story.decide(), "DATE_OF_BIRTH").rule == "d3-date-of-birth"


def test_d1_the_date_of_birth_of_a_public_figure_stays() -> None:
    story = Story()
    who = story.person("Dominic Raab", life_stage="adult", roles={"official"})
    story.see("DATE_OF_BIRTH", of=(who,))
    listed = house(**{"public-figures": "[Dominic Raab]"})
    assert of(story.decide(listed), "DATE_OF_BIRTH").action == "keep"  # type: ignore[arg-type]
    assert of(story.decide(), "DATE_OF_BIRTH").action == "redact"


def test_d2_number_and_postcode_go_and_the_street_stays() -> None:
    story = Story()
    who = story.person("Karen Marsh", life_stage="adult", roles={"convicted"})
    story.see("HOME_ADDRESS", of=(who,)).see("HOME_STREET", of=(who,)).see(
        "UK_POSTCODE", private=True, of=(who,)
    )
    decisions = story.decide()
    assert said(of(decisions, "HOME_ADDRESS")) == ("redact", "d2-house")
    assert said(of(decisions, "HOME_STREET")) == ("keep", "d3-home-of-the-convicted")
    assert said(of(decisions, "UK_POSTCODE")) == ("redact", "d2-postcode")


def test_d2_a_postcode_that_may_be_private_goes_and_an_offices_stays() -> None:
    assert of(Story().see("UK_POSTCODE").decide(), "UK_POSTCODE").action == "redact"
    assert of(Story().see("UK_POSTCODE", private=False).decide(), "UK_POSTCODE").action == "keep"


@pytest.mark.parametrize("kind", ["school", "nursery", "club", "surgery"])
def test_d3_the_school_of_a_protected_child_goes_everywhere(kind: str) -> None:
    story = Story()
    child = story.person("Ellie Marsh", **CHILD_VICTIM)
    head = story.person("Anna Lowe", life_stage="adult", roles={"professional"})
    story.see("SCHOOL", of=(child,), kind=kind).see("SCHOOL", of=(child, head), kind=kind)
    found = all_of(story.decide(), "SCHOOL")
    assert [said(item.decision) for item in found] == [("redact", "d3-school-or-street")] * 2
    assert found[0].decision.params["label"] == f"name of {kind} removed"


def test_d3_also_when_the_child_is_not_named() -> None:
    story = Story()
    child = story.unnamed(life_stage="minor", roles={"victim"})
    story.see("SCHOOL", of=(child,), kind="school").see("HOME_STREET", of=(child,))
    decisions = story.decide()
    assert of(decisions, "SCHOOL").action == "redact"
    assert of(decisions, "HOME_STREET").action == "redact"


def test_d3_not_the_school_of_a_child_in_a_harmless_story_or_of_nobody() -> None:
    story = Story()
    child = story.person("Ellie Marsh", life_stage="minor")
    story.see("SCHOOL", of=(child,), kind="school").see("SCHOOL", of=(), kind="school")
    assert {item.decision.action for item in all_of(story.decide(), "SCHOOL")} == {"keep"}


def test_d3_a_home_that_the_convicted_shares_with_the_child_goes() -> None:
    story = Story()
    child = story.unnamed(life_stage="minor", roles={"victim"})
    father = story.person("Tom Cole", life_stage="adult", roles={"convicted"}, relative_of=child)
    story.see("HOME_STREET", of=(father, child))
    assert said(of(story.decide(), "HOME_STREET")) == ("redact", "d3-school-or-street")


def test_d3_the_home_of_a_protected_relative_goes() -> None:
    story = Story()
    child = story.unnamed(life_stage="minor", roles={"victim"})
    mother = story.person("Karen Marsh", life_stage="adult", relative_of=child)
    story.see("HOME_STREET", of=(mother,))
    assert of(story.decide(), "HOME_STREET").action == "redact"


def test_d3_what_belongs_to_somebody_nobody_resolved_goes() -> None:
    assert of(Story().see("SCHOOL", of=("p99",)).decide(), "SCHOOL").action == "redact"


def test_d5_a_helplines_number_is_its_own_though_nobody_said_so() -> None:
    story = Story().helpline_named("nspcc").within("PHONE_NUMBER", owner="personal")
    assert said(of(story.decide(), "PHONE_NUMBER")) == ("keep", "d5-helpline")


def test_what_a_newsrooms_own_recognizer_marks_is_reviewed() -> None:
    assert said(of(Story().see("CASE_NUMBER").decide(), "CASE_NUMBER")) == ("review", "unmatched")
