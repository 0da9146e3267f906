"""What the page shows of one report, ready for the template: every text plain, every link an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from safeguard.formats import format_named
from safeguard.given import TEXT_PART
from safeguard.reports.asides import asides
from safeguard.reports.changes import Change, changes
from safeguard.reports.excerpt import Excerpt, Excerpts, place, text_of
from safeguard.reports.grouping import ACTING, SECTIONS, Card, Section, card_title, cards, waivable
from safeguard.reports.html_page.marks import Stretch, level, stretches
from safeguard.reports.html_page.people import PersonView, people
from safeguard.reports.tally import Row, row_of
from safeguard.reports.words import LEVELS, VERDICTS, label_of, todo, type_in_words

if TYPE_CHECKING:
    from safeguard.report import Finding, Report, SupportBlock, Warning
    from safeguard.reports import Checked

_WIDTH = 160
_EXCERPTS = 3
_NOBODY = "Not about one person"


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One finding of a matter: where it stands, and the words around it where they are shown."""

    finding: Finding
    place: str
    what: str
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class MatterView:
    """One card: findings that are one matter, numbered through the page."""

    number: int
    level: str
    word: str
    title: str
    because: str
    rule: str
    source: str
    suggestion: str
    todo: str
    waive: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the copy with its marks; a list has several items."""

    name: str
    is_list: bool
    items: tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True, slots=True)
class CopyView:
    """One report. `sections` has the matters of each section by the person they are about."""

    id: str
    name: str
    verdict: str
    word: str
    meaning: str
    row: Row
    report: Report
    sections: Mapping[Section, tuple[tuple[str, tuple[MatterView, ...]], ...]]
    numbers: Mapping[str, int]
    firsts: frozenset[str]
    parts: tuple[PartView, ...]
    changes: tuple[Change, ...]
    people: tuple[PersonView, ...]
    warnings: tuple[tuple[Warning, tuple[PlaceView, ...]], ...]
    blocks: tuple[tuple[SupportBlock, str, str], ...]
    asides: tuple[tuple[str, tuple[str, ...]], ...]

    def links(self, finding: Finding) -> bool:
        """Whether its words lead to its card; of what is kept only the first do, or pages grow large."""
        return level(finding) != "keep" or finding.id in self.firsts

    @property
    def marked_up(self) -> bool:
        """Whether the copy has tags."""
        return any("<" in s.text for p in self.parts for item in p.items for s in item if not s.seen)

    def count(self, section: Section) -> int:
        """How many matters there are in a section."""
        return sum(len(matters) for _, matters in self.sections.get(section, ()))


def copy_view(checked: Checked, id_: str) -> CopyView:
    """The view of one report; `id_` begins the ids of everything in it, so that several fit on a page."""
    report = checked.report
    excerpts = Excerpts(checked)
    matters = [_matter(checked, excerpts, card, number) for number, card in enumerate(_ordered(report), 1)]
    word, meaning = VERDICTS[report.verdict]
    by_id = {finding.id: finding for finding in report.findings}
    numbers = {place.finding.id: matter.number for _, matter, _ in matters for place in matter.places}
    return CopyView(
        id=id_,
        name=checked.name,
        verdict=report.verdict,
        word=word,
        meaning=meaning,
        row=row_of(checked),
        report=report,
        sections={
            section: tuple(
                (who, tuple(matter for _, matter, _ in group))
                for who, group in groupby((m for m in matters if m[0] == section), key=lambda m: m[2])
            )
            for section in SECTIONS
        },
        numbers=numbers,
        firsts=frozenset(matter.places[0].finding.id for _, matter, _ in matters if matter.places),
        parts=tuple(_parts(checked)),
        changes=tuple(changes(checked.copy, report, checked.document))
        if report.safe_copy is not None
        else (),
        people=tuple(people(checked, excerpts)),
        warnings=tuple(
            (w, tuple(_place(excerpts, by_id[i], shown=True) for i in w.evidence if i in by_id))
            for w in report.warnings
        ),
        blocks=tuple(
            (
                b,
                place(checked.copy, b.part, b.index, b.start, checked.path_of(b)),
                text_of(checked.copy, b.part, b.index)[b.start : b.end],
            )
            for b in report.support.blocks
        ),
        asides=tuple((title, tuple(lines)) for title, lines in asides(report)),
    )


def _ordered(report: Report) -> list[Card]:
    """Cards by section, in it by person in the order of the copy, those about nobody last."""
    found = cards(report, SECTIONS)
    first: dict[tuple[Section, str | None], int] = {}
    for number, card in enumerate(found):
        first.setdefault((card.section, card.first.person), number)
    return sorted(
        found,
        key=lambda c: (SECTIONS.index(c.section), c.first.person is None, first[c.section, c.first.person]),
    )


def _matter(checked: Checked, excerpts: Excerpts, card: Card, number: int) -> tuple[Section, MatterView, str]:
    first = card.first
    acting = card.section in ("block", "review")
    shown = {f.id for f in (card.findings if card.jigsaw else card.findings[:_EXCERPTS])}
    view = MatterView(
        number=number,
        level=level(first),
        word="REVIEW" if card.section == "review" else LEVELS[first.action],
        title=card_title(checked.report, card),
        because=first.because,
        rule=first.rule,
        source="; ".join(first.source),
        suggestion=first.suggestion or "",
        todo=todo(first) if acting else "",
        waive=", ".join(waivable(checked.report, card)) if card.section in ACTING else "",
        places=tuple(_place(excerpts, f, shown=f.id in shown) for f in card.findings),
    )
    return card.section, view, _heading(checked.report, first.person)


def _heading(report: Report, person_id: str | None) -> str:
    label = label_of(report, person_id)
    names = next((p.names for p in report.people if p.id == person_id), [])
    if not label:
        return _NOBODY
    return f"{names[0]}, {label}" if names and label != names[0] else label


def _place(excerpts: Excerpts, finding: Finding, *, shown: bool) -> PlaceView:
    where = excerpts.of(finding, _WIDTH)
    return PlaceView(finding, where.place, type_in_words(finding.entity_type), where if shown else None)


def _parts(checked: Checked) -> Iterator[PartView]:
    formats = checked.document.formats if checked.document else {}
    by_text: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in checked.report.findings:
        by_text.setdefault((finding.part, finding.index), []).append(finding)

    def cut(part: str, index: int | None, text: str) -> tuple[Stretch, ...]:
        how = format_named(formats.get(part, "auto"), text)
        runs = sorted((run.start, run.end) for run in how.read(text).runs)
        return tuple(stretches(text, by_text.get((part, index), []), _gaps(runs, len(text))))

    parts = {TEXT_PART: checked.copy} if isinstance(checked.copy, str) else checked.copy
    for part, value in parts.items():
        if isinstance(value, str):
            yield PartView(part, False, (cut(part, None, value),))
        elif value:
            yield PartView(part, True, tuple(cut(part, index, text) for index, text in enumerate(value)))


def _gaps(runs: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    done = 0
    for start, end in [*runs, (length, length)]:
        if start > done:
            found.append((done, start))
        done = max(done, end)
    return found
