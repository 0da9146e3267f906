"""`safeguard policy schema`."""

from __future__ import annotations

import typer


def print_schema() -> None:
    """Print the JSON Schema (draft-07) of policy files, for the YAML plug-ins of editors."""
    import json

    from safeguard.policy.schema import policy_schema

    typer.echo(json.dumps(policy_schema(), indent=2, ensure_ascii=False))
