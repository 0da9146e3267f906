"""Copy read from disk and written back: encodings, JSON layouts, refusals, outputs whole or absent."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard.documents.json_file import read_json
from safeguard.errors import CopyError
from safeguard.files import read_copy, written_whole

LIMIT = 5_000_000


@dataclass(frozen=True)
class Edit:
    """An edit as reports have them."""

    start: int
    end: int
    text: str
    part: str = "body"
    index: int | None = None


def replaced(text: str, old: str, new: str, part: str = "body", index: int | None = None) -> list[Edit]:
    """Edits that put `new` in the place of every `old`."""
    return [Edit(m.start(), m.end(), new, part, index) for m in re.finditer(re.escape(old), text)]


ARTICLE = "Girl’s family “heartbroken”\r\n\r\nMaisie’s mother paid £40 at the café – twice.\n"


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("cp1252", b""),
    ],
)
def test_text_is_read_in_the_encodings_of_newsrooms_and_written_back_byte_for_byte(
    tmp_path: Path, encoding: str, bom: bytes
) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(bom + ARTICLE.encode(encoding))

    file = read_copy(str(path), LIMIT)

    assert file.copy == ARTICLE
    assert file.encode([]) == path.read_bytes()
    assert file.encode(replaced(ARTICLE, "Maisie", "[Child A]")) == path.read_bytes().replace(
        "Maisie".encode(encoding), "[Child A]".encode(encoding)
    )


def test_utf8_with_one_damaged_byte_is_not_taken_for_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    whole = "Zoë Brontë and José Núñez were “safe”.".encode()
    cut = whole.index("é".encode())
    path.write_bytes(whole[:cut] + whole[cut + 1 :])

    with pytest.raises(CopyError, match=rf"byte {cut} ") as error:
        read_copy(str(path), LIMIT)

    assert "José" not in str(error.value)


def test_windows_1252_capitals_before_a_curly_apostrophe_stay_windows_1252(tmp_path: Path) -> None:
    # É’ is also a valid UTF-8 group; the other quotes say what the file is.
    path = tmp_path / "story.txt"
    text = "“BEYONCÉ’S fans” queued, “all night”, said one. The girl’s father agreed."
    path.write_bytes(text.encode("cp1252"))

    assert read_copy(str(path), LIMIT).copy == text


def test_a_byte_that_no_encoding_has_is_named_with_its_offset(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"The inquest \x81 heard evidence.")

    with pytest.raises(CopyError, match="byte 12 cannot be read"):
        read_copy(str(path), LIMIT)


def test_half_a_character_in_utf16_is_named_with_its_offset_in_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(codecs.BOM_UTF16_LE + "Ab".encode("utf-16-le") + b"\x00\xd8" + "c".encode("utf-16-le"))

    with pytest.raises(CopyError, match=r"not UTF-16 text: byte 6 "):
        read_copy(str(path), LIMIT)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "is not text"),
        (b"PK\x03\x04\x14\x00\x06", "Office document"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
        (b"{\\rtf1\\ansi The inquest heard}", "rich text"),
        ("The inquest heard evidence. ".encode("utf-16-le") * 10, "without a byte-order mark"),
    ],
)
def test_what_is_no_copy_is_refused_in_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(content)

    with pytest.raises(CopyError, match=says) as error:
        read_copy(str(path), LIMIT)

    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)


def test_control_characters_of_agency_wires_are_text(tmp_path: Path) -> None:
    path = tmp_path / "wire.txt"
    path.write_bytes(b"\x01PA1234\x02 The inquest heard that social workers had called eleven times.\x03\n")

    assert "eleven times" in str(read_copy(str(path), LIMIT).copy)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CopyError, match="does not exist"):
        read_copy(str(tmp_path / "absent.txt"), LIMIT)
    with pytest.raises(CopyError, match="is a folder"):
        read_copy(str(tmp_path), LIMIT)
    with pytest.raises(CopyError, match="cannot be read"):
        read_copy("a\x00b.txt", LIMIT)


def test_the_limit_counts_bytes_and_lets_its_own_size_through(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("x" * 1000)

    assert len(str(read_copy(str(path), 1000).copy)) == 1000
    with pytest.raises(CopyError, match=r"larger than 999 bytes.*max_bytes"):
        read_copy(str(path), 999)


def test_a_label_that_the_encoding_has_no_sign_for_is_an_error_not_a_question_mark(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes("Maisie’s café".encode("cp1252"))

    with pytest.raises(CopyError, match=r"Windows-1252.*UTF-8"):
        read_copy(str(path), LIMIT).encode([Edit(0, 0, "→ café")])


# -- mappings of parts


PARTS = """{
    "headline": "Maisie\\u2019s mother \\/ jailed",
    "body": "<p>Maisie \\u00e9t\\u00e9<\\/p>",
    "tags": [ "Maisie", "courts" ],
    "captions": []
}
"""


def test_json_parts_are_read_and_only_changed_texts_are_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "story.json"
    path.write_text(PARTS)
    file = read_copy(str(path), LIMIT)

    parts = json.loads(PARTS)
    assert file.copy == parts
    assert file.encode([]) == PARTS.encode()

    edits = [
        *replaced(parts["headline"], "Maisie", "[Child A]", "headline"),
        *replaced(parts["body"], "Maisie", "[Child A]"),
        *replaced(parts["tags"][0], "Maisie", "[Child A]", "tags", 0),
    ]
    assert file.encode(edits) == PARTS.replace("Maisie", "[Child A]").encode()


def test_json_from_standard_input_is_a_mapping_and_an_article_with_a_brace_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def given_as_input(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    given_as_input(PARTS)
    assert read_copy("-", LIMIT).copy == json.loads(PARTS)

    given_as_input("{Picture: Alamy} The inquest heard evidence.")
    file = read_copy("-", LIMIT)
    assert file.copy == "{Picture: Alamy} The inquest heard evidence."
    assert file.name == "Standard input"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('["Maisie"]', "no mapping of parts: at line 1, column 1"),
        ('{"headline": "x",\n "age": 6}', "no mapping of parts: at line 2, column 9"),
        ('{"headline": {"text": "x"}}', "no mapping of parts"),
        ('{"tags": ["x", null]}', "no mapping of parts"),
        ('{"headline": "x"', "not valid JSON: it breaks off at line 1"),
        ('{"body": "x", "body": "Maisie"}', "one part twice: see line 1, column 23"),
        ('{"headline": " ", "tags": []}', "no text in any part"),
        ('{"headline": "\\ud83d"}', "half a character"),
        ("[" * 200_000, "nested too deep"),
        ('{"body": ' + "[" * 300 + "]" * 300 + "}", "nested too deep to read: see line 1, column 209"),
    ],
)
def test_json_that_is_no_mapping_of_parts_is_refused_with_its_place(
    tmp_path: Path, source: str, says: str
) -> None:
    path = tmp_path / "story.json"
    path.write_text(source)

    with pytest.raises(CopyError, match=says) as error:
        read_copy(str(path), LIMIT)

    assert "Maisie" not in str(error.value)


@given(
    st.dictionaries(st.text(), st.text() | st.lists(st.text(), max_size=3), max_size=5),
    st.sampled_from([None, 2, "\t"]),
    st.booleans(),
    st.data(),
)
def test_any_mapping_is_read_as_json_reads_it_and_edited_in_place(
    parts: dict[str, str | list[str]], indent: int | str | None, ascii_only: bool, data: st.DataObject
) -> None:
    body = data.draw(st.text(min_size=1).filter(str.strip))
    parts["body"] = body
    source = json.dumps(parts, indent=indent, ensure_ascii=ascii_only)
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))

    file = read_json(source, "story.json")

    assert file.parts == json.loads(source)
    assert file.rewrite([]) == source
    edited = str(file.rewrite([Edit(start, end, 'A "new" \\ text\n😀')]))
    assert json.loads(edited) == {**parts, "body": f'{body[:start]}A "new" \\ text\n😀{body[end:]}'}


# -- outputs


def test_outputs_are_written_together_with_the_permissions_they_need(tmp_path: Path) -> None:
    old, new, report = tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "report.json"
    old.write_text("before")
    old.chmod(0o640)

    with written_whole(
        {str(old): b"safe", str(new): b"copy", str(report): b"{}"}, private=frozenset({str(report)})
    ):
        assert old.read_text() == "before"
        assert not new.exists()

    assert (old.read_bytes(), new.read_bytes(), report.read_bytes()) == (b"safe", b"copy", b"{}")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.txt", "old.txt", "report.json"]


def test_one_target_that_cannot_be_written_leaves_all_as_they_were(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "absent" / "bad.txt"

    with pytest.raises(CopyError, match=r"bad\.txt cannot be written: no such file"):  # noqa: SIM117
        with written_whole({str(good): b"safe", str(bad): b"{}"}):
            pytest.fail("the work must not begin when a target cannot be written")

    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_writing_leaves_the_old_output_and_no_remains(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")

    with pytest.raises(BrokenPipeError), written_whole({str(target): b"safe"}):
        raise BrokenPipeError

    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]


def test_a_link_is_followed_and_a_folder_is_refused(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("before")
    link.symlink_to(real)

    with written_whole({str(link): b"safe"}):
        pass

    assert link.is_symlink()
    assert real.read_bytes() == b"safe"
    with pytest.raises(CopyError, match="it is a folder"), written_whole({str(tmp_path): b"safe"}):
        pass


@pytest.mark.skipif(not Path(os.devnull).is_char_device(), reason="needs a device")
def test_a_device_is_written_through_and_not_replaced() -> None:
    with written_whole({os.devnull: b"safe"}):
        pass

    assert Path(os.devnull).is_char_device()
