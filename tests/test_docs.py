"""The documentation is run: commands give the output shown, examples in Python hold, nothing is left out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from safeguard import Safeguard
from safeguard.cli.main import app, main
from safeguard.context import RESTRICTIONS, Context
from safeguard.policy.decisions import VERDICTS
from safeguard.policy.facts import finds
from safeguard.policy.loader import load_policy, read_policy
from safeguard.reports import Format

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DEMO = ROOT / "samples" / "demo" / "inquest.txt"
README = PAGES[0].read_text()

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def blocks(language: str) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        yield from ((page, found[2]) for found in FENCE.finditer(page.read_text()) if found[1] == language)


def named(cases: list[tuple[Path, str]]) -> list[Any]:
    return [pytest.param(*case, id=f"{case[0].name}-{n}") for n, case in enumerate(cases)]


def commands() -> dict[str, Any]:
    """Every command there is, by how it is typed after `safeguard`."""
    found: dict[str, Any] = {}

    def walk(command: Any, path: tuple[str, ...]) -> None:
        if hasattr(command, "commands"):
            for name, sub in command.commands.items():
                walk(sub, (*path, name))
        else:
            found[" ".join(path)] = command

    walk(typer.main.get_command(app), ())
    return found


@pytest.mark.parametrize(("page", "block"), named(list(blocks("console"))))
def test_console_blocks_show_what_the_commands_print(
    page: Path, block: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that starts with `$ safeguard` is run, its output follows; a line `…` stands for any number."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    for command, output in re.findall(r"^\$ safeguard (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        main(shlex.split(command))
        said = "".join(line.rstrip() + "\n" for line in "".join(capfd.readouterr()).splitlines())
        shown = [line.rstrip() for line in output.splitlines()]
        pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in shown)
        assert re.fullmatch(pattern, said), f"{page.name} is not what `safeguard {command}` prints:\n{said}"


@pytest.mark.parametrize(("page", "block"), named(list(blocks("diff"))))
def test_before_and_after_are_what_the_demo_gives(page: Path, block: str) -> None:
    before = DEMO.read_text()
    after = str(Safeguard().check(before).safe_copy)
    for line in block.splitlines():
        assert line[1:] in (before if line[0] == "-" else after).splitlines(), f"{page.name}: {line}"


@pytest.mark.parametrize(("page", "block"), named(list(blocks("bash"))))
def test_commands_in_the_docs_exist_with_the_options_shown(page: Path, block: str) -> None:
    known = commands()
    makefile = (ROOT / "Makefile").read_text()
    for line in block.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["make"]:
            assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE), f"{page.name}: {line}"
        elif words[:1] == ["safeguard"]:
            name = " ".join(words[1:3]) if " ".join(words[1:3]) in known else words[1]
            options = {o for p in known[name].params for o in (*p.opts, *p.secondary_opts)}
            assert {w for w in words if re.match(r"--?[a-z]", w)} <= options, f"{page.name}: {line}"
        else:
            assert words[:1] in ([], ["cp"]) or words[:2] in (
                ["pip", "install"],
                ["source", ".venv/bin/activate"],
            ), f"{page.name}: what is {line!r}?"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_in_python_hold(page: Path) -> None:
    """All Python blocks of a page are one program; what they assert is true."""
    names: dict[str, object] = {"__name__": page.stem}
    for block in (found[2] for found in FENCE.finditer(page.read_text()) if found[1] == "python"):
        exec(compile(block, str(page), "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert broken == []


def test_every_command_and_option_has_help_and_is_in_the_readme() -> None:
    for name, command in commands().items():
        assert command.help, name
        assert f"`safeguard {name}" in README
        for parameter in command.params:
            if parameter.name == "help":
                continue
            assert parameter.help, f"{name} {parameter.name}"
            if parameter.param_type_name == "option":
                assert f"`{parameter.opts[0]}" in README, f"{name} {parameter.opts[0]}"


def test_every_value_of_an_option_is_documented() -> None:
    texts = "\n".join(page.read_text() for page in PAGES)
    for value in (*RESTRICTIONS, *Context.model_fields, *VERDICTS, *Format):
        assert re.search(rf"\b{value}\b", texts), value


def test_every_question_that_a_rule_can_ask_is_documented() -> None:
    page = (ROOT / "docs" / "rules.md").read_text()
    for find in finds().values():
        section = page.partition(f"## `find: {find.name}`\n")[2].partition("\n## ")[0]
        assert find.means[1:] in section, find.name
        for fact in find.facts.values():
            values = ", ".join(f"`{value}`" for value in fact.values)
            row = rf"^\| `{fact.name}` \| {re.escape(values) or '.+'} \| {re.escape(fact.means)} \|$"
            assert re.search(row, section, re.MULTILINE), f"{find.name}: {fact.name}"
    for name, category in load_policy("uk-news").settings.warnings.categories.items():
        assert f"| `{name}` | {category.text} |" in page


def test_the_rule_in_the_reference_is_one_that_can_be_used() -> None:
    (block,) = [text for page, text in blocks("yaml") if page.name == "rules.md"]
    head = 'safeguard: 1\nid: reference\nversion: "1"\ntitle: Reference\nextends: uk-news\n'

    assert read_policy(head + block, "rules.md").rules[0].id == "our-football"


def test_policies_shown_to_editors_are_cut_from_the_examples() -> None:
    files = [file.read_text().splitlines() for file in (ROOT / "docs" / "examples").glob("*.yaml")]
    for block in [text for page, text in blocks("yaml") if page.name == "editors.md"]:
        lines = [line.partition("  #")[0].rstrip() for line in block.splitlines()]
        assert any(set(lines) <= {line.partition("  #")[0].rstrip() for line in file} for file in files), (
            block
        )


def test_decision_records_are_numbered_and_answer_the_same_questions() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(records) >= 3
    for number, record in enumerate(records, start=1):
        assert record.name.startswith(f"{number:04}-")
        text = record.read_text()
        assert text.startswith(f"# {number}. ")
        for heading in ("The question", "What we looked at", "What we decided", "What would change our mind"):
            assert f"## {heading}" in text, record.name
