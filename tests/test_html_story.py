"""A story woven into generated HTML, through the whole pipeline: whatever the markup, the same holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeguard import Report, Safeguard
from safeguard.formats.html import Html

NAME = re.compile("Ellie|Marsh|ellie|marsh")
SUPPORT = "<div class='help'><a href=\"tel:08001111\">Childline</a> is on <b>0800&nbsp;1111</b></div>"
NOTE = r'(?:(?:<!-- wp:html -->\r?\n)?<p role="note"[^<]*</p>(?:\r?\n<!-- /wp:html -->)?\r?\n)?'
OPENING = "A girl aged nine, Ellie Marsh, was raped by a man in Leeds, the court heard."

NOTHING = st.sampled_from(
    ["", "", "", "\u00ad", "&shy;", "\u200b", "&#8203;", "<!-- x -->", "<wbr>", "<b></b>"]
)
ODD = st.sampled_from(
    [
        "&", "&amp;", "&nbsp", "<", " < ", "<3", "😀", "&#x1F600;", "\r\n", "é", "e\u0301", "</>",
        "<![CDATA[x]]>", "<![if !mso]>", "<![endif]>", "-->", "]]>", '"', "'", ">", "</b>", "<i>", "<br>",
        "<hr/>", "<?x ?>",
    ]
)  # fmt: skip
TAGS = st.sampled_from(
    ["b", "i", "em", "span class=x", "a href='/news/1'", "a href='/n/ellie-marsh'", "mark"]
)
BLOCKS = st.sampled_from(
    ["p", "div", "li", "blockquote", 'h2 id="ellie-marsh"', "td", "figcaption", "section"]
)
BESIDE = st.sampled_from(
    [
        "<img src='/i/Ellie_Marsh.jpg' alt=\"Ellie Marsh\"/>",
        "<img alt=Ellie src=x.jpg>",
        "<!-- ask Ellie Marsh -->",
        '<embed embedtype="image" id="3" alt="A court" />',
        "<a href=#ellie-marsh title='Ellie &amp; mum'>see</a>",
        '<script>var who = {"name": "Ellie Marsh"};</script>',
        "<p title=",
        "<!-- wp:paragraph -->",
        "<style>p {}</style>",
    ]
)


@st.composite
def names(draw: st.DrawFn) -> str:
    """The girl's name, parted by things that nobody sees."""
    name = draw(st.sampled_from(["Ellie", "Ellie Marsh", "Ellie Marsh"]))
    at = draw(st.integers(1, len(name) - 1))
    tag = draw(TAGS)
    close = tag.split()[0]
    first, last = name[:at], name[at:]
    middle = draw(NOTHING)
    return draw(
        st.sampled_from(
            [
                f"{first}{middle}{last}",
                f"<{tag}>{first}</{close}>{middle}{last}",
                f"{first}<{tag}>{last}</{close}>",
                "".join(f"&#{ord(c)};" for c in first) + last,
                name.replace(" ", "&nbsp;"),
                name.replace(" ", "\r\n"),
            ]
        )
    )


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """A block with the name in it, some of it broken."""
    block = draw(BLOCKS)
    told = st.builds("Her mother said {} was brave. ".format, names())
    heard = st.builds("The jury had believed {}. ".format, names())
    words = st.sampled_from(["The court sat on Monday. ", "He denied it. "])
    inside = draw(st.lists(st.one_of(told, heard, words, ODD, BESIDE), max_size=5).map("".join))
    close = draw(st.sampled_from([f"</{block.split()[0]}>", f"</{block.split()[0]}>", ""]))
    return f"<{block}>{inside}{close}"


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page: the story's first sentence, paragraphs, the support block somewhere."""
    blocks = draw(st.lists(paragraphs(), max_size=4))
    at = draw(st.integers(0, len(blocks)))
    eol = draw(st.sampled_from(["\n", "\r\n", ""]))
    return eol.join([f"<p>{OPENING}</p>", *blocks[:at], SUPPORT, *blocks[at:]])


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=pages())
def test_whatever_the_markup_names_go_and_the_rest_stays(guard: Safeguard, page: str) -> None:
    report = guard.check(page, format="html")
    safe = str(report.safe_copy)
    assert not report.problems
    assert not NAME.search(_seen(safe))
    for finding in report.findings:
        assert page[finding.start : finding.end] == finding.text
        if finding.entity_type in ("NAMED_MINOR", "PROTECTED_PERSON"):
            assert NAME.search(_seen(finding.text))
    assert re.fullmatch(_untouched(page, report), safe, re.DOTALL)
    assert SUPPORT not in page or SUPPORT in safe
    assert all(block.intact for block in report.support.blocks)
    again = guard.check(safe, format="html")
    assert again.safe_copy == safe
    assert not [finding for finding in again.findings if finding.action == "redact"]


def _seen(source: str) -> str:
    return Html().read(source).text


def _untouched(page: str, report: Report) -> str:
    """A pattern for the page in which nothing is free but what was redacted, and the note at its head."""
    redacted = [(f.start, f.end) for f in report.findings if f.action == "redact"]
    free = {at for span in redacted for at in range(*span)}
    free -= {at for tag in re.finditer(r"<[^<>]*>", page) for at in range(*tag.span()) if len(tag[0]) > 1}
    for start, end in redacted:
        free |= set(range(*_address(page, start, end))) if _inside_tag(page, start, end) else set()
    pattern = "".join("\0" if at in free else re.escape(sign) for at, sign in enumerate(page))
    return NOTE + re.sub("\0+", "[^<>]*", pattern)


def _inside_tag(page: str, start: int, end: int) -> bool:
    return any(tag.start() < start and end < tag.end() for tag in re.finditer(r"<[^<>]*>", page))


def _address(page: str, start: int, end: int) -> tuple[int, int]:
    """The whole value for a name in an address: such an address goes."""
    for value in re.finditer(r"""(?:href|src)=('[^']*'|"[^"]*"|[^\s'">]+)""", page):
        if value.start(1) <= start and end <= value.end(1) and "#" not in value[1]:
            quoted = value[1][0] in "'\""
            return value.start(1) + quoted, value.end(1) - quoted
    return start, end
