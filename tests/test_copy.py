"""Copy: what is accepted, what is read of it, and the way back from the reading text to the source."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from safeguard.copy import Copy, Place
from safeguard.errors import CopyError
from safeguard.formats.characters import read_characters
from safeguard.formats.part_kinds import kind_of
from safeguard.formats.plain import PlainText
from safeguard.formats.visible import Markup

NOTE = Markup("<p>{text}</p>", "<i>{text}</i>")

# What hides names in pasted copy, mixed in with anything else that Unicode has.
HIDERS = (
    "\u00ad\u200b\u200d\ufeff\u2060\u00a0\u202f\u0300\u0301\u0308\u0323\u1100\u1161\u11a8\u212b\r\n\u2028"
    " eZaéA’–"
)
TEXT = st.text(st.one_of(st.sampled_from(HIDERS), st.characters(exclude_categories=["Cs"])), max_size=40)
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
PARTS = {
    "headline": "Girl, nine, found safe",
    "slug": "maisie-thornbury-found",
    "tags": ["Wexmouth", "", "missing children"],
    "body": "Maisie Thornbury, nine, was found on Sunday.\r\n\r\nShe is well.",
}


def composed(text: str) -> str:
    """What the reading of a text has to be, worked out over the whole text at once."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    text = re.sub("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return re.sub("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " ", text)


def source_of(copy: Copy, start: int, end: int) -> str:
    (place,) = copy.places(start, end)
    first, last = copy.source_span(place)
    return copy.fields[place.field].source[first:last]


@given(TEXT)
@example("Zoe\u00ad\u0308 and \u00adE\u200bl\u00adlie\u00a0Marsh\r\n")
@example("\u1100\u200b\u1161\u11a8 \u0308x")
def test_the_reading_of_any_text_is_its_composed_form_less_what_nobody_sees(source: str) -> None:
    assert read_characters(source).text == composed(source)


@given(TEXT, st.data())
def test_the_source_of_any_stretch_reads_as_that_stretch(source: str, data: st.DataObject) -> None:
    visible = read_characters(source)
    start = data.draw(st.integers(0, len(visible.text)))
    end = data.draw(st.integers(start, len(visible.text)))

    first, last = visible.source_span(start, end)
    before, _ = visible.source_span(start - 1, start) if start else (0, 0)

    assert 0 <= first <= last <= len(source)
    assert before <= first
    if end > start:
        # A letter and its accents that have no common form are one place in the source, never half of one.
        assert visible.text[start:end] in composed(source[first:last])
        whole = [run for run in visible.runs if run.start < last and first < run.end]
        if all(run.exact or len(run.text) == 1 for run in whole):
            assert composed(source[first:last]) == visible.text[start:end]
        assert not UNSEEN.match(source[first])
        assert not UNSEEN.match(source[last - 1])


@given(TEXT)
def test_stretches_side_by_side_cover_every_visible_character_once(source: str) -> None:
    visible = read_characters(source)
    spans = [visible.source_span(at, at + 1) for at in range(len(visible.text))]

    for one, other in pairwise(spans):
        assert one == other or one[1] <= other[0]
    hidden = set(range(len(source))) - {at for first, last in spans for at in range(first, last)}
    assert all(UNSEEN.match(source[at]) for at in hidden)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Mai\u00adsie Thorn\u00adbury", "Maisie Thornbury"),
        ("Zoe\u0308 Thornbury", "Zoë Thornbury"),
        ("Zoe\u200b\u0308\u00a0Thornbury", "Zoë Thornbury"),
        ("M\u200ba\u200bi\u200bsie", "Maisie"),
        ("Siân", "Siân"),
        ("O’Neill", "O’Neill"),
    ],
)
def test_a_name_is_read_whole_and_its_source_is_all_of_it_and_nothing_else(written: str, name: str) -> None:
    copy = Copy.of(f"Police named \u200b{written}\u200b, nine, on Sunday.")
    start = copy.text.index(name)

    assert source_of(copy, start, start + len(name)) == written


def test_an_ordinary_article_is_read_as_it_stands() -> None:
    article = "“It’s the first duty,” she said – 9am–6pm.\n\nRing 0800 1111\tfree.\n"

    assert Copy.of(article).text == article


def test_parts_are_read_in_order_with_a_blank_line_between_them() -> None:
    copy = Copy.of(PARTS)
    segments = copy.reading().segments

    assert copy.text == (
        "Girl, nine, found safe\n\nmaisie-thornbury-found\n\nWexmouth\n\nmissing children\n\n"
        "Maisie Thornbury, nine, was found on Sunday.\n\nShe is well."
    )
    assert [(s.part, s.index, s.kind) for s in segments] == [
        ("headline", None, "prose"),
        ("slug", None, "slug"),
        ("tags", 0, "tags"),
        ("tags", 2, "tags"),
        ("body", None, "prose"),
    ]
    assert [copy.text[s.start : s.end] for s in segments][2:4] == ["Wexmouth", "missing children"]


def test_a_stretch_over_several_parts_is_told_part_by_part() -> None:
    copy = Copy.of({"headline": "Found safe", "standfirst": "Girl was missing", "body": "She is well."})

    places = copy.places(copy.text.index("safe"), copy.text.index("was"))

    assert places == (Place(0, 6, 10), Place(1, 0, 5))
    assert copy.places(10, 12) == ()


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
MAPPINGS = st.dictionaries(NAMES, st.one_of(TEXT, st.lists(TEXT, max_size=3)), min_size=1, max_size=5)


@given(MAPPINGS)
def test_a_mapping_comes_back_in_the_same_shape_and_order(given_parts: dict[str, Any]) -> None:
    try:
        copy = Copy.of({**given_parts, "body": "Some copy."})
    except CopyError:
        pytest.fail("every mapping of texts is copy")

    same = copy.rebuilt([field.source for field in copy.fields])
    marked = copy.rebuilt([f"<{field.source}>" for field in copy.fields])

    assert isinstance(same, dict)
    assert isinstance(marked, dict)
    assert list(same.items()) == list({**given_parts, "body": "Some copy."}.items())
    assert list(marked) == list(same)
    assert marked["body"] == "<Some copy.>"
    for part, value in given_parts.items():
        if isinstance(value, list):
            assert marked[part] == [f"<{item}>" for item in value]


@pytest.mark.parametrize(
    ("copy", "says"),
    [
        ("", "empty"),
        (" \n\u200b ", "empty"),
        ({}, "empty"),
        ({"body": "", "tags": []}, "empty"),
        (None, "not nothing"),
        (b"Copy", "type bytes"),
        (["Copy"], "type list"),
        ({"body": None}, "'body' is nothing"),
        ({"body": {"text": "Copy"}}, "'body' is a value of type dict"),
        ({"tags": ("Copy",)}, "'tags' is a value of type tuple"),
        ({"tags": ["Copy", 3]}, "Item 2 of the part 'tags' is a value of type int"),
        ({1: "Copy"}, "name of a part is text"),
        ("Ellie \ud83d Marsh", "Character 6 of the part 'body'"),
    ],
)
def test_anything_else_is_refused_in_one_sentence_without_a_word_of_the_copy(copy: Any, says: str) -> None:
    with pytest.raises(CopyError) as refused:
        Copy.of(copy)

    assert says in str(refused.value)
    assert str(refused.value).endswith(".")
    assert not re.search("Ellie|Marsh", str(refused.value))


@pytest.mark.parametrize(
    ("format", "says"),
    [
        ("htm", "Did you mean 'html'?"),
        ("docx", "There is no format 'docx'"),
        ({"bdy": "html"}, "'bdy', which is not a part"),
        ({"body": "makrdown"}, "Did you mean 'markdown'?"),
        (None, "The format is one of"),
    ],
)
def test_an_unknown_format_is_refused(format: Any, says: str) -> None:
    with pytest.raises(CopyError, match=re.escape(says)):
        Copy.of(PARTS, format)


def test_formats_per_part_need_parts() -> None:
    assert Copy.of(PARTS, {"body": "markdown"}).text == Copy.of(PARTS, "text").text
    with pytest.raises(CopyError, match="for a mapping of parts"):
        Copy.of("Some copy.", {"body": "html"})


def test_the_limit_counts_bytes_of_all_parts() -> None:
    Copy.of({"headline": "é" * 10, "body": "a" * 20}, max_bytes=40)
    with pytest.raises(CopyError, match="max_bytes"):
        Copy.of({"headline": "é" * 10, "body": "a" * 21}, max_bytes=40)


@pytest.mark.parametrize(
    ("part", "text", "kind"),
    [
        ("slug", "ellie-marsh-trial", "slug"),
        ("urlSlug", "ellie-marsh-trial", "slug"),
        ("seo_tags", "Ellie Marsh", "tags"),
        ("image", "Ellie_Marsh.jpg", "file"),
        ("image", "Ellie Marsh at the gala", "prose"),
        ("image", "https://img.example/ellie-marsh.jpg", "url"),
        ("image_alt", "Ellie_Marsh.jpg", "prose"),
        ("file-name", "Ellie Marsh 2.jpeg", "file"),
        ("canonicalURL", "https://news.example/ellie-marsh", "url"),
        ("link", "news.example/ellie-marsh", "url"),
        ("link", "Read more about the trial", "prose"),
        ("body", "https://news.example/ellie-marsh", "prose"),
        ("", "x", "prose"),
    ],
)
def test_what_a_part_holds_is_told_by_its_name_and_a_look_at_it(part: str, text: str, kind: str) -> None:
    assert kind_of(part, text) == kind


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("One.\r\nTwo.\r\n", "W\r\n\r\nOne.\r\nTwo.\r\n\r\nS1\r\nS2\r\n"),
        ("One.", "W\n\nOne.\n\nS1\nS2"),
        ("One.\n", "W\n\nOne.\n\nS1\nS2\n"),
        ("One.\n\n\n", "W\n\nOne.\n\n\nS1\nS2\n"),
        ("\ufeffOne.", "\ufeffW\n\nOne.\n\nS1\nS2"),
        ("One.\rTwo.\r", "W\r\rOne.\rTwo.\r\rS1\rS2\r"),
    ],
)
def test_notes_are_paragraphs_in_the_line_endings_of_the_copy(source: str, safe: str) -> None:
    plain = PlainText()
    before, after = plain.note_before(source, "W", NOTE), plain.note_after(source, "S1\nS2\n", NOTE)

    assert source[: before.start] + before.text + source[before.end :] + after.text == safe
    assert after.start == after.end == len(source)


def test_paragraphs_of_one_part_are_one_text_and_a_link_does_not_part_them() -> None:
    parts = {
        "headline": "A <b>story</b>",
        "body": ["", 'One <a href="/x/one">two</a>', "Three", "<img alt=Four>", "Five"],
        "captions": ["Six", "Seven"],
    }
    copy = Copy.of(parts)
    told = [(s.part, s.index, s.kind, copy.text[s.start : s.end]) for s in copy.reading().segments]

    assert told == [
        ("headline", None, "prose", "A story"),
        ("body", None, "prose", "One two\n\nThree\n\nFive"),
        ("body", 1, "url", "/x/one"),
        ("body", 3, "prose", "Four"),
        ("captions", 0, "prose", "Six"),
        ("captions", 1, "prose", "Seven"),
    ]
    start, end = copy.text.index("two"), copy.text.index("Five") + 4
    assert [copy.source_span(place) for place in copy.places(start, end)] == [(21, 24), (0, 5), (0, 4)]
    assert [copy.fields[place.field].index for place in copy.places(start, end)] == [1, 2, 4]


@pytest.mark.parametrize(
    "paths",
    [{"headline": ["a"]}, {"tags": "a"}, {"tags": ["a", "b"]}, {"caption": "a"}],
)
def test_paths_have_the_shape_of_the_copy(paths: dict[str, Any]) -> None:
    with pytest.raises(CopyError, match="does not fit the copy"):
        Copy.of(PARTS, paths=paths)
