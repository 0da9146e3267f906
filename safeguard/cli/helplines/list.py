"""`safeguard helplines list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeguard.cli.options import PolicyOption

if TYPE_CHECKING:
    from recognizers.model import Helpline

_CONFIDENCE = {
    "H": "not rung, seen in a source",
    "M": "not rung, unconfirmed",
    "L": "not rung, likely changed",
}


def list_helplines(policy: PolicyOption = None) -> None:
    """List every helpline there is, your policy's own first: name, contacts, for whom, when last rung."""
    from safeguard.cli.helplines.registry import registry_of
    from safeguard.cli.screen import print_table

    registry, own, _ = registry_of(policy)
    first = sorted(registry.helplines, key=lambda helpline: helpline.id not in own)

    rows = [
        (
            helpline.id,
            helpline.names[0] if helpline.names else helpline.id,
            ", ".join(_contacts(helpline)),
            helpline.audience,
            helpline.last_checked or _CONFIDENCE.get(helpline.confidence, "not rung"),
        )
        for helpline in first
    ]
    print_table(("Id", "Name", "Contacts", "For", "Last checked"), rows)


def _contacts(helpline: Helpline) -> tuple[str, ...]:
    """Numbers and text codes; a web address only for those who have neither."""
    found = (*helpline.numbers, *(f"text {code}" for code in helpline.texts))
    return found or helpline.web[:1]
