"""The second look at institutions: those that only the story around them makes a protected child's own."""

from __future__ import annotations

import pytest
from details_copy import Copy

from recognizers.details.address import AddressRecognizer
from recognizers.details.handle import HandleRecognizer
from recognizers.details.institution import InstitutionRecognizer
from recognizers.details.phone import ContactPhoneRecognizer
from safeguard import Safeguard

SCHOOL, HOME = InstitutionRecognizer(), AddressRecognizer()
CRASH = """Boy, 13, dies after quad bike overturns

A boy of 13 has died after a quad bike overturned on a hill track near Ardlochan on Saturday.

Fraser Imrie was airlifted to hospital in Glasgow but died on Sunday morning, police said. His parents were
with him.

{line}

The procurator fiscal has been told.
"""
OWN = {
    "At Glen Tarvie Shinty Club, where the lights were left on all night, coach Angus Rae said: “He never "
    "stopped talking and he never stopped running.”": "Glen Tarvie Shinty Club",
    "At Kilmorven Grammar School a candle was lit in the library. The rector, Moira Gunn, said so.": (
        "Kilmorven Grammar School"
    ),
    "Training was called off at Corran Bay Harriers. “He held the door for everybody,” said secretary Jean "
    "Boyd.": "Corran Bay Harriers",
    "Dugald Rae has run Tarvie Bridge Boxing Club for thirty years. “The lad swept the floor before he "
    "sparred,” he said.": "Tarvie Bridge Boxing Club",
}
OTHERS = [
    "A minute’s silence was held before the match against Kilmorven Cricket Club.",
    "Helensburgh Rugby Club gave two hundred pounds and a signed ball.",
    "The road was shut near Kilmorven Grammar School until noon.",
    "A rival club, Strathvean Boxing Club, has cancelled its open day.",
]


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard("uk-news")


@pytest.mark.parametrize("line", OWN)
def test_the_childs_own_goes_though_no_word_beside_it_says_so(guard: Safeguard, line: str) -> None:
    report = guard.check(CRASH.format(line=line))
    assert OWN[line] not in str(report.safe_copy)


@pytest.mark.parametrize("line", OTHERS)
def test_the_place_of_something_else_stays(guard: Safeguard, line: str) -> None:
    copy = CRASH.format(line=line)
    assert line in str(guard.check(copy).safe_copy)


def test_where_nobody_is_protected_nothing_is_looked_at(guard: Safeguard) -> None:
    copy = "At Glen Tarvie Shinty Club coach Angus Rae, 54, said: “They never stopped running.” It ended 3-2."
    assert "Glen Tarvie Shinty Club" in str(guard.check(copy).safe_copy)


def test_where_somebody_speaks_openly_nothing_is_looked_at() -> None:
    copy = Copy("Ann spoke. Sam wept. At Otley Grammar School, Jo Poll said he was kind.")
    copy.person("ann", "Ann", life_stage="adult", sex_offence_complainant=True, waived=True)
    copy.person("sam", "Sam", life_stage="minor", gender="male", roles={"victim"})
    assert copy.facts(SCHOOL, "Otley Grammar School")["of"] in ((), ("sam",))


def child(text: str) -> Copy:
    return Copy(text).person("sam", "Sam", life_stage="minor", gender="male", roles={"victim"})


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Sam was hurt. A search of the house in Otter Close found a knife.", "Otter Close"),
        ("Sam was hurt. The officer was first through the door at the terrace in Ivy Row.", "Ivy Row"),
        ("Sam was hurt. He lay in a pond at the bottom of the garden in Elm Road.", "Elm Road"),
        ("Four crews were sent to Ivy Row. Sam was brought down the stairs by firefighters.", "Ivy Row"),
    ],
)
def test_a_home_that_the_copy_gives_to_nobody_is_the_childs(text: str, street: str) -> None:
    assert child(text).facts(HOME, street)["of"] == ("sam",)


@pytest.mark.parametrize(
    "text",
    [
        "Sam was hurt. The 61 residents of Beech View will move. Ann Hill lives at Beech View.",
        "Sam stayed at Rowan House in Kinross, the children’s hospice run by a charity.",
        "Sam was brought up to Court 3 at Luton.",
        "Sam was hurt when a tractor was driven through a gate at Hope Farm, Onibury.",
    ],
)
def test_a_home_of_many_is_nobodys_house(text: str) -> None:
    assert not [r for r in child(text).results(HOME) if r.entity_type == "HOME_ADDRESS"]


def test_the_irish_name_of_a_school_is_its_english_one() -> None:
    copy = child("Sam is a pupil at Coláiste Naomh Ciarán. Records on St Ciarán’s were handed in.")
    assert any(found.startswith("St Ciarán") for found in copy.found(SCHOOL, "SCHOOL"))


def test_the_name_of_a_town_is_not_its_club() -> None:
    copy = child("Sam plays for Leighton Buzzard Rugby Club. It rained on Leighton Buzzard all day.")
    assert copy.found(SCHOOL, "SCHOOL") == ["Leighton Buzzard Rugby Club"]


def test_numbers_at_home_are_personal_and_a_bookshops_are_not() -> None:
    phone = ContactPhoneRecognizer()
    home = child("Ring the show secretary at home on 01632 960277.")
    assert home.facts(phone, "01632 960277")["owner"] == "personal"
    shop = child("Forms may be handed in at Ledbury Books, telephone 01632 960530.")
    assert shop.facts(phone, "01632 960530")["owner"] == "business"


def test_a_handle_with_an_everyday_word_in_it_is_no_business() -> None:
    copy = child("The account that had sent it, @fife_lad_07, led to a room in Dingwall.")
    assert copy.facts(HandleRecognizer(), "@fife_lad_07")["owner"] == "personal"
