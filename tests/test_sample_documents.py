"""The judge of documents finds what is wrong with the bytes that were written, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from document_scoring import judge_document
from sample_files import Expectation

EXPECT = Expectation(
    gone=("Ellie Marsh", "Ellie"),
    kept=("Dean Cole",),
    flagged=(),
    warnings=frozenset({"child_neglect"}),
    support=("<li><b>Childline</b>: 0800&nbsp;1111</li>",),
    support_inserted=None,
    verdict="review",
)
PAGE = (
    "<p>Dean&nbsp;Co&shy;le went to court.</p>\r\n<p><b>El</b>lie Marsh did not.</p>\r\n"
    "<ul><li><b>Childline</b>: 0800&nbsp;1111</li></ul>\r\n"
    '<p>The <a href="/x">case</a> goes on.</p>\r\n'
)
SAFE = PAGE.replace("<b>El</b>lie Marsh", "<b>[Child A]</b>")
WARNED = f'<p role="note">A warning.</p>\r\n{SAFE}'


def _wrong(safe: str, name: str = "page.html", source: str = PAGE) -> set[tuple[str, str]]:
    checks = judge_document(name, source.encode(), safe.encode(), EXPECT)
    return {(kind, string) for kind, string, passed in checks if not passed}


@pytest.mark.parametrize("safe", [SAFE, WARNED])
def test_a_perfect_page_misses_nothing(safe: str) -> None:
    assert _wrong(safe) == set()


@pytest.mark.parametrize(
    "hidden",
    [
        "E<i>l</i>lie",
        "El&#108;ie",
        "El&shy;lie",
        "El\u200blie",
        '<img alt="Ellie">',
        '<a href="/news/%45llie">x</a>',
        "<!-- Ellie -->",
        '<script>{"name": "Ellie"}</script>',
        "<!-- left open: Ellie",
        "**El**lie",
    ],
)
def test_a_name_is_found_wherever_it_hides(hidden: str) -> None:
    assert ("leak", "Ellie") in _wrong(SAFE + hidden)


@pytest.mark.parametrize(
    ("old", "new", "miss"),
    [
        ("Dean&nbsp;Co&shy;le", "[a man]", ("lost", "Dean Cole")),
        ("0800&nbsp;1111", "0800 1111", ("support", EXPECT.support[0])),
        ("<b>[Child A]</b>", "<b>[Child A]", ("broken", "b")),
        ('<a href="/x">', "<a href=/x y>", ("broken", "a href")),
        (
            '<p>The <a href="/x">',
            "<p>The  <a href='/x'>",
            ("touched", '<p>The <a href="/x">case</a> goes on.</p>'),
        ),
    ],
)
def test_harm_is_named(old: str, new: str, miss: tuple[str, str]) -> None:
    assert old in SAFE
    assert miss in _wrong(SAFE.replace(old, new))


def test_line_ends_must_stay() -> None:
    assert _wrong(WARNED.replace("</p>\r\n", "</p>\n", 1)) == {("touched", "line ends")}


def test_a_file_to_be_left_alone_must_be_the_same_bytes() -> None:
    harmless = replace(EXPECT, gone=(), support=(), verdict="pass")
    checks = list(judge_document("a.md", b"Dean Cole\n", b"Dean Cole\n\n", harmless))
    assert ("touched", "a byte of a file that is left alone", False) in checks


def test_json_keeps_its_layout_and_escapes() -> None:
    source = '{"headline": "Dean Cole\\u2019s day",\n  "n": [1.50, null], "body": "Ellie Marsh"}'
    safe = source.replace("Ellie Marsh", "[Child A]")
    expect = replace(EXPECT, support=())

    def wrong(text: str) -> set[str]:
        checks = judge_document("a.json", source.encode(), text.encode(), expect)
        return {kind for kind, _, passed in checks if not passed}

    assert wrong(safe) == set()
    assert wrong(safe.replace("\\u2019", "’")) == {"touched"}
    assert wrong(safe.replace("1.50", "1.5")) == {"touched"}
    assert wrong(safe + "}") == {"broken"}
    assert wrong(json.dumps(json.loads(safe) | {"x": "\u0045llie"})) >= {"leak"}


def _docx(paragraphs: str, title: str = "") -> bytes:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {word}><w:body>{paragraphs}</w:body></w:document>"
        )
        archive.writestr("docProps/core.xml", f"<title>{title}</title>")
        archive.writestr("word/media/image1.png", b"\x89PNG")
    return data.getvalue()


def _p(*runs: str, style: str = "Normal") -> str:
    inner = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


STRUCK = "<w:p><w:del><w:r><w:delText>Ellie</w:delText></w:r></w:del></w:p>"
HELP = _p("Ring Childline on ", "0800 1111")


@pytest.mark.parametrize(
    ("safe", "miss"),
    [
        (_docx(_p("Dean Cole") + _p("[Child A]") + HELP), None),
        (_docx(_p("Dean Cole") + _p("E", "llie") + HELP), "leak"),
        (_docx(_p("Dean Cole") + STRUCK + HELP), "leak"),
        (_docx(_p("Dean Cole") + _p("[Child A]") + HELP, "Ellie"), "leak"),
        (_docx(_p("Dean Cole", style="Title") + _p("[Child A]") + HELP), "touched"),
        (_docx(_p("Dean Cole") + _p("[Child A]") + _p("Ring Childline on 0800 1111")), "support"),
        (_docx(_p("Dean Cole") + "<w:p>" + HELP), "broken"),
        (b"no archive", "broken"),
    ],
)
def test_an_office_document_is_judged_in_every_part(safe: bytes, miss: str | None) -> None:
    source = _docx(_p("Dean Cole") + _p("El", "lie Marsh") + HELP, "Ellie Marsh")
    expect = replace(EXPECT, support=("Ring Childline on 0800 1111",))
    wrong = {kind for kind, _, passed in judge_document("a.docx", source, safe, expect) if not passed}
    assert miss in wrong if miss else not wrong
