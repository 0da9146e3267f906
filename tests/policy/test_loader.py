"""Loading: what is merged, and what each mistake in a file is called, where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_story import Story, of, said

from safeguard.errors import PolicyError
from safeguard.policy.bundled import bundled_text
from safeguard.policy.loader import load_policy, read_policy
from safeguard.policy.problems import BrokenPolicyError

HEAD = """safeguard: 1
id: house
version: "7"
title: House rules
extends: uk-news
"""
RULE = """rules:
  - id: p4-child-harmless
    title: Pupils
    when:
      find: person
      life-stage: minor
    do: keep
    because: The school agreed.
    examples: [{catch: "Noah Bright, 9, won."}, {pass: "Noah Bright, 39, won."}]
"""


def broken(text: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        read_policy(text, "house.yaml")
    return str(caught.value).splitlines()


def test_a_file_by_path_and_a_policy_by_name(tmp_path: Path) -> None:
    path = tmp_path / "house.yml"
    path.write_text(HEAD + RULE, encoding="utf-8")
    policy = load_policy(path)
    assert (policy.name, policy.version, policy.title) == ("house", "7", "House rules")
    assert policy.extends == ("uk-news@2026.11",)
    assert load_policy("uk-news").name == "uk-news"


def test_an_unknown_name_is_told_with_the_nearest_and_all_others() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy("uk-new")
    assert str(caught.value) == (
        'There is no policy called "uk-new". Did you mean "uk-news"? '
        "Known: full-anonymisation, uk-news, uk-news-named-deceased; or give the path of a policy file."
    )


@pytest.mark.parametrize("name", ["missing.yaml", "no/such/policy.yml"])
def test_a_missing_file(name: str) -> None:
    with pytest.raises(PolicyError, match="There is no policy file"):
        load_policy(name)


def test_a_folder_and_a_file_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(tmp_path)
    path = tmp_path / "house.yaml"
    path.write_bytes(b"title: caf\xe9\n")
    with pytest.raises(PolicyError, match="UTF-8: byte 10"):
        load_policy(path)


def test_a_rule_takes_the_place_of_the_one_with_its_id_and_new_ones_come_first() -> None:
    new = "  - id: house-new\n    title: New\n    when: {find: own}\n    do: keep\n    because: Known.\n"
    new += "    status: trial\n"
    base, policy = load_policy("uk-news"), read_policy(HEAD + RULE + new)
    ids = [rule.id for rule in policy.rules]
    assert ids == ["house-new", *(rule.id for rule in base.rules)]
    assert policy.origins["p4-child-harmless"] == "house"
    assert policy.origins["p3-relative"] == "uk-news"
    story = Story()
    who = story.person("Ellie Marsh", life_stage="minor")
    assert said(story.decide(policy).persons[who]) == ("keep", "p4-child-harmless")


def test_settings_are_merged_name_by_name() -> None:
    policy = read_policy(
        HEAD + "settings:\n  public-figures: [Anna Lowe]\n  labels:\n    child: 'Girl {letter}'\n"
    )
    assert policy.settings.public_figures == ("Anna Lowe",)
    assert policy.settings.labels.child == "Girl {letter}"
    assert policy.settings.labels.complainant == "Complainant {letter}"
    assert policy.settings.labels.details["UK_NHS"] == "NHS number removed"
    assert policy.settings.warnings.categories["child_death"].text == "the death of a child"


def test_a_policy_can_extend_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + RULE, encoding="utf-8")
    top = HEAD.replace("extends: uk-news", "extends: base.yaml@7").replace("id: house", "id: desk")
    (tmp_path / "desk.yaml").write_text(top, encoding="utf-8")
    policy = load_policy(tmp_path / "desk.yaml")
    assert policy.extends == ("house@7", "uk-news@2026.11")
    assert policy.origins["p4-child-harmless"] == "house"


def test_a_circle_is_told(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(HEAD.replace("uk-news", "house.yaml"), encoding="utf-8")
    with pytest.raises(PolicyError, match=r"house\.yaml:5:10: This policy extends itself"):
        load_policy(path)


def test_a_pinned_version_that_is_not_there() -> None:
    lines = broken(HEAD.replace("uk-news", "uk-news@2025.01"))
    assert lines == [
        'house.yaml:5:10: This was written for version 2025.01 of "uk-news"; the one here is 2026.11. '
        "Read what changed, then write:   extends: uk-news@2026.11"
    ]


def test_the_digest_is_of_what_decides_and_not_of_the_layout() -> None:
    plain = read_policy(HEAD + RULE).sha256
    assert (
        read_policy("# by the desk\n" + HEAD + RULE.replace("title: Pupils", 'title: "Pupils"')).sha256
        == plain
    )
    assert read_policy(HEAD + RULE.replace("do: keep", "do: review")).sha256 != plain
    assert len(plain) == 64


@pytest.mark.parametrize("status", ["draft", "trial", "retired"])
def test_only_live_rules_act(status: str) -> None:
    rule = RULE.replace("title: Pupils", f"title: Pupils\n    status: {status}").replace(
        "p4-child", "house-child"
    )
    story = Story()
    who = story.person("Ellie Marsh", life_stage="minor")
    policy = read_policy(HEAD + rule)
    assert policy.rules[0].status == status
    assert said(story.decide(policy).persons[who]) == ("review", "p4-child-harmless")


def test_an_operator_of_ones_own_and_its_parameters() -> None:
    text = HEAD + (
        "rules:\n  - id: phones\n    title: Phones\n    when: {find: detail, entity: PHONE_NUMBER}\n"
        "    do: {action: redact, with: mask, review: yes, params: {char: '*', chars: 0800}}\n"
        "    because: We mask them.\n"
        "    examples: [{catch: Ring Joan Field on 07700 900123.}, {pass: Ring Joan Field.}]\n"
    )
    decision = of(Story().see("PHONE_NUMBER").decide(read_policy(text)), "PHONE_NUMBER")
    assert (decision.operator, decision.review) == ("mask", True)
    assert decision.params["char"] == "*"
    assert decision.params["chars"] == "0800"


def test_numbers_and_words_stay_what_was_typed() -> None:
    policy = read_policy(HEAD + "settings:\n  newsroom-contacts: [08001111, 0116123, 9:00, no]\n")
    assert policy.settings.newsroom_contacts == ("08001111", "0116123", "9:00", "no")


def test_a_policy_of_ones_own_without_rules_lets_nothing_through_in_silence() -> None:
    bare = read_policy("safeguard: 1\nid: bare\nversion: 1\ntitle: Bare\n")
    story = Story()
    story.person("Ellie Marsh", life_stage="minor", roles={"victim"})
    story.see("PHONE_NUMBER").see("SCHOOL")
    decisions = story.decide(bare)
    assert {said(item.decision) for item in decisions.decided} == {("review", "unmatched")}
    assert decisions.verdict == "review"


MISTAKES = [
    (
        HEAD + RULE.replace("because", "becuase"),
        "13:5",
        'There is no setting called "becuase" in a rule. Did you mean "because"?',
    ),
    (
        HEAD + RULE.replace("    because: The school agreed.\n", ""),
        "7:5",
        'Rule "p4-child-harmless" does not say why it exists.',
    ),
    (
        HEAD + RULE.replace("life-stage", "life-stages"),
        "11:7",
        'A person has no "life-stages". Did you mean "life-stage"?',
    ),
    (
        HEAD + RULE.replace("minor", "minro"),
        "11:19",
        '"minro" is no value of "life-stage". Did you mean "minor"?',
    ),
    (
        HEAD + RULE.replace("minor", "[adult, minro]"),
        "11:27",
        '"minro" is no value of "life-stage". Did you mean "minor"?',
    ),
    (
        HEAD + RULE.replace("find: person", "find: persons"),
        "10:13",
        'Nothing called "persons" can be found. Did you mean "person"?',
    ),
    (
        HEAD + RULE.replace("      find: person\n", ""),
        "10:7",
        'Rule "p4-child-harmless" does not say what to find.',
    ),
    (
        HEAD + RULE.replace("do: keep", "do: redcat"),
        "12:9",
        '"redcat" is no value of "do". Did you mean "redact"?',
    ),
    (HEAD + RULE.replace("do: keep", "do: warn"), "12:9", 'A rule about a person cannot "warn".'),
    (
        HEAD + RULE.replace("title: Pupils", "title: Pupils\n    status: alive"),
        "9:13",
        '"alive" is no value of "status". Did you mean "live"?',
    ),
    (
        HEAD + RULE.replace("minor\n", "minor\n    when:\n      find: own\n"),
        "12:5",
        '"when" is set twice here. It stands on line 9 already.',
    ),
    (HEAD + RULE + RULE.removeprefix("rules:\n"), "15:9", 'There are two rules called "p4-child-harmless".'),
    (
        HEAD + RULE.replace("minor\n", "minor\n    unless:\n      - waived: maybe\n"),
        "13:17",
        '"maybe" is no value of "waived".',
    ),
    (HEAD + "settings:\n  warning-threshold: two\n", "7:22", "A whole number was expected here."),
    (
        HEAD + "settings:\n  warning-threshold: 9\n",
        "7:22",
        '"warning-threshold" is out of range. The limit is 4.',
    ),
    (HEAD + "settings:\n  minor-age: 16\n", "7:3", "Somebody is an adult at 18 in every UK nation"),
    (
        HEAD + "settings:\n  public-figure: [Anna Lowe]\n",
        "7:3",
        'There is no setting called "public-figure" in "settings". Did you mean "public-figures"?',
    ),
    (
        HEAD + "settings:\n  labels:\n    child: Child\n",
        "8:12",
        "This text needs {letter}, once, and nothing else in braces.",
    ),
    (
        HEAD + "settings:\n  support-block:\n    x: {called-for-by: child_neglct, helplines: a, text: b}\n",
        "8:24",
        '"child_neglct" is no category of this policy. Did you mean "child_neglect"?',
    ),
    (
        HEAD.replace("safeguard: 1", "safeguard: 2"),
        "1:12",
        '"2" is no value of "safeguard". Expected one of: 1.',
    ),
    (
        HEAD.replace("safeguard: 1\n", ""),
        "1:1",
        "This file does not say which format it is in. Start it with:   safeguard: 1",
    ),
    (
        HEAD.replace("uk-news", "uk-newz"),
        "5:10",
        'There is no policy called "uk-newz". Did you mean "uk-news"?',
    ),
    (HEAD + "reviewed: 2026-02-30\n", "6:11", "There is no such day in the calendar."),
    (HEAD + "reviewed: soon\n", "6:11", "A date was expected here, such as 2026-11-03."),
    (
        HEAD + "review-every: now and then\n",
        "6:15",
        "A number of days, weeks, months or years was expected here",
    ),
    (HEAD + "owner:\n", "6:7", "Nothing is written here: write what it should be, or take the line out."),
    (
        HEAD + RULE.replace("The school agreed.", "Editors: the school agreed."),
        "13:21",
        "This line has a second colon, so half of it was read as a new setting.",
    ),
    (HEAD + RULE.replace("Pupils", '"Pupils'), "8:12", "A quotation mark is opened here and never closed."),
    (
        HEAD + RULE.replace("The school agreed.", "'We don't ask the school.'"),
        "13:22",
        "The quotation mark before this ends the text, and more of it follows. Put quotes round all of it:   "
        '"We don\'t ask the school."',
    ),
    (
        HEAD + "helplines:\n  - {id: ours, names: Ours, topics: [our_own_topic, child neglect]}\n",
        "7:53",
        '"child neglect" is no category of this policy. Did you mean "child_neglect"?',
    ),
    (
        HEAD + "helplines:\n  - {id: ours, names: Ours, last-checked: yesterday}\n",
        "7:43",
        "A date was expected here, such as 2026-11-03.",
    ),
    (
        HEAD + RULE.replace("    title", "  \u00a0 title"),
        "8:3",
        'This line starts with an invisible "no-break" space.',
    ),
    (HEAD + RULE.replace("    title", "\ttitle"), "8:1", "This line starts with a tab."),
    (
        HEAD + "settings: &a\n  public-figures: &b [x]\n  newsroom-contacts: *b\n",
        "7:19",
        "This part is used in two places.",
    ),
    ("title: " + "[" * 100_000, "1:1", "This is nested too deeply."),
    ("- " * 100_000, "1:1", "This is nested too deeply."),
    (HEAD + "---\nsafeguard: 1\n", "6:1", "A second document begins here, and a policy file has one."),
    ("", "1:1", "This file has no settings in it."),
    ("- one\n", "1:1", "This file has no settings in it."),
    ("title: [a\n", "1:8", "A bracket is opened here, and what follows it cannot be read."),
    (
        HEAD + RULE.replace("do: keep", "do: {action: redact, wiht: mask}"),
        "12:26",
        'There is no setting called "wiht" in "do". Did you mean "with"?',
    ),
    (
        HEAD + RULE.partition("    examples")[0] + "    examples:\n      - catch: A\n        pass: B\n",
        "15:9",
        'An example says either "catch" or "pass".',
    ),
]


@pytest.mark.parametrize(("text", "place", "sentence"), MISTAKES, ids=[m[2][:50] for m in MISTAKES])
def test_each_mistake_has_its_place_and_its_sentence(text: str, place: str, sentence: str) -> None:
    lines = broken(text)
    assert lines[0].startswith(f"house.yaml:{place}: "), lines
    assert sentence in lines[0]
    assert not any(word in lines[0] for word in ("mapping", "scalar", "token", "Pydantic", "None"))


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        HEAD + RULE.replace("minor", "minro").replace("do: keep", "do: warn") + "settings:\n  threshold: 3\n"
    )
    with pytest.raises(BrokenPolicyError) as caught:
        read_policy(
            text.replace(
                "  threshold: 3",
                "  warning-threshold: 3\n  support-block:\n    x: {called-for-by: x, helplines: a, text: b}",
            )
        )
    assert [problem.line for problem in caught.value.problems] == [11, 12, 18, 18]


def test_brackets_may_go_on_over_several_lines() -> None:
    conditions = """    when: {find: person,
      life-stage: minor, adult-now: no,  # [here
      "role": [relative,
        "none"]}
"""
    text = HEAD + RULE.replace("    when:\n      find: person\n      life-stage: minor\n", conditions)
    (rule,) = [r for r in read_policy(text, "house.yaml").rules if r.id == "p4-child-harmless"]
    assert rule.conditions == {"life-stage": ("minor",), "adult-now": ("no",), "role": ("relative", "none")}

    slip = text.replace("The school agreed.", "Editors: the school agreed.")
    assert broken(slip)[0].startswith("house.yaml:14:21: This line has a second colon")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_policy_is_told_in_sentences_and_never_in_a_traceback(data: st.DataObject) -> None:
    text = bundled_text("uk-news")
    at = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.text(alphabet=" \n\t:-[]{}'\"#&*!|>ayes\u00a0’", max_size=6))
    edited = text[:at] + put + text[at + length :]
    lines: list[str] = []
    try:
        read_policy(edited, "edited.yaml")
    except PolicyError as error:
        lines = str(error).splitlines()
    assert all(line.startswith("edited.yaml:") for line in lines)
