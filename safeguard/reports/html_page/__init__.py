"""One HTML page for people: to read, to print, to work through. It loads nothing from anywhere.

It always has what was kept as well. Its title, which a browser offers as a file name, holds no name from the
copy.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from safeguard.reports import Checked
from safeguard.reports.excerpt import printable
from safeguard.reports.html_page.marks import level
from safeguard.reports.html_page.view import CopyView, copy_view
from safeguard.reports.tally import Tally

_LONG_TAG = re.compile(r"(<[A-Za-z][^\s<>]*)\s[^<>]{20,}(/?>)")


class Reporter:
    """Collects reports and writes the page at the end."""

    def __init__(self, out: TextIO, *, everything: bool = False) -> None:
        self._out = out
        self._views: list[CopyView] = []
        self._unchecked: list[tuple[str, str]] = []
        self._tally = Tally()

    def add(self, checked: Checked) -> None:
        """Take one more report."""
        self._tally.add(checked)
        self._views.append(copy_view(checked, f"c{len(self._views) + 1}"))

    def unchecked(self, name: str, why: str) -> None:
        """Take note of copy that could not be checked: it is said at the head of the page."""
        self._tally.unchecked(name)
        self._unchecked.append((name, why))

    def close(self) -> None:
        """Write the page."""
        style = files(__name__).joinpath("style.css").read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        environment = Environment(
            loader=PackageLoader("safeguard.reports", "html_page"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(level=level, shown=_shown, short_tags=_short_tags)
        page = environment.get_template("page.html").render(
            style=Markup(style),  # ours, and inside <style> nothing is escaped
            style_digest=digest,
            views=self._views,
            unchecked=self._unchecked,
            tally=self._tally,
        )
        self._out.write(page + "\n")
        self._out.flush()


def _shown(text: str) -> str:
    """Text without signs that nobody sees, which could turn round or break up what stands on the page."""
    return "\n".join(map(printable, text.replace("\r\n", "\n").split("\n")))


def _short_tags(text: str) -> str:
    """Markup with the attributes of its tags left out, where there are many: nobody reads them."""
    return _LONG_TAG.sub(r"\1 …\2", text)
