"""Laying one policy file over the one it extends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """What `over` says wins. Settings are merged name by name; a list replaces the list below it.

    A rule or helpline with an id that is below replaces that one where it stands, whole. New rules come
    before all inherited ones, in their own order, so that they are asked first.
    """
    merged = {**base, **over}
    merged["settings"] = _deep(base.get("settings", {}), over.get("settings", {}))
    merged["rules"] = _by_id(base.get("rules", []), over.get("rules", []))
    merged["helplines"] = _by_id(base.get("helplines", []), over.get("helplines", []))
    return merged


def _deep(base: Any, over: Any) -> Any:
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    merged = dict(base)
    for key, value in over.items():
        merged[key] = _deep(base[key], value) if key in base else value
    return merged


def _by_id(base: list[Any], over: list[Any]) -> list[Any]:
    replacing = {entry["id"].strip(): entry for entry in over}
    below = {entry["id"].strip() for entry in base}
    new = [entry for entry in over if entry["id"].strip() not in below]
    return [*new, *(replacing.get(entry["id"].strip(), entry) for entry in base)]
