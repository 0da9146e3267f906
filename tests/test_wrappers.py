"""The same story, whatever it is wrapped in: the same people, decisions and safe text."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from safeguard import Report, Safeguard
from safeguard.formats import format_named

SAMPLES = Path(__file__).parents[1] / "samples" / "dev"
NAMES = (
    "abuse-trial-mothers-boyfriend",
    "air-rifle-attack-four-boys",
    "court-ages-worked-out",
    "charity-founder-baby-loss",
    "coach-waived-and-not",
    "county-lines-pseudonym",
)


def _page(paragraphs: list[str]) -> str:
    inside = "\r\n".join(f"<p>{_escaped(paragraph)}</p>" for paragraph in paragraphs)
    return f"<!doctype html>\r\n<html><body><article>\r\n{inside}\r\n</article></body></html>\r\n"


def _rich_text(paragraphs: list[str]) -> str:
    return "".join(f'<p data-block-key="k{n}">{_escaped(p)}</p>' for n, p in enumerate(paragraphs))


def _block_editor(paragraphs: list[str]) -> str:
    return "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{_escaped(paragraph)}</p>\n<!-- /wp:paragraph -->"
        for paragraph in paragraphs
    )


def _escaped(paragraph: str) -> str:
    return html.escape(paragraph, quote=False).replace("’", "&rsquo;").replace("\n", "<br>")


def _markdown(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraph.replace("\n", "  \n") for paragraph in paragraphs) + "\n"


WRAPPERS: dict[str, tuple[str, Callable[[list[str]], str]]] = {
    "page": ("html", _page),
    "rich text": ("html", _rich_text),
    "block editor": ("html", _block_editor),
    "markdown": ("markdown", _markdown),
}


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


@pytest.mark.parametrize("name", NAMES)
def test_the_wrapper_changes_nothing_of_what_is_decided(guard: Safeguard, name: str) -> None:
    sample = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    story = str(sample["copy"]).strip()
    context = sample.get("context")
    plain = guard.check(story, "text", context)
    assert plain.people
    for format, wrap in WRAPPERS.values():
        wrapped = wrap(story.split("\n\n"))
        for copy in (wrapped, {"body": wrapped}):
            report = guard.check(copy, format, context)
            assert _decided(report) == _decided(plain)
            safe = report.safe_copy if isinstance(copy, str) else report.safe_copy["body"]
            assert _read(safe, format) == _read(plain.safe_copy, "text")


def _decided(report: Report) -> object:
    return (
        report.verdict,
        [(p.names, p.label, p.life_stage, p.roles, p.action, p.rule) for p in report.people],
        Counter((f.entity_type, f.action, f.rule, f.person, f.replacement) for f in report.findings),
        [(w.category, w.severity) for w in report.warnings],
        [block.helplines for block in report.support.blocks],
    )


def _read(safe: object, format: str) -> list[str]:
    visible = format_named(format).read(str(safe))
    end = visible.sections[0].end if visible.sections else len(visible.text)
    return visible.text[:end].split()
