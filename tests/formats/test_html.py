"""HTML: what is read, with true offsets, and edits that leave everything else alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguard.copy import Copy
from safeguard.formats.html import Html, looks_like_html
from safeguard.formats.html_tokens import tokens_of
from safeguard.formats.visible import Markup
from safeguard.redaction.edits import FixedPoints, splice

WARNING = Markup('<p role="note" class="content-warning">{text}</p>', "<i>{text}</i>")
SUPPORT = Markup('<p role="note" class="support">{text}</p>', "<i>{text}</i>")

TEXTS = st.text(alphabet="abÉé\u0301\u00ad😀 \r\n&;<>\"'=-!/", max_size=12)
BITS = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "<p>", "</p>", "<b>", "</b>", "<br/>", "<!-- a b -->", "<!--", "-->",
            '<img alt="a &quot;b" src=x.jpg>',
            "<embed text='é' />", "&amp;", "&rsquo;", "&#8217;",
            "&shy;", "&nbsp", "<a href='#ab'>", "</a", "<div",
            "<![x", "<![if !mso]>", "<![endif]>", "<!;", "<x y=", "</>",
            "<script>var a = 'b\\u00e9';</script>", "<title>", "</title>", "<style>", "<![CDATA[", "<?php",
        ]
    ),
)  # fmt: skip
SOURCES = st.lists(BITS, max_size=14).map("".join)


@given(SOURCES)
def test_tokens_cover_the_source_once(source: str) -> None:
    tokens = tokens_of(source)
    assert "".join(source[t.start : t.end] for t in tokens) == source


def test_markup_that_the_parser_passes_over_is_no_text() -> None:
    assert Html().read("&a</>b").text == "&ab"
    assert Html().read("&amp;</>b").text == "&b"
    assert Html().read("&#38;</>b").text == "&b"


@settings(max_examples=300)
@given(SOURCES, st.data())
def test_an_edit_touches_no_tag_and_nothing_outside_its_span(source: str, data: st.DataObject) -> None:
    visible = Html().read(source)
    words = [match.span() for match in re.finditer("\\w[\\w\u0301]*(?:\\W\\w[\\w\u0301]*)?", visible.text)]
    words = [w for w in words if any(s.start <= w[0] and w[1] <= s.end for s in visible.sections)]
    words = [w for w in words if not _declares(source, visible.source_span(*w)[0])]
    if not words:
        return
    start, end = data.draw(st.sampled_from(words))
    section = visible.section_at(start)
    assert section is not None
    label = data.draw(st.sampled_from(["[x]", "a b", 'a "b" & c']))
    edits = Html().replace(visible, start, end, label)
    first, last = visible.source_span(start, end)
    assert all(first <= e.start <= e.end <= last for e in edits)
    after = splice(source, Html().finish(visible, edits, FixedPoints()).edits)
    if section.kind != "prose" or _unquoted(source, section.source_start):
        return
    assert after[:first] == source[:first]
    assert after[len(after) - (len(source) - last) :] == source[last:]
    wanted = visible.text[:start] + label + visible.text[end:]
    assert re.findall(r"\w+", Html().read(after).text) == re.findall(r"\w+", wanted)
    if section is visible.sections[0]:
        tags = [t for t in tokens_of(source) if t.kind in ("start", "end")]
        assert not [t for t in tags for e in edits if t.start < e.end and e.start < t.end]


def _declares(source: str, place: int) -> bool:
    """Whether that is a word of a declaration or of a broken tag: no copy, whatever it is replaced by."""
    token = next(token for token in tokens_of(source) if token.start <= place < token.end)
    if token.kind == "text":
        return bool(re.search(r"<[A-Za-z/!?][^<>]*$", source[token.start : place + 1]))
    return token.kind == "other" and not source.startswith("<!--", token.start)


def _unquoted(source: str, place: int) -> bool:
    """Whether a value begins there that has no quotes: it gets them when it needs them."""
    return source[:place].rstrip().endswith("=")


def _body(source: str) -> str:
    visible = Html().read(source)
    return visible.text[: visible.sections[0].end]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("<p>El<b>lie</b> <i>Marsh</i></p>", "Ellie Marsh"),
        ("<p>El&shy;lie&nbsp;Mar&#8203;sh</p>", "Ellie Marsh"),
        ("<p>Ellie\r\n   Marsh</p>", "Ellie Marsh"),
        ("Ellie<br>Marsh", "Ellie\nMarsh"),
        ("<ul><li>One<li>two</ul>", "One\n\ntwo"),
        ("<p>Tom &amp; Zoe\u0308&rsquo;s</p>", "Tom & Zoë’s"),
        ("<p>Ellie <b>Marsh <p>is nine", "Ellie Marsh \n\nis nine"),
        ("<style>p {}</style><p>Five &lt; six</p>", "Five < six"),
    ],
)
def test_blocks_break_paragraphs_and_inline_does_not(source: str, text: str) -> None:
    assert _body(source) == text


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        ('<img alt="Ellie &amp; Tom">', "prose", "Ellie & Tom"),
        ('<a href="#ellie-marsh">x</a>', "anchor", "ellie-marsh"),
        ("<h2 id=ellie-marsh>x</h2>", "anchor", "ellie-marsh"),
        ('<a href="/news/ellie-marsh">x</a>', "url", "/news/ellie-marsh"),
        ('<p data-file="Ellie_Marsh.jpg">x</p>', "file", "Ellie_Marsh.jpg"),
        ("<p>x</p><!-- ask Ellie Marsh -->", "prose", " ask Ellie Marsh "),
        ('<script type="application/ld+json">{"name": "Zo\\u00eb Marsh"}</script>', "attribute", "Zoë Marsh"),
    ],
)
def test_what_stands_beside_the_text_is_copy_too(source: str, kind: str, text: str) -> None:
    visible = Html().read(source)
    assert (kind, text) in [(s.kind, visible.text[s.start : s.end]) for s in visible.sections]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<p>Copy.</p>", True),
        ("Some <em>copy</em>", True),
        ("<!-- wp:paragraph -->", True),
        ("Fewer than <5 and >3, he said <angrily>", False),
        ("Write to <sam@example.org>", False),
    ],
)
def test_html_is_known_by_its_tags(source: str, html: bool) -> None:
    assert looks_like_html(source) is html


def test_a_slug_is_never_read_as_html() -> None:
    assert not Copy.of({"slug": "a-<b>-c", "body": "x"}).fields[0].visible.sections


def test_notes_are_elements_inside_the_article() -> None:
    source = "<html><body><nav>x</nav><article><p>Copy</p></article></body></html>"
    edits = [
        Html().note_before(source, "Warning: a < b.", WARNING),
        Html().note_after(source, "Ring\nus.", SUPPORT),
    ]
    after = splice(source, edits)
    assert re.search(r'<article><p role="note" class="content-warning">Warning: a &lt; b\.</p>', after)
    assert 'class="support">Ring<br>\nus.</p>\n</article>' in after
    assert Html().read(after).text_from(edits[0].start).startswith("Warning: a < b.")


def test_edits_that_cannot_be_read_back_are_unsure() -> None:
    broken, sound = "<p>x<a href=<!Ellie--", "<p>We <3 you, Ellie & Sam"
    for source, sure in ((broken, False), (sound, True)):
        visible = Html().read(source)
        at = visible.text.index("Ellie")
        edits = Html().replace(visible, at, at + 5, "[Child A]")
        finished = Html().finish(visible, edits, FixedPoints())
        assert finished.sure is sure
        assert "Ellie" not in splice(source, finished.edits)


@pytest.mark.parametrize("label", ["Child A", "'q\"", "x>y", "--><b>", "a&b;", "]]>"])
@pytest.mark.parametrize(
    "source",
    [
        "<p>I <Ellie",
        "<p><!-- Ellie --> x",
        "<p><![CDATA[ Ellie <b>x</b>",
        "<img alt='Ellie </p>",
        "<p title=Ellie>x",
        "&amEllie",
        "<?php Ellie",
        "<script>var x = 'Ellie'</script>",
    ],
)
def test_no_label_makes_markup_of_what_stands_beside_it(source: str, label: str) -> None:
    visible = Html().read(source)
    at = visible.text.find("Ellie")
    finished = Html().finish(
        visible, Html().replace(visible, at, at + 5, label) if at >= 0 else (), FixedPoints()
    )
    after = Html().read(splice(source, finished.edits)).text
    assert not finished.sure or re.sub(r"\W", "", after) == re.sub(
        r"\W", "", visible.text.replace("Ellie", label)
    )


def test_struck_text_is_no_part_of_the_sentence_around_it() -> None:
    visible = Html().read("<p>Ann <del>Ellie <b>Marsh</b> wept, </del>Lee ran <s>x<p>y</s> z</p>")
    texts = [visible.text[s.start : s.end] for s in visible.sections]
    assert texts == ["Ann Lee ran x\n\ny z", "Ellie Marsh wept, "]
