"""The words of a copy taken together, and the second look at those whom no rule explains."""

from __future__ import annotations

import pytest

from recognizers.people.likeness import CopyLikeness
from safeguard import Safeguard

LOCK_UP = """Family thank neighbours after caravan blaze

A family of four who were asleep when their caravan filled with smoke have thanked the
neighbours who got them out.

Dilys Cadwaladr was carried from the bedroom by a man from the next pitch. She spent nine days on the
children's ward and is learning to walk again.

"She asks for her bear every night," said her grandmother.
"""
BAKE_SALE = """Pupils' scones raise £1,204 for hospice

Primary 7 pupils have raised £1,204.17 and one Polish coin for a hospice.

Struan Mathieson and Blessing Adeleke, both 11, worked out that a scone costs 31p to make. "It's basically
robbery," said Struan, "but for charity."

A malt was won by the minister, who does not drink.
"""
FIVE_IN_THE_PEW = """They had stopped for chips. The receipt was timed at 18.52.

Twenty-six minutes later their car was in collision with a lorry on the A9, and all five people in it died
at the scene.

A lorry driver made no plea at the sheriff court to five charges of causing death by dangerous driving.
He was released on bail.

Police said it was a man of 41, a woman of 39, a boy of 11 and two girls, both six.

The shop was shut on Monday. When it opened, a jar of bonbons was gone from the counter: the twins were the
only ones that bought them.

Their classmates at the primary school lit candles. The grandfather spoke to reporters at the road end.

A funeral service will be held when the fiscal allows.
"""
TWO_IN_THE_DOCK = """Three men who ran a county line from Leeds have been jailed at York Crown Court.

Ayaan Siddiq was 14. He was put on a train with a wrap of heroin and was missing from home for nine days.

The third in the dock, Reece Dunmore, is 19 now. He was 17 when he stood over the stove. Dunmore's barrister,
Clodagh Speirs, said that he had passed his maths on remand.

Judge Aubrey Penhallow said that they had used a child.
"""


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard("uk-news")


def test_copy_of_harm_lies_above_and_copy_of_none_below() -> None:
    likeness = CopyLikeness()
    assert likeness.read(LOCK_UP).score > 0 > likeness.read(BAKE_SALE).score


def test_copy_without_a_known_word_is_undecided() -> None:
    assert not CopyLikeness().read("").harmful


def test_no_sentence_tells_the_death_and_all_the_words_do(guard: Safeguard) -> None:
    report = guard.check(FIVE_IN_THE_PEW)
    assert [str(warning.category) for warning in report.warnings] == ["child_death"]
    shown = {f.text for f in report.findings if f.id in report.warnings[0].evidence}
    assert shown
    assert all(text in FIVE_IN_THE_PEW for text in shown)


def test_somebody_whose_barrister_speaks_is_accused(guard: Safeguard) -> None:
    people = {name: p for p in guard.check(TWO_IN_THE_DOCK).people for name in p.names}
    assert people["Reece Dunmore"].action == "keep"
    assert people["Ayaan Siddiq"].action == "redact"


def test_labels_of_an_earlier_run_weigh_nothing() -> None:
    likeness = CopyLikeness()
    labelled = BAKE_SALE.replace("Blessing Adeleke", "[relative of Child A]")
    assert likeness.read(labelled).score == likeness.read(BAKE_SALE).score


def test_a_joke_about_robbery_is_no_harm(guard: Safeguard) -> None:
    decided = {name: p.action for p in guard.check(BAKE_SALE).people for name in p.names}
    assert "redact" not in decided.values()
