"""`safeguard policy fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeguard.errors import PolicyError


def format_policy(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Path of a policy file.")],
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the layout would change; exit code 1 if so.")
    ] = False,
) -> None:
    """Put a policy file into one layout and mend pasted blanks; comments and values stay."""
    from safeguard.files import written_whole
    from safeguard.policy.layout import laid_out

    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PolicyError(f"There is no policy file {file}.") from None
    except (OSError, UnicodeDecodeError):
        raise PolicyError(f"{file} cannot be read as text in UTF-8.") from None
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
