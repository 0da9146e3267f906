"""What is wrong with a policy file that its shape alone does not show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from pydantic import ValidationError

from safeguard.policy.facts import Wrong, check_conditions, finds
from safeguard.policy.helpline_checks import check_helplines
from safeguard.policy.model import PolicyFile, Rule
from safeguard.policy.problems import Problem, did_you_mean, expected_one_of
from safeguard.policy.source import Path, Source


@dataclass(frozen=True, slots=True)
class Known:
    """What the policies below bring: their warning categories, and the helplines that they add."""

    categories: tuple[str, ...] = ()
    helplines: tuple[str, ...] = ()


def check_file(policy: PolicyFile | None, source: Source, known: Known) -> list[Problem]:
    """Every mistake in rules and settings that their shape alone does not show.

    `policy` is None where the file as a whole is no policy: the rules that are well-formed are checked all
    the same, so that every mistake is told at once.
    """
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    own = _own_categories(source)
    for index, rule, whole in _rules(policy, source):
        path: Path = ("rules", index)
        if rule.id in seen:
            sentence = f'There are two rules called "{rule.id}".'
            hint = f"The other is rule {seen[rule.id] + 1} of this file. Give one of them another id."
            problems.append(source.problem((*path, "id"), sentence, hint))
        seen.setdefault(rule.id, index)
        problems += _rule(rule, path, source, (*known.categories, *own), whole=whole)
    if policy is not None and policy.extends:
        problems += _never_found(policy, source, known.categories)
    if policy is not None and (policy.settings.support_block or policy.helplines):
        problems += check_helplines(policy, source, (*known.categories, *own), known.helplines)
    return problems


def _rules(policy: PolicyFile | None, source: Source) -> Iterator[tuple[int, Rule, bool]]:
    """The rules with their place, and whether all of each can be read: else only what it asks is there."""
    if policy is not None:
        yield from ((index, rule, True) for index, rule in enumerate(policy.rules))
        return
    listed = source.data.get("rules")
    for index, given in enumerate(listed if isinstance(listed, list) else []):
        try:
            yield index, Rule.model_validate(given), True
        except ValidationError:
            asks = {key: given[key] for key in ("when", "unless") if isinstance(given, dict) and key in given}
            name = given.get("id") if isinstance(given, dict) else None
            with suppress(ValidationError):
                frame = {"id": name or f"rule-{index + 1}", "title": "-", "because": "-", "do": "keep"}
                yield index, Rule.model_validate({**frame, **asks}), False


def _own_categories(source: Source) -> tuple[str, ...]:
    here = source.data
    for name in ("settings", "warnings", "categories"):
        here = here.get(name) if isinstance(here, dict) else None
    return tuple(here) if isinstance(here, dict) else ()


def _never_found(policy: PolicyFile, source: Source, below: tuple[str, ...]) -> Iterator[Problem]:
    """A category that the policy below has not got and that no vocabulary finds: mostly a misspelt one."""
    for name, category in policy.settings.warnings.categories.items():
        if below and name not in below and category.vocabulary is None:
            hint = did_you_mean(name, below) or "Name the file that has its words:   vocabulary: words.yaml"
            at: Path = ("settings", "warnings", "categories", name)
            yield source.problem(
                at, f'"{name}" has no vocabulary, so nothing would find it.', hint, at_key=True
            )


def _rule(
    rule: Rule, path: Path, source: Source, categories: tuple[str, ...], *, whole: bool
) -> Iterator[Problem]:
    at: Path
    asked = rule.when.get("find", ())
    glued = next((key for key in rule.when if key.partition(":")[2]), None)
    if glued is not None:
        hint = f"Write:   {glued.replace(':', ': ', 1)}"
        at = (*path, "when", glued)
        yield source.problem(at, f'A space is missing behind the colon of "{glued}".', hint, at_key=True)
        return
    if len(asked) > 1:
        hint = "Write a rule for each of them."
        yield source.problem((*path, "when", "find"), f'Rule "{rule.id}" finds several things.', hint)
        return
    if not asked:
        hint = f"Add one of: {', '.join(finds())}."
        yield source.problem((*path, "when"), f'Rule "{rule.id}" does not say what to find.', hint)
        return
    find = finds().get(asked[0])
    if find is None:
        at = (*path, "when", "find")
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
    if whole:
        yield from _without_examples(rule, path, source)
    if whole and rule.do.action not in find.actions:
        sentence = f'A rule about a {find.name} cannot "{rule.do.action}".'
        near = did_you_mean(rule.do.action, find.actions)
        hint = " ".join(filter(None, (near, f"It can: {', '.join(find.actions)}.")))
        yield source.problem((*path, "do"), sentence, hint)
    if whole and rule.do.action == "redact" and rule.do.operator == "keep":
        sentence = 'A rule that redacts with "keep" takes nothing out.'
        yield source.problem((*path, "do"), sentence, "Write   do: redact   for a label, or   do: keep.")


def _without_examples(rule: Rule, path: Path, source: Source) -> Iterator[Problem]:
    """A rule acts only with an example of what it catches and one of what it lets pass."""
    kinds = {"catch" if example.catch is not None else "pass" for example in rule.examples}
    lacking = [kind for kind in ("catch", "pass") if kind not in kinds]
    if rule.status != "live" or not lacking:
        return
    sentence = f'Rule "{rule.id}" is live and has no "{lacking[0]}" example.'
    if len(lacking) > 1:
        sentence = f'Rule "{rule.id}" is live and has no "catch" and no "pass" example.'
    hint = "Add one under examples:, or write   status: draft   until there is one."
    yield source.problem((*path, "id"), sentence, hint)


def _wrong(wrong: Wrong, path: Path, source: Source) -> Problem:
    at: Path = (*path, wrong.key)
    if wrong.index is None:
        return source.problem(at, wrong.sentence, wrong.hint, at_key=True)
    return source.problem((*at, wrong.index), wrong.sentence, wrong.hint)
