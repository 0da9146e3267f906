"""Laying one policy file over the one it extends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from safeguard.policy.settings import Settings


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


def merge_settings(base: Settings, over: Settings) -> Settings:
    """What `over` says wins, name by name; a list of its replaces the list below."""
    merged: Settings = _laid_over(base, over)
    return merged


def merge_by_id(base: Sequence[_Entry], over: Sequence[_Entry]) -> tuple[_Entry, ...]:
    """An entry with an id that is below takes that one's place, whole.

    New ones come before all inherited ones, in their own order: rules are asked in this order.
    """
    replacing = {entry.id: entry for entry in over}
    below = {entry.id for entry in base}
    new = (entry for entry in over if entry.id not in below)
    return (*new, *(replacing.get(entry.id, entry) for entry in base))


def _laid_over(base: Any, over: Any) -> Any:
    if isinstance(base, BaseModel) and isinstance(over, BaseModel):
        said = {name: _laid_over(getattr(base, name), getattr(over, name)) for name in over.model_fields_set}
        return base.model_copy(update=said)
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return {**base, **{key: _laid_over(base.get(key), value) for key, value in over.items()}}
    return over
