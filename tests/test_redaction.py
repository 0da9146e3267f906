"""Rewriting: what edits do to a source, what stands in the place of a name, and what is never touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from presidio_anonymizer.operators import Operator, OperatorType

from recognizers.model import Mention, Observation, People, Person, Support, SupportBlock
from safeguard.analysis import Analysis
from safeguard.copy import Copy
from safeguard.errors import PolicyError, SettingsError
from safeguard.policy.decisions import Action, Decided, Decision, Decisions
from safeguard.redaction.edits import Edit, FixedPoints, moved, settle, splice
from safeguard.redaction.errors import FixedPointError
from safeguard.redaction.operators import Operators
from safeguard.redaction.pseudonyms import pseudonyms_for
from safeguard.redaction.rewrite import Rewritten, rewrite
from safeguard.redaction.support import yield_to_support

CHILD = {"label": "Child A", "template": "[{label}]"}
BLOCK = "If you are worried about a child, call the NSPCC on 0808 800 5000."


def decided(
    entity_type: str,
    start: int,
    end: int,
    person: str | None = None,
    operator: str = "label",
    params: Mapping[str, str] = CHILD,
    action: Action = "redact",
) -> Decided:
    decision = Decision(action, "rule", "A rule", "Because.", operator=operator, params=params)
    return Decided(Observation(entity_type, start, end, 1.0, "test", person), decision)


def named(copy: Copy, *names: str, **how: Any) -> list[Decided]:
    """One decision for every place where one of the names stands, whole or in an address."""
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return [decided("NAMED_MINOR", m.start(), m.end(), "p1", **how) for m in re.finditer(pattern, copy.text)]


def rewritten(given_copy: Any, *names: str, operators: Operators | None = None, **how: Any) -> Rewritten:
    copy = Copy.of(given_copy)
    decisions = Decisions(tuple(named(copy, *names, **how)))
    return rewrite(copy, decisions, Analysis(), operators or Operators())


# -- edits ---------------------------------------------------------------------------------------------------

SOURCES = st.text(min_size=1, max_size=60)


@st.composite
def sources_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    source = draw(SOURCES)
    place = st.integers(0, len(source))
    edits = [
        Edit(min(one, other), max(one, other), draw(st.sampled_from(["", "[A]", "x"])), rank, (number,))
        for number, (one, other, rank) in enumerate(
            draw(st.lists(st.tuples(place, place, st.integers(0, 3)), max_size=8))
        )
    ]
    return source, edits


@given(sources_with_edits(), st.randoms())
def test_edits_settle_the_same_way_whatever_order_they_come_in(
    case: tuple[str, list[Edit]], random: Any
) -> None:
    _, edits = case
    shuffled = list(edits)
    random.shuffle(shuffled)

    assert settle(shuffled) == settle(edits)
    assert settle(settle(edits)) == settle(edits)


@given(sources_with_edits())
def test_whatever_no_edit_covers_comes_out_as_it_went_in(case: tuple[str, list[Edit]]) -> None:
    source, edits = case
    settled = settle(edits)

    safe = splice(source, settled)

    at, done = 0, 0
    for edit in settled:
        untouched = source[done : edit.start]
        assert safe[at : at + len(untouched)] == untouched
        at += len(untouched)
        assert safe[at : at + len(edit.text)] == edit.text
        at, done = at + len(edit.text), edit.end
    assert safe[at:] == source[done:]
    covered = {p for e in edits for p in range(e.start, e.end)}
    assert covered == {p for e in settled for p in range(e.start, e.end)}
    assert {o for e in edits for o in e.origins} == {o for e in settled for o in e.origins}


@given(sources_with_edits(), st.data())
def test_no_edit_changes_a_fixed_point_and_it_is_found_where_it_has_moved_to(
    case: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    source, edits = case
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    settled = settle(edits)
    fixed = FixedPoints(((start, end),))

    if any(fixed.touched(edit) for edit in settled):
        with pytest.raises(FixedPointError):
            splice(source, settled, fixed)
        return
    safe = splice(source, settled, fixed)
    (now,) = moved([start], settled)
    assert safe[now : now + end - start] == source[start:end]


def test_the_longest_edit_wins_and_covers_all_that_overlap() -> None:
    inside = Edit(4, 9, "[Child A]", 3, (0,))
    email = Edit(4, 20, "[email removed]", 1, (1,))
    across = Edit(18, 24, "[x]", 0, (2,))

    assert settle([inside, email, across]) == [Edit(4, 24, "[email removed]", 1, (0, 1, 2))]
    assert settle([Edit(0, 4, "b", 3), Edit(0, 4, "a", 1)])[0].text == "a"
    assert settle([Edit(0, 4, "a"), Edit(4, 8, "b")]) == [Edit(0, 4, "a"), Edit(4, 8, "b")]


def test_edits_that_were_not_settled_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("Some copy", [Edit(0, 5, "a"), Edit(4, 6, "b")])


def test_an_insertion_at_the_edge_of_a_fixed_point_does_not_touch_it() -> None:
    fixed = FixedPoints(((4, 8),))

    assert not fixed.touched(Edit(4, 4, "x"))
    assert not fixed.touched(Edit(8, 8, "x"))
    assert fixed.touched(Edit(5, 5, "x"))
    assert fixed.touched(Edit(0, 5, "x"))


# -- names in prose ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("Maisie’s mother said Maisie was well.", "[Child A]’s mother said [Child A] was well."),
        ("the Maisie case", "the [Child A] case"),
        ("Peter’sMaisie was found.", "Peter’s [Child A] was found."),
        ("0800 1111Maisie, nine", "0800 1111 [Child A], nine"),
        ("MaisieFeatured Image", "[Child A] Featured Image"),
        ("MaisieMaisie", "[Child A] [Child A]"),
        ("the Maisies", "the [Child A]s"),
        ("“Maisie”", "“[Child A]”"),
        ("anti-Maisie-gate", "anti-[Child A]-gate"),
        ("#JusticeForMaisie", "#JusticeForChildA"),
        ("@maisiemarch", "@childamarch"),
        (
            "See https://news.example/2026/maisie-found?id=3",
            "See https://news.example/2026/child-a-found?id=3",
        ),
        ("Picture: Maisie_Beach.jpg", "Picture: child_a_Beach.jpg"),
        ("Mai\u00adsie\u200b ran", "[Child A]\u200b ran"),
    ],
)
def test_a_label_stands_where_the_name_stood_and_no_words_are_glued(source: str, safe: str) -> None:
    assert rewritten(source, "Maisie", "maisie").safe_copy == safe


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("Police met Maisie today.", "Police met today."),
        ("Police met Maisie.", "Police met."),
        ("Maisie, nine, was found.", "nine, was found."),
        ("Her son, Maisie, and Tom", "Her son, and Tom"),
        ("A girl (Maisie) was found.", "A girl was found."),
        ("Maisie was found.\nMaisie is well.", "was found.\nis well."),
        ("toMaisieFeatured", "to Featured"),
        ("by Maisie", "by"),
        ("Maisie", ""),
    ],
)
def test_removing_leaves_no_double_blank_and_no_stray_comma(source: str, safe: str) -> None:
    for operator in ("remove", "redact"):
        assert rewritten(source, "Maisie", operator=operator).safe_copy == safe


@given(
    st.text(st.sampled_from("Maisie ,.()\n-a"), max_size=30),
    st.text(st.sampled_from("Maisie ,.()\n-a"), max_size=30),
    st.sampled_from(["label", "remove", "initials", "mask"]),
)
def test_no_word_beside_a_name_is_lost_or_joined_to_another(before: str, after: str, operator: str) -> None:
    safe = rewritten(f"{before}Zadie{after}", "Zadie", operator=operator).safe_copy

    assert isinstance(safe, str)
    assert "Zadie" not in safe
    kept = re.findall(r"\w+", before) + re.findall(r"\w+", after)
    shown = re.sub(r"\[Child A\]|Z\.|\*{5}", " ", safe)
    assert re.findall(r"\w+", shown) == kept


# -- addresses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "source", "safe"),
    [
        ("slug", "ellie-marsh-trial", "child-a-trial"),
        ("slug", "trial-of-ellie-marsh", "trial-of-child-a"),
        ("slug", "ellie_marsh_trial", "child_a_trial"),
        ("slug", "elliemarsh-trial", "child-a-trial"),
        ("slug", "Ellie Marsh trial", "[Child A] trial"),
        ("image", "Ellie_Marsh.jpg", "child_a.jpg"),
        ("image", "EllieMarsh.jpg", "child_a.jpg"),
        ("image", "gala-elliemarsh-2.jpg", "gala-child-a-2.jpg"),
        ("image", "gala Ellie Marsh 2.jpg", "gala child a 2.jpg"),
        ("image", "Ellie%20Marsh.jpg", "child%20a.jpg"),
        ("tags", "Ellie Marsh", "[Child A]"),
        ("tags", "ellie-marsh", "child-a"),
        ("tags", "#EllieMarsh", "#ChildA"),
        ("tags", "#elliemarsh", "#childa"),
        ("image", "https://img.example/Ellie_Marsh.jpg", ""),
        ("canonical_url", "https://news.example/ellie-marsh-trial", ""),
    ],
)
def test_an_address_stays_an_address_and_a_link_that_carries_the_name_is_lost(
    part: str, source: str, safe: str
) -> None:
    forms = ("Ellie Marsh", "ellie-marsh", "ellie_marsh", "elliemarsh", "Ellie_Marsh", "EllieMarsh")
    result = rewritten({part: source, "body": "Some copy."}, *forms, "Ellie%20Marsh")

    assert result.safe_copy == {part: safe, "body": "Some copy."}


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("ellie-marsh-trial", "trial"),
        ("trial-of-ellie-marsh", "trial-of"),
        ("the-ellie-marsh-case", "the-case"),
    ],
)
def test_a_name_removed_from_a_slug_takes_a_hyphen_with_it(source: str, safe: str) -> None:
    result = rewritten({"slug": source, "body": "Some copy."}, "ellie-marsh", operator="remove")

    assert result.safe_copy == {"slug": safe, "body": "Some copy."}


def test_a_handle_goes_by_its_own_label_though_a_name_is_in_it() -> None:
    copy = Copy.of("Follow @elliemarsh09 or write to ellie.marsh@mail.example today.")
    handle, mail = copy.text.index("@elliemarsh09"), copy.text.index("ellie.marsh")
    decisions = Decisions(
        (
            decided("NAMED_MINOR", handle + 1, handle + 11, "p1"),
            decided("SOCIAL_HANDLE", handle, handle + 13, params={"label": "handle removed"}),
            decided("NAMED_MINOR", mail, mail + 11, "p1"),
            decided("EMAIL_ADDRESS", mail, mail + 24, params={"label": "email removed"}),
        )
    )

    result = rewrite(copy, decisions, Analysis(), Operators())

    assert result.safe_copy == "Follow [handle removed] or write to [email removed] today."
    assert result.replacements == {
        0: "[handle removed]",
        1: "[handle removed]",
        2: "[email removed]",
        3: "[email removed]",
    }


def test_a_name_is_taken_out_of_an_address_that_is_kept() -> None:
    result = rewritten("Write to press.elliemarsh@trust.example today.", "elliemarsh")

    assert "ellie" not in str(result.safe_copy)
    assert "@trust.example" in str(result.safe_copy)


# -- operators -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "params", "source", "safe"),
    [
        ("initials", {}, "Ellie Marsh met Ellie.", "E.M. met E."),
        ("mask", {}, "Ellie Marsh ran", "***** ***** ran"),
        ("mask", {"masking_char": "•", "chars_to_mask": "4", "from_end": "yes"}, "Ellie ran", "E•••• ran"),
        ("replace", {"new_value": "the girl"}, "Ellie ran", "the girl ran"),
        ("keep", {}, "Ellie ran", "Ellie ran"),
        ("label", {"label": "the girl", "template": "{label}"}, "Ellie ran", "the girl ran"),
    ],
)
def test_what_operators_make_of_a_name(operator: str, params: dict[str, str], source: str, safe: str) -> None:
    assert rewritten(source, "Ellie Marsh", "Ellie", operator=operator, params=params).safe_copy == safe


def test_initials_leave_out_particles() -> None:
    assert Operators().apply("initials", "Anne-Marie van der Berg", {}) == "A.M.B."
    assert Operators().apply("initials", "ellie marsh", {}) == "e.m."


def test_a_person_has_one_pseudonym_and_it_stands_nowhere_in_the_copy() -> None:
    first, second = pseudonyms_for("")[:2]
    copy = Copy.of(f"Ellie met Maya and {first}. Maya left. Ellie Marsh stayed.")
    persons = tuple(
        Person(
            name,
            mentions=tuple(
                Mention(m.start(), m.end(), "tagger", "full") for m in re.finditer(pattern, copy.text)
            ),
        )
        for name, pattern in (("p2", "Maya"), ("p1", "Ellie(?: Marsh)?"))
    )
    decisions = Decisions(
        tuple(
            decided("NAMED_MINOR", m.start, m.end, person.id, operator="pseudonym", params={})
            for person in persons
            for m in person.mentions
        )
    )

    result = rewrite(copy, decisions, Analysis(People(persons)), Operators())

    third = pseudonyms_for("")[2]
    assert result.safe_copy == f"{second} met {third} and {first}. {third} left. {second} stayed."


class Surname(Operator):
    """A newsroom's own: keeps the family name only."""

    def operate(self, text: str, params: Any = None) -> str:
        return text.split()[-1]

    def validate(self, params: Any = None) -> None: ...

    def operator_name(self) -> str:
        return "surname"

    def operator_type(self) -> OperatorType:
        return OperatorType.Anonymize


class Failing(Surname):
    """One that cannot cope, and quotes the copy when it says so."""

    def operate(self, text: str, params: Any = None) -> str:
        raise ValueError(text)


def test_a_newsroom_can_bring_its_own_operator() -> None:
    result = rewritten(
        "Ellie Marsh ran", "Ellie Marsh", operator="surname", params={}, operators=Operators([Surname])
    )

    assert result.safe_copy == "Marsh ran"


def test_an_operator_that_fails_takes_the_text_out_and_says_so_without_it() -> None:
    result = rewritten(
        "Ellie Marsh ran", "Ellie Marsh", operator="surname", params={}, operators=Operators([Failing])
    )

    assert result.safe_copy == "[removed] ran"
    assert len(result.problems) == 1
    assert "ValueError" in result.problems[0]
    assert "Ellie" not in result.problems[0]


@pytest.mark.parametrize(
    ("operator", "params", "says"),
    [
        ("labl", {}, "Did you mean 'label'?"),
        ("label", {}, "a label is needed"),
        ("mask", {"masking_char": "**"}, "one character"),
        ("hash", {"hash_type": "md4"}, "cannot use its parameters"),
    ],
)
def test_an_operator_that_the_policy_has_wrong_is_the_policys_error(
    operator: str, params: dict[str, str], says: str
) -> None:
    with pytest.raises(PolicyError, match=re.escape(says)):
        rewritten("Ellie Marsh ran", "Ellie Marsh", operator=operator, params=params)


def test_only_operator_classes_can_be_registered() -> None:
    with pytest.raises(SettingsError, match="class derived from"):
        Operators([Surname()])  # type: ignore[list-item]


# -- support blocks and notes --------------------------------------------------------------------------------

ARTICLE = f"Maisie Thornbury, nine, was found.\n\n{BLOCK}\n\nPicture of Maisie: PA\n"


def with_block(article: str, block: str = BLOCK) -> tuple[Copy, Support]:
    copy = Copy.of(article)
    start = copy.text.index(block)
    return copy, Support((SupportBlock(start, start + len(block), ("nspcc",)),))


def test_a_support_block_stands_where_it_moved_to_untouched() -> None:
    copy, support = with_block(ARTICLE)
    decisions = Decisions(
        tuple(named(copy, "Maisie Thornbury", "Maisie")), warning_text="Content warning: a lost child."
    )

    result = rewrite(copy, decisions, Analysis(support=support), Operators())

    safe = ARTICLE.replace("Maisie Thornbury", "[Child A]").replace("Maisie", "[Child A]")
    assert result.safe_copy == f"Content warning: a lost child.\n\n{safe}"
    (block,) = result.blocks
    assert block.intact
    assert ARTICLE[block.start : block.end] == BLOCK


@given(
    st.text(st.sampled_from("Zadie N\u00ad\u200b\r\n."), max_size=20),
    st.text(st.sampled_from("Zadie N\u00ad\u200b\r\n."), max_size=20),
    st.sampled_from(["label", "remove", "mask"]),
)
def test_the_bytes_of_a_block_survive_any_edits_around_it(before: str, after: str, operator: str) -> None:
    block = "Call\u00a0Child\u00adline on 0800\u00a01111 – e\u0301t\u0301 any time\r\nfree"
    copy = Copy.of(f"{before}Zadie{block}Zadie{after}")
    start = copy.text.index("Call ")
    end = copy.text.index("free", start) + 4
    decisions = Decisions(
        tuple(d for d in named(copy, "Zadie", operator=operator)),
        warning_text="Content warning: a lost child.",
        support_text="Ring the Samaritans on 116 123.",
    )

    result = rewrite(copy, decisions, Analysis(support=Support((SupportBlock(start, end),))), Operators())

    assert block in str(result.safe_copy)
    assert [kept.intact for kept in result.blocks] == [True]
    assert "Zadie" not in str(result.safe_copy)


def test_an_edit_that_would_touch_a_block_raises_and_does_not_quote_it() -> None:
    copy, support = with_block(ARTICLE)
    at = copy.text.index("0808")
    decisions = Decisions((decided("PHONE_NUMBER", at, at + 13),))

    with pytest.raises(FixedPointError) as raised:
        rewrite(copy, decisions, Analysis(support=support), Operators())

    assert "0808" not in str(raised.value)


def test_a_decision_about_a_block_gives_way_and_somebody_has_to_look() -> None:
    copy, support = with_block(
        ARTICLE.replace("0808", "Maisie on 0808"), BLOCK.replace("0808", "Maisie on 0808")
    )
    names = named(copy, "Maisie Thornbury", "Maisie")
    decisions = Decisions(tuple(names), persons={"p1": names[0].decision})

    yielding = yield_to_support(decisions, support, copy)
    kept = yield_to_support(
        Decisions((decided("NAMED_MINOR", 41, 60, "p1", action="protect"),), persons=decisions.persons),
        support,
        copy,
    )

    assert [d.decision.action for d in yielding.decided] == ["redact", "review", "redact"]
    assert [d.decision.action for d in kept.decided] == ["review"]
    assert rewrite(copy, yielding, Analysis(support=support), Operators()).blocks[0].intact


WARNED = Decisions(
    warning_text="Content warning: this article describes the death of a child.",
    support_text="Need help?\nCall Samaritans on 116 123.",
)


@pytest.mark.parametrize(
    "article", ["Some copy.", "Some copy.\n", "Some\r\ncopy.\r\n", "\ufeffSome copy.\n\n\n"]
)
def test_notes_go_in_once(article: str) -> None:
    once = rewrite(Copy.of(article), WARNED, Analysis(), Operators())
    twice = rewrite(Copy.of(once.safe_copy), WARNED, Analysis(), Operators())

    assert [i.kind for i in once.insertions] == ["warning", "support"]
    assert twice.safe_copy == once.safe_copy
    assert twice.insertions == ()
    assert not twice.changed


def test_a_warning_that_an_editor_reworded_is_left_alone() -> None:
    article = "Content warning: this story may upset readers.\n\nSome copy."

    assert (
        rewrite(
            Copy.of(article), Decisions(warning_text=WARNED.warning_text), Analysis(), Operators()
        ).insertions
        == ()
    )


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        (
            {"headline": "A child died", "body": "Copy.", "caption": "A longer text than the body has."},
            "body",
        ),
        ({"headline": "A child died", "standfirst": "A longer text.", "slug": "x" * 90}, "standfirst"),
        ({"headline": "A child died", "body": "  "}, "headline"),
        ({"slug": "a-child-died"}, "slug"),
    ],
)
def test_notes_go_into_the_part_that_the_policy_names_else_the_longest_prose(
    parts: dict[str, str], place: str
) -> None:
    safe = rewrite(Copy.of(parts), WARNED, Analysis(), Operators()).safe_copy

    assert isinstance(safe, dict)
    assert list(safe) == list(parts)
    assert [part for part in parts if safe[part] != parts[part]] == [place]
    assert str(safe[place]).startswith(WARNED.warning_text)


@pytest.mark.parametrize(
    ("body", "safe"),
    [
        (["One.", "Two."], ["W: x.\n\nOne.", "Two.\n\nS"]),
        (["", "One.", "Two.", ""], ["W: x.", "One.", "Two.", "S"]),
        (["", "W: y.", "Two."], ["", "W: y.", "Two.\n\nS"]),
        (["<p>One.</p>", ""], ['<p role="note" class="content-warning">W: x.</p>\n<p>One.</p>', "S"]),
    ],
)
def test_notes_go_to_the_first_and_the_last_paragraph_or_into_the_room_kept_for_them(
    body: list[str], safe: list[str]
) -> None:
    decisions = Decisions(warning_text="W: x.", support_text="S")

    assert rewrite(Copy.of({"body": body}), decisions, Analysis(), Operators()).safe_copy == {"body": safe}


def test_notes_inside_a_paragraph_are_no_paragraphs() -> None:
    copy = Copy.of({"body": ["A <b>child</b> died.", "Two."]}, "inline-html")
    safe = rewrite(copy, WARNED, Analysis(), Operators()).safe_copy

    assert safe == {
        "body": [
            f'<span role="note" class="content-warning">{WARNED.warning_text}</span><br><br>'
            "A <b>child</b> died.",
            'Two.<br><br><span role="note" class="support">Need help?<br>Call Samaritans on 116 123.</span>',
        ]
    }
