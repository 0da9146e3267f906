"""Where the bundled policies are: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_ENDINGS = (".yaml", ".yml")


def bundled_policies() -> list[str]:
    """The names of the policies that come with safeguard, in alphabetical order."""
    return sorted(entry.stem for entry in _folder().iterdir() if entry.suffix in _ENDINGS)


def bundled_text(name: str) -> str:
    """The text of a bundled policy. Raises FileNotFoundError when there is none of that name."""
    for ending in _ENDINGS:
        entry = _folder() / (name + ending)
        if entry.is_file():
            return entry.read_text(encoding="utf-8")
    raise FileNotFoundError(name)


def _folder() -> Path:
    package = Path(__file__).parents[1]
    installed = package / "bundled_policies"
    return installed if installed.is_dir() else package.parent / "policies"
