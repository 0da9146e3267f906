"""What is wrong with a policy file that its shape alone does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from recognizers.vocabulary import load_vocabulary
from safeguard.policy.facts import Wrong, check_conditions, finds
from safeguard.policy.model import PolicyFile, Rule
from safeguard.policy.problems import Problem, did_you_mean, expected_one_of
from safeguard.policy.source import Path, Source

_NOT_DIGIT = re.compile(r"\D")
_NUMBER = re.compile(r"(?<![\w.@/-])\+?\d[\d ]+\d(?![\w@])")
# A number with its area code, with or without the country's; Childline's; 101, 116 123; Irish freephone.
_COMPLETE = re.compile(r"(?:0|44|353)\d{9,10}|0\d{8,9}|08001111|1\d{2}|99\d|116\d{3}|1[58]\d{2}\d{6}")


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
    if policy is not None and (policy.settings.support_block or policy.helplines):
        registry = _registry()
        helplines = (*known.helplines, *(entry["id"] for entry in registry))
        problems += _support(policy, source, (*known.categories, *own), helplines)
        problems += _own_helplines(policy, source, (*known.categories, *own), registry)
        problems += _wrong_numbers(policy, source, registry)
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


def _support(
    policy: PolicyFile, source: Source, categories: tuple[str, ...], helplines: tuple[str, ...]
) -> Iterator[Problem]:
    ids = [*(h.id for h in policy.helplines), *helplines]
    for name, block in policy.settings.support_block.items():
        at: Path = ("settings", "support-block", name)
        for index, category in enumerate(block.called_for_by):
            if category not in categories:
                hint = expected_one_of(category, categories)
                sentence = f'"{category}" is no category of this policy.'
                yield source.problem((*at, "called-for-by", index), sentence, hint)
        for key, wanted in (("helplines", block.helplines), ("suitable", block.suitable)):
            for index, helpline in enumerate(wanted):
                if helpline not in ids:
                    near = did_you_mean(helpline, ids)
                    hint = f"{near} `safeguard helplines list` shows all.".strip()
                    yield source.problem((*at, key, index), f'No helpline is called "{helpline}".', hint)


def _wrong_numbers(policy: PolicyFile, source: Source, registry: list[dict[str, Any]]) -> Iterator[Problem]:
    """A number in a support text that is none of the helplines it names: it reaches somebody else."""
    numbers = {e["id"]: [*e.get("numbers", ()), *e.get("texts", ())] for e in registry}
    numbers |= {h.id: [*h.numbers, *h.texts] for h in policy.helplines}
    for name, block in policy.settings.support_block.items():
        listed = [n for h in block.helplines for n in numbers.get(h, ())]
        known = {_NOT_DIGIT.sub("", n) for n in listed}
        if not known or any(h not in numbers for h in block.helplines):
            continue
        for said in _NUMBER.findall(block.text):
            if _NOT_DIGIT.sub("", said) not in known:
                at: Path = ("settings", "support-block", name, "text")
                sentence = f'"{said}" is no number of {" or ".join(block.helplines)}.'
                hint = f"Known: {', '.join(listed)}. Ring it before you change either."
                yield source.problem(at, sentence, hint)


def _registry() -> list[dict[str, Any]]:
    """The entries of the registry as written: reading them needs none of what matches numbers in copy."""
    entries: list[dict[str, Any]] = load_vocabulary("recognizers.helplines", "helplines.yaml")["helplines"]
    return entries


def _topics(
    topics: tuple[str, ...],
    at: Path,
    source: Source,
    categories: tuple[str, ...],
    registry: list[dict[str, Any]],
) -> Iterator[Problem]:
    """A topic may be any word; one that is nearly a category is a slip, and would call for nothing."""
    known = {*categories, *(topic for entry in registry for topic in entry.get("topics", ()))}
    for place, topic in enumerate(topics):
        near = None if topic in known else did_you_mean(topic, categories)
        if near:
            sentence = f'"{topic}" is no category of this policy.'
            yield source.problem((*at, place), sentence, near)


def _own_helplines(
    policy: PolicyFile, source: Source, categories: tuple[str, ...], registry: list[dict[str, Any]]
) -> Iterator[Problem]:
    for index, helpline in enumerate(policy.helplines):
        yield from _topics(helpline.topics, ("helplines", index, "topics"), source, categories, registry)
        for place, number in enumerate(helpline.numbers):
            digits = _NOT_DIGIT.sub("", number.replace("(0)", ""))
            if not _COMPLETE.fullmatch(digits):
                near = next((h for h in registry if h["id"] == helpline.id and h.get("numbers")), None)
                known = f" The registry has {near['numbers'][0]} for {near['names'][0]}." if near else ""
                hint = f"Ring it, then write it in full.{known}"
                sentence = f'"{number}" is not a complete telephone number.'
                yield source.problem(("helplines", index, "numbers", place), sentence, hint)


def _rule(
    rule: Rule, path: Path, source: Source, categories: tuple[str, ...], *, whole: bool
) -> Iterator[Problem]:
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
    if whole:
        yield from _without_examples(rule, path, source)
    if whole and rule.do.action not in find.actions:
        sentence = f'A rule about a {find.name} cannot "{rule.do.action}".'
        near = did_you_mean(rule.do.action, find.actions)
        hint = " ".join(filter(None, (near, f"It can: {', '.join(find.actions)}.")))
        yield source.problem((*path, "do"), sentence, hint)


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
