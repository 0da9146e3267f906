"""A story in Markdown through the whole pipeline."""

from __future__ import annotations

import pytest

from safeguard import Safeguard

PAGE = """---
title: Ellie Marsh told of ordeal
slug: ellie-marsh-trial
tags: [court, Ellie Marsh]
image: /i/ellie-marsh.jpg
---
# The trial of El**lie** Marsh

A girl aged nine, **Ellie Marsh**, was raped by a man in Leeds,
the court heard. *Ellie*'s mother said [Ellie](/news/ellie-marsh "Ellie Marsh") was brave.
Her teacher, Sarah Bond, 41, gave evidence\\.[^1] See [Ellie Marsh].

![Ellie Marsh *smiles*](Ellie_Marsh.jpg)

| Who | What |
|---|---|
| **Ellie** | saw \\| heard |

> Ellie
> Marsh was **brave, Ellie** Marsh said. `Ellie`

- Ellie: yes

<!-- ask Ellie Marsh -->

<div class="x"><p>Ellie &amp; her mum</p></div>

[^1]: Ellie's teacher.

[Ellie Marsh]: https://news.example/ellie-marsh

If you are affected, call **Childline** on [0800 1111](tel:08001111).
"""
SAFE = """---
title: '[Child A] told of ordeal'
slug: child-a-trial
tags: [court, '[Child A]']
image: 
---

Content warning: this article describes child sexual abuse.

# The trial of [Child A]

A girl aged nine, **[Child A]**, was raped by a man in Leeds,
the court heard. *[Child A]*'s mother said [[Child A]](<> "[Child A]") was brave.
Her teacher, Sarah Bond, 41, gave evidence\\.[^1] See [\\[Child A\\]].

![[Child A] *smiles*]()

| Who | What |
|---|---|
| **[Child A]** | saw \\| heard |

> [Child A] was **brave, [Child A]** said. `[Child A]`

- \\[Child A\\]: yes

<!-- ask [Child A] -->

<div class="x"><p>[Child A] &amp; her mum</p></div>

[^1]: [Child A]'s teacher.

[\\[Child A\\]]: <>

If you are affected, call **Childline** on [0800 1111](tel:08001111).
"""  # noqa: W291
WINDOWS = PAGE.replace("\n", "\r\n")


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


@pytest.mark.parametrize(("page", "safe"), [(PAGE, SAFE), (WINDOWS, SAFE.replace("\n", "\r\n"))])
def test_names_go_wherever_they_stand_and_the_rest_stays(guard: Safeguard, page: str, safe: str) -> None:
    report = guard.check(page)
    assert report.safe_copy == safe
    assert report.verdict == "review"
    assert all(page[f.start : f.end] == f.text for f in report.findings)


def test_a_support_block_is_protected_with_its_marks(guard: Safeguard) -> None:
    report = guard.check(PAGE)
    block = PAGE[PAGE.index("If you are affected") :].rstrip("\n")
    assert [PAGE[b.start : b.end] for b in report.support.blocks] == [block]
    assert all(b.intact for b in report.support.blocks)


def test_a_second_run_changes_nothing(guard: Safeguard) -> None:
    again = guard.check(SAFE)
    assert again.safe_copy == SAFE
    assert again.verdict == "pass"


def test_a_published_address_blocks_under_a_restriction(guard: Safeguard) -> None:
    assert guard.check(PAGE, context={"restriction": "s45"}).verdict == "block"
    alone = "A girl aged nine, **Ellie** Marsh, was raped in Leeds.\n\n> *Ellie* said so."
    assert guard.check(alone, context={"restriction": "s45"}).verdict != "block"


def test_an_added_support_block_is_a_paragraph(guard: Safeguard) -> None:
    page = "# Court\n\nA woman of 30 was raped by a man in Leeds, the court heard.\n\n- one\n- two\n"
    safe = str(guard.check(page).safe_copy)
    head, _, foot = safe.partition(page)
    assert head.startswith("Content warning:")
    assert head.endswith(".\n\n")
    assert foot.startswith("\n")
    assert foot.endswith(".\n")
    assert guard.check(safe).safe_copy == safe
