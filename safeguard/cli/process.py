"""`safeguard process`: writes the safe copy."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from safeguard.cli.paths import folders_made, is_one, spelt_out, targets_in
from safeguard.cli.screen import Bar, progress_bar
from safeguard.errors import CopyError
from safeguard.files import STANDARD_INPUT, read_copy, written_whole
from safeguard.reports import Checked, Format, format_for, reporter
from safeguard.reports.words import verdict_line

if TYPE_CHECKING:
    from safeguard.context import Context
    from safeguard.files import CopyFile
    from safeguard.guard import Safeguard
    from safeguard.reports import Reporter


def process(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="A file, or - for standard input; with -o several, or a folder."),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where the safe copy goes (default: standard output); a folder, when there are several.",
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
    targets = _targets(paths, output, diff)
    _refuse_same_file(targets, report)
    guard = make_guard(policy, waivers)
    files = [read_copy(path, guard.settings.max_bytes) for path in targets]
    with progress_bar(len(files), sum(file.length for file in files)) as bar:
        done = [_checked(guard, file, facts, bar) for file in files]
    safe = [file.encode(checked.report.edits) for file, checked in zip(files, done, strict=True)]

    outputs = {t: data for t, data in zip(targets.values(), safe, strict=True) if t is not None}
    if report is not None:
        outputs[report] = _written_report(done, report, format, everything)
    # The report holds the names that were taken out: only the user may read it.
    private = frozenset({report} if report else ())
    # Of one file, a mistyped folder is a mistake; several have folders of their own to be made.
    folders = () if is_one(paths) else filter(None, targets.values())
    with folders_made(folders), written_whole(outputs, private=private):
        if diff:
            for checked in done:
                write_diff(checked, sys.stdout)
        elif output is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(safe[0])
            sys.stdout.buffer.flush()
    if diff:
        sys.stderr.writelines(f"{verdict_line(checked)}\n" for checked in done)
    elif report is None:
        _write_reports(reporter(format or Format.TERMINAL, sys.stderr, everything=everything), done)
    raise typer.Exit(exit_code([checked.report.verdict for checked in done], fail_on))


def _targets(paths: list[str], output: str | None, diff: bool) -> dict[str, str | None]:
    """Where the safe copy of each file goes; None for standard output, or for a diff alone."""
    if is_one(paths):
        return {paths[0]: output}
    if output is not None:
        return dict(targets_in(output, paths))
    if not diff:
        raise CopyError("The safe copies of several files need a folder to go into: --output FOLDER.")
    return dict.fromkeys(spelt_out(paths))


def _checked(guard: Safeguard, file: CopyFile, facts: Context, bar: Bar) -> Checked:
    result = guard.check(file.copy, file.formats, of_story(facts, file.name, guard), file.paths)
    if result.safe_copy is None:
        raise CopyError(f"{file.name} has no safe copy: {' '.join(result.problems)} Nothing was written.")
    bar.step()
    return Checked(file.name, file.copy, result, file.document)


def _write_reports(out: Reporter, done: list[Checked]) -> None:
    for checked in done:
        out.add(checked)
    out.close()


def _written_report(done: list[Checked], path: str, format: Format | None, everything: bool) -> bytes:
    text = io.StringIO()
    _write_reports(reporter(format or format_for(path), text, everything=everything), done)
    return text.getvalue().encode()


def _refuse_same_file(targets: Mapping[str, str | None], report: str | None) -> None:
    """A report must not take the place of the copy, nor of the safe copy."""
    if report is None:
        return
    others = [name for name in (*targets, *targets.values()) if name is not None and name != STANDARD_INPUT]
    if any(Path(name).resolve() == Path(report).resolve() for name in others):
        raise CopyError(f"--report {report} would be written over the copy; give it another name.")
