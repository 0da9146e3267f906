"""What the copy is about: traces of harm weighed over the whole piece into subjects with a severity.

The rules are those of content warnings: a word is not a subject, a work of fiction and a debate are mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from recognizers.harm.evidence import read_page
from recognizers.harm.lexicon import Category, Lexicon
from recognizers.harm.likeness import LIKELY, UNLIKELY, WITHOUT_A_CASE
from recognizers.harm.marks import marks_of
from recognizers.harm.page import STRONG, TOLD, WEAK, Page, Trace, Unit
from recognizers.harm.resolved import central_deaths, central_harms, children_exposed
from recognizers.harm.settle import settle
from recognizers.model import Evidence, Subject

if TYPE_CHECKING:
    from recognizers.harm.likeness import SubjectLikeness
    from recognizers.model import People

_SHORT_PIECE = 5  # sentences; in a brief one sentence is the story
_LONG_PIECE = 20  # sentences; in a shorter one what is about something else does not outweigh what is told
_SHARE = 0.12  # of the sentences: what is told in more of them is no aside
_DETAILED, _GRAPHIC, _GRAPHIC_WORDS = 3, 9, 2
_HEAVY = (4, 7, 11)  # severity 2, 3, 4 of a category that counts wounds
_SPANS = 12
_SOFT = {"policy": 8, "sport": 5, "fundraising": 3}  # points of a genre that make it, and per case told of
_CASE_WEIGHS = {"policy": 2, "sport": 2, "fundraising": 1}
_SIGNS_TELL = 3  # signs of one harm, anywhere in the copy, that report it
_MAYBE_A_WORK = 3  # words of films and books that leave it open whether anybody in the copy lives
_SIGNS_OF_VIOLENCE = 2  # the same where somebody answers for violence
_COURT_COPY = 3  # sentences about a case that make a piece a report of it; fewer in a short one:
_SHORT_COURT_COPY = 10
# A death in the first weeks is the one or the other: all of the copy, where it speaks for the first, outranks
# a sentence that tells the second.
_LOSS, _DEATH = "baby_loss", "child_death"
# Of whom the copy has to speak.
_CHILDREN = frozenset({"child", "newborn", "childhood", "offspring"})
_WHO_IS_HARMED = {
    "baby_loss": frozenset({"child", "newborn"}),
    "child_death": _CHILDREN,
    "child_emotional_abuse": _CHILDREN,
    "child_exploitation": _CHILDREN,
    "child_neglect": _CHILDREN,
    "child_physical_abuse": _CHILDREN,
    "child_sexual_abuse": _CHILDREN,
}
_REPORTED = 2  # the severity of what a copy reports
_PER_CASE = 6  # one for so many sentences


def find_subjects(
    text: str,
    units: Sequence[Unit],
    lexicon: Lexicon,
    people: People,
    likeness: SubjectLikeness,
    help_for: Iterable[str] = (),
) -> tuple[Subject, ...]:
    """The harm subjects of `text`, sorted by category; the evidence offsets are those of `text`.

    `likeness` weighs all its words taken together; `help_for` is what its support blocks are for.
    """
    page = read_page(text, units, lexicon, people)
    by_category = settle(page, lexicon.categories, lexicon.deadly)
    central = central_harms(people)
    deaths = central_deaths(people)
    found = {}
    for name in sorted(by_category):
        category, traces = lexicon.categories[name], by_category[name]
        # A widow's talk of her husband is about how he died, though it says so once.
        how = category.victim == "any" and any(t.start < e and s < t.end for t in traces for s, e in deaths)
        severity = _severity(page, category, traces, name in central or how)
        if severity:
            found[name] = Subject(name, severity, _evidence(by_category[name]))
    scores = likeness.scores(text, marks_of(page, people, help_for))
    if len(page.units) >= _LONG_PIECE:
        found = _without_unlikely(page, found, scores)
    if len(page.units) > _SHORT_PIECE:
        # Few words weigh little.
        likely = _likely(page, found, scores)
        for name in likely:
            telling = Evidence(*likeness.telling(text, name), "likeness", "subject", name)
            found[name] = Subject(name, _REPORTED, found[name].evidence if name in found else (telling,))
        if _LOSS in likely:
            found.pop(_DEATH, None)
    _add_exposed(found, people)
    return tuple(found[name] for name in sorted(found))


def _without_unlikely(
    page: Page, found: Mapping[str, Subject], scores: Mapping[str, float]
) -> dict[str, Subject]:
    """The subjects, where those are mentions that a sentence tells of and everything else speaks against.

    What a headline tells is not outweighed.
    """
    heads = {t.category for t in page.traces if t.weight >= TOLD and page.units[t.unit].place == "headline"}
    return {
        name: replace(subject, severity=1)
        if name not in heads and scores.get(name, 0.0) < UNLIKELY
        else subject
        for name, subject in found.items()
    }


def _likely(page: Page, found: Mapping[str, Subject], scores: Mapping[str, float]) -> list[str]:
    """The categories that no sentence tells outright and all of the copy together does."""
    if _is_about_a_work(page) or _is_a_list(page) or _is_soft(page):
        return []
    reported = {name for name, subject in found.items() if subject.severity >= _REPORTED}
    return [
        name
        for name, score in scores.items()
        if score >= LIKELY[name] + (0.0 if page.cases or name in found else WITHOUT_A_CASE)
        and name not in reported
        and not (name == _DEATH and _LOSS in reported)
        and page.kinds & _WHO_IS_HARMED.get(name, page.kinds)
        and not (page.of_animals and name in _WHO_IS_HARMED)
        and not (name == _LOSS and scores[_DEATH] > score)
    ]


def _add_exposed(found: dict[str, Subject], people: People) -> None:
    """A child who lives with violence between the grown-ups is harmed by it, in whatever words it is told."""
    violence, harmed = found.get("domestic_abuse"), found.get("child_emotional_abuse")
    if violence is None or violence.severity < _REPORTED or (harmed and harmed.severity >= _REPORTED):
        return
    exposed = sorted(set(children_exposed(people)))[:_SPANS]
    if exposed:
        name = "child_emotional_abuse"
        evidence = (Evidence(start, end, "exposed", "subject", name) for start, end in exposed)
        found[name] = Subject(name, _REPORTED, tuple(evidence))


def _severity(page: Page, category: Category, traces: Sequence[Trace], central: bool) -> int:
    """0 where nothing was harmed, 1 for a mention, 2 for what the copy reports, 3 and 4 by how it is told."""
    cues = [t for t in traces if t.weight >= WEAK]
    if not any(t.weight >= TOLD for t in cues) and sum(t.weight for t in cues) < TOLD:
        return 0
    if category.heavy:
        return _heavy(page, category, cues)
    told = [t for t in cues if t.concrete and "history" not in page.frames[t.unit]]
    if not told or _is_history(page, cues, told) or not _reported(page, traces, told, central):
        return 1
    return 2 if _is_soft(page) else 2 + _detail(page, category, told)


def _reported(page: Page, traces: Sequence[Trace], told: Sequence[Trace], central: bool) -> bool:
    """Whether the copy reports the harm, rather than naming it in passing, in debate or in a plot."""
    if _is_about_a_work(page) or _is_a_list(page):
        return False
    firm = {t.unit for t in told if t.weight >= TOLD}
    if central and firm and _points(page, "fiction") < _MAYBE_A_WORK:
        return True
    aside = {u for u in firm if "background" in page.frames[u]}
    total = len(page.units)
    places = {page.units[u].place for u in firm - aside}
    follow_up = {t.unit for t in traces} - firm
    if _is_soft(page):
        central = "headline" in places or "lead" in places
        return central and len(firm) >= 2
    if "headline" in places or total <= _SHORT_PIECE:
        return bool(firm)
    opening = next((u for u, unit in enumerate(page.units) if unit.place == "lead"), 0)
    if opening in firm - aside or ("lead" in places and (len(firm) >= 2 or follow_up)):
        return True
    if any(page.units[u].place and _told_twice(page, told, u) for u in firm - aside):
        return True
    signs = page.separate(t for t in told if t.sign)
    if signs >= (_SIGNS_OF_VIOLENCE if page.violence_charged else _SIGNS_TELL) or _charged(page, told, aside):
        return True
    return len(firm - aside) >= 2 and len(firm) >= _SHARE * total


def _told_twice(page: Page, told: Sequence[Trace], unit: int) -> bool:
    """Whether one sentence names the charge and what came of it ("the manslaughter of …, who died")."""
    firm = (t for t in told if t.unit == unit and t.weight >= TOLD)
    return "charge" in page.frames[unit] and page.separate(firm) >= 2


def _charged(page: Page, told: Sequence[Trace], aside: set[int]) -> bool:
    """Whether the harm is what the court case of this copy is about, though named once only."""
    least = TOLD if len(page.units) <= _SHORT_COURT_COPY else STRONG
    named = {t.unit for t in told if t.weight >= least and "charge" in page.frames[t.unit]}
    return bool(named - aside) and page.cases >= min(_COURT_COPY, max(1, len(page.units) // _PER_CASE))


def _detail(page: Page, category: Category, told: Sequence[Trace]) -> int:
    """How much more than a report: 1 told in detail, 2 graphic and sustained."""
    words, graphic = _detail_words(page, category, {t.unit for t in told})
    if words >= _GRAPHIC and graphic >= _GRAPHIC_WORDS:
        return 2
    return 1 if words >= _DETAILED else 0


def _detail_words(page: Page, category: Category, around: set[int]) -> tuple[int, int]:
    reach = {u + step for u in around for step in (-1, 0, 1, 2)}
    spans: list[tuple[int, int, bool]] = []
    for start, end, unit, graphic in page.details.get(category.name, ()):
        if unit not in reach or "history" in page.frames[unit]:
            continue
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]), spans[-1][2] or graphic)
        else:
            spans.append((start, end, graphic))
    heavy = sum(1 for s in spans if s[2])
    return len(spans) + heavy, heavy


def _heavy(page: Page, category: Category, cues: Sequence[Trace]) -> int:
    told = [t for t in cues if t.concrete and "history" not in page.frames[t.unit]]
    units = {t.unit for t in told}
    words, graphic = _detail_words(page, category, units)
    if _is_about_a_work(page) or _is_a_list(page) or graphic < _GRAPHIC_WORDS or words < _HEAVY[0]:
        return 1
    if _is_soft(page) and not {page.units[u].place for u in units} & {"headline", "lead"}:
        return 1
    return 2 + (words >= _HEAVY[1]) + (words >= _HEAVY[2])


def _points(page: Page, genre: str) -> int:
    found = page.genres.get(genre, {})
    return 2 * found.get("strong", 0) + found.get("weak", 0)


def _is_history(page: Page, cues: Sequence[Trace], told: Sequence[Trace]) -> bool:
    """Whether the harm was done generations ago: the piece opens with the past and stays there."""
    past = {t.unit for t in cues if "history" in page.frames[t.unit]}
    return any(page.units[u].place for u in past) and len(past) >= len({t.unit for t in told})


def _is_about_a_work(page: Page) -> bool:
    strong = page.genres.get("fiction", {}).get("strong", 0)
    return strong >= 1 and _points(page, "fiction") >= 5 and _points(page, "fiction") > 1.5 * page.cases


def _is_a_list(page: Page) -> bool:
    return page.genres.get("listing", {}).get("strong", 0) >= 1 and _points(page, "listing") >= 2


def _is_soft(page: Page) -> bool:
    return any(
        _points(page, genre) >= least + _CASE_WEIGHS[genre] * page.cases for genre, least in _SOFT.items()
    )


def _evidence(traces: Sequence[Trace]) -> tuple[Evidence, ...]:
    kept: list[Trace] = []
    for trace in sorted((t for t in traces if t.weight >= WEAK), key=lambda t: (-t.weight, t.start, -t.end)):
        if not any(k.start < trace.end and trace.start < k.end for k in kept):
            kept.append(trace)
    chosen = sorted(kept[:_SPANS], key=lambda t: t.start)
    return tuple(Evidence(t.start, t.end, t.phrase, "subject", t.category) for t in chosen)
