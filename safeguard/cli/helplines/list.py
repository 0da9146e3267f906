"""`safeguard helplines list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recognizers.model import Helpline

_CONFIDENCE = {
    "H": "not rung, seen in a source",
    "M": "not rung, unconfirmed",
    "L": "not rung, likely changed",
}


def list_helplines() -> None:
    """List every helpline that safeguard knows: id, name, contacts, for whom, and when it was last rung."""
    from recognizers.helplines.registry import load_registry
    from safeguard.cli.screen import print_table

    rows = [
        (
            helpline.id,
            helpline.names[0] if helpline.names else helpline.id,
            ", ".join(_contacts(helpline)),
            helpline.audience,
            helpline.last_checked or _CONFIDENCE.get(helpline.confidence, "not rung"),
        )
        for helpline in load_registry().helplines
    ]
    print_table(("Id", "Name", "Contacts", "For", "Last checked"), rows)


def _contacts(helpline: Helpline) -> tuple[str, ...]:
    """Numbers and text codes; a web address only for those who have neither."""
    found = (*helpline.numbers, *(f"text {code}" for code in helpline.texts))
    return found or helpline.web[:1]
