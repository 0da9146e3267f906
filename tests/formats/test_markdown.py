"""Markdown: what is read, with true offsets, and edits that leave everything else alone and well formed."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguard.copy import Copy
from safeguard.formats import format_named
from safeguard.formats.markdown import Markdown
from safeguard.formats.markdown_visible import MarkdownVisible
from safeguard.formats.visible import Markup, Visible
from safeguard.redaction.edits import FixedPoints, settle, splice

NOTE = Markup("<p>{text}</p>", "<i>{text}</i>")

WORDS = st.sampled_from(
    ["Ellie", "Marsh", "é", "e\u0301", "\u00ad", "😀", "a", "b c", "2", "\ufeff", "\u00a0", "\t", "  "]
)
MARKS = st.sampled_from(
    [
        "*", "**", "***", "_", "__", "`", "``", "~~", "[", "]", "](", "](/u 't')", "![", "](x.jpg)", ")", "(",
        "<b>", "</b>", "<http://a.example/b>", "<!-- c d -->", "\\", "\\*", "&amp;", "&", "<", ">", "|", ":",
        "[^1]", "^[", "[a]: /x 'y'", "[^1]: note", "[a]", "!", "#", "# ", "- ", "1. ", "> ", "    ", "```",
        "\n---\n", "| a | b |\n|---|---|\n| c \\| d | **e** |\n", "<div class='x'>", "</div>",
        "---\ntitle: a b\n---\n",
    ]
)  # fmt: skip
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " "])
SOURCES = st.lists(st.one_of(WORDS, MARKS, BREAKS), max_size=24).map("".join)


@settings(max_examples=300)
@given(SOURCES)
def test_whatever_is_read_stands_where_it_is_said_to(source: str) -> None:
    visible = Markdown().read(source)
    for run in visible.runs:
        if run.exact:
            assert re.sub(r"\s", " ", source[run.start : run.end]) == re.sub(r"\s", " ", run.text)
    for section in visible.sections:
        places = [visible.source_span(at, at + 1) for at in range(section.start, section.end)]
        assert places == sorted(places)


@settings(max_examples=300)
@given(SOURCES, st.data())
def test_a_replacement_is_read_as_it_is_and_nothing_else_is_read_otherwise(
    source: str, data: st.DataObject
) -> None:
    visible = Markdown().read(source)
    words = [match.span() for match in re.finditer(r"\w+(?:\W\w+)?", visible.text)]
    prose = [section for section in visible.sections if section.kind == "prose"]
    words = [w for w in words if any(s.start <= w[0] and w[1] <= s.end for s in prose)]
    # A label is one word in two places, and a name in it goes from both.
    words = [w for w in words if _style(visible, *w) not in ("label", "shown")]
    if not words:
        return
    start, end = data.draw(st.sampled_from(words))
    edits = settle(Markdown().replace(visible, start, end, "[Child A]"))
    after = splice(source, Markdown().finish(visible, edits, FixedPoints()).edits)
    body, *others = _sections(visible.text[:start] + "[Child A]" + visible.text[end:], visible, start, end)
    read = Markdown().read(after)
    assert _plain(read.text[: read.sections[0].end]) == body
    # A link without text goes, and its address with it.
    left = [_plain(read.text[section.start : section.end]) for section in read.sections[1:]]
    assert not Counter(map(tuple, left)) - Counter(map(tuple, others))


def _style(visible: MarkdownVisible, start: int, end: int) -> str:
    zone = visible.zone_at(*visible.source_span(start, end))
    return zone.style if zone else ""


def _sections(text: str, visible: Visible, start: int, end: int) -> list[list[str]]:
    growth = len("[Child A]") - (end - start)
    return [
        _plain(text[s.start + growth * (s.start >= end) : s.end + growth * (s.end >= end)])
        for s in visible.sections
    ]


def _plain(text: str) -> list[str]:
    return text.split()


def _body(source: str) -> str:
    visible = Markdown().read(source)
    return visible.text[: visible.sections[0].end]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("El**lie** *Marsh*", "Ellie Marsh"),
        ("Ellie\n  Marsh  \nsaid", "Ellie Marsh \nsaid"),
        ("Ellie\r\nMarsh\r\n\r\nsaid", "Ellie Marsh\n\nsaid"),
        ("> Ellie\n> Marsh", "Ellie Marsh"),
        ("- Ellie\n- Marsh\n", "Ellie\n\nMarsh"),
        ("Ellie\n=====\nMarsh", "Ellie\n\nMarsh"),
        ("## Ellie Marsh ##\nsaid", "Ellie Marsh\n\nsaid"),
        ("Tom \\& Zoe\u0308 &amp; E\\*", "Tom & Zoë & E*"),
        ("[Ellie](/x) <b>Marsh</b>", "Ellie Marsh"),
        ("[Ellie][x] said[^1]\n\n[x]: /y\n\n[^1]: Marsh", "Ellie said\n\nMarsh"),
        ("| a | b\\|c |\n|---|---|\n| **d** | e |", "a\n\nb|c\n\nd\n\ne"),
        ("```py\nEllie\n  Marsh\n```", "Ellie\n  Marsh"),
        ("<div>\n<p>Tom &amp; Zoe</p>\n</div>\n\n*said*", "Tom & Zoe\n\nsaid"),
        ("---\ntitle: Tom\n---\nEllie", "Ellie"),
        ("---\nEllie", "Ellie"),
        ("5 * 3 * 2 and snake_case_name", "5 * 3 * 2 and snake_case_name"),
    ],
)
def test_blocks_break_paragraphs_and_marks_are_not_read(source: str, text: str) -> None:
    assert _body(source) == text


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        ("[x](/news/ellie-marsh 'Ellie \\'M\\'')", "url", "/news/ellie-marsh"),
        ("[x](/news/ellie-marsh 'Ellie \\'M\\'')", "prose", "Ellie 'M'"),
        ("[x](<a b/ellie>)", "url", "a b/ellie"),
        ("[x](#ellie-marsh)", "anchor", "ellie-marsh"),
        ("![El*lie* Marsh](a.jpg)", "prose", "Ellie Marsh"),
        ("![x](Ellie_Marsh.jpg)", "url", "Ellie_Marsh.jpg"),
        ("[x][ellie]\n\n[ellie]: /marsh 'Ellie'", "anchor", "ellie"),
        ("[x][ellie]\n\n[ellie]: /marsh 'Ellie'", "url", "/marsh"),
        ("[Ellie]\n\n[ellie]: /marsh", "prose", "ellie"),
        ("x[^ellie]\n\n[^ellie]: y", "anchor", "ellie"),
        ("x^[Ask *Ellie*]", "prose", "Ask Ellie"),
        ("x <!-- ask Ellie --> y", "prose", " ask Ellie "),
        ("x <img alt='Ellie'> y", "prose", "Ellie"),
        ("```js title=ellie\nx\n```", "attribute", "js title=ellie"),
        ("---\ntitle: Ellie's day\n---\n", "prose", "Ellie's day"),
        ("---\ntitle: 'Ellie''s day'\n---\n", "prose", "Ellie's day"),
        ('---\nseo:\n  title: "Zo\\u00eb\n    Marsh"\n---\n', "prose", "Zoë Marsh"),
        ("---\r\nslug: ellie-marsh\r\n---\r\n", "slug", "ellie-marsh"),
        ("---\ntags: [a, Ellie Marsh]\n---\n", "tags", "Ellie Marsh"),
        ("---\nimage: /i/ellie.jpg\n---\n", "url", "/i/ellie.jpg"),
        ("---\ndescription: >-\n  Ellie\n  Marsh\n---\n", "prose", "Ellie Marsh"),
        ("---\ntitle: Ellie: a broken file\n---\n", "prose", "Ellie: a broken file"),
        ('+++\ntitle = "Ellie Marsh"\n+++\n', "prose", "Ellie Marsh"),
    ],
)
def test_what_stands_beside_the_text_is_copy_too(source: str, kind: str, text: str) -> None:
    visible = Markdown().read(source)
    assert (kind, text) in [(s.kind, visible.text[s.start : s.end]) for s in visible.sections]


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("El**lie** Marsh said", "[Child A] said"),
        ("**Ellie Marsh**'s mum", "**[Child A]**'s mum"),
        ("Ellie **Marsh** said", "[Child A] said"),
        ("**He saw Ellie** Marsh", "**He saw [Child A]**"),
        ("Mr El**lie Marsh said** so", "Mr [Child A] said so"),
        ("**Ellie Marsh**s", "[Child A]s"),
        ("> Ellie\n> Marsh said", "> [Child A] said"),
        ("[Ellie Marsh](/x)", "[[Child A]](/x)"),
        ("Ellie Marsh(13)", "\\[Child A\\](13)"),
        ("Ellie Marsh: yes", "\\[Child A\\]: yes"),
        ("He told Ellie Marsh: yes", "He told [Child A]: yes"),
        ("Ellie Marsh\n\n[child a]: /x", "\\[Child A\\]\n\n[child a]: /x"),
        ("`Ellie Marsh`", "`[Child A]`"),
        ("| Ellie Marsh | b |\n|---|---|", "| [Child A] | b |\n|---|---|"),
        ("---\ntitle: Ellie Marsh\n---\n", "---\ntitle: '[Child A]'\n---\n"),
        ("---\ntitle: About Ellie Marsh\n---\n", "---\ntitle: About [Child A]\n---\n"),
        ("---\ntags: [a, Ellie Marsh]\n---\n", "---\ntags: [a, '[Child A]']\n---\n"),
    ],
)
def test_marks_stay_in_pairs_and_a_label_is_no_link(source: str, safe: str) -> None:
    visible = Markdown().read(source)
    start = visible.text.index("Ellie Marsh")
    edits = settle(Markdown().replace(visible, start, start + len("Ellie Marsh"), "[Child A]"))
    assert splice(source, Markdown().finish(visible, edits, FixedPoints()).edits) == safe


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*** and _x_", "\\*\\*\\* and \\_x\\_"),
        ("child_a", "child_a"),
        ("<b> &amp; `c`", "\\<b> \\&amp; \\`c\\`"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
    ],
)
def test_what_is_put_in_means_no_more_than_its_letters(text: str, written: str) -> None:
    visible = Markdown().read("Ellie")
    edits = Markdown().finish(visible, Markdown().replace(visible, 0, 5, text), FixedPoints()).edits
    assert splice("Ellie", edits) == written
    assert _body(written) == text


@pytest.mark.parametrize("text", ["[Child A]", "<b>", "'q", "child"])
def test_a_backslash_in_front_stays_a_letter(text: str) -> None:
    source = "a\\Ellie b"
    visible = Markdown().read(source)
    finished = Markdown().finish(visible, Markdown().replace(visible, 2, 7, text), FixedPoints())
    assert finished.sure
    assert _body(splice(source, finished.edits)) == f"a\\{text} b"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# Ellie wins\n\nShe won.", "markdown"),
        ("See [this](https://a.example).", "markdown"),
        ("See **this** one.", "markdown"),
        ("See [this][1].\n\n[1]: https://a.example", "markdown"),
        ("---\ntitle: x\n---\ncopy", "markdown"),
        ("# Ellie\n\n<figure>x</figure>", "markdown"),
        ("<!-- draft -->\n# Ellie\n\ncopy", "markdown"),
        ("<p>See [this](https://a.example)</p>", "html"),
        ("Copy with <b>tags</b> in it", "html"),
        ("5 * 3 * 2, a *star* and #EllieMarsh", "text"),
        ("#1 in the charts\n\n* one\n* two\n\n- 30 -\n\n# # #", "text"),
        ("Ellie [Marsh] (13) said: [laughs]", "text"),
        ("**Breaking**\nThe first paragraph of this plain copy ends here.\nThe second one.", "text"),
        ("---\n\nCopy below a rule\n\n---\n", "text"),
    ],
)
def test_markdown_is_known_by_signs_that_plain_copy_has_not(source: str, name: str) -> None:
    assert type(format_named("auto", source)) is type(format_named(name))


def test_a_slug_is_never_read_as_markdown() -> None:
    assert not Copy.of({"slug": "**a**", "body": "x"}).fields[0].visible.sections


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("Copy", "W.\n\nCopy\n\nS \\[x\\](y)\\\nz"),
        ("# Copy\r\n\r\nx\r\n", "W.\r\n\r\n# Copy\r\n\r\nx\r\n\r\nS \\[x\\](y)\\\r\nz\r\n"),
        ("---\na: b\n---\n\nCopy\n", "---\na: b\n---\n\nW.\n\nCopy\n\nS \\[x\\](y)\\\nz\n"),
        ("Copy\n\n```\nx\n", "W.\n\nCopy\n\nS \\[x\\](y)\\\nz\n\n```\nx\n"),
        ("- Copy\n", "W.\n\n- Copy\n\nS \\[x\\](y)\\\nz\n"),
    ],
)
def test_notes_are_paragraphs_behind_the_front_matter(source: str, after: str) -> None:
    edits = [Markdown().note_before(source, "W.", NOTE), Markdown().note_after(source, "S [x](y)\nz", NOTE)]
    assert splice(source, settle(edits)) == after
    assert Markdown().read(after).text_from(edits[0].start).startswith("W.")


def test_struck_text_is_no_part_of_the_sentence_around_it() -> None:
    visible = Markdown().read("Her ~~Marcus **Lee**~~ He ran ~~on")
    texts = [visible.text[s.start : s.end] for s in visible.sections]
    assert texts == ["Her He ran ~~on", "Marcus Lee"]


def test_front_matter_tells_who_made_the_copy() -> None:
    source = "---\nauthors:\n  - name: Hetty Marsh\n    mail: h@b.example\nbyline: Ann Lee\n---\n\nx"
    visible = Markdown().read(source)
    credits = [visible.text[s.start : s.end] for s in visible.sections if s.kind == "credit"]
    assert credits == ["Hetty Marsh", "Ann Lee"]
