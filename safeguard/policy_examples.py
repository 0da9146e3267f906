"""The examples of a policy's rules, put to the test: each rule alone, and in its policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from safeguard.copy import Copy
from safeguard.errors import SafeguardError
from safeguard.guard import Safeguard, decisions_of
from safeguard.policy.decisions import Decided, Decision, Decisions
from safeguard.policy.model import Example, Policy, Rule
from safeguard.policy.ruling import matches
from safeguard.policy.tracing import kept_by

_SHOWN = 60
_WELL = ("", "")
_TOO_WIDE = 'Either the rule is too wide, or the example belongs under "catch".'
_TOO_NARROW = 'Either the rule asks for too much, or the example belongs under "pass".'
_MARKS = "Write a stretch as the rule marks it, or change the rule."


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came of example `number` (from 1) of a rule.

    `wrong` goes on from "Example 2 of …", "" when all is well; `hint` is what to look at.
    """

    rule: str
    number: int
    kind: Literal["catch", "pass"]
    wrong: str = ""
    hint: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong with it, said of it by name; "" when all is well."""
        return f'Example {self.number} of "{self.rule}" {self.wrong}' if self.wrong else ""


def try_examples(guard: Safeguard, rule: Rule) -> Iterator[ExampleResult]:
    """Every example of one rule, checked under the guard's policy. The rule acts as if it were live."""
    for number, example in enumerate(rule.examples, 1):
        kind: Literal["catch", "pass"] = "catch" if example.catch is not None else "pass"
        try:
            wrong, hint = _wrong(guard, rule, example, kind)
        except SafeguardError as error:
            wrong, hint = f"cannot be checked: {error}", ""
        yield ExampleResult(rule.id, number, kind, wrong, hint)


def _wrong(guard: Safeguard, rule: Rule, example: Example, kind: str) -> tuple[str, str]:
    copy, context = example.copy_given, dict(example.context)
    text, seen = guard.recognise(copy, context=context)
    if seen.problems:
        return f"was not read to the end: {' '.join(seen.problems)}", ""
    policy = _with_lists(guard.policy, example)
    decisions = decisions_of(policy, seen, text)
    if kind == "pass":
        return _caught(text, decisions, rule)
    marked = [_stretch(text, d) for d in decisions.decided if rule.id in d.decision.rules]
    if not marked:
        return _why_not(text, decisions, rule)
    for mark in example.marks:
        if mark not in marked:
            return f"should be caught at {mark!r}, and the rule marks {_listed(marked)}.", _MARKS
    if example.becomes is not None:
        safe = guard.safe_copy(text, seen, decisions)
        texts = [safe] if isinstance(safe, str) else [t for v in (safe or {}).values() for t in _flat(v)]
        if not any(example.becomes in t for t in texts):
            said = " / ".join(texts) or "nothing"
            return (
                f"should become {example.becomes!r}, and the safe copy does not say so.",
                f"It says: {said}",
            )
    return _WELL


def _with_lists(policy: Policy, example: Example) -> Policy:
    listed, settings = example.listed, policy.settings
    if not (listed.public_figures or listed.newsroom_contacts):
        return policy
    lists = {
        "public_figures": (*settings.public_figures, *listed.public_figures),
        "newsroom_contacts": (*settings.newsroom_contacts, *listed.newsroom_contacts),
    }
    return replace(policy, settings=settings.model_copy(update=lists))


def _caught(text: Copy, decisions: Decisions, rule: Rule) -> tuple[str, str]:
    """Alone and in its policy: nothing may meet the rule's conditions, whichever rule then decides."""
    for item in decisions.decided:
        if rule.id in item.decision.rules or _meets(rule, item.decision):
            return f"should pass, but the rule catches {_stretch(text, item)[:_SHOWN]!r}.", _TOO_WIDE
    return _WELL


def _why_not(text: Copy, decisions: Decisions, rule: Rule) -> tuple[str, str]:
    for item in decisions.decided:
        if _meets(rule, item.decision):
            caught, first = _stretch(text, item)[:_SHOWN], item.decision.rule
            wrong = (
                f"should be caught: the rule alone catches {caught!r}, but {first} decides about it first."
            )
            return wrong, f"See: safeguard policy explain … --rule {first}"
    near = [
        (kept_by(rule, item.decision), item) for item in decisions.decided if item.decision.find == rule.find
    ]
    if not near:
        return f'should be caught, and no "{rule.find}" was found in it.', _TOO_NARROW
    reasons, item = min(near, key=lambda pair: len(pair[0]))
    nearest = f"Nearest is {_stretch(text, item)[:_SHOWN]!r}: {'; '.join(reasons)}."
    return "should be caught, and nothing in it meets the rule's conditions.", nearest


def _meets(rule: Rule, asked: Decision) -> bool:
    return asked.find == rule.find and matches(rule, asked.facts)


def _stretch(text: Copy, item: Decided) -> str:
    return text.text[item.observation.start : item.observation.end]


def _flat(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _listed(texts: list[str]) -> str:
    return ", ".join(repr(text[:_SHOWN]) for text in dict.fromkeys(texts))
