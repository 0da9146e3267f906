"""What is wrong with a policy file that its shape alone does not show."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard.policy.facts import Wrong, check_conditions, finds
from safeguard.policy.model import PolicyFile, Rule
from safeguard.policy.problems import Problem, did_you_mean, expected_one_of
from safeguard.policy.source import Path, Source


def check_file(policy: PolicyFile, source: Source, categories: tuple[str, ...]) -> list[Problem]:
    """Every mistake in rules and settings; `categories` are those of this file and of what it extends."""
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, rule in enumerate(policy.rules):
        path: Path = ("rules", index)
        if rule.id in seen:
            sentence = f'There are two rules called "{rule.id}".'
            hint = f"The other is rule {seen[rule.id] + 1} of this file. Give one of them another id."
            problems.append(source.problem((*path, "id"), sentence, hint))
        seen.setdefault(rule.id, index)
        problems += _rule(rule, path, source, categories)
    for name, block in policy.settings.support_block.items():
        for category in block.called_for_by:
            if category not in categories:
                at: Path = ("settings", "support-block", name, "called-for-by")
                hint = expected_one_of(category, categories)
                problems.append(source.problem(at, f'"{category}" is no category of this policy.', hint))
    return problems


def _rule(rule: Rule, path: Path, source: Source, categories: tuple[str, ...]) -> Iterator[Problem]:
    asked = rule.when.get("find", ())
    if len(asked) != 1:
        hint = f"Add one of: {', '.join(finds())}."
        yield source.problem((*path, "when"), f'Rule "{rule.id}" does not say what to find.', hint)
        return
    find = finds().get(asked[0])
    if find is None:
        at: Path = (*path, "when", "find")
        yield source.problem(
            at, f'Nothing called "{asked[0]}" can be found.', expected_one_of(asked[0], finds())
        )
        return
    for wrong in check_conditions(find, rule.conditions, categories):
        yield _wrong(wrong, (*path, "when"), source)
    for index, conditions in enumerate(rule.unless):
        at = (*path, "unless", index)
        if not conditions:
            yield source.problem(at, "This exception says nothing.", "Say what must hold, or take it out.")
        for wrong in check_conditions(find, conditions, categories):
            yield _wrong(wrong, at, source)
    if rule.do.action not in find.actions:
        sentence = f'A rule about a {find.name} cannot "{rule.do.action}".'
        near = did_you_mean(rule.do.action, find.actions)
        hint = " ".join(filter(None, (near, f"It can: {', '.join(find.actions)}.")))
        yield source.problem((*path, "do"), sentence, hint)


def _wrong(wrong: Wrong, path: Path, source: Source) -> Problem:
    at: Path = (*path, wrong.key)
    if wrong.index is None:
        return source.problem(at, wrong.sentence, wrong.hint, at_key=True)
    return source.problem((*at, wrong.index), wrong.sentence, wrong.hint)
