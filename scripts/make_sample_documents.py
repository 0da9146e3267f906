"""Make the .docx files of samples/documents and samples/leaking from the stories in sample_stories.yaml.

Run by hand when a story changes; the files are kept in the repository:

    pip install python-docx==1.2.0 pyyaml
    python scripts/make_sample_documents.py

The same stories give the same bytes: dates are fixed and the archive is packed anew.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

STORIES = Path(__file__).parent / "sample_stories.yaml"
SAMPLES = Path(__file__).parents[1] / "samples"
WHEN = datetime(2026, 3, 2, 9, 30)
STAMP = f"{WHEN:%Y-%m-%dT%H:%M:%SZ}"

Run = str | Mapping[str, Any]


def main() -> None:
    """Write every story's file beside its annotations."""
    stories = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    for name, story in stories.items():
        (annotations,) = SAMPLES.glob(f"*/{name}.yaml")
        annotations.with_suffix(".docx").write_bytes(packed(made(story)))


def made(story: Mapping[str, Any]) -> Docx:
    """One story as a document of python-docx."""
    document = Document()
    properties = document.core_properties
    for key, value in story["properties"].items():
        setattr(properties, key, value)
    properties.created = properties.modified = WHEN
    properties.last_modified_by = story["properties"]["author"]
    writer = Writer(document)
    section = document.sections[0]
    for lines, place in ((story["header"], section.header), (story["footer"], section.footer)):
        if lines:
            writer.fill(place.paragraphs[0], lines)
    for block in story["blocks"]:
        writer.add(block)
    return document


class Writer:
    """Adds blocks and runs to one document; counts what Word numbers."""

    def __init__(self, document: Docx) -> None:
        self.document = document
        self.number = 0

    def add(self, block: Mapping[str, Any]) -> None:
        """Add a paragraph, a table or a picture at the end."""
        if "table" in block:
            self._table(block["table"])
        elif "picture" in block:
            self._picture(block["picture"], block["alt"])
        else:
            self.fill(self.document.add_paragraph(style=block["style"]), block["text"])

    def fill(self, paragraph: Paragraph, runs: Iterable[Run]) -> None:
        """Add runs to a paragraph."""
        for run in runs:
            if isinstance(run, str):
                paragraph.add_run(run)
            elif "comment" in run:
                marked = paragraph.add_run(run["text"])
                comment = self.document.add_comment(marked, run["comment"], run["by"], run["by"][:1])
                comment._comment_elm.set(qn("w:date"), STAMP)
            elif "bookmark" in run:
                self._bookmark(paragraph, run["bookmark"])
            elif "inserted" in run or "deleted" in run:
                self._tracked(paragraph, run)
            elif "field" in run:
                self._field(paragraph, run["link"], run["field"])
            elif "link" in run:
                self._link(paragraph, run["link"], run["to"])
            elif "soft" in run:
                paragraph.add_run().add_break()
            else:
                paragraph.add_run(run.get("bold") or run["italic"])
                paragraph.runs[-1].bold = "bold" in run or None
                paragraph.runs[-1].italic = "italic" in run or None

    def _table(self, rows: list[list[list[Run]]]) -> None:
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for cells, row in zip(rows, table.rows, strict=True):
            for runs, cell in zip(cells, row.cells, strict=True):
                self.fill(cell.paragraphs[0], runs)

    def _picture(self, name: str, alt: str) -> None:
        image = io.BytesIO(a_picture())
        shape = self.document.add_picture(image, width=Cm(6))
        shape._inline.docPr.set("descr", alt)
        shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", name)

    def _bookmark(self, paragraph: Paragraph, name: str) -> None:
        self.number += 1
        for tag, names in (("w:bookmarkStart", {"w:name": name}), ("w:bookmarkEnd", {})):
            paragraph._p.append(element(tag, {"w:id": str(self.number)} | names))

    def _tracked(self, paragraph: Paragraph, run: Mapping[str, str]) -> None:
        self.number += 1
        kept = "inserted" in run
        change = element(
            "w:ins" if kept else "w:del",
            {"w:id": str(self.number), "w:author": run["by"], "w:date": STAMP},
        )
        text = run["inserted"] if kept else run["deleted"]
        change.append(a_run(text, "w:t" if kept else "w:delText"))
        paragraph._p.append(change)

    def _field(self, paragraph: Paragraph, text: str, address: str) -> None:
        for kind, run in (
            ("begin", a_run(f' HYPERLINK "{address}" ', "w:instrText")),
            ("separate", a_run(text, "w:t")),
            ("end", None),
        ):
            mark = element("w:r", {})
            mark.append(element("w:fldChar", {"w:fldCharType": kind}))
            paragraph._p.append(mark)
            if run is not None:
                paragraph._p.append(run)

    def _link(self, paragraph: Paragraph, text: str, address: str) -> None:
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = element("w:hyperlink", {"r:id": relation, "w:history": "1"})
        link.append(a_run(text, "w:t"))
        paragraph._p.append(link)


def element(tag: str, attributes: Mapping[str, str]) -> Any:
    """An element of WordprocessingML."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made


def a_run(text: str, tag: str) -> Any:
    """A run with `text` in an element of that tag."""
    run = OxmlElement("w:r")
    inner = OxmlElement(tag)
    inner.text = text
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(inner)
    return run


def a_picture() -> bytes:
    """A small grey PNG."""
    rows = b"".join(b"\x00" + bytes([200 - 2 * row]) * 40 for row in range(30))
    header = struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def packed(document: Docx) -> bytes:
    """The document's file, every member dated alike."""
    source, target = io.BytesIO(), io.BytesIO()
    document.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return target.getvalue()


if __name__ == "__main__":
    main()
