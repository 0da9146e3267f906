"""The tags that a policy has around a note in HTML."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BeforeValidator

from safeguard.policy.values import sentence

PLACE = "{text}"

_OPENING = re.compile(r"<([A-Za-z][\w-]*)(?:\s[^<>{}]*)?(?<!/)>")
_CLOSING = re.compile(r"</([A-Za-z][\w-]*)\s*>")


def _note_markup(value: Any) -> Any:
    """Tags before and after the place of the text, each closed, and nothing that would be read."""
    before, place, after = value.partition(PLACE) if isinstance(value, str) else ("", "", "")
    opened, closed = _OPENING.findall(before), _CLOSING.findall(after)
    rest = _OPENING.sub("", before) + _CLOSING.sub("", after)
    if not place or rest.strip() or not opened or opened != closed[::-1]:
        raise sentence(
            'Tags around {text} were expected here, each closed again: <aside class="warning">{text}</aside>.'
        )
    return value.strip()


NOTE_MARKUP = BeforeValidator(_note_markup)
