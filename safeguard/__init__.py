"""Reads news copy before it is published and makes it safe to publish.

Names are looked up when they are used: nothing heavy is imported before a copy is read.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeguard.context import Context
    from safeguard.errors import ContextError, CopyError, PolicyError, SafeguardError, SettingsError
    from safeguard.guard import Safeguard
    from safeguard.report import Report
    from safeguard.settings import Settings

__all__ = [
    "Context",
    "ContextError",
    "CopyError",
    "PolicyError",
    "Report",
    "Safeguard",
    "SafeguardError",
    "Settings",
    "SettingsError",
]

_MODULES = {"Context": "context", "Report": "report", "Safeguard": "guard", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
