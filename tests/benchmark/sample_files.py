"""Annotated articles: what `samples/README.md` describes, read and checked for slips of the pen.

Every scalar is text. A sample that contradicts itself (a string to be removed that the copy does not
hold, a category that does not exist) is an error here, so that it can never pass by accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from document_reading import read_document
from matching import count_exact, find_all, leaks

ROWS = (
    *("P1", "P2", "P3", "P4", "P5", "P6", "P7"),
    *("D1", "D2", "D3", "D4", "D5", "D6"),
    *("B1", "B2", "slug", "pseudonym", "support", "warnings"),
)
CATEGORIES = (
    *("child_death", "child_physical_abuse", "child_neglect", "child_emotional_abuse"),
    *("child_sexual_abuse", "child_exploitation", "harmful_practices", "sexual_violence"),
    *("domestic_abuse", "suicide_self_harm", "graphic_violence", "baby_loss"),
)
VERDICTS = ("pass", "amended", "review", "block")
_TOP = {"id", "title", "genre", "rows", "policy", "context", "copy", "parts", "document", "expect", "why"}
_EXPECT = {"gone", "kept", "flagged", "warnings", "support", "support_inserted", "verdict"}

Copy = str | dict[str, str | list[str]]


class SampleError(Exception):
    """A sample cannot be used; the message is one sentence that names the file and the slip."""


@dataclass(frozen=True)
class Flag:
    """Something an editor must be shown: ``text`` in the copy, or (no text) any finding of ``row``."""

    row: str
    text: str = ""


@dataclass(frozen=True)
class Expectation:
    """What must come out. ``support_inserted`` is None where the sample leaves it open."""

    gone: tuple[str, ...]
    kept: tuple[str, ...]
    flagged: tuple[Flag, ...]
    warnings: frozenset[str]
    support: tuple[str, ...]
    support_inserted: bool | None
    verdict: str


@dataclass(frozen=True)
class Sample:
    """One article. ``copy`` is exactly what an engine is given, unless ``document`` is a file to be read."""

    id: str
    title: str
    genre: str
    rows: tuple[str, ...]
    policy: str
    context: Mapping[str, str]
    copy: Copy
    expect: Expectation
    why: str = field(default="", compare=False)
    document: Path | None = None

    @property
    def format(self) -> str:
        """What a document is: "ANS" (Arc), "parts" (any other JSON), or the ending of its file."""
        ending = self.document.suffix.lstrip(".") if self.document else ""
        if ending != "json" or self.document is None:
            return ending
        return "ANS" if b'"content_elements"' in self.document.read_bytes() else "parts"


def texts(copy: Copy) -> Iterator[tuple[str, str]]:
    """Each text of a copy with its part name, list items one by one; plain copy is the part ``body``."""
    if isinstance(copy, str):
        yield "body", copy
        return
    for part, value in copy.items():
        for item in [value] if isinstance(value, str) else value:
            yield part, item


def load_samples(*folders: Path) -> list[Sample]:
    """Every sample of the folders, by file name. Raises SampleError for a missing, empty or bad one."""
    samples: list[Sample] = []
    for folder in folders:
        if not folder.is_dir():
            raise SampleError(f"There is no folder of samples at {folder}.")
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise SampleError(f"The folder {folder} holds no samples (*.yaml).")
        samples += [load_sample(file) for file in files]
    ids = [sample.id for sample in samples]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise SampleError(f"Two samples have the id {twice[0]}.")
    return samples


def load_sample(file: Path) -> Sample:
    """One sample. Raises SampleError with the file's name and what is wrong."""
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise SampleError(f"{file} cannot be read: {type(error).__name__}.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SampleError(f"{file}, line {mark.line + 1 if mark else '?'}: this is not YAML.") from error
    if not isinstance(data, dict):
        raise SampleError(f"{file} is not a mapping.")
    problem = next(_problems(data, file.stem), None)
    if problem:
        raise SampleError(f"{file}: {problem}.")
    sample = _sample(data, file.parent)
    problem = next(_slips(sample), None)
    if problem:
        raise SampleError(f"{file}: {problem}.")
    return sample


def _problems(data: dict[str, object], stem: str) -> Iterator[str]:
    if unknown := sorted(set(data) - _TOP):
        yield f"unknown key {unknown[0]}"
    if data.get("id") != stem:
        yield "the id must be the file's name"
    if sum(key in data for key in ("copy", "parts", "document")) != 1:
        yield "exactly one of copy, parts and document is needed"
    expect = data.get("expect")
    if not isinstance(expect, dict):
        yield "expect is missing"
        return
    if unknown := sorted(set(expect) - _EXPECT):
        yield f"unknown key {unknown[0]} under expect"
    for key in ("gone", "kept", "flagged", "warnings", "verdict"):
        if key not in expect:
            yield f"expect needs {key}"
    for key in ("gone", "kept", "flagged", "warnings", "support"):
        if not isinstance(expect.get(key, []), list):
            yield f"{key} under expect must be a list"
    if expect.get("support_inserted", "true") not in ("true", "false"):
        yield "support_inserted must be true or false"


def _sample(data: dict[str, object], folder: Path) -> Sample:
    expect = data["expect"]
    assert isinstance(expect, dict)
    inserted = expect.get("support_inserted")
    document = data.get("document")
    copy = data.get("copy", data.get("parts", ""))
    rows, context = data.get("rows") or [], data.get("context") or {}
    assert isinstance(copy, (str, dict))
    assert isinstance(rows, list)
    assert isinstance(context, dict)
    return Sample(
        id=str(data["id"]),
        title=str(data.get("title", "")),
        genre=str(data.get("genre", "")),
        rows=tuple(rows),
        policy=str(data.get("policy", "uk-news")),
        context=context,
        copy=copy,
        expect=Expectation(
            gone=tuple(expect["gone"]),
            kept=tuple(expect["kept"]),
            flagged=tuple(Flag(flag.get("row", ""), flag.get("text", "")) for flag in expect["flagged"]),
            warnings=frozenset(expect["warnings"]),
            support=tuple(expect.get("support", ())),
            support_inserted=None if inserted is None else inserted == "true",
            verdict=str(expect["verdict"]),
        ),
        why=str(data.get("why", "")),
        document=None if document is None else folder / str(document),
    )


def _source(sample: Sample) -> list[str]:
    """Every text in which an expected string may stand."""
    if sample.document is None:
        return [text for _, text in texts(sample.copy)]
    return list(read_document(sample.document.name, sample.document.read_bytes()).all)


def _slips(sample: Sample) -> Iterator[str]:
    expect = sample.expect
    try:
        source = _source(sample)
    except (OSError, ValueError) as error:
        yield f"the document cannot be read: {type(error).__name__}"
        return
    if not sample.title or not sample.genre or not sample.rows or not sample.why:
        yield "title, genre, rows and why are all needed"
    for row in (*sample.rows, *(flag.row for flag in expect.flagged)):
        if row not in ROWS:
            yield f"there is no row {row or '(empty)'}"
    for category in sorted(expect.warnings - set(CATEGORIES)):
        yield f"there is no category {category}"
    if expect.verdict not in VERDICTS:
        yield f"there is no verdict {expect.verdict}"
    for text in expect.gone:
        if not any(leaks(text, part) for part in source):
            yield f"gone: the copy does not hold {text!r}"
    for text in expect.kept:
        if not any(count_exact(text, part) for part in source):
            yield f"kept: the copy does not hold {text!r}"
        # Inside a longer name that must go, it would be counted as lost; a street outlives its house number.
        if any(leaks(text, name) for name in expect.gone if not name[0].isdigit()):
            yield f"kept: {text!r} is part of a string that must be gone"
    for text in expect.support:
        if not any(text in part for part in source):
            yield f"support: the copy does not hold the block {text[:40]!r}"
    for flag in expect.flagged:
        if flag.text and not any(find_all(flag.text, part) for part in source):
            yield f"flagged: the copy does not hold {flag.text!r}"
    if expect.flagged and expect.verdict in ("pass", "amended"):
        yield f"the verdict {expect.verdict} contradicts flagged"
    if (expect.gone or expect.warnings) and expect.verdict == "pass":
        yield "the verdict pass contradicts gone or warnings"
