"""Homes, home streets, postcodes; schools, nurseries, clubs and surgeries, with whose they are."""

from __future__ import annotations

import pytest
from details_copy import Copy

from recognizers.details.address import AddressRecognizer
from recognizers.details.catalogue import detail_recognizers
from recognizers.details.institution import InstitutionRecognizer
from recognizers.model import Reading, Segment, Support, SupportBlock

HOME, SCHOOL = AddressRecognizer(), InstitutionRecognizer()


def case(text: str, reading: Reading | None = None) -> Copy:
    copy = Copy(text, reading=reading)
    copy.person("ellie", "Ellie Marsh", "Ellie", life_stage="minor", gender="female", relative_of="tracey")
    copy.person("sam", "Sam Bell", "Sam", life_stage="minor", gender="male")
    copy.person("tracey", "Tracey Marsh", "Tracey", life_stage="adult", gender="female")
    copy.person("dean", "Dean Cole", "Cole", life_stage="adult", gender="male", roles={"convicted"})
    copy.person(
        "poole", "Jane Poole", life_stage="adult", gender="female", roles={"professional"}, public_role=True
    )
    return copy.person(
        "girl", descriptions=("the girl", "The girl", "A girl"), life_stage="minor", gender="female"
    )


@pytest.mark.parametrize(
    ("text", "house", "street", "of"),
    [
        ("Dean Cole, 34, of Mill Lane, Kettering, was jailed.", [], "Mill Lane", ("dean",)),
        ("Dean Cole, 34, of 14 Mill Lane, was jailed.", ["14"], "Mill Lane", ("dean",)),
        ("Dean Cole, 34, Mill Lane, Kettering: fined.", [], "Mill Lane", ("dean",)),
        ("Dean Cole (34), 14a Mill Lane, Kettering: fined.", ["14a"], "Mill Lane", ("dean",)),
        ("Dean Cole, 14, of 12 Rose Hill Road, was bailed.", ["12"], "Rose Hill Road", ("dean",)),
        ("A girl, 13, of Fen Road, was hurt.", [], "Fen Road", ("girl",)),
        ("Tracey Marsh lives in Harcourt Road.", [], "Harcourt Road", ("ellie", "tracey")),
        ("Ellie was hurt at the family’s home in Oak Close.", [], "Oak Close", ("ellie", "tracey")),
        ("Tributes lay outside Ellie’s home at 7 Ivy Lane.", ["7"], "Ivy Lane", ("ellie",)),
        ("Police went to a house in Elm Grove where the girl was found.", [], "Elm Grove", ("girl",)),
        ("Cole lives at Flat 3, 22 Mill Street.", ["Flat 3, 22"], "Mill Street", ("dean",)),
        ("Cole lives at Rose Cottage, Mill Lane.", ["Rose Cottage"], "Mill Lane", ("dean",)),
        ("Dean Cole, 34, of Tan y Bryn, Heol Fawr, Bala: fined.", ["Tan y Bryn"], "Heol Fawr", ("dean",)),
        ("Dean Cole (34), 7 Cluain Ard, Shannon: fined.", ["7"], "Cluain Ard", ("dean",)),
        ("Dean Cole (34), Teach Bán, Kilrush Road, Ennis: fined.", ["Teach Bán"], "Kilrush Road", ("dean",)),
        ("Cole lives at 3F2, 21 Leith Row.", ["3F2, 21"], "Leith Row", ("dean",)),
        ("Cole lives at Flat 2/1, 14 Mill Street.", ["Flat 2/1, 14"], "Mill Street", ("dean",)),
        ("Cole lives at Apartment 6, Mariner's Quay.", ["Apartment 6"], "Mariner's Quay", ("dean",)),
        ("Cole lived in a caravan at Sandy Bay, plot 14.", ["plot 14"], "Sandy Bay", ("dean",)),
        ("Cole lives at 40 Fewster House, Gateshead.", ["40"], "Fewster House", ("dean",)),
        ("Cole lives at Pitch 7, Oakdene Caravan Site.", ["Pitch 7"], "Oakdene Caravan Site", ("dean",)),
        ("Ellie wept. The family lived at 3 Ivy Lane.", ["3"], "Ivy Lane", ("ellie", "tracey")),
        ("The family home is on Ivy Lane. Ellie was hurt there.", [], "Ivy Lane", ("ellie", "sam", "girl")),
        ("Ellie was at home. Crews were called to 26 Ivy Lane at noon.", ["26"], "Ivy Lane", ("ellie",)),
        ("Flowers lay in Ivy Lane, where Ellie lived.", [], "Ivy Lane", ("ellie",)),
        ("Dean Cole, 34, of Flat 2/1, 9 Ivy Lane, was bailed.", ["Flat 2/1, 9"], "Ivy Lane", ("dean",)),
    ],
)
def test_homes(text: str, house: list[str], street: str, of: tuple[str, ...]) -> None:
    copy = case(text)
    assert copy.found(HOME, "HOME_ADDRESS") == house
    assert copy.found(HOME, "HOME_STREET") == [street]
    assert copy.facts(HOME, street, "HOME_STREET")["of"] == of


@pytest.mark.parametrize(
    "text",
    [
        "The 14 Mill Lane residents objected.",
        "A spokesman for 10 Downing Street said so. In 2019 Wall Street fell.",
        "On March 14 Mill Lane was shut.",
        "The fire began at 1 Station Road, the offices of Smith and Sons.",
        "The shop at 22 High Street, Corby, closed.",
        "Tickets for the gig at the Prince of Wales, 45 Rockingham Road, cost £12.",
        "Write to PO Box 14, Mill Lane.",
        "A concert at Corby Hall, 12 Hall Road, was cancelled.",
        "Grove Street Primary School won.",
        "Cole was seen in Fen Road.",
        "Odds of 25/1 at Castle Hill were offered.",
        "Crumb & Co, 22 Sheep Street, is full on Saturdays.",
        "Jazz: The Forge, 14 Anvil Street, 8pm.",
        "Paws, of 41 Station Parade, will employ six groomers.",
        "Council Offices, 2 Market Street, Norwell.",
    ],
)
def test_what_is_nobodys_home(text: str) -> None:
    assert [r.entity_type for r in case(text).results(HOME)] == []


def test_a_court_that_heard_of_an_address_is_not_its_occupier() -> None:
    copy = case("Kettering Crown Court heard that police went to 14 Mill Lane at noon.")
    assert copy.found(HOME, "HOME_ADDRESS") == ["14"]


def test_a_home_street_is_marked_everywhere_slug_included() -> None:
    text = "Ellie Marsh, 9, of Mill Lane, was hurt. Neighbours in Mill Lane wept.\n\ngirl-hurt-in-mill-lane"
    slug = Segment("slug", None, text.rindex("\n") + 1, len(text), "slug")
    copy = case(text, Reading((Segment("body", None, 0, slug.start - 2), slug)))
    assert copy.found(HOME, "HOME_STREET") == ["Mill Lane", "Mill Lane", "mill-lane"]


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Dean Cole, of 14 Mill Lane, Kettering NN16 8TL, was jailed.", True),
        ("Write to the shop at 22 High Street, Corby NN16 8TL.", False),
        ("Kettering Magistrates' Court, London Road, NN16 8TL.", False),
        ("The court heard Cole had moved to NN16 8TL.", True),
        ("Papers are at County Hall, High Street, Corby, NN16 8TL.", False),
        ("Letter from Mrs L Varney, 8 Station Road, Corby NN16 8TL.", True),
    ],
)
def test_postcodes(text: str, private: bool) -> None:
    assert case(text).facts(HOME, "NN16 8TL")["private"] is private


@pytest.mark.parametrize(
    ("text", "name", "kind", "of"),
    [
        (
            "Ellie Marsh, 9, a pupil at St Aidan’s Primary School, won.",
            "St Aidan’s Primary School",
            "school",
            "ellie",
        ),
        ("Ellie, 9, of Hartley Vale Academy, won.", "Hartley Vale Academy", "school", "ellie"),
        ("Hartley Vale Academy pupil Ellie Marsh won.", "Hartley Vale Academy", "school", "ellie"),
        ("The girl is in Year 9 at St Bede’s.", "St Bede’s", "school", "girl"),
        (
            "Tracey said her daughter went to Hartley Vale primary school.",
            "Hartley Vale primary school",
            "school",
            "ellie",
        ),
        ("Sam’s nursery, Little Acorns, shut.", "Little Acorns", "nursery", "sam"),
        ("Sam plays for Kettering Harriers.", "Kettering Harriers", "club", "sam"),
        ("The girl trains with 1st Desborough Scouts.", "1st Desborough Scouts", "club", "girl"),
        ("Sam is registered at Mill Road Surgery.", "Mill Road Surgery", "surgery", "sam"),
        ("Sam attends Ysgol Glan-y-Môr.", "Ysgol Glan-y-Môr", "school", "sam"),
        (
            "Jane Poole, head teacher at Latimer College, said Ellie was loved.",
            "Latimer College",
            "school",
            "ellie",
        ),
        ("Dean Cole, 34, attended Hartley Vale Academy.", "Hartley Vale Academy", "school", "dean"),
        (
            "Our Lady of Lourdes RC Primary, where Sam is a pupil, shut.",
            "Our Lady of Lourdes RC Primary",
            "school",
            "sam",
        ),
    ],
)
def test_institutions_and_whose(text: str, name: str, kind: str, of: str) -> None:
    copy = case(text)
    assert copy.found(SCHOOL, "SCHOOL") == [name]
    assert copy.facts(SCHOOL, name) == {"kind": kind, "of": (of,)}


STORY = {
    "said of the school by its head": (
        "Ellie was hurt. Jane Poole, head teacher at Latimer College, said the school was in shock.",
        ("ellie",),
    ),
    "where the accused teaches": (
        "Dean Cole, a teacher at Latimer College, was jailed. He met Ellie in Year 9.",
        ("ellie",),
    ),
    "in one breath with the child": (
        "Staff at Latimer College had raised concerns, and Ellie often came in hungry.",
        ("ellie",),
    ),
    "called the school further on": (
        "Ellie told a friend at the school. Latimer College suspended him.",
        ("ellie",),
    ),
    "only a place": ("Ellie was found near Latimer College.", ()),
    "only a venue": ("A fair for Ellie was held at Latimer College.", ()),
    "the only school of the copy": ("Ellie was hurt. Latimer College has closed for the day.", ("ellie",)),
    "one school of two": ("Ellie was hurt. Latimer College won the cup, and Deane High came third.", ()),
    "in another story": (f"Ellie was hurt. {'It rained all day. ' * 50}Latimer College won the cup.", ()),
}


@pytest.mark.parametrize("story", STORY)
def test_the_story_says_whose_school_it_is(story: str) -> None:
    text, of = STORY[story]
    copy = Copy(text).person("ellie", "Ellie", life_stage="minor", gender="female", roles={"victim"})
    copy.person("dean", "Dean Cole", life_stage="adult", gender="male", roles={"convicted"})
    copy.person("poole", "Jane Poole", life_stage="adult", gender="female", roles={"professional"})
    assert set(copy.facts(SCHOOL, "Latimer College")["of"]) == set(of)


def test_a_child_nothing_happened_to_gets_no_school_from_the_story() -> None:
    copy = Copy("Staff at Latimer College cheered as Ellie ran.").person("ellie", "Ellie", life_stage="minor")
    assert copy.facts(SCHOOL, "Latimer College")["of"] == ()


def test_a_short_form_with_a_word_left_out_is_the_same_school() -> None:
    copy = case("Sam attends Ysgol Uwchradd Llandaran. Ysgol Llandaran is shut, and so is Ysgol Bryn.")
    assert copy.facts(SCHOOL, "Ysgol Llandaran")["of"] == ("sam",)
    assert copy.facts(SCHOOL, "Ysgol Bryn")["of"] == ()


def test_houses_given_by_number_or_name_alone() -> None:
    copy = case(
        "Dean Cole, 34, of Mill Lane, was bailed. Jo, of number 28, saw him. She is number 3 in the charts. "
        "Land behind Rose Cottage is for sale. Tracey Marsh lives at Rose Cottage."
    )
    assert copy.found(HOME, "HOME_ADDRESS") == ["number 28", "Rose Cottage", "Rose Cottage"]


def test_two_children_of_one_school() -> None:
    copy = case("Ellie and Sam, pupils at Hartley Vale Academy, ran.")
    assert copy.facts(SCHOOL, "Hartley Vale Academy")["of"] == ("ellie", "sam")


def test_every_mention_gets_the_same_facts() -> None:
    text = (
        "Ellie Marsh, 9, a pupil at Hartley Vale Academy, was hurt. Pupils at Hartley Vale laid flowers. "
        "The village of Hartley Vale was in shock.\n\nhartley-vale-pupil-hurt"
    )
    slug = Segment("slug", None, text.rindex("\n") + 1, len(text), "slug")
    copy = case(text, Reading((Segment("body", None, 0, slug.start - 2), slug)))
    assert copy.found(SCHOOL) == ["Hartley Vale Academy", "Hartley Vale", "hartley-vale"]
    assert {r.recognition_metadata["facts"]["of"] for r in copy.results(SCHOOL)} == {("ellie",)}


@pytest.mark.parametrize(
    "text",
    [
        "Cole was taken to Kettering General Hospital and then to Leeds University and the High Court.",
        "House prices hit a Record High in School Lane. A Kettering primary school shut.",
        "The Royal Academy of Dance and Imperial College won Academy Awards.",
        "Dean Cole signed for Manchester United.",
        "A pupil at [school removed] wept.",
    ],
)
def test_what_is_no_institution(text: str) -> None:
    assert case(text).found(SCHOOL) == []


def test_a_name_of_one_word_needs_a_cue() -> None:
    copy = case(
        "Sam, a pupil at Hawthorn Primary, was hungry, a teacher at Hawthorn said. Hawthorn bushes grew."
    )
    assert copy.found(SCHOOL) == ["Hawthorn Primary", "Hawthorn"]


def test_a_school_that_is_nobodys_is_told_so() -> None:
    assert case("Hundreds attended St Hilda’s School fete.").facts(SCHOOL, "St Hilda’s School")["of"] == ()


def test_a_childs_own_professional_club() -> None:
    copy = case("Sam Bell, 12, plays for Manchester United.")
    assert copy.facts(SCHOOL, "Manchester United") == {"kind": "club", "of": ("sam",)}


def test_nothing_is_found_in_support_blocks_or_labels() -> None:
    text = (
        "Call Little Acorns Nursery, 14 Mill Lane, on 07700 900123, help@example.com, @help_me9. "
        "[Child A] of [address removed], date of birth [date removed], attends [school removed]."
    )
    copy = Copy(text, support=Support(blocks=(SupportBlock(0, text.index("[")),)))
    copy.person("sam", "Child A", life_stage="minor")
    assert [r for recognizer in detail_recognizers() for r in copy.results(recognizer)] == []


def test_results_do_not_depend_on_order_and_grow_with_the_text_only() -> None:
    text = "Ellie Marsh, 9, of Mill Lane, a pupil at St Aidan’s Primary School, was hurt. "
    once, often = case(text), case(text * 40)
    for recognizer in detail_recognizers():
        assert len(often.results(recognizer)) == 40 * len(once.results(recognizer))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Sam cried. A neighbour, Jo Bow, who lives in Ivy Lane, heard him.", ("sam",)),
        ("Sam cried. Jo Bow, who lives across the landing in Ivy Lane, heard him.", ("sam",)),
        ("Paramedics called to 9 Ivy Lane found Sam lifeless.", ("sam",)),
        ("Police forced the door of the Ivy Lane flat and found Sam.", ("sam",)),
    ],
)
def test_a_childs_street_told_by_a_neighbour_or_by_who_was_found_there(
    text: str, of: tuple[str, ...]
) -> None:
    copy = Copy(text).person("sam", "Sam", life_stage="minor", gender="male", roles={"victim"})
    assert copy.facts(HOME, "Ivy Lane", "HOME_STREET")["of"] == of


@pytest.mark.parametrize(
    "text",
    [
        "Sam was hit by a car outside 9 Ivy Lane.",
        "Sam cried. Cole took a bus to the Ivy Lane flat.",
        "Sam was found near a caravan at Skegness. It rains in Skegness.",
    ],
)
def test_where_something_happened_is_no_childs_home(text: str) -> None:
    copy = Copy(text).person("sam", "Sam", life_stage="minor", gender="male", roles={"victim"})
    copy.person("dean", "Cole", life_stage="adult", gender="male", roles={"convicted"})
    assert all(
        "sam" not in result.recognition_metadata["facts"]["of"]
        for result in copy.results(HOME)
        if result.entity_type == "HOME_STREET"
    )


def test_an_organisation_before_a_name_that_ends_like_a_street_is_no_house() -> None:
    copy = Copy("The chairman of Migration Watch UK, Sir Andrew Green, spoke.")
    copy.person("chairman", descriptions=("The chairman",), life_stage="adult")
    assert copy.found(HOME, "HOME_ADDRESS") == []


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Dean Cole, 41, of Flat 6, Quayside House, Great Yarmouth: fined.", "Flat 6, Quayside House"),
        ("Sam lives at Cloneen, Rath. His father farms at Rath.", "Cloneen"),
        ("Ellie was hurt.\nTracey Marsh\n17 Chapel Terrace, Penryn", "17"),
    ],
)
def test_homes_without_a_street_of_their_own_or_under_a_signature(text: str, house: str) -> None:
    copy = case(text)
    assert copy.found(HOME, "HOME_ADDRESS") == [house]
    assert copy.facts(HOME, house)["of"]


def test_a_signature_is_that_of_the_childs_mother() -> None:
    copy = case("Ellie was hurt.\nTracey Marsh\n17 Chapel Terrace, Penryn")
    assert copy.facts(HOME, "Chapel Terrace")["of"] == ("ellie", "tracey")


@pytest.mark.parametrize(
    "text",
    [
        "Tracey Marsh lived at Thornfield Grange, a council children’s home outside Stockport.",
        "Sam lives at Great Ashlow, Kent. His father farms in Kent.",
        "Sam lives at Great Ashlow, Rath. The village of Great Ashlow is near Rath.",
    ],
)
def test_homes_that_are_no_house(text: str) -> None:
    assert case(text).found(HOME) == []


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("The girl was hurt in a mid-terrace in Calder Rise.", "Calder Rise"),
        ("Sam was hurt. He had lived all his life in Marlpit Close.", "Marlpit Close"),
        ("An officer was let in to the flat in Heol Dewi. The girl had opened the door.", "Heol Dewi"),
        ("Sam was hurt. A cordon was up in Tollgate Row, the cul-de-sac where he lived.", "Tollgate Row"),
        ("Sam was hurt. The house, in Tollgate Row, has been boarded up.", "Tollgate Row"),
    ],
)
def test_what_a_home_is_called_and_who_opened_the_door(text: str, street: str) -> None:
    copy = Copy(text).person("sam", "Sam", life_stage="minor", gender="male", circumstances={"hurt"})
    copy.person("girl", descriptions=("The girl",), life_stage="minor", circumstances={"hurt"})
    assert copy.found(HOME) == [street]
    assert copy.facts(HOME, street, "HOME_STREET")["of"]


def test_a_club_in_a_place_that_ends_like_a_street_is_no_street() -> None:
    assert case("Tracey, secretary of Wolds Vale Colts, lives in Leeds.").found(HOME) == []
