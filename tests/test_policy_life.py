"""A policy in use: waivers, rules on trial, edits in a running process, project settings, and the net."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.errors import PolicyError, SettingsError
from safeguard.policy.facts import finds
from safeguard.policy.waivers import fingerprint, read_waivers
from safeguard.settings import project_settings

HEAD = 'safeguard: 1\nid: house\nversion: "1"\ntitle: House\nextends: uk-news@2026.11\n'
PUPIL = "Noah Bright, 9, won the school poetry prize."
B1 = "Desmond Tully, 49, was convicted of raping his stepdaughter, who was 12, at Cardiff Crown Court."
TODAY = date(2026, 11, 26)


EXAMPLES = """    examples:
      - catch: Noah Bright, 9, won the school poetry prize.
      - pass: The council met on Tuesday.
"""


def rule(rule_id: str, when: str, do: str, rest: str = EXAMPLES) -> str:
    return f"  - id: {rule_id}\n    title: T\n    when: {{{when}}}\n    do: {do}\n    because: So.\n{rest}"


def waivers(tmp_path: Path, finding: str, until: date, made: date = TODAY, story: str = "prize") -> Path:
    file = tmp_path / "waivers.yaml"
    file.write_text(
        "safeguard: 1\nwaivers:\n"
        f"  - story: {story}\n    rule: p4-child-harmless\n    finding: {finding}\n"
        "    reason: The school agreed.\n"
        f"    by: duty editor\n    made: {made}\n    until: {until}\n",
        encoding="utf-8",
    )
    return file


PRINT = fingerprint("prize", "p4-child-harmless", "body", "Noah Bright")
CONTEXT = {"story": "prize", "published": TODAY.isoformat()}


def test_a_waived_finding_stands_and_is_shown_and_asks_for_nobody(tmp_path: Path) -> None:
    guard = Safeguard(settings={"waivers": str(waivers(tmp_path, PRINT, TODAY + timedelta(days=30)))})
    report = guard.check(PUPIL, context=CONTEXT)

    (finding,) = [f for f in report.findings if f.rule == "p4-child-harmless"]
    assert finding.fingerprint == PRINT
    assert finding.waived is not None
    assert (finding.waived.by, finding.waived.reason) == ("duty editor", "The school agreed.")
    assert (finding.action, finding.review, report.verdict) == ("keep", False, "pass")
    assert guard.check(PUPIL, context={**CONTEXT, "story": "another"}).verdict == "review"
    assert guard.check(PUPIL.replace("Noah Bright", "Ava Bright"), context=CONTEXT).verdict == "review"


def test_a_waiver_that_has_ended_or_matches_nothing_is_named(tmp_path: Path) -> None:
    ended = waivers(tmp_path, PRINT, TODAY - timedelta(days=1), TODAY - timedelta(days=9))
    report = Safeguard(settings={"waivers": str(ended)}).check(PUPIL, context=CONTEXT)
    assert report.verdict == "review"
    assert any("ended on 2026-11-25" in note for note in report.notes)

    astray = waivers(tmp_path, "0123", TODAY)
    report = Safeguard(settings={"waivers": str(astray)}).check(PUPIL, context=CONTEXT)
    assert any("matches nothing" in note for note in report.notes)


def test_what_blocks_publication_cannot_be_waived(tmp_path: Path) -> None:
    block = next(f for f in Safeguard().check(B1, context=CONTEXT).findings if f.action == "block")
    file = waivers(tmp_path, block.fingerprint, TODAY)
    report = Safeguard(settings={"waivers": str(file)}).check(B1, context=CONTEXT)

    assert report.verdict == "block"
    assert any("cannot be waived" in note for note in report.notes)


@pytest.mark.parametrize("days", [91, 403, -1])
def test_a_waiver_runs_for_ninety_days_at_the_most(tmp_path: Path, days: int) -> None:
    file = waivers(tmp_path, PRINT, TODAY + timedelta(days=days))
    with pytest.raises(PolicyError, match=r"waivers.yaml:9:12: This waiver (runs for|ends on)"):
        read_waivers(file.read_text(encoding="utf-8"), "waivers.yaml")


def test_a_waiver_made_in_days_to_come_would_run_for_longer(tmp_path: Path) -> None:
    later = date.today() + timedelta(days=300)
    file = waivers(tmp_path, PRINT, later + timedelta(days=30), later)
    with pytest.raises(PolicyError, match=r"waivers.yaml:8:11: This waiver was made on .*, a day to come"):
        read_waivers(file.read_text(encoding="utf-8"), "waivers.yaml")


def test_the_command_writes_a_waiver_that_the_next_check_honours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prize.txt").write_text(PUPIL, encoding="utf-8")
    assert main(["check", "prize.txt", "--format", "json", "--context", "story=prize"]) == 1
    report = json.loads(capsys.readouterr().out)
    Path("report.json").write_text(json.dumps(report), encoding="utf-8")
    finding = next(f["id"] for f in report["findings"] if f["rule"] == "p4-child-harmless")
    assert main(["check", "prize.txt", "--context", "story=prize"]) == 1
    assert re.search(rf"^    Waive +{finding} *$", capsys.readouterr().out, re.MULTILINE)
    until = (date.today() + timedelta(days=30)).isoformat()
    told = ["--by", "duty editor", "--reason", 'the school said "yes"', "--until", until]

    assert main(["waive", "report.json", finding, *told]) == 0
    assert "Noah" not in Path("waivers.yaml").read_text(encoding="utf-8")
    assert main(["check", "prize.txt", "--waivers", "waivers.yaml"]) == 0
    assert "by duty editor until" in capsys.readouterr().out
    before = Path("waivers.yaml").read_bytes()
    assert main(["waive", "report.json", finding, *told[:-1], "2031-01-01"]) == 2
    assert "runs for" in capsys.readouterr().err
    assert main(["waive", "report.json", finding, *told[:3], " ", *told[4:]]) == 2
    assert "--reason is empty" in capsys.readouterr().err
    assert main(["waive", "report.json", "f99", *told]) == 2
    assert Path("waivers.yaml").read_bytes() == before


def test_a_rule_on_trial_is_reported_and_never_acts(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        HEAD
        + "rules:\n"
        + rule("our-own", "find: person, life-stage: minor", "redact", "    status: trial\n"),
        encoding="utf-8",
    )
    report = Safeguard(policy=file).check(PUPIL)

    (finding,) = [f for f in report.findings if f.rule == "p4-child-harmless"]
    assert (finding.action, finding.trial) == ("review", ["our-own"])
    assert report.safe_copy == PUPIL


def test_a_broken_edit_keeps_the_last_good_policy_and_says_so_until_mended(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    keep = (
        HEAD
        + "rules:\n"
        + rule("p4-child-harmless", "find: person, life-stage: minor, adult-now: no", "keep")
    )
    file.write_text(keep, encoding="utf-8")
    guard = Safeguard(policy=file)
    assert guard.check(PUPIL).verdict == "pass"

    file.write_text(keep.replace("do: keep", "do: kep"), encoding="utf-8")
    assert guard.reload() is False
    report = guard.check(PUPIL)
    assert report.verdict == "pass"
    assert any("last good one still acts" in note and "kep" in note for note in report.notes)

    file.write_text(keep.replace("do: keep", "do: redact"), encoding="utf-8")
    assert guard.reload() is True
    report = guard.check(PUPIL)
    assert (report.verdict, report.notes) == ("amended", [])


def test_a_policy_past_its_review_says_so_in_every_report(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        HEAD + "owner: standards desk\nreviewed: 2026-01-05\nreview-every: 6 months\n", encoding="utf-8"
    )
    guard = Safeguard(policy=file)

    assert guard.check(PUPIL, context={"published": "2026-06-30"}).notes == []
    (note,) = guard.check(PUPIL, context=CONTEXT).notes
    assert "last reviewed on 2026-01-05 by standards desk" in note


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("safeguard.toml", 'policy = "house.yaml"\nnewsroom-contacts = ["07700 900123"]\n'),
        ("pyproject.toml", '[tool.safeguard]\npolicy = "house.yaml"\nnewsroom-contacts = ["07700 900123"]\n'),
    ],
)
def test_the_nearest_project_settings_are_used_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "house.yaml").write_text(HEAD, encoding="utf-8")
    below = tmp_path / "desk" / "courts"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    Path("a.txt").write_text("Ring Joan Field at home on 07700 900123.", encoding="utf-8")

    assert main(["check", "a.txt", "--format", "json"]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert report["policy"]["name"] == "house"
    assert "07700 900123" in report["safe_copy"]
    assert main(["policy", "show"]) == 0
    assert str(tmp_path / name) in capsys.readouterr().out.replace("\n", "")


@pytest.mark.parametrize("text", ["polcy = 'x'\n", "max-bytes = 'many'\n", "policy = \n"])
def test_broken_project_settings_are_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "safeguard.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"safeguard.toml"):
        project_settings(tmp_path)


def test_nobody_protected_stays_by_a_rule_that_does_not_speak_of_them(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        'safeguard: 1\nid: house\nversion: "1"\ntitle: House\nrules:\n' + rule("all", "find: person", "keep"),
        encoding="utf-8",
    )
    guard = Safeguard(policy=file)
    hurt = guard.check("Ellie Marsh, 6, was beaten by her stepfather, Leeds Crown Court heard.")
    adult = guard.check("Joan Field, 71, grew the longest leek in Wexmouth.")

    (person,) = [p for p in hurt.people if "Ellie Marsh" in p.names]
    assert (hurt.verdict, person.action, person.rule) == ("review", "review", "all")
    assert adult.verdict == "pass"


def test_the_policies_are_compared_over_past_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "past.jsonl"
    lines = [{"id": "a", "text": PUPIL}, {"id": "b", "text": "The council met on Tuesday."}]
    corpus.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    assert main(["policy", "diff", "uk-news", "full-anonymisation", "--corpus", str(corpus)]) == 0
    out = capsys.readouterr().out
    assert "2 articles read once" in out
    assert "1 of them come out differently" in out
    assert "review → redact: 1 finding\n" in out
    assert "Noah Bright" in out
    assert main(["policy", "diff", "uk-news", "uk-news", "--corpus", str(tmp_path / "none")]) == 2


def test_a_decision_is_explained_with_what_nearly_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PUPIL, encoding="utf-8")

    assert main(["policy", "explain", "uk-news", "--copy", str(file)]) == 0
    out = capsys.readouterr().out
    assert "p4-child-harmless: review" in out
    assert "p1-child-at-the-centre: at-the-centre is no, and the rule asks for yes" in " ".join(out.split())
    assert main(["policy", "explain", "uk-news"]) == 2
    assert "See: safeguard policy explain --help" in capsys.readouterr().err
    assert main(["policy", "explain", "uk-news", "--rule", "p3-relativ"]) == 2
    assert 'Did you mean "p3-relative"?' in capsys.readouterr().err


def test_a_new_file_is_a_draft_that_lints_and_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["policy", "new", "our-football", "--file", "ours.yaml"]) == 0
    assert main(["policy", "new", "our-football", "--file", "ours.yaml"]) == 2
    assert main(["policy", "lint", "ours.yaml"]) == 0
    assert main(["policy", "fmt", "--check", "ours.yaml"]) == 0
    for question in finds()["person"].facts:
        assert question in Path("ours.yaml").read_text(encoding="utf-8")


def test_the_layout_keeps_comments_and_what_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    text = HEAD + "settings:\n    newsroom-contacts:   # ours\n    - 08001111\n    - 9:00\n    -   \u00a0no\n"
    file.write_text(text, encoding="utf-8")
    assert main(["policy", "fmt", str(file)]) == 0
    assert file.read_text(encoding="utf-8") == HEAD + (
        "settings:\n  newsroom-contacts:     # ours\n    - 08001111\n    - 9:00\n    - no\n"
    )


def test_a_newsrooms_own_helplines_are_listed_and_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "helplines:\n  - {id: wexshire-safe, names: Wexshire Safe, numbers: 01632 960500}\n"
    (tmp_path / "house.yaml").write_text(HEAD + own, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Call Wexshire Safe on 01632 960501.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["helplines", "verify", "a.txt"]) == 0
    assert main(["helplines", "verify", "a.txt", "--policy", "house.yaml"]) == 1
    assert re.search(r"WRONG +Wexshire Safe +01632 960500", capsys.readouterr().out)
    (tmp_path / "safeguard.toml").write_text('policy = "house.yaml"\n', encoding="utf-8")
    assert main(["helplines", "verify", "a.txt"]) == 1
    capsys.readouterr()
    assert main(["helplines", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("wexshire-safe  ")
    assert main(["helplines", "list", "--policy", "nix.yaml"]) == 2


def test_policies_are_tried_with_the_settings_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "safeguard.toml").write_text(
        'newsroom-contacts = ["07700 900123"]\nmax-bytes = 60\n', encoding="utf-8"
    )
    past = tmp_path / "past"
    past.mkdir()
    (past / "short.txt").write_text("Ring Joan Field at home on 07700 900123.", encoding="utf-8")
    (past / "long.txt").write_text("The council met. " * 9, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["policy", "explain", "uk-news", "--copy", "past/short.txt"]) == 0
    assert "newsroom is yes" in " ".join(capsys.readouterr().out.split())
    assert main(["policy", "diff", "uk-news", "full-anonymisation", "--corpus", "past"]) == 0
    out = capsys.readouterr().out
    assert "1 article read once" in out
    assert "not read: past/long.txt" in out


def test_no_check_sees_half_a_policy_while_it_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    does = {"1": "keep", "2": "redact", "3": "review"}

    def write(version: str, slip: bool = False) -> None:
        when = "find: person, life-stage: minor, adult-now: no"
        text = (
            HEAD.replace('"1"', f'"{version}"') + "rules:\n" + rule("p4-child-harmless", when, does[version])
        )
        file.write_text(text.replace("because: So.", f"because: Version {version}.") * (1 + slip), "utf-8")

    write("1")
    guard = Safeguard(policy=file)
    stop = threading.Event()

    def check() -> list[tuple[str, str, str]]:
        seen = []
        while not stop.is_set():
            report = guard.check(PUPIL)
            (found,) = [f for f in report.findings if f.rule == "p4-child-harmless"]
            seen.append((report.policy.version, found.action, found.because))
        return seen

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(check) for _ in range(4)]
        for version in "231231":
            write(version, slip=True)
            assert guard.reload() is False
            write(version)
            assert guard.reload() is True
            assert guard.check(PUPIL).policy.version == version
        stop.set()
        seen = {each for run in running for each in run.result()}

    assert seen <= {(version, action, f"Version {version}.") for version, action in does.items()}
