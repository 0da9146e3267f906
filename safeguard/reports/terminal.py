"""The report for people at a terminal: the verdict, who is who, what needs a decision, what was changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeguard.reports import Checked
from safeguard.reports.asides import asides
from safeguard.reports.excerpt import Excerpt, Excerpts, place
from safeguard.reports.grouping import Card, card_title, cards, kept, waivable
from safeguard.reports.tally import Tally
from safeguard.reports.words import LEVELS, STYLES, VERDICTS, todo, type_in_words

if TYPE_CHECKING:
    from safeguard.report import Finding, Person, Report

_PLACES_SHOWN = 12
_PIECES_SHOWN = 8


class Reporter:
    """Prints each report as it comes and, after several, a table of verdicts."""

    def __init__(self, out: TextIO, *, everything: bool = False) -> None:
        # Names and labels such as [Child A] must not be read as rich's own markup, so only Text is printed.
        width = None if out.isatty() or "COLUMNS" in os.environ else 100
        self._console = Console(file=out, markup=False, highlight=False, emoji=False, width=width)
        self._everything = everything
        self._tally = Tally()

    def add(self, checked: Checked) -> None:
        """Print one report."""
        report = checked.report
        if self._tally.rows:
            self._console.rule(style="dim")
        self._tally.add(checked)
        self._excerpts = Excerpts(checked)
        self._head(checked)
        for problem in report.problems:
            self._console.print(Text.assemble(("NOT DONE  ", STYLES["block"]), problem))
        self._people(report)
        found = cards(report)
        for section, title in (
            ("block", "Stops publication"),
            ("review", "Needs a decision"),
            ("changed", "Changed in the safe copy"),
        ):
            chosen = [card for card in found if card.section == section]
            if chosen:
                self._line(title, "bold underline")
                for card in chosen:
                    self._card(checked, card)
        self._warnings(checked)
        self._support(checked)
        for title, lines in asides(report):
            self._line(title, "bold underline")
            for line in lines:
                self._indented(Text(line), 2)
            self._line("")
        self._kept(checked)

    def unchecked(self, name: str, why: str) -> None:
        """The command says why on standard error; the table has it too."""
        self._tally.unchecked(name)

    def close(self) -> None:
        """After several pieces of copy: what came of each, and of all."""
        if len(self._tally.rows) < 2:
            return
        self._console.rule(style="dim")
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for heading in ("Verdict", "File"):
            table.add_column(heading, overflow="fold")
        for heading in ("Changed", "To decide", "Warnings"):
            table.add_column(heading, justify="right", no_wrap=True)
        for row in self._tally.rows:
            word = VERDICTS[row.verdict][0] if row.verdict else "NOT CHECKED"
            numbers = (str(number) for number in row.numbers) if row.verdict else ("–", "–", "–")
            style = STYLES[row.verdict or "block"]
            table.add_row(Text(word, style), Text(row.name), *map(Text, numbers))
        table.add_row("", Text("all", "bold"), *(Text(str(n), "bold") for n in self._tally.totals))
        self._console.print(table)
        self._line(self._tally.sentence(), "bold")

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style))

    def _indented(self, text: Text, by: int = 4) -> None:
        self._console.print(Padding(text, (0, 0, 0, by), expand=False))

    def _head(self, checked: Checked) -> None:
        report = checked.report
        word, meaning = VERDICTS[report.verdict]
        self._console.print(
            Text.assemble((word, STYLES[report.verdict]), "  ", (checked.name, "bold"), "  ", (meaning, ""))
        )
        self._line(f"Policy {report.policy.name}, version {report.policy.version}", "dim")
        self._line("")

    def _people(self, report: Report) -> None:
        shown = [p for p in report.people if self._everything or p.review or p.action != "keep"]
        rest = [p for p in report.people if p not in shown and p.names]
        if shown:
            table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
            for heading in ("Person", "Label", "Life stage", "Decision", "Why"):
                table.add_column(heading, overflow="fold")
            for person in shown:
                table.add_row(*_person_row(person))
            self._console.print(table)
        if rest:
            self._indented(Text(f"Left as they stand: {', '.join(p.names[0] for p in rest)}.", "dim"), 0)
        if shown or rest:
            self._line("")

    def _card(self, checked: Checked, card: Card) -> None:
        first = card.first
        what = card_title(checked.report, card)
        level = LEVELS[first.action if card.section == "changed" else card.section]
        style = STYLES[first.action if card.section == "changed" else card.section]
        head = Text.assemble((f"{level}  ", style), (what, "bold"))
        if len(card.findings) > 1:
            head.append(f", {len(card.findings)} places", "dim")
        self._indented(head, 2)
        for finding in card.findings[: _PIECES_SHOWN if card.jigsaw else 1]:
            self._excerpt(checked, finding, name_it=card.jigsaw)
        if not card.jigsaw:
            self._places(checked, card)
        elif len(card.findings) > _PIECES_SHOWN:
            self._indented(Text(f"and {len(card.findings) - _PIECES_SHOWN} more", "dim"))
        self._why(checked.report, card)
        self._line("")

    def _excerpt(self, checked: Checked, finding: Finding, *, name_it: bool) -> None:
        where = self._where(finding, 12)
        title = f"{where.place} ({type_in_words(finding.entity_type)})" if name_it else where.place
        self._indented(Text(title, "dim"))
        style = STYLES.get(finding.action, "bold")
        self._indented(_marked(where, style), 6)
        if finding.action == "redact":
            put = finding.replacement or ""
            self._indented(Text.assemble("becomes ", (put or "nothing (taken out)", style)), 6)

    def _where(self, finding: Finding, margin: int) -> Excerpt:
        return self._excerpts.of(finding, self._console.width - margin)

    def _places(self, checked: Checked, card: Card) -> None:
        rest = card.findings[1:]
        if not rest:
            return
        spellings = list(dict.fromkeys(finding.text for finding in card.findings if finding.text))
        places = list(
            dict.fromkeys(place(checked.copy, f.part, f.index, f.start, checked.path_of(f)) for f in rest)
        )
        line = ", ".join(places[:_PLACES_SHOWN])
        if len(places) > _PLACES_SHOWN:
            line += f" and {len(places) - _PLACES_SHOWN} more"
        self._indented(Text(f"also in {line}", "dim"))
        if len(spellings) > 1:
            self._indented(Text(f"as {', '.join(spellings[:_PLACES_SHOWN])}", "dim"))

    def _why(self, report: Report, card: Card) -> None:
        finding = card.first
        rows = [("Why", Text.assemble(f"{finding.because} ", (f"({finding.rule})", "dim")))]
        if finding.source:
            rows.append(("Source", Text("; ".join(finding.source))))
        if finding.suggestion:
            rows.append(("Expected", Text(finding.suggestion)))
        if card.section != "changed":
            rows.append(("Do", Text(todo(finding))))
        if ids := waivable(report, card):
            rows.append(("Waive", Text(", ".join(ids))))
        grid = Table.grid(padding=(0, 1))
        for name, text in rows:
            grid.add_row(Text(name, "bold"), text)
        self._console.print(Padding(grid, (0, 0, 0, 4), expand=False))

    def _warnings(self, checked: Checked) -> None:
        by_id = {finding.id: finding for finding in checked.report.findings}
        if not checked.report.warnings:
            return
        self._line("Content warning", "bold underline")
        for warning in checked.report.warnings:
            category = warning.category.replace("_", " ")
            head = Text.assemble((category, "bold"), f", severity {warning.severity}: {warning.text}")
            self._indented(head, 2)
            for finding in [by_id[i] for i in warning.evidence if i in by_id][:2]:
                where = self._where(finding, 24)
                self._indented(Text.assemble((f"{where.place}: ", "dim"), _joined(where)))
        self._inserted(checked.report, "warning")
        self._line("")

    def _support(self, checked: Checked) -> None:
        support = checked.report.support
        if not (support.blocks or support.inserted):
            return
        self._line("Support", "bold underline")
        for block in support.blocks:
            where = place(checked.copy, block.part, block.index, block.start, checked.path_of(block))
            who = ", ".join(block.helplines) or "no helpline that the registry knows"
            state = Text("intact", "bold green") if block.intact else Text("CHANGED", "bold red")
            self._indented(Text.assemble(f"Support block at {where} ({who}): ", state), 2)
        if support.inserted:
            self._inserted(checked.report, "support")
        self._line("")

    def _inserted(self, report: Report, kind: str) -> None:
        for insertion in report.insertions:
            if insertion.kind == kind:
                self._indented(
                    Text.assemble(("Added   ", STYLES["redact"]), " ".join(insertion.text.split())), 2
                )

    def _kept(self, checked: Checked) -> None:
        left = kept(checked.report.findings)
        if not left:
            return
        if not self._everything:
            self._line(f"Kept as they stand: {len(left)} (--all lists them).", "dim")
            return
        self._line("Kept as they stand", "bold underline")
        for finding in left:
            where = place(checked.copy, finding.part, finding.index, finding.start, checked.path_of(finding))
            what = f"{type_in_words(finding.entity_type)}, {where}: {finding.because} ({finding.rule})"
            self._indented(Text.assemble((" ".join((finding.text or "").split()), "bold"), f"  {what}"), 2)


def _person_row(person: Person) -> tuple[Text, ...]:
    names = ", ".join(person.names) or "not named"
    stage = person.life_stage + (", died" if person.deceased else "")
    level = "review" if person.review and person.action == "keep" else person.action
    decision = Text(LEVELS[level], STYLES.get(level, ""))
    return (
        Text(names),
        Text(person.label or "–"),
        Text(stage),
        decision,
        Text.assemble(person.because, (f" ({person.rule})", "dim")),
    )


def _joined(where: Excerpt) -> Text:
    return Text.assemble(where.before, (where.marked, "bold"), where.after)


def _marked(where: Excerpt, style: str) -> Text:
    """The line with the finding between arrows: readable without colour, and when wrapped."""
    return Text.assemble(
        where.before, ("»", "dim"), (where.marked, f"{style} reverse"), ("«", "dim"), where.after
    )
