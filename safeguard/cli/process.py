"""`safeguard process`: writes the safe copy."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

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
from safeguard.cli.screen import progress_bar
from safeguard.errors import CopyError
from safeguard.files import STANDARD_INPUT, read_copy, written_whole
from safeguard.reports import Checked, Format, format_for, reporter
from safeguard.reports.words import verdict_line


def process(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file, or - for standard input.")],
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where the safe copy goes (default: standard output)."
        ),
    ] = None,
    policy: PolicyOption = None,
    waivers: WaiversOption = None,
    context: ContextOption = None,
    report: Annotated[
        str | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Where the report goes (default: standard error). It holds what was removed.",
        ),
    ] = None,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            help="Show what changes, line by line, in place of the report; without -o, nothing is written.",
        ),
    ] = False,
    format: FormatOption = None,
    fail_on: FailOnOption = FailOn.REVIEW,
    everything: AllOption = False,
) -> None:
    """Write the safe copy: names, details and warnings as the policy says, everything else byte for byte.

    The safe copy is written whatever the verdict, so that an editor can work on it; exit code 1 (REVIEW and
    BLOCK, unless --fail-on says otherwise) means that it must not be published as it is.
    """
    from safeguard.reports.diff import write_diff

    facts = read_context(context)
    _refuse_same_file(path, output, report)
    guard = make_guard(policy, waivers)
    file = read_copy(path, guard.settings.max_bytes)
    with progress_bar(1, file.length):
        story = of_story(facts, file.name, guard)
        result = guard.check(file.copy, file.formats, story, file.paths)
    if result.safe_copy is None:
        raise CopyError(f"{file.name} has no safe copy: {' '.join(result.problems)} Nothing was written.")
    safe = file.encode(result.edits)
    checked = Checked(file.name, file.copy, result, file.document)

    written = _written_report(checked, report, format, everything) if report else None
    outputs = {name: data for name, data in ((output, safe), (report, written)) if name and data is not None}
    # The report holds the names that were taken out: only the user may read it.
    with written_whole(outputs, private=frozenset({report} if report else ())):
        if diff:
            write_diff(checked, sys.stdout)
        elif output is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(safe)
            sys.stdout.buffer.flush()
    if diff:
        sys.stderr.write(f"{verdict_line(checked)}\n")
    elif report is None:
        out = reporter(format or Format.TERMINAL, sys.stderr, everything=everything)
        out.add(checked)
        out.close()
    raise typer.Exit(exit_code([result.verdict], fail_on))


def _written_report(checked: Checked, path: str, format: Format | None, everything: bool) -> bytes:
    text = io.StringIO()
    out = reporter(format or format_for(path), text, everything=everything)
    out.add(checked)
    out.close()
    return text.getvalue().encode()


def _refuse_same_file(path: str, output: str | None, report: str | None) -> None:
    """A report must not take the place of the copy, nor of the safe copy."""
    if report is None:
        return
    others = [name for name in (path, output) if name is not None and name != STANDARD_INPUT]
    if any(Path(name).resolve() == Path(report).resolve() for name in others):
        raise CopyError(f"--report {report} would be written over the copy; give it another name.")
