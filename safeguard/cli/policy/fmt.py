"""`safeguard policy fmt`."""

from __future__ import annotations

from typing import Annotated

import typer


def format_policy(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Path of a policy file.")],
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the layout would change; exit code 1 if so.")
    ] = False,
) -> None:
    """Put a policy file into one layout and mend pasted blanks; comments and values stay."""
    from safeguard.files import written_whole
    from safeguard.policy.layout import laid_out
    from safeguard.policy.loader import policy_text

    text = policy_text(file)
    laid = laid_out(text, file)
    if laid == text:
        typer.echo(f"{file}: nothing to change.")
        return
    if check:
        typer.echo(f"{file}: the layout would change.")
        raise typer.Exit(1)
    with written_whole({file: laid.encode()}):
        pass
    typer.echo(f"{file}: laid out.")
