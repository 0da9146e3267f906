"""The paths a command was given, globs and folders spelt out, and the copy read from them."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
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


def is_one(paths: list[str]) -> bool:
    """Whether the paths given are a single file or standard input, and no folder or pattern."""
    return len(paths) == 1 and not Path(paths[0]).is_dir() and spelt_out(paths) == paths


def targets_in(folder: str, paths: list[str]) -> dict[str, str]:
    """Where in `folder` the safe copy of each file goes: under its own name, in the folders it came in.

    Raises CopyError for standard input, which has no name, and for two files that would go to one place.
    """
    if Path(folder).is_file():
        raise CopyError(f"{folder} is a file; the safe copies of several files go into a folder.")
    found: dict[str, str] = {}
    for path in paths:
        if path == STANDARD_INPUT:
            raise CopyError("Standard input has no name for its safe copy among others; process it apart.")
        for each in spelt_out([path]):
            name = Path(each).relative_to(path) if Path(path).is_dir() else Path(Path(each).name)
            target = str(Path(folder) / name)
            other = next((o for o, t in found.items() if t == target and o != each), None)
            if other is not None:
                raise CopyError(f"{other} and {each} would both be written to {target}; process them apart.")
            found[each] = target
    return found


@contextmanager
def folders_made(targets: Iterable[str]) -> Iterator[None]:
    """The folders that `targets` lie in, made where there are none; taken away again when the block fails.

    Raises CopyError for one that cannot be made.
    """
    made: list[Path] = []
    try:
        for target in targets:
            missing = [folder for folder in Path(target).parents if not folder.exists()]
            for folder in reversed(missing):
                folder.mkdir()
                made.append(folder)
        yield
    except BaseException as error:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError) and error.filename:
            reason = (error.strerror or "the system gave no reason").lower()
            raise CopyError(f"The folder {error.filename} cannot be made: {reason}.") from None
        raise


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
