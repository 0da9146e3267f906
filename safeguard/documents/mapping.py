"""A JSON file of parts: one object of texts and lists of texts."""

from __future__ import annotations

from collections.abc import Sequence

from safeguard.documents import Parts
from safeguard.documents.json_copy import JsonCopy
from safeguard.documents.json_source import Value, where
from safeguard.errors import CopyError

_SHAPE = 'expected one object of texts or lists of texts, such as {"headline": "…", "body": "…"}'


def read_mapping(source: str, values: Sequence[Value], name: str) -> JsonCopy:
    """The parts in `values`, all that `source` holds.

    Raises CopyError (naming line and column) for what is not a mapping of parts.
    """
    parts: Parts = {}
    places: dict[tuple[str, int | None], Value] = {}
    for value in values:
        path, text = value.path, value.text
        if not path:
            if value.kind != "object":
                raise _odd(source, value, name)
            continue
        part = str(path[0])
        if len(path) == 1 and part in parts:
            at = where(source, value.start)
            raise CopyError(f"{name} has one part twice: see {at}; keep one of them.")
        if len(path) == 1 and text is not None:
            parts[part], places[part, None] = text, value
        elif len(path) == 1 and value.kind == "array":
            parts[part] = []
        elif len(path) == 2 and text is not None and isinstance(parts.get(part), list):
            items = parts[part]
            places[part, len(items)] = value
            assert isinstance(items, list)
            items.append(text)
        else:
            raise _odd(source, value, name)
    if not any(t.strip() for v in parts.values() for t in ([v] if isinstance(v, str) else v)):
        raise CopyError(f"{name} has no text in any part: there is nothing to check.")
    return JsonCopy(source, parts, places)


def _odd(source: str, value: Value, name: str) -> CopyError:
    return CopyError(f"{name} is JSON, but no mapping of parts: at {where(source, value.start)}, {_SHAPE}.")
