"""`safeguard helplines verify`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.cli.options import PolicyOption

if TYPE_CHECKING:
    from recognizers.helplines.registry import Verification

_SAID = {"ok": "right", "wrong": "WRONG", "retired": "RETIRED", "unknown": "UNKNOWN"}


def verify_file(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    policy: PolicyOption = None,
) -> None:
    """Check every helpline number, text code and address in a file. Exits with 1 when one is not right."""
    from recognizers.helplines.registry import verify
    from safeguard.cli.helplines.registry import registry_of
    from safeguard.cli.screen import print_table
    from safeguard.files import read_copy
    from safeguard.reports.excerpt import place

    registry, _, settings = registry_of(policy)
    copy = read_copy(path, settings.max_bytes).copy
    results = [(part, index, r) for part, index, text in _texts(copy) for r in verify(text, registry)]
    if not results:
        typer.echo(f"No helpline's number, text code or address is in {path}.")
        return
    rows = []
    for part, index, result in results:
        helpline = registry.by_id(result.helpline) if result.helpline else None
        name = helpline.names[0] if helpline and helpline.names else result.helpline or "–"
        where = place(copy, part, index, result.start)
        rows.append((where, result.text, _SAID[result.status], name, _expected(result)))
    print_table(("Where", "In the copy", "Is", "Helpline", "Expected"), rows)
    raise typer.Exit(int(any(result.status != "ok" for _, _, result in results)))


def _texts(copy: str | Mapping[str, str | list[str]]) -> Iterator[tuple[str, int | None, str]]:
    if isinstance(copy, str):
        yield "", None, copy
        return
    for part, value in copy.items():
        if isinstance(value, str):
            yield part, None, value
        else:
            yield from ((part, index, item) for index, item in enumerate(value))


def _expected(result: Verification) -> str:
    if result.status == "ok":
        return ""
    return result.expected or "nothing that the registry knows; ring it before you publish"
