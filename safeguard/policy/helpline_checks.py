"""What is wrong with support blocks and helplines of a policy's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from recognizers.vocabulary import load_vocabulary
from safeguard.policy.model import PolicyFile
from safeguard.policy.problems import Problem, did_you_mean, expected_one_of
from safeguard.policy.settings import SupportText
from safeguard.policy.source import Path, Source

_NOT_DIGIT = re.compile(r"\D")
_NUMBER = re.compile(r"(?<![\w.@/-])\+?\d[\d ]+\d(?![\w@])")
# A number with its area code, with or without the country's; Childline's; 101, 116 123; Irish freephone.
_COMPLETE = re.compile(r"(?:0|44|353)\d{9,10}|0\d{8,9}|08001111|1\d{2}|99\d|116\d{3}|1[58]\d{2}\d{6}")
# What reaches a helpline: that is called or texted, and that is written to or looked up.
_CALLED, _LOOKED_UP = ("numbers", "texts"), ("web", "emails")

Registry = list[dict[str, Any]]


def check_helplines(
    policy: PolicyFile, source: Source, categories: tuple[str, ...], below: tuple[str, ...]
) -> Iterator[Problem]:
    """Every mistake in support blocks and own helplines; `below` are those of the policies extended."""
    registry = _registry()
    yield from _support(policy, source, categories, (*below, *(entry["id"] for entry in registry)))
    yield from _own_helplines(policy, source, categories, registry)
    entries = {entry["id"]: entry for entry in registry} | {h.id: h.entry() for h in policy.helplines}
    for name, block in policy.settings.support_block.items():
        at: Path = ("settings", "support-block", name)
        yield from list(_wrong_numbers(block, at, source, entries)) or _unreached(
            name, block, at, source, entries
        )


def _registry() -> Registry:
    """The entries of the registry as written: reading them needs none of what matches numbers in copy."""
    entries: Registry = load_vocabulary("recognizers.helplines", "helplines.yaml")["helplines"]
    return entries


def _support(
    policy: PolicyFile, source: Source, categories: tuple[str, ...], helplines: tuple[str, ...]
) -> Iterator[Problem]:
    ids = [*(h.id for h in policy.helplines), *helplines]
    for name, block in policy.settings.support_block.items():
        at: Path = ("settings", "support-block", name)
        for index, category in enumerate(block.called_for_by):
            if categories and category not in categories:  # none are known where the base cannot be read
                hint = expected_one_of(category, categories)
                sentence = f'"{category}" is no category of this policy.'
                yield source.problem((*at, "called-for-by", index), sentence, hint)
        for key, wanted in (("helplines", block.helplines), ("suitable", block.suitable)):
            for index, helpline in enumerate(wanted):
                if helpline not in ids:
                    near = did_you_mean(helpline, ids)
                    hint = f"{near} `safeguard helplines list` shows all.".strip()
                    yield source.problem((*at, key, index), f'No helpline is called "{helpline}".', hint)


def _unreached(
    name: str, block: SupportText, at: Path, source: Source, entries: Mapping[str, dict[str, Any]]
) -> Iterator[Problem]:
    """A block is there to reach the helplines that it names."""
    if not block.helplines:
        sentence = f'"{name}" names no helpline, so nobody can tell whether its numbers are right.'
        hint = "Write the ids of those in its text:   helplines: [childline]"
        yield source.problem((*at, "helplines"), sentence, hint)
    digits, folded = _NOT_DIGIT.sub("", block.text), block.text.casefold()
    for index, helpline in enumerate(block.helplines):
        called = _contacts(entries.get(helpline, {}), _CALLED)
        written = _contacts(entries.get(helpline, {}), _LOOKED_UP)
        said = [
            *(_NOT_DIGIT.sub("", c) in digits for c in called),
            *(c.casefold() in folded for c in written),
        ]
        if said and not any(said):
            sentence = f'The text of "{name}" does not say how to reach {helpline}.'
            hint = f"Known: {', '.join([*called, *written][:3])}."
            yield source.problem((*at, "helplines", index), sentence, hint)


def _wrong_numbers(
    block: SupportText, at: Path, source: Source, entries: Mapping[str, dict[str, Any]]
) -> Iterator[Problem]:
    """A number in a support text that is none of the helplines it names: it reaches somebody else."""
    listed = [n for h in block.helplines for n in _contacts(entries.get(h, {}), _CALLED)]
    known = {_NOT_DIGIT.sub("", n) for n in listed}
    if not known or any(h not in entries for h in block.helplines):
        return
    for said in _NUMBER.findall(block.text):
        if _NOT_DIGIT.sub("", said) not in known:
            sentence = f'"{said}" is no number of {" or ".join(block.helplines)}.'
            hint = f"Known: {', '.join(listed)}. Ring it before you change either."
            yield source.problem((*at, "text"), sentence, hint)


def _contacts(entry: Mapping[str, Any], kinds: tuple[str, ...]) -> list[str]:
    return [contact for kind in kinds for contact in entry.get(kind, ())]


def _topics(
    topics: tuple[str, ...],
    at: Path,
    source: Source,
    categories: tuple[str, ...],
    registry: Registry,
) -> Iterator[Problem]:
    """A topic may be any word; one that is nearly a category is a slip, and would call for nothing."""
    known = {*categories, *(topic for entry in registry for topic in entry.get("topics", ()))}
    for place, topic in enumerate(topics):
        near = None if topic in known else did_you_mean(topic, categories)
        if near:
            sentence = f'"{topic}" is no category of this policy.'
            yield source.problem((*at, place), sentence, near)


def _own_helplines(
    policy: PolicyFile, source: Source, categories: tuple[str, ...], registry: Registry
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
