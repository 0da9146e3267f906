"""`process --diff` and the lines before and after that it shows."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.report import Edit, Report
from safeguard.reports import Checked
from safeguard.reports.changes import Change, changes
from safeguard.reports.diff import write_diff

DEMO = Path(__file__).parent.parent.parent / "samples" / "demo" / "inquest.txt"
Captured = pytest.CaptureFixture[str]


def text_of(side: tuple[Any, ...]) -> list[str]:
    return ["".join(piece.text for piece in line) for line in side]


def changed(side: tuple[Any, ...]) -> list[str]:
    return [piece.text for line in side for piece in line if piece.changed]


@pytest.fixture(scope="module")
def blank(guard: Safeguard) -> Report:
    return guard.check("The library opens at nine.")


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(part="body", start=start, end=end, start_utf16=0, end_utf16=0, path=None, text=text)


def with_edits(report: Report, copy: Any, *edits: tuple[int, int, str]) -> list[Change]:
    made = [edit(*each) for each in edits]
    return list(changes(copy, report.model_copy(update={"edits": made})))


def test_lines_that_changed_are_shown_before_and_after_and_nothing_is_written(
    capfd: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guard: Safeguard
) -> None:
    monkeypatch.chdir(tmp_path)
    copy, safe = DEMO.read_text(), str(guard.check(DEMO.read_text()).safe_copy)

    assert main(["process", "--diff", str(DEMO)]) == 1

    said = capfd.readouterr()
    lines = said.out.splitlines()
    assert lines[:2] == [f"--- {DEMO}", f"+++ {DEMO}, safe copy"]
    gone = [line[1:] for line in lines[2:] if line.startswith("-")]
    come = [line[1:] for line in lines[2:] if line.startswith("+")]
    assert gone == [line for line in copy.split("\n") if line not in safe.split("\n")]
    assert come == [line for line in safe.split("\n") if line and line not in copy.split("\n")]
    assert "@@ line 5 @@" in lines
    assert "\x1b" not in said.out
    assert re.fullmatch(r"REVIEW  .*inquest\.txt  Somebody has to look.*\n", said.err)
    assert list(tmp_path.iterdir()) == []


def test_with_an_output_the_safe_copy_is_written_as_well(
    capfd: Captured, tmp_path: Path, guard: Safeguard
) -> None:
    out, report = tmp_path / "safe.txt", tmp_path / "report.json"

    assert main(["process", "--diff", str(DEMO), "-o", str(out), "--report", str(report)]) == 1

    assert "@@ line 5 @@" in capfd.readouterr().out
    assert out.read_text() == guard.check(DEMO.read_text()).safe_copy
    assert json.loads(report.read_text())["verdict"] == "review"


def test_copy_that_stays_as_it_is_has_no_diff(capfd: Captured, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("The library opens at nine.")

    assert main(["process", "--diff", str(path)]) == 0

    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("PASS")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_words_that_differ_are_marked(
    checked: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Terminal()

    write_diff(checked(DEMO), out)

    marked = re.findall(r"\x1b\[1;7;(3\d)m(.*?)\x1b\[0m", out.getvalue())
    assert ("31", "Corran Street") in marked
    assert ("32", "[Child A]") in marked
    assert not any("unresponsive" in words for _, words in marked)


def test_copy_cannot_write_to_the_terminal(blank: Report) -> None:
    out = io.StringIO()
    copy = "a \x1b[2J\u202eb\n"
    report = blank.model_copy(update={"edits": [edit(0, 1, "x")]})

    write_diff(Checked("story.txt", copy, report), out)

    assert not re.search("[\x1b\u202e]", out.getvalue())


def test_parts_are_named(guard: Safeguard) -> None:
    copy: dict[str, Any] = {
        "body": "Maisie Thornbury, six, was starved by her mother, who was jailed.",
        "tags": ["Wexmouth", "Maisie Thornbury"],
    }
    shown = list(changes(copy, guard.check(copy)))

    assert [change.place for change in shown if "Thornbury" in "".join(changed(change.before))] == [
        "body",
        "tags, item 2",
    ]


def test_edits_of_one_line_are_one_change_and_lines_put_in_stand_alone(blank: Report) -> None:
    copy = "one two three\r\nfour\r\nfive six\r\n"
    warning, support = (0, 0, "Warning.\r\n\r\n"), (31, 31, "\r\nSupport.")

    shown = with_edits(blank, copy, warning, (0, 3, "1"), (8, 13, "3"), (21, 25, "5\r\n5"), support)

    assert [(c.place, text_of(c.before), text_of(c.after)) for c in shown] == [
        ("line 1", [], ["Warning."]),
        ("line 1", ["one two three"], ["1 two 3"]),
        ("line 3", ["five six"], ["5", "5 six"]),
        ("line 4", [], ["Support."]),
    ]
    assert changed(shown[1].before) == ["one", "three"]
    assert changed(shown[1].after) == ["1", "3"]


@given(
    st.text("ab \n\r\U0001f466", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.text("xy\n", max_size=5)), max_size=5),
)
def test_what_is_shown_is_what_was_done_whatever_the_edits(
    blank: Report, copy: str, wanted: list[tuple[int, int, str]]
) -> None:
    edits: list[tuple[int, int, str]] = []
    for start, end, text in sorted((min(s, e), max(s, e), t) for s, e, t in wanted):
        if end <= len(copy) and start >= (edits[-1][1] if edits else 0) and (start < end or text.strip()):
            edits.append((start, end, text))

    shown = with_edits(blank, copy, *edits)

    taken = "".join(words for change in shown for words in changed(change.before))
    put = "".join(words for change in shown for words in changed(change.after))
    visible = str.maketrans("", "", "\r\n")
    assert taken.translate(visible) == "".join(copy[s:e] for s, e, _ in edits).translate(visible)
    assert put.translate(visible) == "".join(text for _, _, text in edits).translate(visible)
    source = copy.translate(visible)
    for change in shown:
        assert "".join(text_of(change.before)).translate(visible) in source
