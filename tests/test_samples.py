"""Every annotated article comes out as its annotations say, and the judge that says so can be trusted."""

from __future__ import annotations

import json
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
import quality
import yaml
from engines import load_safeguard
from figures import sum_up
from sample_files import CATEGORIES, ROWS, Sample, SampleError, load_sample, load_samples
from scoring import SENTENCES, Check, Engine, Finding, Outcome, judge, run

SAMPLES = load_samples(quality.SAMPLES, quality.DOCUMENTS)
# What may be listed as a known failure: a flag, a warning, a verdict, a second run; never a leak or a loss.
MAY_BE_KNOWN = frozenset(["again", "unflagged", "warning-missing", "warning-extra", "insertion", "verdict"])
KNOWN: dict[str, list[str]] = (
    yaml.load(
        (quality.SAMPLES.parent / "known_failures.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    or {}
)


@pytest.fixture(scope="module")
def safeguard() -> Engine:
    return load_safeguard()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_sample(sample: Sample, safeguard: Engine) -> None:
    missed = [check for check in judge(sample, safeguard(sample)) if not check.passed]
    known = KNOWN.get(sample.id, [])
    told = {_as_listed(check) for check in missed if check.kind in MAY_BE_KNOWN}

    unknown = [check for check in missed if _as_listed(check) not in known or check.kind not in MAY_BE_KNOWN]
    if unknown:
        pytest.fail(_explain(sample, unknown), pytrace=False)
    mended = [line for line in known if line not in told]
    if mended:
        pytest.fail(f"{sample.id} is better than samples/known_failures.yaml says: {mended}", pytrace=False)


def _as_listed(check: Check) -> str:
    return f"{check.kind}: {check.string}"


def test_known_failures_are_of_samples_that_exist() -> None:
    assert not set(KNOWN) - {sample.id for sample in SAMPLES}


def _explain(sample: Sample, missed: list[Check]) -> str:
    order = list(SENTENCES)
    lines = [check.sentence for check in sorted(missed, key=lambda check: order.index(check.kind))]
    return "\n  ".join([f"{sample.id}: {sample.title}", *lines, f"(tricky here: {sample.why})"])


def test_the_samples_exercise_every_row_category_and_verdict() -> None:
    rows = [row for sample in SAMPLES for row in sample.rows]
    categories = [category for sample in SAMPLES for category in sample.expect.warnings]
    verdicts = [sample.expect.verdict for sample in SAMPLES]

    # The pseudonym is a sentence of section 1, not a row of a table.
    assert not [row for row in ROWS if rows.count(row) < 3 and row != "pseudonym"]
    assert not [category for category in CATEGORIES if categories.count(category) < 2]
    assert verdicts.count("pass") >= 10
    assert {"amended", "review", "block"} <= set(verdicts)


ARTICLE = textwrap.dedent("""
    title: A boy and his charity
    genre: court
    rows: [P1]
    parts:
      body: |
        Winston Ames, 9, was hit by Dean Ames, said Winston's aunt.
        Winston's Wish: 08088 020 021
      slug: winston-ames-dean-trial
      tags: [Crime, Winston Ames]
    expect:
      gone: [Winston, Winston Ames]
      kept: [Dean Ames]
      flagged: [{text: "9", row: D6}, {row: B1}]
      warnings: [child_physical_abuse]
      support: ["Winston's Wish: 08088 020 021"]
      support_inserted: false
      verdict: block
    why: The charity has his name.
""")
SAFE_BODY = "[Child A], 9, was hit by Dean Ames, said [Child A]'s aunt.\nWinston's Wish: 08088 020 021\n"
SAFE: dict[str, str | list[str]] = {
    "body": SAFE_BODY,
    "slug": "child-a-dean-trial",
    "tags": ["Crime", "[Child A]"],
}
FINDINGS = (
    Finding("body", 14, 15, "9", "review", "d6-jigsaw"),
    Finding("tags", 0, 12, "Winston Ames", "block", "b1-named-accused"),
)
PERFECT = Outcome(SAFE, True, "block", frozenset({"child_physical_abuse"}), FINDINGS, False)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return load_sample(_write(tmp_path, ARTICLE))


def _write(folder: Path, text: str, name: str = "boy") -> Path:
    file = folder / f"{name}.yaml"
    file.write_text(f"id: {name}\n{text}", encoding="utf-8")
    return file


def _missed(sample: Sample, outcome: Outcome) -> set[tuple[str, str]]:
    return {(check.kind, check.string) for check in judge(sample, outcome) if not check.passed}


def test_a_perfect_outcome_misses_nothing(sample: Sample) -> None:
    assert _missed(sample, PERFECT) == set()


@pytest.mark.parametrize(
    ("part", "text", "string"),
    [
        ("body", SAFE_BODY + "WINSTON'S", "Winston"),
        ("slug", "winston-ames-dean-trial", "Winston Ames"),
        ("image", "winston_ames_600.jpg", "Winston Ames"),
        ("social", "#WinstonAmes", "Winston Ames"),
        ("tags", ["Crime", "Winston Ames"], "Winston"),
    ],
)
def test_a_name_leaks_in_any_part_and_any_guise(
    sample: Sample, part: str, text: str | list[str], string: str
) -> None:
    assert ("leak", string) in _missed(sample, replace(PERFECT, safe_copy={**SAFE, part: text}))


def test_a_name_inside_another_word_is_no_leak(sample: Sample) -> None:
    outcome = replace(PERFECT, safe_copy={**SAFE, "social": "Winstonian values"})

    assert _missed(sample, outcome) == set()


@pytest.mark.parametrize("body", [SAFE_BODY.replace("Dean Ames", "Dean"), SAFE_BODY + "Dean Ames"])
def test_a_kept_string_must_stand_exactly_as_often(sample: Sample, body: str) -> None:
    outcome = replace(PERFECT, safe_copy={**SAFE, "body": body})

    assert _missed(sample, outcome) == {("lost", "Dean Ames")}


def test_a_block_with_one_byte_changed_is_not_intact(sample: Sample) -> None:
    body = SAFE_BODY.replace("020 021", "020021")
    outcome = replace(PERFECT, safe_copy={**SAFE, "body": body})

    assert ("support", "Winston's Wish: 08088 020 021") in _missed(sample, outcome)


def test_a_flag_counts_only_if_it_overlaps_and_asks_for_a_person(sample: Sample) -> None:
    kept = replace(PERFECT, findings=(replace(FINDINGS[0], action="keep"), FINDINGS[1]))
    elsewhere = replace(PERFECT, findings=(replace(FINDINGS[0], start=0, end=7, text="Winston"), FINDINGS[1]))
    redacted_and_reviewed = replace(FINDINGS[0], action="redact", review=True)
    also = replace(PERFECT, findings=(redacted_and_reviewed, FINDINGS[1]))
    other_rule = replace(PERFECT, findings=(FINDINGS[0], replace(FINDINGS[1], rule="b2-address")))

    assert _missed(sample, kept) == _missed(sample, elsewhere) == {("unflagged", "'9' (D6)")}
    assert _missed(sample, also) == set()
    assert _missed(sample, other_rule) == {("unflagged", "anything of row B1")}


def test_warnings_insertion_and_verdict_must_be_exact(sample: Sample) -> None:
    outcome = replace(PERFECT, warnings=frozenset({"child_death"}), support_inserted=True, verdict="review")

    assert _missed(sample, outcome) == {
        ("warning-missing", "child_physical_abuse"),
        ("warning-extra", "child_death"),
        ("insertion", "expected no, got yes"),
        ("verdict", "expected block, got review"),
    }


def test_a_crash_is_a_miss_and_says_nothing_of_the_copy(sample: Sample) -> None:
    def broken(sample: Sample) -> Outcome:
        raise ValueError(sample.copy)

    checks = run(sample, broken)

    assert [(check.kind, check.string) for check in checks] == [("crash", "ValueError")]
    assert sum_up([checks]).leak_free.right == 0


def test_only_articles_with_something_to_protect_can_be_leak_free(sample: Sample) -> None:
    harmless = replace(sample, expect=replace(sample.expect, gone=()))
    figures = sum_up([judge(sample, PERFECT), judge(harmless, PERFECT)])

    assert (figures.leak_free.right, figures.leak_free.of, figures.articles) == (1, 1, 2)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("gone: [Winston,", "gone: [Wilma,", "the copy does not hold 'Wilma'"),
        ("kept: [Dean Ames]", "kept: [Ames]", "is part of a string that must be gone"),
        ("kept: [Dean Ames]", "kept: [Dean Amis]", "the copy does not hold 'Dean Amis'"),
        ("child_physical_abuse", "child_abuse", "no category child_abuse"),
        ("row: D6", "row: D7", "no row D7"),
        ("verdict: block", "verdict: blocked", "no verdict blocked"),
        ("verdict: block", "verdict: pass", "contradicts"),
        ("kept:", "keep:", "unknown key keep"),
        ('"9"', '"10"', "flagged: the copy does not hold '10'"),
        ("support_inserted: false", "support_inserted: no", "true or false"),
    ],
)
def test_a_slip_in_a_sample_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in ARTICLE
    file = _write(tmp_path, ARTICLE.replace(old, new, 1))

    with pytest.raises(SampleError, match=complaint):
        load_sample(file)


def test_scalars_are_read_as_text(tmp_path: Path) -> None:
    text = ARTICLE.replace("kept: [Dean Ames]", "kept: [Dean Ames, 9]")
    text = text.replace("genre: court", "genre: court\ncontext: {published: 2026-03-02, desk: no}")

    sample = load_sample(_write(tmp_path, text))

    assert sample.expect.kept == ("Dean Ames", "9")
    assert sample.context == {"published": "2026-03-02", "desk": "no"}


def test_quality_without_samples_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quality.main(["--samples", str(tmp_path / "none")]) == 2
    assert quality.main(["--samples", str(tmp_path)]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    missing, empty = captured.err.splitlines()
    assert "no folder of samples" in missing
    assert "holds no samples" in empty


def test_quality_writes_figures_and_compares_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path, ARTICLE)
    out, old = tmp_path / "new.json", tmp_path / "old.json"
    old.write_text(json.dumps({"misses": {"boy": ["leak: Somebody Else"]}}), encoding="utf-8")

    arguments = ["--samples", str(tmp_path), "--no-stock", "--json", str(out), "--compare", str(old)]
    assert quality.main(arguments) == 0

    figures = json.loads(out.read_text(encoding="utf-8"))
    assert set(figures) == {"engines", "genres", "rows", "misses"}
    assert figures["engines"]["safeguard"]["gone"]["of"] == 2
    assert "gained  boy  leak: Somebody Else" in capsys.readouterr().out


def test_quality_refuses_old_figures_that_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(tmp_path, ARTICLE)
    old = tmp_path / "old.json"
    old.write_text("[]", encoding="utf-8")

    assert quality.main(["--samples", str(tmp_path), "--compare", str(old)]) == 2
    assert "holds no figures" in capsys.readouterr().err
