"""`safeguard helplines …`: the registry of helplines, and a file's numbers checked against it."""

from __future__ import annotations

import typer

from safeguard.cli.lazy import lazy_group

helplines = typer.Typer(
    name="helplines",
    cls=lazy_group(
        {
            "list": "safeguard.cli.helplines.list:list_helplines",
            "verify": "safeguard.cli.helplines.verify:verify_file",
        }
    ),
    help="The registry of helplines, and numbers checked against it.",
    no_args_is_help=True,
)
