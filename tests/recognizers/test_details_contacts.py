"""Phone numbers, e-mail addresses, handles and profile links: found whole, and known to be whose."""

from __future__ import annotations

import pytest
from details_copy import Copy

from recognizers.details.email import ContactEmailRecognizer
from recognizers.details.handle import HandleRecognizer
from recognizers.details.phone import ContactPhoneRecognizer
from recognizers.details.profile_link import ProfileLinkRecognizer
from recognizers.model import HelplineProblem, Support, SupportBlock

PHONE, EMAIL, HANDLE, LINK = (
    ContactPhoneRecognizer(),
    ContactEmailRecognizer(),
    HandleRecognizer(),
    ProfileLinkRecognizer(),
)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("07700 900123", "447700900123"),
        ("07700-900-123", "447700900123"),
        ("07700.900.123", "447700900123"),
        ("07700\u2011900\u2011123", "447700900123"),
        ("+44 (0)7700 900123", "447700900123"),
        ("+447700900123", "447700900123"),
        ("0044 7700 900123", "447700900123"),
        ("(01632) 960 123", "441632960123"),
        ("020 7946 0123", "442079460123"),
        ("0113 496 0123 ext 12", "441134960123"),
        ("0808 157 0123", "448081570123"),
        ("03069 990123", "443069990123"),
        ("01 662 4070", "4416624070"),
        ("1800 77 88 88", "3531800778888"),
        ("+353 87 123 4567", "353871234567"),
        ("+1 415 555 0132", "14155550132"),
    ],
)
def test_a_number_is_found_whole_in_every_form(number: str, value: str) -> None:
    copy = Copy(f"Her uncle can be reached on {number}, the family said.")
    assert copy.found(PHONE) == [number]
    assert copy.facts(PHONE, number)["value"] == value


def test_glued_numbers_are_found() -> None:
    assert Copy("Call07700900123Featured Image Credit: Alamy").found(PHONE) == ["07700900123"]


@pytest.mark.parametrize(
    "text",
    [
        "Anyone with information should quote incident number 01234567890.",
        "Kick-offs are at 09.30 10.15 11.45 on the main pitch.",
        "The appeal raised £07700900123 by mistake.",
        "He was born on 01-02-2003 and the match ended 0-0 1-1 2-2.",
        "The order, case number 0770 0900 123, was sealed.",
        "Read more: https://www.example.com/news/story-02345678901",
        "Her number was [phone number removed].",
        "Between 1990 and 2005, 11,000,000 people voted.",
    ],
)
def test_other_digits_are_no_numbers(text: str) -> None:
    assert Copy(text).found(PHONE) == []


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Anyone who saw him should call Northamptonshire Police on 01632 960123.", "public_body"),
        ("The council press office is on 01632 960123.", "public_body"),
        ("To book a table, call the Red Lion on 01632 960123.", "business"),
        ("Box office: 020 7946 0123.", "business"),
        ("Her mum, who has set up a page, is on 07700 900123.", "personal"),
        ("Police say her mother’s mobile, 07700 900123, was switched off.", "personal"),
        ("Anyone who has seen Ellie should ring 07700 900123 or call Northumbria Police on 101.", "personal"),
        ("Got a story? Text our reporter on 07700 900123.", "personal"),
        ("Ring 07700 900123.", "personal"),
        ("Police found a handset with the number 07700 900123 in the flat.", "personal"),
        ("Officers said the number was 07700 900123.", "personal"),
        ("He was called from 01632 960123 twice, the police said.", "personal"),
        ("I rang the council on 01632 960123.", "public_body"),
        ("Tickets from Trish Bell, 4 Church Row, on 01632 960123.", "personal"),
        ("Tickets from St Peter's church on 01632 960123.", "business"),
        ("Details from Marlshire Libraries on 01632 960123.", "business"),
        ("Cotley Medical Centre is in Union Street. Its number is 01632 960123.", "business"),
        ("Trish has moved. Her number is 01632 960123.", "personal"),
        ("The surgery's number, 01632 960123, has not changed.", "business"),
        ("To volunteer, ring Safe Harbour on 01632 960123. Safe Harbour runs 14 centres.", "business"),
        ("To volunteer, ring Trish Bell on 01632 960123. Trish Bell runs 14 miles.", "personal"),
        ("Questions? 0808 157 0123.", "business"),
        ("To book a table call The Fleece on 01632 960123.", "business"),
        ("Patterns can be had from Taunton Talking Wool on 01632 960123.", "business"),
        ("The Copper Pheasant, Bakewell\nThe lamb was pink. 01632 960123", "business"),
        ("Bramble & Daughters, 01632 960123.", "business"),
        ("Speak to the landlord in the Wheatsheaf, which is on 01632 960123.", "business"),
        ("Noise at Kibworth Hollow stops at ten. Ring Kibworth Hollow on 01632 960123.", "business"),
        ("Apply to jobs@bluebarn.example or on 01632 960123.", "business"),
        ("Ring Silver Stork on 01632 960123 or see www.silverstork.example.", "business"),
        ("Hearts Ahead can be contacted on 01632 960123.", "business"),
        ("Write to t.bell@postbox.example or ring 01632 960123.", "personal"),
        ("A win for Strollers. Join? Contact Sefton Strollers on 01632 960123.", "business"),
        ("Contact parish clerk Ann Poll on 01632 960123.", "public_body"),
        ("Penny’s Launderette, on 01632 960123, takes cash.", "business"),
        ("Trish Bell can be contacted on 01632 960123.", "personal"),
        ("Tickets from Doreen on 01632 960123.", "personal"),
        ("Lost: a tabby cat. 01632 960123.", "personal"),
        ("The hoax came from a scam number, 0808 157 0123.", "personal"),
    ],
)
def test_whose_number_it_is(text: str, owner: str) -> None:
    copy = Copy(text)
    assert copy.facts(PHONE, copy.found(PHONE)[0])["owner"] == owner


def test_a_private_person_between_the_cue_and_the_number_makes_it_theirs() -> None:
    copy = Copy("Police want witnesses to call Sarah Cole on 07700 900123.").person("sarah", "Sarah Cole")
    assert copy.facts(PHONE, "07700 900123")["owner"] == "personal"
    officer = Copy("Call Det Con Sarah Cole on 07700 900123.")
    officer.person("sarah", "Sarah Cole", roles={"professional"}, public_role=True)
    assert officer.facts(PHONE, "07700 900123")["owner"] == "public_body"


def test_a_firm_by_its_owners_surname_is_no_person() -> None:
    copy = Copy("Ruth Harker cut it. Call Harker Memorials on 01632 960123, or Ruth Harker on 01632 960124.")
    copy.person("ruth", "Ruth Harker", "Harker", life_stage="adult", gender="female")
    assert copy.facts(PHONE, "01632 960123")["owner"] == "business"
    assert copy.facts(PHONE, "01632 960124")["owner"] == "personal"


def test_support_blocks_are_left_alone_and_helplines_elsewhere_are_known() -> None:
    text = "Childline is on 0800 1111. Her aunt is on 07700 900123. Samaritans: 0808 157 0123."
    block = Support(
        blocks=(SupportBlock(0, 27, ("childline",)),),
        problems=(
            HelplineProblem(text.index("0808"), text.index("0808") + 13, "wrong_number", "samaritans"),
        ),
    )
    copy = Copy(text, support=block)
    assert copy.found(PHONE) == ["07700 900123", "0808 157 0123"]
    assert copy.facts(PHONE, "0808 157 0123")["owner"] == "helpline"


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("ellie.marsh@gmail.com", "personal"),
        ("jane.poole@northants.police.uk", "personal"),
        ("press@northants.police.uk", "public_body"),
        ("mash@northants.gov.uk", "public_body"),
        ("civil.listing@justice.gov.uk", "public_body"),
        ("newsdesk@ketteringpost.co.uk", "role"),
        ("photos@ketteringpost.co.uk", "role"),
        ("competition@ketteringpost.co.uk", "role"),
        ("tickets@corbytheatre.co.uk", "role"),
        ("redlion@redlion.co.uk", "business"),
        ("sarah@redlion.co.uk", "personal"),
        ("o’brien.t@mail.example", "personal"),
        ("consumerdesk@ketteringpost.co.uk", "role"),
        ("budget@northants.gov.uk", "public_body"),
        ("mark@northants.gov.uk", "personal"),
    ],
)
def test_whose_mailbox_it_is(address: str, owner: str) -> None:
    copy = Copy(f"Write to {address}.The police have been told.")
    assert copy.found(EMAIL) == [address]
    assert copy.facts(EMAIL, address)["owner"] == owner


def test_a_mailbox_named_after_somebody_in_the_copy_is_personal() -> None:
    copy = Copy("Dean Cole was sacked. His mailbox was dcole@northants.gov.uk until May.").person(
        "dean", "Dean Cole"
    )
    assert copy.facts(EMAIL, "dcole@northants.gov.uk")["owner"] == "personal"


def test_where_an_address_ends() -> None:
    assert Copy("Mail hello@reddragon.co.ukCall us").found(EMAIL) == ["hello@reddragon.co.uk"]
    assert Copy("Mail sarah (at) gmail [dot] com today").found(EMAIL) == ["sarah (at) gmail [dot] com"]
    assert Copy("Write to [email protected] or see us @ the market. a@b").found(EMAIL) == []


def test_handles() -> None:
    copy = Copy(
        "Ellie Marsh posted as @ellie_m09 and was on Snapchat as elliemarsh09. TikTok user ellie_x "
        "and Instagram: ellie.m09 were hers. @KetteringPolice and @BBCNews shared it, "
        "and so did @elliemarshofficial."
    ).person("ellie", "Ellie Marsh", life_stage="minor")
    assert {text: copy.facts(HANDLE, text)["owner"] for text in copy.found(HANDLE)} == {
        "@ellie_m09": "personal",
        "elliemarsh09": "personal",
        "ellie_x": "personal",
        "ellie.m09": "personal",
        "@KetteringPolice": "public_body",
        "@BBCNews": "business",
        "@elliemarshofficial": "personal",
    }


def test_an_account_that_is_named_in_words() -> None:
    copy = Copy(
        "On Snapchat an account in the name kofzy_ow sold them. An account in the name of Trish paid."
    )
    assert copy.found(HANDLE) == ["kofzy_ow"]


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("He messaged her as 'darkknight_88' on Discord.", ["darkknight_88"]),
        ("Ellie, known online as elliexo_, was hurt.", ["elliexo_"]),
        ("The file img_2034.jpg was posted online.", []),
        ("See https://x.example/a_b_c, posted online with #save_ellie.", []),
        ("Print _emphasis_ and 10_000 words of the post.", []),
        ("The variable my_total was set.", []),
    ],
)
def test_a_word_with_an_underscore_is_an_account_where_the_copy_speaks_of_one(
    text: str, handle: list[str]
) -> None:
    assert Copy(text).found(HANDLE) == handle


def test_a_handle_that_is_also_the_domain_is_the_firms() -> None:
    firm = Copy("See @crumbandco or mail orders@crumbandco.example.")
    assert firm.facts(HANDLE, "@crumbandco")["owner"] == "business"
    assert Copy("See @crumbandco or mail orders@other.example.").facts(HANDLE, "@crumbandco") == {
        "owner": "personal",
        "value": "crumbandco",
    }


def test_what_is_no_handle() -> None:
    text = (
        'TikTok users said so. {"@type": "Person"} @media print. Kick-off is @ 3pm, gates @2pm. '
        "On X, 34 people agreed. She is on TikTok as part of a trial and on Facebook as Ellie Marsh. "
        "Mail ellie@example.com."
    )
    assert Copy(text).found(HANDLE) == []


def test_profile_links() -> None:
    copy = Copy(
        "See https://www.facebook.com/ellie.marsh.9, instagram.com/elliem09/. and x.com/BBCNews/status/12. "
        "Give at gofundme.com/f/help-ellie-trust or read linkedin.com/company/acme. Not a page: "
        "facebook.com/sharer?u=1, youtube.com/watch?v=abc, x.com/intent/post."
    )
    assert {text: copy.facts(LINK, text)["owner"] for text in copy.found(LINK)} == {
        "https://www.facebook.com/ellie.marsh.9": "personal",
        "instagram.com/elliem09/": "personal",
        "x.com/BBCNews/status/12": "business",
        "gofundme.com/f/help-ellie-trust": "personal",
        "linkedin.com/company/acme": "business",
    }
