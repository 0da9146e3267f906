"""`safeguard check`: says what it found and changes nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.cli.failures import unexpected
from safeguard.cli.options import (
    AllOption,
    ContextOption,
    FailOn,
    FailOnOption,
    FormatOption,
    PolicyOption,
    WaiversOption,
    exit_code,
    make_guard,
    of_story,
    read_context,
)
from safeguard.cli.paths import read_all, spelt_out
from safeguard.cli.screen import Bar, progress_bar, say
from safeguard.errors import SafeguardError
from safeguard.reports import Checked, Format, reporter

if TYPE_CHECKING:
    from safeguard.context import Context
    from safeguard.files import CopyFile
    from safeguard.guard import Safeguard
    from safeguard.reports import Reporter


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, 'patterns*.txt', or - for standard input."),
    ],
    policy: PolicyOption = None,
    waivers: WaiversOption = None,
    context: ContextOption = None,
    format: FormatOption = None,
    fail_on: FailOnOption = FailOn.REVIEW,
    everything: AllOption = False,
) -> None:
    """Say what there is to know about copy before it is published; change nothing."""
    facts = read_context(context)
    guard = make_guard(policy, waivers)
    # All are read before any is checked: a wrong path is known at once, and no report goes missing unseen.
    files, problems = read_all(spelt_out(paths), guard.settings.max_bytes)
    if problems:
        for problem in problems:
            say(problem)
        raise typer.Exit(2)
    out = reporter(format or Format.TERMINAL, sys.stdout, everything=everything)
    with progress_bar(len(files), sum(file.length for file in files)) as bar:
        verdicts = [_check(guard, file, facts, out, bar) for file in files]
    out.close()
    done = [verdict for verdict in verdicts if verdict is not None]
    raise typer.Exit(2 if len(done) < len(verdicts) else exit_code(done, fail_on))


def _check(guard: Safeguard, file: CopyFile, facts: Context, out: Reporter, bar: Bar) -> str | None:
    """The verdict on one file, reported; None (said on standard error) when it could not be checked."""
    try:
        report = guard.check(file.copy, file.formats, of_story(facts, file.name, guard), file.paths)
    except SafeguardError as error:
        _unchecked(file, str(error), out, bar)
        return None
    except Exception as error:  # one faulty check must not hide the others, nor pass
        _unchecked(file, unexpected(error), out, bar)
        return None
    bar.step()
    with bar.aside():
        out.add(Checked(file.name, file.copy, report, file.document))
        if report.safe_copy is None:
            say(f"{file.name} could not be read to the end: {' '.join(report.problems)}")
    return report.verdict if report.safe_copy is not None else None


def _unchecked(file: CopyFile, why: str, out: Reporter, bar: Bar) -> None:
    with bar.aside():
        out.unchecked(file.name, why)
        say(f"{file.name}: {why}")
