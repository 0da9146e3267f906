"""`safeguard policy show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from safeguard.policy.model import Policy, Rule

Row = tuple[str, str]


def show_policy(
    policy: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="Name of a bundled policy, or path of a policy file.",
        ),
    ] = None,
) -> None:
    """Show a policy as it applies, extensions included; the first rule that fits wins."""
    from safeguard.cli.screen import print_facts
    from safeguard.policy.loader import load_policy, with_contacts
    from safeguard.settings import project_settings

    settings, file = project_settings(Path.cwd())
    loaded = with_contacts(load_policy(policy or settings.policy), settings.newsroom_contacts)
    if file is not None:
        given = settings.model_dump(exclude_defaults=True)
        rows = [(name.replace("_", "-"), _plain(value)) for name, value in given.items()]
        print_facts(f"Settings of this project: {file}", rows or [("", "all as they come")])
    print_facts(f"{loaded.name}: {loaded.title}", list(_head(loaded)))
    for number, rule in enumerate(loaded.rules, start=1):
        print_facts(f"{number}. {rule.id}: {rule.title}", list(rule_facts(rule, loaded)))


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _head(policy: Policy) -> Iterator[Row]:
    yield "Version", policy.version
    if policy.owner:
        yield "Owner", policy.owner
    if policy.reviewed:
        yield "Reviewed", policy.reviewed.isoformat()
    if policy.extends:
        yield "Extends", ", ".join(policy.extends)
    settings = policy.settings
    yield "Warns from", f"severity {settings.warning_threshold}"
    yield "Jigsaw from", f"{settings.jigsaw_pieces} pieces"
    if settings.public_figures:
        yield "Public figures", ", ".join(settings.public_figures)
    if settings.newsroom_contacts:
        yield "Own contacts", ", ".join(settings.newsroom_contacts)
    yield "Fingerprint", policy.sha256


def rule_facts(rule: Rule, policy: Policy) -> Iterator[Row]:
    """What a rule says, row by row, and which policy it comes from."""
    yield "When", _conditions(rule.when)
    for conditions in rule.unless:
        yield "Unless", _conditions(conditions)
    yield "Does", _does(rule)
    yield "Why", rule.because
    if rule.sources:
        yield "Source", "; ".join(rule.sources)
    if rule.status != "live":
        yield "Status", rule.status
    if rule.override:
        yield "Override", f"{', '.join(rule.override.who)}; a reason is {rule.override.reason}"
    if policy.extends:
        yield "From", policy.origins.get(rule.id, policy.name)


def _conditions(conditions: Mapping[str, tuple[str, ...]]) -> str:
    found = conditions.get("find", ())
    rest = [f"{key} is {' or '.join(values)}" for key, values in conditions.items() if key != "find"]
    return ": ".join(filter(None, (" or ".join(found), ", ".join(rest))))


def _does(rule: Rule) -> str:
    action = rule.do.action if rule.do.action != "redact" else f"redact with {rule.do.operator}"
    return f"{action}, and review" if rule.do.review and rule.do.action != "review" else action
