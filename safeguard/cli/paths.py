"""The paths a command was given, globs and folders spelt out, and the copy read from them."""

from __future__ import annotations

import glob
from pathlib import Path

from safeguard.errors import CopyError, SafeguardError
from safeguard.files import STANDARD_INPUT, CopyFile, read_copy

_COPY_IN_FOLDERS = (".txt", ".md", ".html", ".json", ".docx")


def spelt_out(paths: list[str]) -> list[str]:
    """Every path once, in the order given; a pattern such as 'desk/**/*.txt' becomes the files it matches, a
    folder the copy in it and in its folders.

    They are sorted, hidden files left out. Raises CopyError for a pattern or folder without any: nothing
    checked is never a pass.
    """
    found: dict[str, None] = {}
    for path in paths:
        if path != STANDARD_INPUT and Path(path).is_dir():
            found.update(dict.fromkeys(copy_in(path)))
            continue
        if path == STANDARD_INPUT or Path(path).exists() or not glob.has_magic(path):
            found[path] = None
            continue
        # pathlib's glob would take in hidden files, which no shell does.
        matched = sorted(m for m in glob.glob(path, recursive=True) if not Path(m).is_dir())  # noqa: PTH207
        if not matched:
            raise CopyError(f"No file matches {path!r}: nothing was checked.")
        found.update(dict.fromkeys(matched))
    return list(found)


def copy_in(folder: str) -> list[str]:
    """The paths of all copy in a folder and the folders in it, sorted, but for what is hidden.

    Raises CopyError where there is none.
    """
    root = Path(folder)
    inside = (path.relative_to(root) for path in root.rglob("*"))
    found = [
        str(root / path)
        for path in sorted(inside)
        if path.suffix.lower() in _COPY_IN_FOLDERS
        and not any(name.startswith(".") for name in path.parts)
        and (root / path).is_file()
    ]
    if not found:
        raise CopyError(
            f"The folder {folder} has no copy ({', '.join(_COPY_IN_FOLDERS)}): nothing was checked."
        )
    return found


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
