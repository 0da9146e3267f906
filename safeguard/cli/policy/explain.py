"""`safeguard policy explain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.cli.options import ContextOption, guard_of, read_context
from safeguard.cli.policy.lint import PolicyArgument
from safeguard.cli.policy.show import rule_facts

if TYPE_CHECKING:
    from safeguard.copy import Copy
    from safeguard.policy.decisions import Decided
    from safeguard.policy.model import Policy

_MOST_NEAR = 5


def explain_policy(
    policy: PolicyArgument,
    rule: Annotated[str | None, typer.Option("--rule", metavar="R", help="Explain this rule.")] = None,
    copy: Annotated[
        str | None,
        typer.Option("--copy", metavar="ARTICLE", help="Explain what is decided about this article."),
    ] = None,
    context: ContextOption = None,
) -> None:
    """Explain one rule, or which rule decided each finding in an article, which nearly did, and why."""
    from safeguard.cli.screen import print_facts
    from safeguard.policy.loader import load_policy

    if (rule is None) == (copy is None):
        raise typer.BadParameter("say either --rule or --copy")
    loaded = load_policy(policy)
    if rule is not None:
        known = loaded.rule_called(rule)
        place = 1 + [r.id for r in loaded.rules if r.find == known.find].index(rule)
        facts = [*rule_facts(known, loaded), ("Asked", f"number {place} of the rules about a {known.find}")]
        for example in known.examples:
            given = example.copy_given
            text = given if isinstance(given, str) else "; ".join(f"{k}: {v}" for k, v in given.items())
            said = ", ".join(f"{key}={value}" for key, value in example.context.items())
            told = f"{text} ({said})" if said else text
            facts.append(("Catches" if example.catch is not None else "Passes", told))
        print_facts(f"{known.id}: {known.title}", facts)
        return
    _explain_copy(loaded, str(copy), context)


def _explain_copy(policy: Policy, path: str, context: list[str] | None) -> None:
    from safeguard.cli.screen import print_facts
    from safeguard.files import read_copy
    from safeguard.guard import decisions_of

    guard = guard_of(policy)
    file = read_copy(path, guard.settings.max_bytes)
    text, seen = guard.recognise(file.copy, file.formats, read_context(context))
    told: set[tuple[str, str, str]] = set()
    for item in sorted(decisions_of(guard.policy, seen, text).decided, key=lambda d: d.observation.start):
        places = text.places(item.observation.start, item.observation.end)
        stretch = text.text[item.observation.start : item.observation.end]
        key = (item.observation.entity_type, stretch, item.decision.rule)
        if places and key not in told:
            told.add(key)
            title = f"{text.fields[places[0].field].part}: {stretch!r} ({item.observation.entity_type})"
            print_facts(title, list(_facts(guard.policy, text, item)))


def _facts(policy: Policy, text: Copy, item: Decided) -> Iterator[tuple[str, str]]:
    from safeguard.policy.tracing import near_misses

    decision = item.decision
    yield "Decided by", f"{decision.rule}: {decision.action}{', and review' if decision.review else ''}"
    yield "Why", decision.because
    if decision.facts:
        known = (f"{key} is {' and '.join(sorted(values))}" for key, values in decision.facts.items())
        yield "Known", "; ".join(known)
    for rule in decision.also:
        yield "Also", rule
    for rule in decision.trial:
        yield "On trial", f"{rule} holds as well, and does not act"
    for near in near_misses(policy, decision)[:_MOST_NEAR]:
        yield "Nearly", f"{near.rule}: {near.kept_by}"
