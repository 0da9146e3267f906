"""Arc ANS documents: what is copy in them, and edits inside their JSON that leave the rest as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard import Safeguard
from safeguard.documents.json_file import read_json
from safeguard.errors import CopyError
from safeguard.files import read_copy
from safeguard.report import Edit

LIMIT = 5_000_000

STORY: dict[str, Any] = {
    "_id": "MAISIE7THORNBURY3INQUEST01",
    "type": "story",
    "version": "0.10.9",
    "canonical_url": "/news/2026/maisie-thornbury-inquest/",
    "created_date": "2026-03-02T09:00:00.000Z",
    "headlines": {
        "basic": "Maisie Thornbury, six, starved, inquest told",
        "mobile": "",
        "meta_title": "Maisie Thornbury inquest",
    },
    "subheadlines": {"basic": "Social workers called eleven times"},
    "slug": "maisie-thornbury-inquest",
    "credits": {"by": [{"type": "author", "_id": "apeake", "name": "Alan Peake"}]},
    "taxonomy": {
        "tags": [{"text": "Maisie Thornbury", "slug": "maisie-thornbury"}],
        "seo_keywords": ["Maisie Thornbury", "inquests"],
    },
    "promo_items": {
        "basic": {
            "type": "image",
            "url": "https://img.example.org/Maisie_Thornbury.jpg",
            "caption": "Maisie at her fifth birthday party",
            "alt_text": "Maisie Thornbury in a paper crown",
            "additional_properties": {"originalName": "Maisie_Thornbury.jpg"},
        }
    },
    "content_elements": [
        {
            "_id": "A1",
            "type": "text",
            "content": "<b>Maisie</b> Thornbury, six, was found dead at home in January. She had starved.",
        },
        {
            "type": "list",
            "items": [
                {
                    "type": "text",
                    "content": 'They heard Maisie <a href="https://a.uk/maisie-thornbury">at night</a>',
                },
                {
                    "type": "text",
                    "content": "Her mother, Leanne Thornbury, 29, was jailed for causing her death",
                },
            ],
        },
        {
            "type": "quote",
            "content_elements": [{"type": "text", "content": "Maisie loved the sea"}],
            "citation": {"type": "text", "content": "Carol Thornbury, her grandmother"},
        },
        {"type": "table", "rows": [[{"type": "text", "content": "Maisie seen by a health visitor"}]]},
        {
            "type": "oembed_response",
            "raw_oembed": {
                "html": "<blockquote><p>Maisie Thornbury was loved</p></blockquote>",
                "author_name": "Carol Thornbury",
            },
        },
        {"type": "text", "content": "If you are worried about a child, you can contact the NSPCC."},
        {
            "type": "text",
            "content": 'Call <a href="https://www.nspcc.org.uk">the NSPCC helpline</a> on 0808 800 5000.',
        },
    ],
    "planning": {"internal_note": "Ring the gran of Maisie Thornbury"},
    "odd": {"remark": "Maisie Thornbury was in Year 1", "who": "maisie", "user_id": "maisie"},
}


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


def parts_of(story: Any) -> Any:
    return read_json(json.dumps(story), "story.json").parts


def checked(guard: Safeguard, source: str) -> tuple[Any, str]:
    """The report on a document, and the document that is written."""
    document = read_json(source, "story.json")
    report = guard.check(document.parts, document.formats, paths=document.paths)
    return report, str(document.rewrite(report.edits))


def test_every_text_is_copy_under_the_name_of_what_it_is() -> None:
    elements = STORY["content_elements"]

    assert parts_of(STORY) == {
        "headline": ["Maisie Thornbury, six, starved, inquest told"],
        "standfirst": ["Social workers called eleven times"],
        "body": [
            "",
            elements[0]["content"],
            elements[1]["items"][0]["content"],
            elements[1]["items"][1]["content"],
            "Maisie loved the sea",
            "Carol Thornbury, her grandmother",
            "Maisie seen by a health visitor",
            "If you are worried about a child, you can contact the NSPCC.",
            elements[6]["content"],
            "",
        ],
        "captions": ["Maisie at her fifth birthday party"],
        "alt": ["Maisie Thornbury in a paper crown"],
        "seo_title": ["Maisie Thornbury inquest"],
        "embeds": ["<blockquote><p>Maisie Thornbury was loved</p></blockquote>"],
        "credits": ["Alan Peake", "Carol Thornbury"],
        "notes": ["Ring the gran of Maisie Thornbury"],
        "slug": ["maisie-thornbury-inquest", "maisie-thornbury"],
        "canonical_url": ["/news/2026/maisie-thornbury-inquest/"],
        "tags": ["Maisie Thornbury", "Maisie Thornbury", "inquests"],
        "urls": ["https://img.example.org/Maisie_Thornbury.jpg"],
        "files": ["Maisie_Thornbury.jpg"],
        "more": ["Maisie Thornbury was in Year 1"],
        "values": ["maisie"],
    }


def test_a_person_and_a_support_block_run_across_elements(guard: Safeguard) -> None:
    report, safe = checked(guard, json.dumps(STORY))

    left = re.sub(r"MAISIE7THORNBURY3INQUEST01", "", safe)
    assert re.findall(r"(?i)maisie\w*", left) == ["maisie"]  # the user_id
    assert "Leanne Thornbury" in safe
    assert "Carol" not in safe
    blocks = [block.path for block in report.support.blocks]
    assert blocks == ["/content_elements/5/content", "/content_elements/6/content"]
    assert not report.support.inserted
    assert json.loads(safe)["content_elements"][-2:] == STORY["content_elements"][-2:]


def test_findings_point_into_the_document(guard: Safeguard) -> None:
    report, _ = checked(guard, json.dumps(STORY))
    paths = {f.text: f.path for f in report.findings if f.part == "body"}

    assert paths["Maisie</b> Thornbury"] == "/content_elements/0/content > b[1]"
    assert paths["maisie-thornbury"] == "/content_elements/1/items/0/content > a[1] @href"
    assert paths["Carol Thornbury"] == "/content_elements/2/citation/content"
    assert {f.path for f in report.findings if f.part == "slug"} == {"/slug", "/taxonomy/tags/0/slug"}
    assert "content_elements" not in report.without_copy().model_dump_json()


def test_the_warning_and_the_support_block_are_elements_of_their_own_once(guard: Safeguard) -> None:
    story = {**STORY, "content_elements": STORY["content_elements"][:1]}
    _, safe = checked(guard, json.dumps(story, indent=2))
    first, _, last = json.loads(safe)["content_elements"]

    assert set(first) == set(last) == {"type", "content"}
    assert first["type"] == last["type"] == "text"
    assert first["content"].startswith('<span role="note" class="content-warning">Content warning: ')
    assert last["content"].startswith('<span role="note" class="support">')
    again, unchanged = checked(guard, safe)
    assert (unchanged, again.insertions) == (safe, [])


def test_a_story_without_elements_gets_them(guard: Safeguard) -> None:
    story = {
        "content_elements": [],
        "description": {"basic": "Maisie Thornbury, six, starved. She was found dead by police."},
    }
    _, safe = checked(guard, json.dumps(story))

    assert [e["type"] for e in json.loads(safe)["content_elements"]] == ["text", "text"]


@pytest.mark.parametrize("layout", [{"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {}])
def test_new_elements_are_laid_out_like_the_others(guard: Safeguard, layout: dict[str, Any]) -> None:
    source = json.dumps(STORY, **layout)
    report, safe = checked(guard, source)
    kept = safe
    for edit in report.edits:
        if edit.text:
            kept = kept.replace(json.dumps(edit.text)[1:-1], "", 1)

    assert json.loads(safe)["content_elements"][1]["_id"] == "A1"
    start = safe.index("[", safe.index('"content_elements"')) + 1
    if layout.get("indent"):
        assert safe[start : start + 1] == "\n"
    assert (": " in safe[start : start + 20]) == ("separators" not in layout)


def test_ids_types_and_times_are_left_alone_and_unknown_words_are_not() -> None:
    parts = parts_of(
        {
            "content_elements": [{"type": "text", "_id": "maisie", "content": "The inquest heard evidence."}],
            "owner": {"id": "maisie-thornbury", "sponsored": False},
            "last_updated_date": "2026-03-02T09:00:00.000Z",
            "stamp": "2026-03-02T09:00:00Z",
            "custom": {
                "deck": ["Ring 01632 960123"],
                "profileUrl": "/people/maisie",
                "level": 2,
                "empty": "",
            },
        }
    )

    assert parts == {
        "body": ["", "The inquest heard evidence.", ""],
        "urls": ["/people/maisie"],
        "more": ["Ring 01632 960123"],
    }


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(CopyError, match="an ANS document without any text"):
        read_json('{"type": "story", "content_elements": []}', "story.json")


def test_process_writes_what_the_report_says(tmp_path: Path, guard: Safeguard) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(STORY, indent=4, ensure_ascii=False).encode())

    file = read_copy(str(path), LIMIT)
    report = guard.check(file.copy, file.formats, paths=file.paths)
    written = file.encode(report.edits)

    safe = read_json(written.decode("utf-8-sig"), "y.json").parts
    assert {part: texts for part, texts in safe.items() if part != "body"} == {
        part: [text for text in texts if text]
        for part, texts in report.safe_copy.items()
        if part != "body" and any(texts)
    }
    assert safe["body"][1:-1] == [text for text in report.safe_copy["body"] if text]


WORDS = st.text(
    st.sampled_from('aé\u2019"\\/\n\u00a0<b>&;😀 \x7f') | st.characters(exclude_categories=["Cs", "Co"]),
    max_size=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document as any program may have written it: escapes and blanks as they come."""

    def written(text: str) -> str:
        units = []
        for character in text:
            forms = [json.dumps(character, ensure_ascii=True)[1:-1]]
            if character >= " " and character not in '"\\':
                forms.append(character)
            forms += ["\\/"] if character == "/" else []
            units.append(draw(st.sampled_from(forms)))
        return '"' + "".join(units) + '"'

    def blank() -> str:
        return draw(st.sampled_from(["", " ", "\n  ", "\r\n\t"]))

    def tree(value: Any) -> str:
        if isinstance(value, str):
            return written(value)
        if isinstance(value, list):
            return "[" + blank() + f"{blank()},{blank()}".join(map(tree, value)) + blank() + "]"
        if isinstance(value, dict):
            pairs = (f"{written(k)}{blank()}:{blank()}{tree(v)}" for k, v in value.items())
            return "{" + blank() + f"{blank()},{blank()}".join(pairs) + blank() + "}"
        return json.dumps(value)

    text = st.builds(lambda words: {"type": "text", "content": words}, WORDS)
    element = text | st.fixed_dictionaries({"items": st.lists(text, max_size=2), "level": st.integers()})
    return tree(
        {
            "version": "0.10.9",
            "content_elements": [*draw(st.lists(element, max_size=3)), {"content": "The inquest"}],
            "headlines": {"basic": draw(WORDS), "web": draw(st.none() | WORDS)},
            draw(WORDS): draw(WORDS | st.lists(WORDS, max_size=2)),
        }
    )


@given(documents(), st.data())
def test_whatever_no_edit_touches_is_the_same_byte_for_byte(source: str, data: st.DataObject) -> None:
    document = read_json(source, "story.json")
    assert document.rewrite([]) == source

    part = data.draw(st.sampled_from(sorted(document.parts)))
    texts = document.parts[part]
    index = data.draw(st.integers(0, len(texts) - 1))
    text = texts[index]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = {"start": start, "end": end, "start_utf16": start, "end_utf16": end, "path": None}
    after = str(document.rewrite([Edit(part=part, index=index, text="\ue000", **spans)]))

    marker = "\\ue000" if source.isascii() else "\ue000"
    before, _, behind = after.partition(marker)
    if not text:  # an element that was not there
        before = before[: before.rindex("{")].rstrip().removesuffix(",")
        behind = behind[behind.index("}") + 1 :].removeprefix(",")
        assert "".join(source.split()) == "".join((before + behind).split())
        assert json.loads(after)["content_elements"][0 if index == 0 else -1]["content"] == "\ue000"
        return
    assert source.startswith(before)
    assert source.endswith(behind)
    assert json.loads(f'"{source[len(before) : len(source) - len(behind)]}"') == text[start:end]
    value = json.loads(after)
    for key in document.paths[part][index].split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    assert value == f"{text[:start]}\ue000{text[end:]}"
