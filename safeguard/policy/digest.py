"""The fingerprint of a policy: over all that decides, whatever its layout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of models, texts and numbers by name; comments and layout are not in them."""
    return hashlib.sha256(json.dumps(_plain(content), ensure_ascii=False).encode()).hexdigest()


def words_digest(vocabularies: Iterable[str]) -> str:
    """The same of the texts of word lists, "" for none."""
    words = list(vocabularies)
    return hashlib.sha256(json.dumps(words).encode()).hexdigest() if words else ""


def _plain(value: Any) -> Any:
    """The value as JSON has it: pydantic's own dump would need serialisers that nothing else here needs."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        return {field.alias or name: _plain(getattr(value, name)) for name, field in fields}
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
