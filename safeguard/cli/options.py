"""Options that several commands share, and the settings and context made of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.errors import ContextError
from safeguard.reports import Format

if TYPE_CHECKING:
    from safeguard.context import Context
    from safeguard.guard import Safeguard
    from safeguard.policy.model import Policy


class FailOn(StrEnum):
    """The mildest verdict that makes a command exit with 1."""

    BLOCK = "block"
    REVIEW = "review"
    AMENDED = "amended"


PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="P",
        help="Name of a bundled policy, or the path of a policy file (default: the project's, else uk-news).",
    ),
]
WaiversOption = Annotated[
    str | None, typer.Option("--waivers", metavar="FILE", help="A file of waivers (default: the project's).")
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


def make_guard(policy: str | None, waivers: str | None) -> Safeguard:
    """The guard for a command: what its options say, and the settings of the project it runs in."""
    from safeguard.guard import Safeguard
    from safeguard.settings import project_settings

    settings, _ = project_settings(Path.cwd())
    if waivers is not None:
        settings = settings.model_copy(update={"waivers": waivers})
    return Safeguard(policy=policy, settings=settings)


def guard_of(policy: Policy) -> Safeguard:
    """A guard that reads and decides under a loaded policy as one does in this project, waivers left out."""
    from safeguard.guard import Safeguard
    from safeguard.settings import project_settings

    settings, _ = project_settings(Path.cwd())
    return Safeguard(policy=policy, settings=settings.model_copy(update={"waivers": None}))


def of_story(facts: Context, name: str, guard: Safeguard) -> Context:
    """The context with the file's name for a story, where waivers are looked up and no story was named."""
    if facts.story or not guard.settings.waivers:
        return facts
    return facts.model_copy(update={"story": Path(name).stem})


def exit_code(verdicts: list[str], fail_on: FailOn) -> int:
    """0 when every verdict is milder than `fail_on`, else 1."""
    from safeguard.policy.decisions import VERDICTS

    order = list(map(str, VERDICTS))
    return int(any(order.index(verdict) >= order.index(fail_on) for verdict in verdicts))
