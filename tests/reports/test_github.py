"""Annotations for GitHub Actions, read back as the runner reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.report import Insertion
from safeguard.reports import Checked, Format, reporter

DEMO = Path(__file__).parent.parent.parent / "samples" / "demo" / "inquest.txt"
ODD = "desk, courts: 50%\r\nlate/::error::a=b,c.txt"


@dataclass
class Command:
    name: str
    properties: dict[str, str]
    message: str


def read(output: str) -> list[Command]:
    """What GitHub's runner makes of a step's output: each line by itself, properties unescaped, then data."""

    def undo(text: str, pairs: dict[str, str]) -> str:
        for escaped, plain in pairs.items():
            text = text.replace(escaped, plain)
        return text

    data = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    found = []
    for line in re.split("\r?\n", output.removesuffix("\n")):
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match, line
        pairs = [pair.split("=", 1) for pair in match[2].split(",")]
        properties = {
            key: undo(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"})
            for key, value in pairs
        }
        found.append(Command(match[1], properties, undo(match[3], data)))
    return found


def test_each_matter_is_one_annotation_at_its_first_place(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    commands = read(render(Format.GITHUB, checked(DEMO)))

    lines = DEMO.read_text().split("\n")
    child = next(c for c in commands if "child: [Child A]" in c.properties["title"])
    assert child.name == "notice"
    assert child.properties["file"] == str(DEMO)
    line, column, end = (int(child.properties[k]) for k in ("line", "col", "endColumn"))
    assert lines[line - 1][column - 1 : end - 1] == "Maisie Thornbury"
    assert "(p1-deceased-child)" in child.message
    assert re.search(r"In line 5, line 7, line 11, line 15\.$", child.message)
    jigsaw = [c for c in commands if "pieces that together" in c.properties["title"]]
    assert [c.name for c in jigsaw] == ["warning"]
    assert any("Content warning:" in c.message for c in commands)


def test_what_blocks_is_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "story.json"
    body = "Tyler Brannock, 14, of Wexmouth, admitted robbery. Brannock was sentenced."
    path.write_text(json.dumps({"body": body, "slug": "tyler-brannock-robbery"}, indent=1))

    assert main(["check", "--format", "github", "--context", "restriction=s45", str(path)]) == 1

    commands = read(capfd.readouterr().out)
    assert [c.name for c in commands if "BLOCK" in c.properties["title"]] == ["error"]
    (blocked,) = [c for c in commands if c.name == "error"]
    assert blocked.properties["line"] == "3"


def test_no_annotation_holds_a_protected_name(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    demo = checked(DEMO)
    names = {n for p in demo.report.people if p.review or p.action != "keep" for n in p.names}

    out = render(Format.GITHUB, demo)

    assert "Maisie" in names
    assert [name for name in names if name in out] == []


def test_signs_of_the_command_syntax_survive_in_names_and_messages(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    demo = checked(DEMO)
    text = "50%: a, b\r\n::error::c%0Ad"
    insertion = Insertion(kind="support", part="body", index=None, text=text)
    report = demo.report.model_copy(update={"insertions": [insertion]})

    out = render(Format.GITHUB, Checked(ODD, demo.copy, report))

    commands = read(out)
    assert {c.properties["file"] for c in commands} == {ODD}
    assert commands[-1].message == text
    assert len(out.splitlines()) == len(commands)


@given(st.text(min_size=1), st.text())
def test_any_name_and_any_reason_come_through(name: str, why: str) -> None:
    import io

    out = io.StringIO()
    reporter(Format.GITHUB, out).unchecked(name, why)

    (command,) = read(out.getvalue())
    assert (command.name, command.message) == ("error", why)
    assert command.properties["title"] == "safeguard: not checked"
    assert command.properties.get("file") == (None if name == "Standard input" else name)


def test_copy_that_could_not_be_checked_is_an_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("at Maisie Thornbury")

    monkeypatch.setattr(Safeguard, "check", crash)
    assert main(["check", "--format", "github", str(DEMO)]) == 2

    (command,) = read(capfd.readouterr().out)
    assert command.name == "error"
    assert "NOT checked" in command.message
    assert "Maisie" not in command.message


def test_standard_input_has_no_file_and_no_line(
    checked: Callable[..., Checked], render: Callable[..., str]
) -> None:
    commands = read(render(Format.GITHUB, checked(DEMO, "Standard input")))

    assert commands
    assert all(set(c.properties) == {"title"} for c in commands)
