"""The command line: the commands, and the one place where a failure becomes a sentence and an exit code."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from safeguard.cli.failures import unexpected
from safeguard.cli.lazy import lazy_group
from safeguard.cli.screen import say
from safeguard.errors import SafeguardError

CANNOT = 2
STOPPED = 130

# BadParameter -> UsageError -> ClickException: the family of typer's own errors, whichever click it carries.
_ARGUMENT_ERRORS: type[Exception] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="safeguard",
    cls=lazy_group(
        {
            "check": "safeguard.cli.check:check",
            "process": "safeguard.cli.process:process",
            "waive": "safeguard.cli.waive:waive",
            "policy": "safeguard.cli.policy:policy",
            "helplines": "safeguard.cli.helplines:helplines",
        }
    ),
    help="Reads news copy before it is published and makes it safe to publish. "
    "Copy never leaves this machine.",
    epilog="Exit codes: 0 the verdict is milder than --fail-on (default: review), 1 it is not, 2 the command "
    "could not do its work.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"safeguard {version('safeguard-newsroom')}")
        except PackageNotFoundError:
            typer.echo("safeguard, run from a checkout that is not installed")
        raise typer.Exit


@app.callback()
def _safeguard(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code. Nothing is raised: it fails closed, in one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        code = app(args=arguments, prog_name="safeguard", standalone_mode=False)
        sys.stdout.flush()
    except SafeguardError as error:
        say(str(error))
        return CANNOT
    except _ARGUMENT_ERRORS as error:
        return _bad_arguments(error)
    except BrokenPipeError:
        # Whoever was reading has gone; a second attempt to flush at exit must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT
    except (KeyboardInterrupt, typer.Abort):
        say("Stopped; nothing was written.")
        return STOPPED
    except Exception as error:  # fail closed whatever it is
        say(f"This is {unexpected(error)}")
        return CANNOT
    return code if isinstance(code, int) else 0


def _bad_arguments(error: Exception) -> int:
    message = str(getattr(error, "format_message", lambda: "")())
    if not message:  # no arguments at all: the help has been printed
        return CANNOT
    message = message.replace("Value error, ", "")
    command = getattr(getattr(error, "ctx", None), "command_path", "safeguard")
    say(f"{message}{'' if message.endswith(('.', '?', '!')) else '.'} See: {command} --help")
    return CANNOT
