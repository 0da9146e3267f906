"""What would change, for a terminal or a pipe: lines as they are (-) and as the safe copy has them (+)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from safeguard.reports.changes import Line, changes
from safeguard.reports.excerpt import printable

if TYPE_CHECKING:
    from safeguard.reports import Checked

_SIDES = (("-", "red", "bold red reverse"), ("+", "green", "bold green reverse"))


def write_diff(checked: Checked, out: TextIO) -> None:
    """Write every change of lines to `out`, in colour when that is a terminal; nothing when there is none.

    On a terminal the words that differ are marked within their lines. Control characters are left out.
    """
    console = Console(file=out, markup=False, highlight=False, emoji=False)

    def line(*parts: Text | tuple[str, str]) -> None:
        console.print(Text.assemble(*parts), soft_wrap=True)

    for number, change in enumerate(changes(checked.copy, checked.report, checked.document)):
        if number == 0:
            line((f"--- {checked.name}", "bold"))
            line((f"+++ {checked.name}, safe copy", "bold"))
        line((f"@@ {change.place} @@", "cyan"))
        for (sign, style, marked), side in zip(_SIDES, (change.before, change.after), strict=True):
            for each in side:
                line((sign, style), _line(each, style, marked))
    out.flush()


def _line(line: Line, style: str, marked: str) -> Text:
    return Text.assemble(*((printable(p.text), marked if p.changed else style) for p in line))
