"""`safeguard policy …`: the rules, for the people who edit them."""

from __future__ import annotations

import typer

from safeguard.cli.lazy import lazy_group

policy = typer.Typer(
    name="policy",
    cls=lazy_group(
        {
            "list": "safeguard.cli.policy.list:list_policies",
            "show": "safeguard.cli.policy.show:show_policy",
            "lint": "safeguard.cli.policy.lint:lint_policy",
            "test": "safeguard.cli.policy.test:try_policy",
            "explain": "safeguard.cli.policy.explain:explain_policy",
            "diff": "safeguard.cli.policy.diff:diff_policies",
            "new": "safeguard.cli.policy.new:new_rule",
            "schema": "safeguard.cli.policy.schema:print_schema",
            "fmt": "safeguard.cli.policy.fmt:format_policy",
        }
    ),
    help="The policies there are, what is in them, and work on your own.",
    no_args_is_help=True,
)
