"""What may be said of an error: its own text can hold words of the copy, so it is never shown."""

from __future__ import annotations

import traceback
from pathlib import PurePath


def fault(error: BaseException) -> str:
    """What kind of error it is and where in the code it arose: "ValueError at ages.py:41"."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
