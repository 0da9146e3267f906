"""`safeguard helplines …`: the registry of helplines, and a file's numbers checked against it."""

from __future__ import annotations

import typer

from safeguard.cli.helplines.list import list_helplines
from safeguard.cli.helplines.verify import verify_file

helplines = typer.Typer(
    name="helplines", help="The registry of helplines, and numbers checked against it.", no_args_is_help=True
)
helplines.command("list")(list_helplines)
helplines.command("verify")(verify_file)
