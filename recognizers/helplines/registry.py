"""Reading the helpline registry, and checking any text against it (`safeguard helplines list|verify`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recognizers.helplines.index import HelplineRegistry, digits_of
from recognizers.helplines.verification import Verification, verify
from recognizers.model import Helpline
from recognizers.vocabulary import load_vocabulary

__all__ = ["HelplineRegistry", "Verification", "digits_of", "helpline_from", "load_registry", "verify"]

_LISTS = ("numbers", "texts", "emails", "web", "retired")
_WORDS = ("audience", "nation", "last_checked", "confidence")


def load_registry() -> HelplineRegistry:
    """The registry that comes with the package, from helplines.yaml."""
    data = load_vocabulary(__package__ or "recognizers.helplines", "helplines.yaml")
    entries = data["helplines"]
    return HelplineRegistry(
        helplines=tuple(helpline_from(entry) for entry in entries),
        weak_names={e["id"]: tuple(e["weak_names"]) for e in entries if e.get("weak_names")},
        run_by={e["id"]: e["run_by"] for e in entries if e.get("run_by")},
        retired=tuple(data["retired"]),
        not_helplines=tuple(data["not_helplines"]),
    )


def helpline_from(entry: Mapping[str, Any]) -> Helpline:
    """A helpline from one entry in the form of helplines.yaml; a policy's own helplines are read with it.

    Only `id` is required. Raises KeyError without one.
    """
    support = entry.get("support", True)
    given: dict[str, Any] = {key: tuple(str(value) for value in entry.get(key, ())) for key in _LISTS}
    given |= {key: str(entry[key]) for key in _WORDS if key in entry}
    return Helpline(
        id=entry["id"],
        names=(*entry.get("names", ()), *entry.get("weak_names", ())),
        topics=frozenset(entry.get("topics", ())),
        support=support if isinstance(support, bool) else str(support).lower() not in ("no", "false"),
        **given,
    )
