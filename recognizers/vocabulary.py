"""Reading the vocabulary files: YAML whose every scalar stays the text that was typed.

YAML's own typing turns 08001111 into a number and `no` into False, so none of it is used: 116 123 arrives
as "116 123" and lists, mappings and text are all there is.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load_vocabulary(package: str, name: str) -> Any:
    """Read `name` (a YAML file) from the folder of `package` and return mappings, lists and text.

    Raises FileNotFoundError when the file is not there, yaml.YAMLError when it is not YAML.
    """
    text = _text(package, name)
    return yaml.load(text, Loader=_Loader)


def load_lines(package: str, name: str) -> list[str]:
    """Read a word list (one entry a line; blank lines and lines that start with # are left out)."""
    text = _text(package, name)
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _text(package: str, name: str) -> str:
    # importlib.resources would do, and costs every start of the policy linter 9 ms.
    return Path(import_module(package).__path__[0], name).read_text(encoding="utf-8")
