"""What reports show around a finding, for any text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from safeguard.reports import Format, format_for
from safeguard.reports.excerpt import excerpt, place, text_of

ARTICLE = (
    "Inquest opens\n\nThe girl, six, of Corran Street, was found by a neighbour.\nThe inquest continues."
)
PARTS = {"headline": "Inquest opens", "body": ARTICLE, "tags": ["inquest", "Corran Street"]}


def test_a_finding_is_shown_in_its_own_line() -> None:
    start = ARTICLE.index("Corran")

    shown = excerpt(ARTICLE, "body", None, start, start + len("Corran Street"), 100)

    assert (shown.before, shown.marked, shown.after) == (
        "The girl, six, of ",
        "Corran Street",
        ", was found by a neighbour.",
    )


def test_long_lines_are_cut_at_words_and_room_not_needed_before_is_used_after() -> None:
    line = "word " * 30 + "Corran Street " + "other " * 30
    start = line.index("Corran")

    middle = excerpt(line, "body", None, start, start + 13, 60)
    first = excerpt(line, "body", None, 0, 4, 60)

    assert re.fullmatch(r"… (word )+", middle.before)
    assert re.fullmatch(r"( other)+ …", middle.after)
    assert first.before == ""
    assert len(first.after) > len(middle.after)


def test_places_are_named_as_an_editor_counts_them() -> None:
    assert place(ARTICLE, "body", None, ARTICLE.index("Corran")) == "line 3"
    assert place(PARTS, "headline", None, 0) == "headline"
    assert place(PARTS, "body", None, ARTICLE.index("continues")) == "body, line 4"
    assert place(PARTS, "tags", 1, 0) == "tags, item 2"
    assert text_of(PARTS, "tags", 1) == "Corran Street"


@given(st.text(min_size=1), st.integers(0, 500), st.integers(1, 500), st.integers(10, 200))
def test_an_excerpt_of_any_text_is_one_printable_line_around_the_finding(
    text: str, start: int, length: int, width: int
) -> None:
    start %= len(text)
    end = min(len(text), start + length)

    shown = excerpt(text, "body", None, start, end, width)

    whole = shown.before + shown.marked + shown.after
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", whole)
    if end - start < width // 2:
        assert len(shown.marked) == end - start


def test_a_report_file_is_written_in_the_format_its_name_asks_for() -> None:
    assert format_for("out/report.JSON") is Format.JSON
    assert format_for("report.html") is Format.HTML
    assert format_for("report.sarif") is Format.SARIF
    assert format_for("report.txt") is Format.TERMINAL
    assert format_for("report") is Format.TERMINAL
