"""The helplines that a policy knows: those that come with safeguard, and its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recognizers.helplines.registry import HelplineRegistry
    from safeguard.settings import Settings


def registry_of(policy: str | None) -> tuple[HelplineRegistry, frozenset[str], Settings]:
    """The registry as `policy` has it (None: the project's), the ids that are its own, and the settings.

    Raises PolicyError or SettingsError, in words for the user.
    """
    from recognizers.helplines.registry import helpline_from, load_registry
    from safeguard.policy.loader import load_policy
    from safeguard.settings import project_settings

    settings, _ = project_settings(Path.cwd())
    own = [helpline_from(helpline.entry()) for helpline in load_policy(policy or settings.policy).helplines]
    registry = load_registry()
    ids = frozenset(helpline.id for helpline in own)
    return (registry.extended(own) if own else registry), ids, settings
