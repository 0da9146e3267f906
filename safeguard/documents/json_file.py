"""What a JSON file is: an Arc ANS document, or a mapping of parts."""

from __future__ import annotations

import json

from safeguard.documents.ans import is_ans, read_ans
from safeguard.documents.json_copy import JsonCopy
from safeguard.documents.json_source import values_of
from safeguard.documents.mapping import read_mapping


def read_json(source: str, name: str) -> JsonCopy:
    """The copy in `source`, which messages call `name`.

    Raises CopyError (naming line and column) for what is no JSON, or JSON that holds no copy.
    """
    values = values_of(source, name)
    return read_ans(source, values, name) if is_ans(values) else read_mapping(source, values, name)


def read_if_json(source: str, name: str) -> JsonCopy | None:
    """Like `read_json`, but None for a source that is no JSON at all (an article that opens with a brace)."""
    try:
        json.loads(source)
    except (ValueError, RecursionError):
        return None
    return read_json(source, name)
