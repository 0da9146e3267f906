"""The paths a command was given, globs spelt out, and the copy read from them."""

from __future__ import annotations

import glob
from pathlib import Path

from safeguard.errors import CopyError, SafeguardError
from safeguard.files import STANDARD_INPUT, CopyFile, read_copy


def spelt_out(paths: list[str]) -> list[str]:
    """Every path once, in the order given; a pattern such as 'desk/**/*.txt' becomes the files it matches.

    They are sorted. Raises CopyError for a pattern that matches no file: nothing checked is never a pass.
    """
    found: dict[str, None] = {}
    for path in paths:
        if path == STANDARD_INPUT or Path(path).exists() or not glob.has_magic(path):
            found[path] = None
            continue
        # pathlib's glob would take in hidden files, which no shell does.
        matched = sorted(m for m in glob.glob(path, recursive=True) if not Path(m).is_dir())  # noqa: PTH207
        if not matched:
            raise CopyError(f"No file matches {path!r}: nothing was checked.")
        found.update(dict.fromkeys(matched))
    return list(found)


def read_all(paths: list[str], limit: int) -> tuple[list[CopyFile], list[str]]:
    """All copy, and a sentence for each path that could not be read."""
    files: list[CopyFile] = []
    problems: list[str] = []
    for path in paths:
        try:
            files.append(read_copy(path, limit))
        except SafeguardError as error:
            problems.append(str(error))
    return files, problems
