"""Whose own an institution is by the story around it: helpers, rivals, staff who speak up, and letters."""

from __future__ import annotations

import pytest
from details_copy import Copy

from recognizers.details.institution import InstitutionRecognizer

SCHOOL = InstitutionRecognizer()


def case(text: str) -> Copy:
    """A story about Ellie, who was hurt, and Cole, who was convicted of it."""
    copy = Copy(text).person("ellie", "Ellie", life_stage="minor", gender="female", roles={"victim"})
    return copy.person("dean", "Dean Cole", "Cole", life_stage="adult", gender="male", roles={"convicted"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ellie wept. It was found by a teacher at Otley Hill School, Ann Poll, who rang the police.",
            "Otley",
        ),
        ("Ellie was hurt. Coaches at Holy Rosary ABC said she had been tired.", "Holy Rosary ABC"),
        ("Ellie was a promising hurdler with Otley Flyers AC.", "Otley Flyers AC"),
        ("Ellie was hurt. Staff at Little Otters, where she had a funded place, knew.", "Little Otters"),
        ("A nursery where Ellie choked is shut. It was lunch at Bumblebee House, Otley.", "Bumblebee House"),
        ("Ellie was hurt. Portlair Thistle waived the under-10s’ subs.", "Portlair Thistle"),
        ("Ellie was taken to the Market Lavant Surgery with headaches.", "Market Lavant Surgery"),
        ("Ellie was hurt. A letter from Meddygfa Glan-yr-Afon said so of her.", "Meddygfa Glan-yr-Afon"),
        ("Ellie missed weeks at Cylch Meithrin Y Wern.", "Cylch Meithrin Y Wern"),
        ("Ellie was hurt. I am secretary of Wolds Vale Colts, and Ellie is one of our under-nines.", "Wolds"),
        ("Ellie was hurt at school, at Otley Academy. Leeds Grammar has offered its hall.", "Otley Academy"),
    ],
)
def test_a_childs_own(text: str, name: str) -> None:
    copy = case(text)
    own = [f for f in copy.found(SCHOOL, "SCHOOL") if f.startswith(name)]
    assert own
    assert copy.facts(SCHOOL, own[0], "SCHOOL")["of"] == ("ellie",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ellie fell in. Members of Otley Masters Swimming Club brought her out.", "Otley"),
        (
            "Ellie’s nursery is shut. A nursery run by another firm, Thistledown Day Nursery, is open.",
            "Th",
        ),
        ("Ellie was hurt. Ann Poll, of a rival club, Otley Boxing Club, wept for Ellie.", "Otley"),
        ("Cole taught at Otley School. Ellie was hurt. None of the pictures was of a pupil.", "Otley"),
        ("Ellie was hurt. Cole taught at Otley School, and no Otley School pupil was involved.", "Otley"),
    ],
)
def test_another_ones(text: str, name: str) -> None:
    copy = case(text)
    of = {
        person
        for result in copy.results(SCHOOL)
        if copy.text[result.start : result.end].startswith(name)
        for person in result.recognition_metadata["facts"]["of"]
    }
    assert "ellie" not in of


def test_her_teacher_is_a_childs_though_a_grown_up_was_named_last() -> None:
    copy = Copy(
        "It was Nel who told. Ann Prosser wept. Nel spoke. Ann left. She asked her teacher at Ysgol Nant."
    )
    copy.person("nel", "Nel", life_stage="minor", circumstances={"at_risk"})
    copy.person("ann", "Ann Prosser", "Ann", life_stage="adult", gender="female")
    assert copy.facts(SCHOOL, "Ysgol Nant")["of"] == ("nel",)


def group(text: str) -> Copy:
    """Ellie, of whom the copy is about, and children whom it names nowhere but together."""
    copy = case(text)
    return copy.person("group", descriptions=("the girls", "other girls"), life_stage="minor")


def test_what_is_said_of_the_girls_together_is_said_of_her() -> None:
    copy = group("Ellie was hurt. It said the girls went to Creggan Star Youth Club. Otley Boxing Club wept.")
    assert "ellie" in copy.facts(SCHOOL, "Creggan Star Youth Club")["of"]
    copy = group(
        "Ellie was hurt. It said other girls went to Creggan Star Youth Club. Otley Boxing Club wept."
    )
    assert "ellie" not in copy.facts(SCHOOL, "Creggan Star Youth Club")["of"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ellie, a pupil at Smithfold Academy, wept. Pupils call the school Smithy.", "Smithy"),
        ("Ellie fell at Puddle Lane Nursery. Puddle Lane’s owner wept.", "Puddle Lane"),
        (
            "Ellie fell at Puddle Lane Nursery.\nPuddle Lane on Monday\nhttps://puddlelane.example/a",
            "puddlelane",
        ),
    ],
)
def test_other_forms_of_its_name(text: str, form: str) -> None:
    assert form in case(text).found(SCHOOL, "SCHOOL")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ellie fell at Puddle Lane Nursery, in Puddle Lane. Puddle Lane is shut to cars.", "Puddle Lane"),
        ("Ellie, a pupil at Otley Academy, called by the Crown as a witness, wept.", "Crown"),
        ("Ellie was hurt. Members of Kilbarna Gaels, where Ellie played, wept.", "of Kilbarna Gaels"),
        ("Ellie was seen in the collecting yard at Upper Hopesay.", "Upper Hopesay"),
        ("Anybody who sees Ellie can go to the Clwyd Veterinary Centre.", "Clwyd Veterinary Centre"),
    ],
)
def test_what_is_no_form_of_it(text: str, form: str) -> None:
    assert form not in case(text).found(SCHOOL, "SCHOOL")


def test_a_club_that_people_recognition_takes_for_somebody_has_its_short_form() -> None:
    copy = case("Ellie plays for Otley Emmets. Ann Poll, chairman of the Emmets, wept.")
    copy.person("nobody", "Otley Emmets", "Emmets", life_stage="adult", roles={"official"}, public_role=True)
    assert copy.found(SCHOOL, "SCHOOL") == ["Otley Emmets", "Emmets"]
