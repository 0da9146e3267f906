"""`safeguard policy …`: the rules, for the people who edit them."""

from __future__ import annotations

import typer

from safeguard.cli.policy.list import list_policies
from safeguard.cli.policy.show import show_policy

policy = typer.Typer(name="policy", help="The policies there are, and what is in them.", no_args_is_help=True)
policy.command("list")(list_policies)
policy.command("show")(show_policy)
