"""`safeguard policy …`: the rules, for the people who edit them."""

from __future__ import annotations

import typer

from safeguard.cli.policy.diff import diff_policies
from safeguard.cli.policy.explain import explain_policy
from safeguard.cli.policy.fmt import format_policy
from safeguard.cli.policy.lint import lint_policy
from safeguard.cli.policy.list import list_policies
from safeguard.cli.policy.new import new_rule
from safeguard.cli.policy.schema import print_schema
from safeguard.cli.policy.show import show_policy
from safeguard.cli.policy.test import try_policy

policy = typer.Typer(
    name="policy", help="The policies there are, what is in them, and work on your own.", no_args_is_help=True
)
policy.command("list")(list_policies)
policy.command("show")(show_policy)
policy.command("lint")(lint_policy)
policy.command("test")(try_policy)
policy.command("explain")(explain_policy)
policy.command("diff")(diff_policies)
policy.command("new")(new_rule)
policy.command("schema")(print_schema)
policy.command("fmt")(format_policy)
