"""A story in HTML through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard import Safeguard

STORY = [
    "A girl aged nine, Ellie Marsh, was raped by a man in Leeds, the court heard.",
    "Her mother said Ellie was brave. Her teacher, Sarah Bond, 41, gave evidence.",
    "If you are affected, call Childline on 0800 1111.",
]
PAGE = """<p>A girl aged nine, <b>El</b>lie&nbsp;Marsh, was raped by a man in Leeds, the court heard.</p>\r
<p>Her mother said El&shy;lie was brave. Her teacher, Sarah&#32;Bond, 41, gave evidence.</p>\r
<h2 id="ellie-marsh">Trial</h2><p><a href="#ellie-marsh">See</a> <a href="/news/ellie-marsh">this</a>\r
<img src='/i/Ellie_Marsh.jpg' alt="Ellie Marsh"/><!-- ask about Ellie Marsh --></p>\r
<div class="help"><a href="tel:08001111" title='Help'>\
<b>Childline</b></a> is on <b>0800&nbsp;1111</b>.</div>\r
<embed embedtype="image" id="3" alt="A court" />"""


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


def test_names_go_wherever_they_stand_and_the_rest_stays(guard: Safeguard) -> None:
    report = guard.check(PAGE)
    safe = str(report.safe_copy)
    assert report.verdict == "review"
    for form in ("Ellie", "ellie", "El</b>", "El&shy;"):
        assert form not in safe
    assert '<h2 id="child-a">Trial</h2><p><a href="#child-a">See</a> <a href="">this</a>\r\n' in safe
    assert """<img src='' alt="[Child A]"/>""" in safe
    assert "Sarah&#32;Bond, 41" in safe
    assert '<embed embedtype="image" id="3" alt="A court" />' in safe
    assert safe.startswith('<p role="note" class="content-warning">Content warning:')
    assert all(PAGE[f.start : f.end] == f.text for f in report.findings)


def test_a_support_block_is_protected_with_its_markup(guard: Safeguard) -> None:
    report = guard.check(PAGE)
    block = PAGE[PAGE.index('<div class="help">') : PAGE.index("\r\n<embed")]
    assert block in str(report.safe_copy)
    assert [PAGE[b.start : b.end] for b in report.support.blocks] == [block]
    assert all(b.intact for b in report.support.blocks)


def test_attributes_without_quotes_stay_what_they_were(guard: Safeguard) -> None:
    images = "<img src = /i/ellie-marsh.jpg alt=Ellie&nbsp;Marsh width=9><a title=Ellie,9 href=#x>x</a>"
    safe = str(guard.check("<p>A girl of nine, Ellie Marsh, was raped in Leeds.</p>" + images).safe_copy)
    assert '<img src = "" alt="[Child A]" width=9><a title="[Child A],9" href=#x>x</a>' in safe


def test_notes_stand_in_the_markup_of_the_policy(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "safeguard: 1\nid: house\nversion: '1'\ntitle: House rules\nextends: uk-news@2026.11\nsettings:\n"
        "  note-markup: '<aside class=\"box\"><p>{text}</p></aside>'\n",
        encoding="utf-8",
    )
    guard = Safeguard(policy)
    page = "<article>\r\n<p>A woman of 30 was raped by a man in Leeds, the court heard.</p>\r\n</article>"
    safe = str(guard.check(page).safe_copy)
    assert safe.startswith('<article><aside class="box"><p>Content warning:')
    assert safe.endswith("</p></aside>\r\n</article>")
    assert safe.count('<aside class="box">') == 2
    assert guard.check(safe).safe_copy == safe


def test_a_second_run_changes_nothing(guard: Safeguard) -> None:
    once = str(guard.check(PAGE).safe_copy)
    assert guard.check(once).safe_copy == once


def test_a_published_address_blocks_under_a_restriction(guard: Safeguard) -> None:
    assert guard.check(PAGE, context={"restriction": "s45"}).verdict == "block"
    alone = '<p>A girl aged nine, Ellie Marsh, was raped in Leeds.</p><img alt="Ellie Marsh">'
    assert guard.check(alone, context={"restriction": "s45"}).verdict != "block"


def test_the_same_story_is_decided_alike_in_every_wrapper(guard: Safeguard) -> None:
    def told(report: object) -> list[object]:
        return [(p.names, p.life_stage, p.roles, p.action, p.rule) for p in report.people]  # type: ignore[attr-defined]

    text = guard.check("\n\n".join(STORY))
    html = guard.check("".join(f"<p>{paragraph}</p>" for paragraph in STORY))
    mapping = guard.check({"body": "".join(f"<div>{paragraph}</div>\n" for paragraph in STORY)})
    assert told(text) == told(html) == told(mapping)
    assert text.verdict == html.verdict == mapping.verdict


def test_markup_that_reads_otherwise_after_a_change_is_told_and_reviewed(guard: Safeguard) -> None:
    report = guard.check("<p>A girl of nine, Ellie Marsh, was killed by a van.</p><a href=<!Ellie--")
    assert report.verdict == "review"
    assert any("does not read as meant" in problem for problem in report.problems)
    assert "Ellie" not in str(report.safe_copy)
