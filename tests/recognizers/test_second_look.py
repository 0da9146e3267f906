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


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard("uk-news")


def test_copy_of_harm_lies_above_and_copy_of_none_below() -> None:
    likeness = CopyLikeness()
    assert likeness.read(LOCK_UP).score > 0 > likeness.read(BAKE_SALE).score


def test_what_weighed_most_is_shown() -> None:
    read = CopyLikeness().read(LOCK_UP)
    assert LOCK_UP[read.start : read.end].islower()


def test_copy_without_a_known_word_is_undecided() -> None:
    read = CopyLikeness().read("")
    assert not read.harmful
    assert (read.start, read.end) == (0, 0)


def test_labels_of_an_earlier_run_weigh_nothing() -> None:
    likeness = CopyLikeness()
    labelled = BAKE_SALE.replace("Blessing Adeleke", "[relative of Child A]")
    assert likeness.read(labelled).score == likeness.read(BAKE_SALE).score


def test_a_joke_about_robbery_is_no_harm(guard: Safeguard) -> None:
    decided = {name: p.action for p in guard.check(BAKE_SALE).people for name in p.names}
    assert "redact" not in decided.values()
