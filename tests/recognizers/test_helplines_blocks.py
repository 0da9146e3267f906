"""Support blocks as publishers write them: what belongs to one, where it ends, "
"and what only looks like one."""

from __future__ import annotations

import pytest

from recognizers.helplines.component import SupportDetector, trim_blocks
from recognizers.model import Segment, Support


@pytest.fixture(scope="module")
def detector() -> SupportDetector:
    return SupportDetector()


def texts(support: Support, copy: str) -> list[str]:
    return [copy[block.start : block.end] for block in support.blocks]


def ids(support: Support) -> list[tuple[str, ...]]:
    return [block.helplines for block in support.blocks]


STORY = "Dean Hollis was jailed for life at Northampton Crown Court on Friday."
AFTER = "The case was adjourned until Monday."

# (case, block exactly as it must come out, helplines), put between two ordinary paragraphs.
SHAPES = [
    (
        "conditional with hours, no final stop",
        "If you’ve been affected by this story and want to talk in confidence about a "
        "child’s welfare, contact the "
        "NSPCC on 0808 800 5000, 8am–10pm Monday to Friday, 9am–6pm weekends. If you are a child in need of "
        "advice, call Childline for free on 0800 1111",
        ("nspcc", "childline"),
    ),
    (
        "please don't suffer alone",
        "Please don't suffer in silence alone. Call CALM on 0800 58 58 58, 5pm–midnight, 365 days a year.",
        ("calm",),
    ),
    (
        "foreign lines and bare domains",
        "If you are in distress or despair and need support, you could speak to a "
        "doctor. Details of help in many "
        "countries can be found at Befrienders Worldwide: www.befrienders.org. In the "
        "UK, a list of organisations "
        "is available at bbc.co.uk/actionline. Readers in the US can call the 988 suicide helpline.",
        ("befrienders", "bbc-action-line", "988-lifeline"),
    ),
    (
        "action line and no number",
        "If you have been affected by the issues in this story, support is available via "
        "the BBC Action Line.",
        ("bbc-action-line",),
    ),
    (
        "footer with three continents",
        "In the UK, the NSPCC offers support to children on 0800 1111, and adults "
        "concerned about a child on 0808 "
        "800 5000. The National Association for People Abused in Childhood (Napac) offers support for adult "
        "survivors on 0808 801 0331. In the US, call the Childhelp abuse hotline on 800-422-4453.",
        ("nspcc", "childline", "napac", "childhelp"),
    ),
    (
        "suicide footer",
        "In the UK and Ireland, Samaritans can be contacted on freephone 116 123, or "
        "email jo@samaritans.org or "
        "jo@samaritans.ie. In Australia, the crisis support service Lifeline is 13 11 "
        "14. Other international "
        "helplines can be found at befrienders.org",
        ("samaritans", "lifeline-australia", "befrienders"),
    ),
    (
        "for confidential support",
        "For confidential support, call the Samaritans on 116 123, visit a local branch or see "
        "www.samaritans.org for details.",
        ("samaritans",),
    ),
    (
        "heading in its own line",
        "Need support?\n\nYou can call Samaritans day or night on 116 123 or email jo@samaritans.org.",
        ("samaritans",),
    ),
    (
        "list of name, number, hours",
        "Where to get help\n\nNSPCC: 0808 800 5000 (8am-10pm)\nChildline: 0800 1111 (24 hours)\n"
        "Mind: 0300 123 3393\nVictim Support: 08 08 16 89 111",
        ("nspcc", "childline", "mind", "victim-support"),
    ),
    (
        "list broken by advertising and a caption told twice",
        "If you need help:\n\nSamaritans - 116 123\n\nHide Ad\nHide Ad\n\nFlowers outside the house\n\n"
        "PAPYRUS: call 0800 068 4141\n\nFlowers outside the house\n\nShout: text SHOUT to 85258",
        ("samaritans", "papyrus", "shout"),
    ),
    (
        "boxed list with commas",
        "HELP AND SUPPORT\n\n• CALM, www.thecalmzone.net, 0800 585 858\n• Mind, www.mind.org.uk\n"
        "• Samaritans, www.samaritans.org, 116 123",
        ("calm", "mind", "samaritans"),
    ),
    (
        "Irish list with hyphens",
        "Support is available from:\n\nPieta: 1800-247 247\nOne in Four: "
        "01-6624070\nDublin Rape Crisis Centre: "
        "1800-778888",
        ("pieta", "one-in-four", "dublin-rape-crisis"),
    ),
    (
        "name and number on lines of their own",
        "NSPCC\n0808 800 5000\nChildline\n0800 1111",
        ("nspcc", "childline"),
    ),
    (
        "sentences that go on",
        "If you've been affected, contact Refuge on 0808 2000 247. Lines are open 24 "
        "hours a day. Calls are free. "
        "You can also email helpline@womensaid.org.uk.",
        ("refuge", "womens-aid"),
    ),
    (
        "web address only",
        "Worried about a child? Visit nspcc.org.uk for advice.",
        ("nspcc",),
    ),
    (
        "entry with a description",
        "Samaritans (116 123) operates a 24-hour service every day of the "
        "year.\nChildline (0800 1111) runs a "
        "helpline for children and young people in the UK. Calls are free.",
        ("samaritans", "childline"),
    ),
    (
        "emergency and tip lines inside",
        "In an emergency call 999. If you are concerned about a child, contact the NSPCC "
        "on 0808 800 5000. You can "
        "also report it anonymously to Crimestoppers on 0800 555 111.",
        ("nspcc", "crimestoppers"),
    ),
    (
        "nation by nation",
        "In Scotland, call Scotland's Domestic Abuse and Forced Marriage Helpline on 0800 "
        "027 1234. In Wales, "
        "call Live Fear Free on 0808 80 10 800, or text 07860 077333.",
        ("sdafmh", "live-fear-free"),
    ),
    (
        "question and encouragement",
        "Worried about a child? Don't wait. Call the NSPCC on 0808 800 5000.",
        ("nspcc",),
    ),
    (
        "times and saints with full stops",
        "If you are affected, contact Women's Aid in St. Helens at womensaid.org.uk, 8 a.m. Monday to 5 p.m. "
        "Friday.",
        ("womens-aid",),
    ),
]


@pytest.mark.parametrize(("block", "helplines"), [shape[1:] for shape in SHAPES], ids=[s[0] for s in SHAPES])
def test_shape_is_found_to_the_character(
    detector: SupportDetector, block: str, helplines: tuple[str, ...]
) -> None:
    copy = f"{STORY}\n\n{block}\n\n{AFTER}"
    support = detector.detect(copy)
    assert texts(support, copy) == [block]
    assert ids(support) == [helplines]
    assert support.problems == ()


@pytest.mark.parametrize(
    "tail",
    [
        "Featured Image Credit: Alamy",
        "\nFeatured Image Credit: PA/AlamyTopics: News, UK News",
        "Topics: Crime",
        "\nRelated topics",
        ". Your support helps us to tell the story",
        ".Your support helps us to tell the story",
        "\nPublished 19 August",
        "\nBy Jane Dale, court reporter",
    ],
)
def test_what_is_glued_to_a_block_stays_out(detector: SupportDetector, tail: str) -> None:
    block = "If you’ve been affected by this, call Childline on 0800 1111"
    copy = f"{STORY}\n{block}{tail}"
    (found,) = texts(detector.detect(copy), copy)
    assert found.rstrip(".") == block


NOT_BLOCKS = [
    "The NSPCC has called for a change in the law. An NSPCC spokesman said the report was shocking.",
    "Samaritans research shows that calls rise in winter, according to figures from Childline.",
    "Pupils raised £300 for Childline with a sponsored walk.",
    "To donate, text SAFE to 70577 to give £10 to the NSPCC.",
    "For interviews contact the NSPCC press office on 020 7946 0123.",
    "Anyone with information should call police on 101 quoting reference 123. "
    "Alternatively, call Crimestoppers "
    "anonymously on 0800 555 111.",
    "If you saw him, call Dave on 07700 900123.",
    "If you need help moving house, call Dave on 07700 900123 or email dave.holt@gmail.com.",
    "He called Samaritans on 116 123 the night before he died.",
    "The Samaritans’ number, 116 123, was printed on every ticket.",
    "She was told to ring Childline on 0800 1111 and hung up.",
    "Mind the gap, the sign says. Beat that. Refuge was hard to find and Shout was on the radio.",
    "Leeds won 116-123 before a crowd of 101 pensioners, aged 111 at most.",
    "Sam, please ring Missing People on 116 000. We love you.",
    "Ellie's mum urged her to ring Missing People on 116 000.",
    "Good Samaritans stopped to help; call them heroes.",
    "Tickets are on sale from the box office on 0161 496 0123.",
]


@pytest.mark.parametrize("copy", NOT_BLOCKS)
def test_what_only_looks_like_a_block(detector: SupportDetector, copy: str) -> None:
    assert detector.detect(f"{STORY}\n\n{copy}\n\n{AFTER}").blocks == ()


def test_number_in_brackets_within_a_story_is_a_block_of_its_own(detector: SupportDetector) -> None:
    copy = "She had found a leaflet (Childline, 0800 1111) at school, but Ellie Marsh never rang."
    assert texts(detector.detect(copy), copy) == ["(Childline, 0800 1111)"]


def test_block_in_a_caption_leaves_the_caption_out(detector: SupportDetector) -> None:
    copy = "The vigil in Kettering. If you are affected, call the NSPCC on 0808 8005000. (Picture: PA)"
    assert texts(detector.detect(copy), copy) == ["If you are affected, call the NSPCC on 0808 8005000."]


def test_police_trailer_before_a_block_is_not_part_of_it(detector: SupportDetector) -> None:
    copy = (
        "Anyone with information should call police on 101 quoting reference 123.\n"
        "If you have been affected, contact Victim Support on 08 08 16 89 111. The trial continues on Monday."
    )
    assert texts(detector.detect(copy), copy) == [
        "If you have been affected, contact Victim Support on 08 08 16 89 111."
    ]


def test_several_blocks_in_one_copy(detector: SupportDetector) -> None:
    first = "If you are struggling, call Samaritans on 116 123."
    second = "Worried about a child? Call the NSPCC on 0808 800 5000."
    copy = f"{STORY}\n{first}\n{AFTER}\nThe jury heard three days of evidence.\n{second}"
    assert texts(detector.detect(copy), copy) == [first, second]


def test_a_block_never_crosses_a_part(detector: SupportDetector) -> None:
    first, second = "If you are struggling, help is available.", "Call Samaritans on 116 123."
    copy = f"{first}\n\n{second}"
    cut = len(first)
    segments = (Segment("standfirst", None, 0, cut), Segment("body", None, cut + 2, len(copy)))
    assert texts(detector.detect(copy), copy) == [copy]
    assert texts(detector.detect(copy, segments), copy) == [second]


def test_slugs_and_tags_are_not_read_for_blocks(detector: SupportDetector) -> None:
    copy = "call childline.org.uk"
    assert detector.detect(copy, (Segment("slug", None, 0, len(copy), kind="slug"),)) == Support()


def test_sentences_with_a_protected_name_are_trimmed(detector: SupportDetector) -> None:
    copy = (
        "If you've been affected, the family of Ellie Marsh ask you to call the NSPCC on "
        "0808 800 5000. Or contact "
        "Winston's Wish on 08088 020 021. You can also call Samaritans on 116 123."
    )
    support = detector.detect(copy)
    name, charity = copy.index("Ellie"), copy.index("Winston")
    trimmed = trim_blocks(support, [(name, name + 11), (charity, charity + 9)], copy)
    assert texts(trimmed, copy) == [
        "Or contact Winston's Wish on 08088 020 021. You can also call Samaritans on 116 123."
    ]
    assert trimmed.blocks[0].helplines == ("winstons-wish", "samaritans")
    assert trim_blocks(support, [], copy) == support


def test_a_private_number_keeps_its_sentence_out(detector: SupportDetector) -> None:
    copy = "If you want to talk, call Samaritans on 116 123. Or call Dave on 07700 900123."
    assert texts(detector.detect(copy), copy) == ["If you want to talk, call Samaritans on 116 123."]


@pytest.mark.parametrize(
    ("copy", "block"),
    [
        (
            "<p>Ellie Marks, two, was beaten in Hull.</p><p>Her mum wept.</p>"
            "<p>If you are worried about a child call Childline on 0800 1111.</p>",
            "If you are worried about a child call Childline on 0800 1111.",
        ),
        (
            "<p>Ellie Marks, two, was beaten in Hull.</p>"
            "<ul><li>NSPCC: 0808 800 5000</li><li>Childline: 0800 1111</li></ul>",
            "NSPCC: 0808 800 5000</li><li>Childline: 0800 1111",
        ),
        ("<b>Ellie Marks</b> died.<br>Call Childline on 0800 1111.", "Call Childline on 0800 1111."),
    ],
)
def test_markup_on_one_line_does_not_make_the_whole_copy_a_block(
    detector: SupportDetector, copy: str, block: str
) -> None:
    assert texts(detector.detect(copy), copy) == [block]
