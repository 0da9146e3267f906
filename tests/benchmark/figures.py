"""Sums over the checks of many samples, and the tables that show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from rich.table import Table
from sample_files import Sample
from scoring import Check

Results = Mapping[str, Sequence[Check]]

_TITLES = {
    "leak_free": "leak-free articles",
    "gone": "protected strings gone",
    "kept": "kept strings kept",
    "support": "support blocks intact",
    "whole": "markup whole, rest untouched",
    "flagged": "flagged for a person",
    "warnings_f1": "warnings, micro-F1",
    "insertion": "support inserted when due",
    "verdict": "verdicts right",
}


@dataclass(frozen=True)
class Share:
    """``right`` of ``of``."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right / self.of:6.1%}  {self.right}/{self.of}" if self.of else "n/a"


@dataclass(frozen=True)
class Figures:
    """Scores of one engine over some samples. A share of nothing means that it was not measured."""

    articles: int
    clean: int
    crashed: int
    leak_free: Share
    gone: Share
    kept: Share
    support: Share
    whole: Share
    flagged: Share
    insertion: Share
    verdict: Share
    warnings_right: int
    warnings_missing: int
    warnings_extra: int
    decided: bool

    @property
    def warnings_f1(self) -> float | None:
        """Micro-F1 of the categories over all articles, None where no engine warned or had to."""
        total = 2 * self.warnings_right + self.warnings_missing + self.warnings_extra
        return 2 * self.warnings_right / total if self.decided and total else None

    def shown(self, name: str) -> str:
        """One figure as it stands in a table."""
        if name == "warnings_f1":
            f1 = self.warnings_f1
            wrong = f"{self.warnings_missing} missing, {self.warnings_extra} extra"
            return "n/a" if f1 is None else f"{f1:6.3f}  {wrong}"
        return str(getattr(self, name))

    def as_json(self) -> dict[str, object]:
        """Every figure, shares with their counts."""
        return asdict(self) | {"warnings_f1": self.warnings_f1}


def sum_up(results: Iterable[Sequence[Check]]) -> Figures:
    """The figures over the checks of some samples.

    Leak-free are articles that name somebody who must go and no longer do; one that crashed is not.
    """
    lists = [list(checks) for checks in results]
    checks = [check for each in lists for check in each]

    def share(*kinds: str) -> Share:
        wanted = [check for check in checks if check.kind in kinds]
        return Share(sum(check.passed for check in wanted), len(wanted))

    missing = share("warning-missing")
    secrets = [[check for check in each if check.kind in ("leak", "crash")] for each in lists]
    return Figures(
        articles=len(lists),
        clean=sum(all(check.passed for check in each) for each in lists),
        crashed=share("crash").of,
        leak_free=Share(
            sum(all(check.passed for check in each) for each in secrets if each),
            sum(bool(each) for each in secrets),
        ),
        gone=share("leak"),
        kept=share("lost"),
        support=share("support"),
        whole=share("touched", "broken"),
        flagged=share("unflagged"),
        insertion=share("insertion"),
        verdict=share("verdict"),
        warnings_right=missing.right,
        warnings_missing=missing.of - missing.right,
        warnings_extra=share("warning-extra").of,
        decided=share("verdict").of > 0,
    )


def by_genre(samples: Sequence[Sample], results: Results) -> dict[str, Figures]:
    """The figures of each genre."""
    genres = sorted({sample.genre for sample in samples})
    return {g: sum_up(results[s.id] for s in samples if s.genre == g) for g in genres}


def by_format(samples: Sequence[Sample], results: Results) -> dict[str, Figures]:
    """The figures of the documents of each format."""
    formats = sorted({sample.format for sample in samples})
    return {f: sum_up(results[s.id] for s in samples if s.format == f) for f in formats}


def by_row(samples: Sequence[Sample], results: Results, rows: Sequence[str]) -> dict[str, Figures]:
    """The figures of the samples that exercise each row of behaviour.md; of flags, only the row's own."""

    def only(row: str, sample: Sample) -> list[Check]:
        return [c for c in results[sample.id] if c.kind != "unflagged" or c.row == row]

    return {
        row: sum_up(only(row, sample) for sample in samples if row in sample.rows)
        for row in rows
        if any(row in sample.rows for sample in samples)
    }


def overall_table(columns: Mapping[str, Figures], what: str) -> Table:
    """One line a figure, one column an engine; `what` the samples are called in its title."""
    articles = max(figures.articles for figures in columns.values())
    table = Table(title=f"{articles} annotated {what}", title_justify="left")
    table.add_column("figure")
    for name in columns:
        table.add_column(name)
    for key, title in _TITLES.items():
        table.add_row(title, *(figures.shown(key) for figures in columns.values()))
    table.add_row(f"{what} without any miss", *(_clean(figures) for figures in columns.values()))
    return table


def _clean(figures: Figures) -> str:
    return str(Share(figures.clean, figures.articles)) if figures.decided or figures.crashed else "n/a"


def group_table(title: str, groups: Mapping[str, Figures]) -> Table:
    """One line a genre or row: how many articles, and each figure as a fraction."""
    table = Table(title=title, title_justify="left")
    for column in ("", "articles", "leak-free", "gone", "kept", "support", "flagged", "F1", "verdict"):
        table.add_column(column, justify="left" if not column else "right")
    for name, figures in groups.items():
        f1 = figures.warnings_f1
        shares = (figures.leak_free, figures.gone, figures.kept, figures.support, figures.flagged)
        table.add_row(
            name,
            str(figures.articles),
            *(_fraction(share) for share in shares),
            "-" if f1 is None else f"{f1:.2f}",
            _fraction(figures.verdict),
        )
    return table


def _fraction(share: Share) -> str:
    return f"{share.right}/{share.of}" if share.of else "-"
