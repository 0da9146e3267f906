"""Word documents: what is copy in them, and edits that leave runs, styles and every other file as they are.

python-docx makes and reads them here: it knows nothing of the code that is tested.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguard import Safeguard
from safeguard.documents.word_file import read_word
from safeguard.documents.xml_source import escaped
from safeguard.errors import CopyError
from safeguard.files import read_copy
from safeguard.report import Edit
from safeguard.reports import Checked, Format, reporter

LIMIT = 1_000_000
SUPPORT = "If you are worried about a child, you can contact the NSPCC."


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


def picture() -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0\0")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xml(content: str) -> Any:
    return parse_xml(content.replace(">", f" {nsdecls('w', 'r')}>", 1))


def inquest() -> bytes:
    """A story as desks file it: runs cut by hand, tracked changes, a table, a comment, a picture."""
    document = docx.Document()
    document.core_properties.title = "Maisie Thornbury inquest"
    document.core_properties.author = "Alan Peake"
    document.core_properties.keywords = "Maisie Thornbury, inquests"
    document.add_heading("Girl, six, starved in flat, inquest told", 0)
    paragraph = document.add_paragraph()
    paragraph.add_run("Mai").bold = True
    paragraph.add_run("sie").bold = True
    paragraph.add_run(" Thornbury").italic = True
    paragraph.add_run(", six, was found dead at the flat. She had starved, police & doctors said.")
    paragraph = document.add_paragraph("Read ", style="List Bullet")
    link = document.part.relate_to(
        "https://a.example/maisie-thornbury", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    paragraph._p.append(
        xml(
            f'<w:hyperlink r:id="{link}" w:tooltip="Maisie &amp; family">'
            "<w:r><w:t>on Maisie</w:t></w:r></w:hyperlink>"
        )
    )
    paragraph = document.add_paragraph("Workers saw the girl")
    paragraph._p.append(xml('<w:del w:id="1"><w:r><w:delText> Maisie Thornbury</w:delText></w:r></w:del>'))
    paragraph._p.append(xml('<w:ins w:id="2"><w:r><w:t>, Maisie</w:t></w:r></w:ins>'))
    paragraph._p.append(xml('<w:r><w:instrText>HYPERLINK "https://a.example/maisie"</w:instrText></w:r>'))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Monday", "Maisie seen by a health visitor"
    document.add_picture(picture())
    drawing = document.element.body.iter(qn("wp:docPr"))
    next(drawing).set("descr", "Maisie Thornbury in a paper crown")
    next(document.element.body.iter(qn("pic:cNvPr"))).set("name", "Maisie_Thornbury.png")
    paragraph = document.add_paragraph("Her mother, Leanne Thornbury, 29, was jailed for causing her death.")
    document.add_comment(paragraph.runs, text="Ring Maisie’s gran on 07700 900431", author="AP")
    document.add_paragraph(SUPPORT)
    document.add_paragraph("Call the NSPCC helpline on ").add_run("0808 800 5000").bold = True
    document.sections[0].header.paragraphs[0].text = "Wexmouth Mercury"
    document.sections[0].footer.paragraphs[0].text = "Maisie Thornbury, page 1"
    return saved(document)


def checked(guard: Safeguard, data: bytes) -> tuple[Any, bytes]:
    """The report on a document, and the document that is written."""
    document = read_word(data, "story.docx", LIMIT)
    report = guard.check(document.parts, document.formats, paths=document.paths)
    return report, document.rewrite(report.edits)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {member.filename: archive.read(member) for member in archive.infolist()}


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    files = members(data)
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_every_text_is_copy_under_the_name_of_what_it_is() -> None:
    parts: dict[str, Any] = dict(read_word(inquest(), "story.docx", LIMIT).parts)
    properties = parts.pop("properties")

    assert "Maisie" not in str(properties)
    assert parts == {
        "title": ["Maisie Thornbury inquest"],
        "body": [
            "",
            "Girl, six, starved in flat, inquest told",
            "Maisie Thornbury, six, was found dead at the flat. She had starved, police & doctors said.",
            "Read on Maisie",
            "Workers saw the girl, Maisie",
            "Monday",
            "Maisie seen by a health visitor",
            "Her mother, Leanne Thornbury, 29, was jailed for causing her death.",
            SUPPORT,
            "Call the NSPCC helpline on 0808 800 5000",
            "",
        ],
        "footers": ["Maisie Thornbury, page 1"],
        "headers": ["Wexmouth Mercury"],
        "comments": ["Ring Maisie’s gran on 07700 900431"],
        "deleted": ["Workers saw the girl Maisie Thornbury"],
        "alt": ["Maisie & family", "Maisie Thornbury in a paper crown"],
        "description": ["generated by python-docx"],
        "keywords": ["Maisie Thornbury, inquests"],
        "author": ["Alan Peake"],
        "links": ["https://a.example/maisie-thornbury"],
        "files": ["Picture 1", "Maisie_Thornbury.png"],
        "fields": ['HYPERLINK "https://a.example/maisie"'],
    }


def test_a_safe_document_keeps_its_runs_its_styles_and_every_other_file(guard: Safeguard) -> None:
    data = inquest()
    report, written = checked(guard, data)
    before, after = members(data), members(written)

    assert [name for name in before if before[name] != after[name]] == [
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/footer1.xml",
    ]
    assert list(before) == list(after)
    assert not [name for name, content in after.items() if re.search(b"(?i)maisie", content)]
    old, new = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(written))
    assert new.paragraphs[0].text.startswith("Content warning: ")
    for was, now in zip(old.paragraphs, new.paragraphs[1:], strict=True):
        assert was.style is not None
        assert now.style is not None
        assert was.style.name == now.style.name
        assert [(r.bold, r.italic) for r in was.runs] == [(r.bold, r.italic) for r in now.runs]
    assert [r.text for r in new.paragraphs[2].runs] == [
        "[Child A]",
        "",
        "",
        ", six, was found dead at the flat. She had starved, police & doctors said.",
    ]
    assert new.core_properties.author == "Alan Peake"
    assert {b.path for b in report.support.blocks} == {"paragraph 7", "paragraph 8"}
    assert not report.support.inserted


def test_findings_say_where_in_the_document_they_stand(guard: Safeguard) -> None:
    report, _ = checked(guard, inquest())
    paths = {(f.part, f.text): f.path for f in report.findings}

    assert paths["body", "Maisie Thornbury"] == "paragraph 2"
    assert paths["deleted", "Maisie Thornbury"] == "paragraph 4 > deleted"
    assert paths["footers", "Maisie Thornbury"] == "footer 1 > paragraph 1"
    assert paths["comments", "Maisie"] == "comment 1 > paragraph 1"
    assert paths["alt", "Maisie Thornbury"] == "paragraph 5 > docPr @descr"
    assert "table 1 > row 1 > cell 2 > paragraph 1" in {f.path for f in report.findings}


def test_a_name_that_only_deleted_text_has_is_read_in_the_sentence_it_was_in(guard: Safeguard) -> None:
    document = docx.Document()
    document.add_paragraph("Police said a girl was beaten by her stepfather at home in Wexmouth.")
    paragraph = document.add_paragraph()
    paragraph._p.append(xml('<w:del w:id="1"><w:r><w:delText>Tilly Ann</w:delText></w:r></w:del>'))
    paragraph._p.append(xml('<w:ins w:id="2"><w:r><w:t>The girl</w:t></w:r></w:ins>'))
    paragraph.add_run("e Marsden, six, was beaten by her stepfather. ")
    paragraph._p.append(xml('<w:del w:id="3"><w:r><w:delText>Tilly</w:delText></w:r></w:del>'))
    paragraph.add_run(" is in hospital.")

    _, written = checked(guard, saved(document))

    source = members(written)["word/document.xml"].decode()
    assert "Tilly" not in source
    assert re.findall(r"<w:delText[^>]*>(.*?)</w:delText>", source) == ["[Child A]", "[Child A]"]
    assert "six, was beaten by her stepfather. </w:t>" in source


def test_notes_are_paragraphs_and_go_in_once(guard: Safeguard) -> None:
    document = docx.Document()
    document.add_paragraph("Maisie Thornbury, six, starved. She was found dead by police at home.")
    _, once = checked(guard, saved(document))
    report, twice = checked(guard, once)

    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(once)).paragraphs]
    assert [text.split()[0] for text in texts] == ["Content", "[Child", "If"]
    assert (report.edits, twice) == ([], once)


def test_reports_name_paragraphs_as_the_document_counts_them(guard: Safeguard, tmp_path: Path) -> None:
    path = tmp_path / "story.docx"
    path.write_bytes(inquest())
    file = read_copy(str(path), LIMIT)
    report = guard.check(file.copy, file.formats, paths=file.paths)
    for format in (Format.TERMINAL, Format.HTML, Format.GITHUB):
        out = io.StringIO()
        made = reporter(format, out)
        made.add(Checked(file.name, file.copy, report, file.document))
        made.close()
        text = " ".join(out.getvalue().split()).replace("&gt;", ">").replace("%2C", ",")

        assert "body, paragraph 2" in text
        assert "body, item " not in text or format is Format.HTML


def test_notes_of_the_page_and_text_boxes_are_read_where_they_stand() -> None:
    data = inquest()
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:v' alt='A girl'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>Inside</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        "<w:t>Out</w:t><w:noBreakHyphen/><w:t>side</w:t><w:softHyphen/></w:r></w:p>"
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )

    def change(files: dict[str, bytes]) -> None:
        files["word/document.xml"] = files["word/document.xml"].replace(
            b"<w:sectPr", box.encode() + b"<w:sectPr", 1
        )
        files["word/footnotes.xml"] = notes.encode()

    document = read_word(repacked(data, change), "story.docx", LIMIT)

    assert document.parts["body"][-2] == "Out-side\u00ad"
    for part, text, path in (
        ("text_boxes", "Inside", "paragraph 9 > text box > paragraph 1"),
        ("footnotes", "A note", "footnote 1 > paragraph 1"),
        ("alt", "A girl", "paragraph 9 > shape @alt"),
    ):
        assert document.paths[part][document.parts[part].index(text)] == path


def test_process_reads_and_writes_documents(tmp_path: Path, guard: Safeguard) -> None:
    path = tmp_path / "story.docx"
    path.write_bytes(inquest())

    file = read_copy(str(path), LIMIT)

    assert file.encode([]) == path.read_bytes()
    report = guard.check(file.copy, file.formats, paths=file.paths)
    again = read_word(file.encode(report.edits), "story.docx", LIMIT).parts
    assert [text for text in again["body"] if text] == [t for t in report.safe_copy["body"] if t]
    assert again["links"] == ["#"] if "links" in again else True


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda files: files.pop("word/document.xml"), "not a Word document"),
        (lambda files: files.update({"word/document.xml": b"<w:document"}), "damaged"),
        (
            lambda files: files.update(
                {"word/header9.xml": b'<!DOCTYPE x [<!ENTITY a "Maisie">]><x>&a;</x>'}
            ),
            "damaged",
        ),
        (lambda files: files.update({"word/big.xml": b"<x>" + b" " * 11_000_000 + b"</x>"}), "max_bytes"),
        (
            lambda files: (
                [files.pop(name) for name in list(files) if name != "word/document.xml"]
                and files.update({"word/document.xml": b'<w:document xmlns:w="w"><w:body/></w:document>'})
            ),
            "not a Word document",
        ),
        (
            lambda files: (
                [files.pop(name) for name in list(files) if name != "word/document.xml"]
                and files.update(
                    {"word/document.xml": b'<w:document xmlns:w="w"><w:body></w:body></w:document>'}
                )
            ),
            "no text",
        ),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(change: Any, says: str) -> None:
    with pytest.raises(CopyError, match=says) as error:
        read_word(repacked(inquest(), change), "story.docx", LIMIT)

    assert "Maisie" not in str(error.value)


def test_a_damaged_archive_is_refused() -> None:
    data = inquest()
    for broken in (data[:-200], data[:80] + b"\0" * 200 + data[280:]):
        with pytest.raises(CopyError, match="cannot be opened"):
            read_word(broken, "story.docx", LIMIT)


MINIMAL = {
    "[Content_Types].xml": (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/officeDocument"/></Relationships>'
    ),
}
WORDS = st.text(st.sampled_from("ab é’<>&\"' 😀\t"), max_size=6)


def written_in_runs(runs: list[str]) -> bytes:
    """A document of one paragraph; every second run is bold."""
    inside = [
        "".join(
            f'<w:t xml:space="preserve">{escaped(text)}</w:t>' if text != "\t" else "<w:tab/>"
            for text in words
        )
        for words in ((re.findall("\t|[^\t]+", run)) for run in runs)
    ]
    bold = ("<w:rPr><w:b/></w:rPr>", "")
    body = "".join(f"<w:r>{bold[number % 2]}{words}</w:r>" for number, words in enumerate(inside))
    source = f"<w:document {nsdecls('w')}><w:body><w:p>{body}</w:p></w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (*MINIMAL.items(), ("word/document.xml", source.encode())):
            archive.writestr(name, content)
    return out.getvalue()


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5), WORDS, st.data())
def test_an_edit_changes_the_text_it_says_and_no_run_is_lost(
    runs: list[str], words: str, data: st.DataObject
) -> None:
    document = read_word(written_in_runs([*runs, "end"]), "story.docx", LIMIT)
    text = document.parts["body"][1]
    assert text == "".join(runs) + "end"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = {"start": start, "end": end, "start_utf16": start, "end_utf16": end, "path": None}

    written = document.rewrite([Edit(part="body", index=1, text=words, **spans)])

    after = docx.Document(io.BytesIO(written)).paragraphs[0]
    assert after.text == text[:start] + words + text[end:]
    assert [run.bold or False for run in after.runs] == [n % 2 == 0 for n in range(len(runs) + 1)]
    assert {**members(written), "word/document.xml": b""} == {**MINIMAL, "word/document.xml": b""}


def test_words_put_between_two_tabs_are_words_of_the_document() -> None:
    document = read_word(written_in_runs(["Ellie", "\t\t", "end"]), "story.docx", LIMIT)
    edit = Edit(part="body", index=1, text="was", start=6, end=6, start_utf16=6, end_utf16=6, path=None)

    written = document.rewrite([edit])

    assert docx.Document(io.BytesIO(written)).paragraphs[0].text == "Ellie\twas\tend"
