"""Institutions whose name says nothing of what they are, their short forms, and what points at them."""

from __future__ import annotations

import pytest
from details_copy import Copy

from recognizers.details.institution import InstitutionRecognizer
from recognizers.model import Reading, Segment

SCHOOL = InstitutionRecognizer()


def case(text: str, reading: Reading | None = None) -> Copy:
    """A story about Ellie, who was hurt, and Cole, who was convicted of it."""
    copy = Copy(text, reading=reading)
    copy.person("ellie", "Ellie Marsh", "Ellie", life_stage="minor", gender="female", roles={"victim"})
    copy.person("dean", "Dean Cole", "Cole", life_stage="adult", gender="male", roles={"convicted"})
    return copy.person("poll", "Ann Poll", life_stage="adult", gender="female")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ellie’s teacher at Raith Braes rang the police.", "Raith Braes"),
        ("Ellie was seen by Bluebell’s head teacher.", "Bluebell"),
        ("Ellie had not been seen at Thornbury Rise for a week.", "Thornbury Rise"),
        ("Another school, Higham Gate, had moved Ellie on.", "Higham Gate"),
        ("Ellie was on her way to tap class at Twinkle Toes.", "Twinkle Toes"),
        ("Ellie played for the Kingfishers under-11s.", "Kingfishers"),
        ("Cole met Ellie at Ignite, the Friday night youth group in Otley.", "Ignite"),
        ("Ellie, a mascot for Hessle Road Rebels, was hurt.", "Hessle Road Rebels"),
        ("Ellie broke an arm at the Rainbows nursery.", "Rainbows nursery"),
        ("A health visitor from the Whitleigh Cross practice saw Ellie.", "Whitleigh Cross practice"),
        ("Ellie goes to Hedgehogs on Wednesdays.", "Hedgehogs"),
        ("Ellie was followed home from Glen Fold by girls in her class.", "Glen Fold"),
        ("Ellie has found a home at Tír na nÓg, a drama group.", "Tír na nÓg"),
        ("Ellie was a Brownie with 2nd Otley.", "2nd Otley"),
        ("Cole, a Scout leader, led the 1st Stoke Poges for years and met Ellie there.", "1st Stoke Poges"),
        ("Ellie lived at Orchard View, a children’s home in Watton.", "Orchard View"),
        ("Ellie has now moved to Sacred Heart.", "Sacred Heart"),
        ("Ellie plays for Sean Dolans.", "Sean Dolans"),
        ("Ellie played bass in the Dorcan Big Band.", "Dorcan Big Band"),
        ("Ellie had never had a full day at Carnhill.", "Carnhill"),
        ("Ellie is back at Peases West, where a ramp has been built.", "Peases West"),
        ("Friends from Swilly Dippers, where Ellie keeps goal, searched the lough.", "Swilly Dippers"),
        ("Ellie was hurt. Eden Pacers chairman Clive Brumwell said he would ring her.", "Eden Pacers"),
        ("Ellie collapsed at her nursery. The inquest heard that she was at Hopscotch.", "Hopscotch"),
        ("Ellie, a cadet, rose to corporal in 781 Squadron.", "781 Squadron"),
        ("Ellie was seen at Marlpit by a locum and sent home.", "Marlpit"),
        ("Ellie needed a blazer for Wrekin Rise.", "Wrekin Rise"),
        ("Ellie was in her GCSE year at Carnhill.", "Carnhill"),
        ("Ellie was hurt. Longcroft’s Year 8s laid flowers.", "Longcroft"),
        ("Ellie was hurt. A vigil was held by her classmates from Longcroft.", "Longcroft"),
        ("Ellie spent three days a week at Busy Bees.", "Busy Bees"),
        ("Ellie fenced for Truro Blades.", "Truro Blades"),
        ("Ellie was hurt at her after-school club, Kidz Zone.", "Kidz Zone"),
        ("Ellie was ill. Her GP, at Priory Road, had seen her.", "Priory Road"),
        ("Ellie was hurt. Jo Moran, head of St Ninian’s, said that Ellie was brave.", "St Ninian’s"),
        ("Ellie attended the Langdale pupil referral unit.", "Langdale"),
        ("Ellie was hurt. Her form room at Castlebrae was empty.", "Castlebrae"),
        ("Ellie was hurt. Jo Moran, who taught her at Castlebrae, wept.", "Castlebrae"),
        ("Ellie was hurt. She left St Columba’s at 3.15pm.", "St Columba’s"),
        ("Ellie was hurt. St Columba’s had excluded her twice.", "St Columba’s"),
        ("Ellie was hurt. She swam four mornings a week with Wharfe Valley.", "Wharfe Valley"),
        ("Ellie was hurt. She had a black belt from Shin Do Kai.", "Shin Do Kai"),
        ("Ellie was hurt. The girl’s childminder, who runs Jelly Tots, wept for Ellie.", "Jelly Tots"),
    ],
)
def test_the_words_beside_a_name_tell_a_childs_institution(text: str, name: str) -> None:
    copy = case(text)
    found = copy.found(SCHOOL, "SCHOOL")
    assert found
    assert all(part in name for part in found)
    assert copy.facts(SCHOOL, found[0], "SCHOOL")["of"] == ("ellie",)


@pytest.mark.parametrize(
    "text",
    [
        "Cole drank at the Rose and Crown before he hurt Ellie.",
        "Cole worked for Amazon in Otley when he met Ellie.",
        "Ellie was taken from Kettering to Leeds General Infirmary.",
        "Ellie supports Leeds United and loves Taylor Swift.",
        "Ellie, a pupil from Otley, was found in Chevin Park.",
        "Ann Poll taught at Raith Braes for 30 years.",
        "Otley’s pupils did well. Schools in Otley are full. Ellie was hurt.",
        "Tory leader Ann Poll said that Ellie was brave.",
        "Ellie was airlifted to Kettering General, where she has lessons.",
        "Ellie was playing football at Mill Park when Cole hit her.",
        "Nobody under 18 may drink with Ellie. Market manager Jo Moran wept for Ellie.",
        "Ellie was hurt. A clip went round the S2 group chat.",
        "Ellie was hurt. Tracey took her out of Pakistan. She went up to London.",
        "Ellie was hurt. Cole left St Pancras at noon. Uber suspended him.",
        "Half of what Ellie raised goes to the Fire Fighters Charity.",
        "Ellie is the youngest fan of Kerry. Kerry coach Jo Moran met Ann Poll.",
        "Ellie was hurt. Ann Poll called at Sean Dolan’s house.",
        "The Hospital for Sick Children treated Ellie, who missed lessons.",
        "Cole, once a Scout, served in the 1st Battalion and hurt Ellie on 5th Avenue.",
    ],
)
def test_what_is_no_childs_institution(text: str) -> None:
    assert case(text).found(SCHOOL, "SCHOOL") == []


def test_nothing_is_told_where_no_child_is() -> None:
    text = "A teacher at Raith Braes won a prize. The Kingfishers under-11s won the cup."
    assert Copy(text).found(SCHOOL) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ellie, a pupil at Brightmet Deane High School, was hurt. BDHS is shut.", "BDHS"),
        ("Ellie, a pupil at Noel Park Academy, known locally as the Tech, wept. The Tech is shut.", "Tech"),
        ("Ellie, a pupil at Ysgol Brynmor, was hurt. Everybody at Brynmor wept.", "Brynmor"),
        ("Ellie, a pupil at Balgownie Heights, was hurt. The whole of Balgownie wept.", "Balgownie"),
        ("Ellie was seen at Mill Road Surgery. A partner at Mill Road wept.", "Mill Road"),
        ("Staff at the Rainbows nursery saw Ellie. Rainbows' manager wept.", "Rainbows"),
        ("Ellie, a pupil at Oak High, was hurt. The gates of Oak High were shut.", "Oak High"),
        ("Ellie swims for Lea Otters Swimming Club. The Otters wept.", "Otters"),
        ("Ellie trains with Tawe Harlequins. The club, known to everyone as the Quins, wept.", "Quins"),
        ("Ellie, a pupil at Ysgol Gyfun Glan Tawe, was hurt. Glan Tawe wept.", "Glan Tawe"),
        ("Ellie, a pupil at Carnmore Academy, was hurt. Carnmore let her down.", "Carnmore"),
    ],
)
def test_short_forms(text: str, form: str) -> None:
    assert form in case(text).found(SCHOOL, "SCHOOL")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ellie, a pupil at Otley Heights, was hurt in Otley. Otley wept.", "Otley"),
        ("Ellie, a pupil at Kings Heath Academy, was hurt. The KHA is a housing body.", "Heath"),
        ("Ellie was seen at Mill Road Surgery. Cars sped down Mill Road.", "Mill Road"),
        ("Ellie, a pupil at Oak High, was hurt. Oak trees fell.", "Oak"),
    ],
)
def test_what_is_no_short_form(text: str, form: str) -> None:
    assert form not in case(text).found(SCHOOL, "SCHOOL")


def test_a_lone_name_in_a_slug_is_the_childs_own_school() -> None:
    text = "Ellie, a pupil at Ysgol Brynmor, was hurt.\nellie-brynmor-hurt"
    start = text.index("\n") + 1
    reading = Reading(
        (
            Segment("body", None, 0, start, "prose"),
            Segment("slug", None, start, len(text), "slug"),
        )
    )
    assert "brynmor" in case(text, reading).found(SCHOOL, "SCHOOL")


@pytest.mark.parametrize(
    "text",
    [
        "Ellie danced at Twinkle Toes School of Dance. Ann Poll, who runs Twinkle Toes, wept.",
        "Ellie was at Raith Braes Primary. Raith Braes Primary's acting head, Ann Poll, wept.",
        "Ellie was at Raith Braes Primary. Ann Poll, 51, its head, and Ann Poll, head of Raith Braes, wept.",
        "Ellie was at Raith Braes Primary, which is run by Ann Poll.",
    ],
)
def test_whoever_leads_a_childs_own_institution_is_a_piece(text: str) -> None:
    copy = case(text)
    assert copy.found(SCHOOL, "STAFF") == ["Ann Poll"]
    assert copy.facts(SCHOOL, "Ann Poll", "STAFF")["other"] == "poll"


@pytest.mark.parametrize(
    "text",
    [
        "Ellie was at Raith Braes Primary. Ann Poll walked past Raith Braes Primary.",
        "Ann Poll is head of Raith Braes Primary.",
    ],
)
def test_who_is_no_piece(text: str) -> None:
    copy = Copy(text).person("poll", "Ann Poll", life_stage="adult", gender="female")
    assert copy.found(SCHOOL, "STAFF") == []


def test_the_year_at_a_childs_own_school_is_a_piece() -> None:
    copy = case("Ellie had just finished Year 7 at Raith Braes Academy.")
    assert copy.found(SCHOOL, "SCHOOL_YEAR") == ["Year 7"]
