"""What is said of a fault that is ours."""

from __future__ import annotations

import traceback
from pathlib import Path


def unexpected(error: Exception) -> str:
    """A sentence for a fault of ours: what and where in the code, and never the error's own text.

    The text of an exception can hold copy ("could not parse 'Ellie Marsh…'"), so it is left out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if {"safeguard", "recognizers"} & set(Path(f.filename).parts)]
    where = ours[-1] if ours else None
    at = f" at {Path(where.filename).name}:{where.lineno}" if where else ""
    return f"a fault in safeguard ({type(error).__name__}{at}): the copy is NOT checked. Please report it."
