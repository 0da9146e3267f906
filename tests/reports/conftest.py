"""Copy with a name or two of everything that reports show, and a guard to check it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safeguard import Safeguard
from safeguard.files import read_copy
from safeguard.reports import Checked, Format, reporter

DEMO = Path(__file__).parent.parent.parent / "samples" / "demo" / "inquest.txt"

Render = Callable[..., str]


@pytest.fixture(scope="session")
def guard() -> Safeguard:
    return Safeguard(policy="uk-news")


@pytest.fixture(scope="session")
def checked(guard: Safeguard) -> Callable[..., Checked]:
    """Checks a file, or text under a name."""

    def check(path: Path, name: str | None = None, **context: Any) -> Checked:
        file = read_copy(str(path), 1_000_000)
        report = guard.check(file.copy, context=context)
        return Checked(name or file.name, file.copy, report, file.document)

    return check


@pytest.fixture
def render() -> Render:
    """What a format makes of some checked copy."""

    def write(format: Format, *all_checked: Checked, everything: bool = False) -> str:
        out = io.StringIO()
        reports = reporter(format, out, everything=everything)
        for each in all_checked:
            reports.add(each)
        reports.close()
        return out.getvalue()

    return write
