"""Linting: what every mistake is called and where, what protects less, and that no edit slips through."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.errors import PolicyError
from safeguard.policy.bundled import bundled_policies, bundled_text
from safeguard.policy.lint import lint
from safeguard.policy.loader import load_policy, read_policy
from safeguard.policy.problems import BrokenPolicyError, Problem, shown
from safeguard.policy.ruling import rule_on
from safeguard.policy.waivers import read_waivers
from safeguard.policy_examples import try_examples

BROKEN = Path(__file__).with_name("broken")
EXPECTED: dict[str, list[str]] = yaml.load(
    (BROKEN / "expected.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
HEAD = 'safeguard: 1\nid: house\nversion: "1"\ntitle: House\nextends: uk-news@2026.11\n'
EXAMPLES = """    examples:
      - catch: Noah Bright, 9, won the school poetry prize.
      - pass: Noah Bright, 39, won the poetry prize.
"""


def rule(rule_id: str, when: str, do: str, rest: str = EXAMPLES) -> str:
    return f"  - id: {rule_id}\n    title: T\n    when: {{{when}}}\n    do: {do}\n    because: So.\n{rest}"


def linted(tmp_path: Path, text: str) -> tuple[list[str], list[str]]:
    file = tmp_path / "house.yaml"
    file.write_text(text, encoding="utf-8")
    found = lint(str(file))
    return [p.sentence for p in found.errors], [p.sentence for p in found.warnings]


def mistakes(file: str, text: str) -> list[Problem]:
    """What is wrong with a file of waivers, or a policy; with the examples of one that has no mistake."""
    if "\nwaivers:" in text:
        with pytest.raises(BrokenPolicyError) as caught:
            read_waivers(text, file)
        return list(caught.value.problems)
    found = lint(file)
    if found.policy is None:
        return list(found.errors)
    guard = Safeguard(policy=found.policy)
    tried = [r for rule in found.layers[-1].file.rules for r in try_examples(guard, rule) if r.wrong]
    return [found.example(r.rule, r.number, r.sentence, r.hint) for r in tried]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_is_told_where_and_what(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    file = f"{name}.yaml"
    text = Path(file).read_text(encoding="utf-8")
    problems = mistakes(file, text)

    assert [f"{p.line}:{p.column} {p.sentence}" for p in problems] == EXPECTED[name]
    assert all(p.file == file for p in problems)
    for problem in problems:
        first, line, caret, *_ = shown(problem, text).splitlines()
        assert first == f"{name}.yaml:{problem.line}:{problem.column}: {problem.sentence}"
        assert caret.index("^") == line.index("|") + 1 + problem.column


def test_there_are_forty_of_them_and_none_is_forgotten() -> None:
    assert len(EXPECTED) >= 40
    assert {f.stem for f in BROKEN.glob("*.yaml")} - {"expected"} == set(EXPECTED)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = (
        HEAD.replace("House", "“House”") + "rules:\n" + rule("a", "find: person, life-stage: minro", "redcat")
    )
    errors, _ = linted(tmp_path, text + "  - id: b\n    titel: x\n")

    assert errors == [
        "This text stands in typographic quotation marks.",
        '"minro" is no value of "life-stage".',
        '"redcat" is no value of "do".',
        'Rule "b" does not say what it does.',
        'Rule "b" does not say when it applies.',
        'Rule "b" does not say why it exists.',
        'There is no setting called "titel" in a rule.',
    ]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", 'Rule "x" is live and has no "catch" and no "pass" example.'),
        ("    examples:\n      - catch: A.\n", 'Rule "x" is live and has no "pass" example.'),
        ("    examples:\n      - pass: A.\n", 'Rule "x" is live and has no "catch" example.'),
        ("    status: draft\n", None),
        ("    status: trial\n", None),
        (EXAMPLES, None),
    ],
)
def test_a_live_rule_needs_an_example_of_both_kinds(tmp_path: Path, rest: str, said: str | None) -> None:
    errors, _ = linted(
        tmp_path, HEAD + "rules:\n" + rule("x", "find: person, life-stage: minor", "redact", rest)
    )

    assert errors == ([said] if said else [])


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (
            rule("p4-child-harmless", "find: person, life-stage: minor, adult-now: no", "keep"),
            "protects less than before",
        ),
        (rule("p4-child-harmless", "find: person, life-stage: minor, adult-now: no", "redact"), None),
        (
            rule("p3-relative", "find: person, relative-of: protected", "redact", "    status: draft\n"),
            "switches off",
        ),
        (
            rule("p3-relative", "find: person, relative-of: protected, life-stage: adult", "redact"),
            "acts on fewer",
        ),
        (
            rule("our-own", "find: person, life-stage: minor", "keep"),
            "is asked before these and protects less: ",
        ),
        (rule("our-own", "find: person, life-stage: adult, role: journalist", "keep"), "p2-complainant"),
        (rule("our-own", "find: person, life-stage: minor", "redact and review"), None),
        # A milder rule in its own place that holds for more than before comes before what protects.
        (rule("p6-own-childhood", "find: person, own-childhood: yes", "review"), "p2-complainant"),
        (rule("p6-relative-accused", "find: person, relative-of: protected", "keep"), "p3-relative"),
        # An exception of another kind lets go whom the one below did not; a narrower one lets go of nobody.
        (
            rule(
                "p3-relative",
                "find: person, relative-of: protected",
                "redact",
                "    unless: {life-stage: adult}\n" + EXAMPLES,
            ),
            "acts on fewer",
        ),
        (
            rule(
                "p3-relative",
                "find: person, relative-of: protected",
                "redact",
                "    unless: {role: accused}\n" + EXAMPLES,
            ),
            None,
        ),
        # Somebody may be accused and a victim: two roles do not exclude each other.
        (rule("our-own", "find: person, role: accused", "keep"), "p2-complainant"),
    ],
)
def test_what_protects_less_than_the_policy_below_is_named(
    tmp_path: Path, text: str, warned: str | None
) -> None:
    errors, warnings = linted(tmp_path, HEAD + "rules:\n" + text)

    assert errors == []
    told = [w for w in warnings if warned and warned in w]
    assert bool(told) == bool(warned)
    if warned is None:
        assert not [w for w in warnings if "p1-" in w or "p2-" in w]


def test_a_new_id_that_is_nearly_a_known_one_is_named(tmp_path: Path) -> None:
    known = "find: person, life-stage: minor, adult-now: no"
    for rule_id, told in (("p4-child-harmles", True), ("p4-child-harmless", False), ("our-pupils", False)):
        _, warnings = linted(tmp_path, HEAD + "rules:\n" + rule(rule_id, known, "redact"))
        said = f'Rule "{rule_id}" is new: it does not take the place of "p4-child-harmless".'
        assert (said in warnings) is told, rule_id


def test_a_support_block_that_takes_anothers_place_names_who_goes_without(tmp_path: Path) -> None:
    block = "{called-for-by: [CALLED], helplines: [sands], text: Call the Sands Helpline on 0808 164 3332.}"
    text = HEAD + "settings:\n  support-block:\n    baby-loss: " + block
    _, none = linted(tmp_path, text.replace("CALLED", "baby_loss, child_death"))
    _, lost = linted(tmp_path, text.replace("CALLED", "child_death"))
    _, moved = linted(
        tmp_path,
        text.replace("CALLED", "child_death") + "\n    ours: " + block.replace("CALLED", "baby_loss"),
    )

    assert none == moved == []
    assert lost == ['"baby-loss" takes the place of a block below: copy about baby_loss gets none any more.']


def test_a_public_mail_service_is_no_newsrooms_own(tmp_path: Path) -> None:
    _, warnings = linted(tmp_path, HEAD + "settings:\n  newsroom-contacts: [house.example, gmail.com]\n")

    assert warnings == ['"gmail.com" is open to everybody: every private address there would be kept.']


def test_a_higher_threshold_is_named(tmp_path: Path) -> None:
    _, warnings = linted(tmp_path, HEAD + "settings:\n  warning-threshold: 3\n  jigsaw-pieces: 2\n")

    assert warnings == ['"warning-threshold" was 2 and is 3: less is warned of or reviewed.']


def test_lint_says_with_its_exit_code_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "lint", "uk-news"]) == 0
    assert main(["policy", "lint", str(BROKEN / "01-misspelt-because.yaml")]) == 1
    assert "^^^^^^^" in capsys.readouterr().out
    assert main(["policy", "lint", str(tmp_path / "missing.yaml")]) == 2


# ---- No edit ever yields a traceback, or a policy that protects less without a word -----------------

_YES, _NO = frozenset(("yes",)), frozenset(("no",))
PROTECTED = [
    ("person", {"life-stage": frozenset(("minor",)), "adult-now": _NO, "at-the-centre": _YES}),
    (
        "person",
        {"life-stage": frozenset(("minor",)), "adult-now": _NO, "at-the-centre": _YES, "deceased": _YES},
    ),
    ("person", {"life-stage": frozenset(("adult",)), "sex-offence-complainant": _YES}),
    ("person", {"life-stage": frozenset(("adult",)), "relative-of": frozenset(("protected",))}),
    ("person", {"life-stage": frozenset(("minor",)), "adult-now": _NO}),
    ("detail", {"entity": frozenset(("PHONE_NUMBER",)), "owner": frozenset(("personal",))}),
    ("detail", {"entity": frozenset(("HOME_ADDRESS",))}),
    ("detail", {"entity": frozenset(("SCHOOL",)), "of": frozenset(("protected",))}),
    ("published-address", {"restriction": frozenset(("declared",))}),
    ("jigsaw", {"of": frozenset(("protected",)), "together": _YES}),
    ("helpline-problem", {}),
]
STRENGTH = ("keep", "warn", "review", "redact", "protect", "block")
TEXT = bundled_text("uk-news")
LINES = TEXT.splitlines(keepends=True)


@st.composite
def edits(draw: st.DrawFn) -> str:
    """uk-news as a hurried hand leaves it: a character gone or wrong, a line gone, doubled or moved."""
    kind = draw(st.sampled_from(["drop", "double", "type", "drop line", "double line", "indent", "paste"]))
    if "line" in kind or kind == "indent":
        lines = list(LINES)
        at = draw(st.integers(0, len(lines) - 1))
        if kind == "drop line":
            del lines[at]
        elif kind == "double line":
            lines.insert(at, lines[at])
        else:
            lines[at] = draw(st.sampled_from([" ", "  ", "\t", "\u00a0"])) + lines[at]
        return "".join(lines)
    at = draw(st.integers(0, len(TEXT) - 1))
    if kind == "drop":
        return TEXT[:at] + TEXT[at + 1 :]
    if kind == "double":
        return TEXT[: at + 1] + TEXT[at:]
    if kind == "type":
        return TEXT[:at] + draw(st.characters(codec="utf-8", exclude_categories=["Cs"])) + TEXT[at + 1 :]
    return (
        TEXT[:at]
        + draw(st.sampled_from(["“", ": ", "- ", "#", "{", "[", '"', "&a ", "*a", "!!int ", "|"]))
        + TEXT[at:]
    )


@settings(max_examples=150, deadline=None)
@given(edits())
def test_no_slip_of_the_hand_makes_a_traceback_or_a_weaker_policy(text: str) -> None:
    base = load_policy("uk-news")
    try:
        policy = read_policy(text, "uk-news.yaml")
    except PolicyError:
        return
    for find, facts in PROTECTED:
        before, after = rule_on(base, find, facts).action, rule_on(policy, find, facts).action
        assert STRENGTH.index(after) >= min(STRENGTH.index(before), STRENGTH.index("review")), (find, facts)


# ---- The bundled policies -----------------------------------------------------------------------


@pytest.mark.parametrize("name", bundled_policies())
def test_bundled_policies_have_no_mistake_and_their_examples_hold(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    junit = tmp_path / "junit.xml"
    code = main(["policy", "test", name, "--junit", str(junit)])

    assert code == 0, capsys.readouterr().out
    assert 'failures="0"' in junit.read_text(encoding="utf-8")


def test_an_example_that_does_not_hold_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "house.yaml"
    wrong = EXAMPLES.replace("39", "8")
    file.write_text(
        HEAD + "rules:\n" + rule("our-own", "find: person, life-stage: minor", "redact", wrong),
        encoding="utf-8",
    )

    assert main(["policy", "test", str(file)]) == 1
    assert "should pass, but the rule catches 'Noah Bright'" in capsys.readouterr().out


def test_an_example_that_another_rule_decides_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "house.yaml"
    first = rule("our-first", "find: person, life-stage: minor", "review")
    second = rule("our-second", "find: person, life-stage: minor, adult-now: no", "redact")
    file.write_text(HEAD + "rules:\n" + first + second, encoding="utf-8")

    assert main(["policy", "test", str(file), "--rule", "our-second"]) == 1
    assert "but our-first decides about it first" in capsys.readouterr().out


def test_an_example_that_nothing_meets_is_told_what_kept_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        HEAD + "rules:\n" + rule("our-own", "find: person, life-stage: minor, desk: sport", "review"),
        encoding="utf-8",
    )

    assert main(["policy", "test", str(file)]) == 1
    said = "Nearest is 'Noah Bright': desk is none, and the rule asks for sport."
    assert said in capsys.readouterr().out
    file.write_text(
        file.read_text(encoding="utf-8").replace("Noah Bright, 9, won", "They won"), encoding="utf-8"
    )
    assert main(["policy", "test", str(file)]) == 1
    assert 'no "person" was found in it' in capsys.readouterr().out
