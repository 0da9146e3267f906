"""Identifiers and dates of birth."""

from __future__ import annotations

from datetime import date

import pytest
from details_copy import Copy

from recognizers.details.dates import DateOfBirthRecognizer
from recognizers.details.identifiers import (
    BankDetailsRecognizer,
    NhsNumberRecognizer,
    NinoRecognizer,
    PassportRecognizer,
    VehicleRegistrationRecognizer,
)
from recognizers.model import Reading

BORN = DateOfBirthRecognizer()


@pytest.mark.parametrize(
    ("recognizer", "text", "found"),
    [
        (NinoRecognizer(), "His National Insurance number, QQ 12 34 56 C, was printed.", ["QQ 12 34 56 C"]),
        (NinoRecognizer(), "A letter to AB123456C came back.", ["AB123456C"]),
        (NinoRecognizer(), "Part QQ 12 34 56 C is out of stock.", []),
        (NhsNumberRecognizer(), "Her NHS number was 943 476 5919.", ["943 476 5919"]),
        (NhsNumberRecognizer(), "The patient, 943 476 5919, was moved.", ["943 476 5919"]),
        (NhsNumberRecognizer(), "The patient, 943 476 5918, was moved.", []),
        (NhsNumberRecognizer(), "The lottery paid out on 943 476 5919.", []),
        (PassportRecognizer(), "He handed in passport number 123456789.", ["123456789"]),
        (PassportRecognizer(), "He handed in invoice number 123456789.", []),
        (
            BankDetailsRecognizer(),
            "Send it to sort code 12-34-56, account 12345678.",
            ["12-34-56", "12345678"],
        ),
        (BankDetailsRecognizer(), "IBAN GB29 NWBK 6016 1331 9268 19.", ["GB29 NWBK 6016 1331 9268 19"]),
        (BankDetailsRecognizer(), "Dates such as 12-34-56 and 12345678 steps.", []),
        (VehicleRegistrationRecognizer(), "A silver Focus, AB12 CDE, was seen.", ["AB12 CDE"]),
        (VehicleRegistrationRecognizer(), "He tracked her car, SM48 KXE, for weeks.", ["SM48 KXE"]),
        (VehicleRegistrationRecognizer(), "The form SM48 KXE is out of stock.", []),
        (VehicleRegistrationRecognizer(), "The van, registration A123 BCD, sped off.", ["A123 BCD"]),
        (VehicleRegistrationRecognizer(), "Police closed the M25 the day the car crashed.", []),
        (VehicleRegistrationRecognizer(), "THE A34 WAS CLOSED AFTER CAR CRASH.", []),
        (VehicleRegistrationRecognizer(), "EU27 GDP rose and the B12 jab fell.", []),
    ],
)
def test_identifiers(recognizer: object, text: str, found: list[str]) -> None:
    assert Copy(text).found(recognizer) == found  # type: ignore[arg-type]


def family(text: str, reading: Reading | None = None) -> Copy:
    copy = Copy(text, reading=reading)
    copy.person("ellie", "Ellie Marsh", "Ellie", life_stage="minor", gender="female", relative_of="tracey")
    return copy.person("tracey", "Tracey Marsh", "Tracey", life_stage="adult", gender="female")


@pytest.mark.parametrize(
    ("text", "day", "of"),
    [
        ("Ellie Marsh, who was born on 14 March 2012, lived with Tracey.", "14 March 2012", ("ellie",)),
        ("Ellie Marsh (born 14/03/2012) was found.", "14/03/2012", ("ellie",)),
        ("Born on 14 March 2012, Ellie was a quiet girl.", "14 March 2012", ("ellie",)),
        ("Tracey gave birth to Ellie on 3 May 2010.", "3 May 2010", ("ellie",)),
        ("Ellie was born at Kettering General on Friday, March 14, 2012.", "March 14, 2012", ("ellie",)),
        ("On 14 March 2012, the day Ellie was born, it rained.", "14 March 2012", ("ellie",)),
        ("Ellie was missed on her birthday, 9 May 2011.", "9 May 2011", ("ellie",)),
        ("Tracey wept. Date of birth: 3.4.1980.", "3.4.1980", ("tracey",)),
        ("Tracey's date of birth, the 23rd of August 1994, was wrong.", "23rd of August 1994", ("tracey",)),
        ("Ellie’s birthday, 12 June, came and went.", "12 June", ("ellie",)),
        ("Ellie was born on the fourteenth of August 2017.", "fourteenth of August 2017", ("ellie",)),
        ("Ellie would have been 17 on June 12.", "June 12", ("ellie",)),
        ("Ellie turned eight on November 17, 2024.", "November 17, 2024", ("ellie",)),
        ("It was 12 June, which would have been Ellie’s tenth birthday.", "12 June", ("ellie",)),
    ],
)
def test_dates_of_birth_and_whose(text: str, day: str, of: tuple[str, ...]) -> None:
    copy = family(text)
    assert copy.found(BORN) == [day]
    assert copy.facts(BORN, day)["of"] == of


@pytest.mark.parametrize(
    "text",
    [
        "Ellie Marsh was born in Kettering and died on 14 March 2012.",
        "Tracey was arrested on 14 March 2012.",
        "Tracey celebrated her 90th birthday on 9 May 2023.",
        "Ellie was born in March 2012.",
        "Tracey, whose birthday is 12 June, wept.",
        "Ellie was last seen on 12 June, a week before the trial.",
    ],
)
def test_other_dates(text: str) -> None:
    assert family(text).found(BORN) == []


def test_twins_and_dead_adults() -> None:
    twins = family("The twins were born on 1 May 2012 and 2 May 2012.")
    assert twins.found(BORN) == ["1 May 2012", "2 May 2012"]
    dead = Copy("Tom Bly was born on 3 May 1950.").person("tom", "Tom Bly", life_stage="adult", deceased=True)
    assert dead.facts(BORN, "3 May 1950")["deceased_adult"] is True
    child = Copy("Tom Bly was born on 3 May 2015.").person(
        "tom", "Tom Bly", life_stage="minor", deceased=True
    )
    assert child.facts(BORN, "3 May 2015")["deceased_adult"] is False


def test_both_dates_of_an_obituary_are_the_dead_persons() -> None:
    text = (
        "Audrey Bly, who died aged 87, wrote books. Born on 14 March 1938 in Leeds, the child of a pilot, "
        "she taught. Audrey Bly, writer, born 14 March 1938; died 2 February 2026"
    )
    copy = Copy(text).person(
        "audrey", "Audrey Bly", life_stage="adult", age=87, gender="female", deceased=True
    )
    copy.person("pilot", descriptions=("a pilot",), life_stage="adult")
    assert copy.found(BORN) == ["14 March 1938", "14 March 1938"]
    assert copy.facts(BORN, "14 March 1938") == {"of": ("audrey",), "deceased_adult": True}


def test_the_living_are_not_taken_for_the_dead() -> None:
    text = "Tom Bly, born 3 June 1980, killed Jo Fay, who died aged 40 in 2024."
    copy = Copy(text).person("tom", "Tom Bly", life_stage="adult", age=44)
    copy.person("jo", "Jo Fay", life_stage="adult", age=40, deceased=True)
    assert copy.facts(BORN, "3 June 1980") == {"of": ("tom",), "deceased_adult": False}


def test_a_date_far_behind_its_label() -> None:
    wrong = family("Ellie's date of birth was wrongly recorded on the form as 11/12/2010.")
    assert wrong.found(BORN) == ["11/12/2010"]
    assert family("Ellie's date of birth was wrongly recorded. Tracey rang on 11/12/2010.").found(BORN) == []


def test_a_date_that_makes_a_child_is_not_the_mothers() -> None:
    reading = Reading(published=date(2024, 6, 1))
    copy = family("Ellie was at home with Tracey. Her birthday, 9 May 2015, was near.", reading)
    assert copy.facts(BORN, "9 May 2015")["of"] == ("ellie",)
