"""Options that several commands share, and the settings and context made of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.errors import ContextError
from safeguard.reports import Format

if TYPE_CHECKING:
    from safeguard.context import Context

DEFAULT_POLICY = "uk-news"


class FailOn(StrEnum):
    """The mildest verdict that makes a command exit with 1."""

    BLOCK = "block"
    REVIEW = "review"
    AMENDED = "amended"


PolicyOption = Annotated[
    str,
    typer.Option("--policy", metavar="P", help="Name of a bundled policy, or the path of a policy file."),
]
ContextOption = Annotated[
    list[str] | None,
    typer.Option(
        "--context",
        metavar="K=V",
        help="What the copy does not say: restriction=s45, published=2026-03-02, desk=courts. Repeatable.",
    ),
]
FormatOption = Annotated[Format | None, typer.Option("--format", help="How the report is written.")]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="The mildest verdict to exit with 1 for.")]
AllOption = Annotated[bool, typer.Option("--all", help="List what was kept as well, with the reason.")]


def read_context(pairs: list[str] | None) -> Context:
    """The context of `--context K=V` options. Raises ContextError for what is no pair, twice, or unknown."""
    from safeguard.context import Context

    given: dict[str, str] = {}
    for pair in pairs or []:
        key, equals, value = pair.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise ContextError(f"--context needs KEY=VALUE, such as restriction=s45; {pair!r} is not.")
        if key.strip() in given:
            raise ContextError(f"The context {key.strip()!r} is given twice.")
        given[key.strip()] = value.strip()
    return Context.of(given)


def exit_code(verdicts: list[str], fail_on: FailOn) -> int:
    """0 when every verdict is milder than `fail_on`, else 1."""
    from safeguard.policy.decisions import VERDICTS

    order = list(map(str, VERDICTS))
    return int(any(order.index(verdict) >= order.index(fail_on) for verdict in verdicts))
