"""`safeguard policy list`."""

from __future__ import annotations


def list_policies() -> None:
    """List the policies that come with safeguard: name, version, what each is for."""
    from safeguard.cli.screen import print_table
    from safeguard.policy.loader import bundled_policies, load_policy

    loaded = [load_policy(name) for name in bundled_policies()]
    print_table(("Name", "Version", "Is for"), [(p.name, p.version, p.title) for p in loaded])
