"""What commands write beside their results: error sentences and progress, both on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

# Less than this is done before anybody could read a progress bar.
_LONG_COPY = 200_000


def say(message: str) -> None:
    """A sentence on standard error, after the program's name; several (mistakes in a policy) as they are."""
    lines = [" ".join(line.split()) for line in message.splitlines() if line.strip()]
    if len(lines) == 1:
        lines[0] = f"safeguard: {lines[0]}"
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


class Bar:
    """A progress bar on standard error when that is a terminal and the run is long; otherwise nothing."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("Checking", total=total if total > 1 else None) if progress else None

    def step(self) -> None:
        """One more is done."""
        if self._progress and self._task is not None:
            self._progress.advance(self._task)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the bar off the screen while something else is printed."""
        if self._progress:
            self._progress.stop()
        yield
        if self._progress:
            self._progress.start()


@contextmanager
def progress_bar(count: int, characters: int) -> Iterator[Bar]:
    """A bar over `count` pieces of copy of so many characters in all."""
    if not sys.stderr.isatty() or (count < 2 and characters < _LONG_COPY):
        yield Bar(None, count)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn()]
    if count > 1:
        columns.append(MofNCompleteColumn())
    progress = Progress(
        *columns,
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        # Standard output may be a file even when standard error is a terminal: it must not be caught.
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with progress:
        yield Bar(progress, count)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output, folded to a terminal's width, never cut off; in a pipe one row a line."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 1000)
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    sys.stdout.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())


def print_facts(title: str, facts: Sequence[tuple[str, str]]) -> None:
    """A title and what is to be said of it, one name and value a row, on standard output."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 100)
    console.print(Text(title, "bold"))
    grid = Table.grid(padding=(0, 2))
    for name, value in facts:
        grid.add_row(Text(name, "dim"), Text(value))
    console.print(Padding(grid, (0, 0, 1, 2), expand=False))
