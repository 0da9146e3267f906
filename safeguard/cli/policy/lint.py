"""`safeguard policy lint`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from safeguard.policy.lint import Linted

PolicyArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="Path of a policy file, or name of a bundled policy.")
]


def lint_policy(policy: PolicyArgument) -> None:
    """List every mistake in a policy file, and where it protects less than the one it extends.

    Exit codes: 0 no mistake, 1 mistakes, 2 there is no such file.
    """
    from safeguard.policy.lint import lint

    found = lint(policy)
    print_problems(found)
    if found.errors:
        raise typer.Exit(1)
    typer.echo(f"{policy}: no mistakes.")


def print_problems(found: Linted) -> None:
    """Mistakes, then warnings, each with its line and what to do."""
    from safeguard.policy.problems import shown

    for problem in found.errors:
        typer.echo(shown(problem, found.texts.get(problem.file, "")))
    for problem in found.warnings:
        typer.echo(f"warning: {shown(problem, found.texts.get(problem.file, ''))}")
    if found.errors:
        count = len(found.errors)
        typer.echo(f"{count} mistake{'s' if count > 1 else ''}.")
