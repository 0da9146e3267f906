"""The closed list of what rules may ask about (facts.yaml), and checking a rule against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from recognizers.vocabulary import load_vocabulary
from safeguard.policy.problems import did_you_mean, expected_one_of

# What was seen, as rules ask about it: each fact has the values that hold.
Facts = Mapping[str, frozenset[str]]

_YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a rule may ask. `values` is empty when any text may stand there, or any category."""

    name: str
    means: str
    values: tuple[str, ...] = ()
    category: bool = False


@dataclass(frozen=True, slots=True)
class Find:
    """One kind of thing that rules decide about, what they may do with it and what they may ask of it."""

    name: str
    means: str
    actions: tuple[str, ...]
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One condition that cannot be asked: `key` and, when it is a value that is wrong, `index` among them."""

    key: str
    sentence: str
    hint: str
    index: int | None = None


@cache
def finds() -> Mapping[str, Find]:
    """Every `find`, by name, in the order of facts.yaml."""
    listed = load_vocabulary(__package__ or "safeguard.policy", "facts.yaml")
    found = {
        name: Find(
            name,
            entry["means"],
            tuple(entry["may-do"]),
            MappingProxyType({fact: _fact(fact, said) for fact, said in entry.get("ask", {}).items()}),
        )
        for name, entry in listed.items()
    }
    return MappingProxyType(found)


def _fact(name: str, said: Mapping[str, object]) -> Fact:
    values = said.get("values", "")
    if isinstance(values, list):
        return Fact(name, str(said["means"]), tuple(map(str, values)))
    if values == "yes-no":
        return Fact(name, str(said["means"]), _YES_NO)
    return Fact(name, str(said["means"]), category=values == "category")


def check_conditions(
    find: Find, conditions: Mapping[str, tuple[str, ...]], categories: Collection[str]
) -> Iterator[Wrong]:
    """What is wrong with a set of conditions on `find`; `categories` are those the policy knows."""
    for key, values in conditions.items():
        fact = find.facts.get(key)
        if fact is None:
            known = list(find.facts)
            hint = f"A {find.name} can be asked about: {', '.join(known)}." if known else ""
            yield Wrong(key, f'A {find.name} has no "{key}".', _join(did_you_mean(key, known), hint))
            continue
        if not values:
            yield Wrong(key, f'"{key}" is empty.', "Write what it should be, or take the line out.")
        allowed = tuple(categories) if fact.category else fact.values
        for index, value in enumerate(values):
            if not value:
                yield Wrong(
                    key, f'"{key}" is empty.', "Write what it should be, or take the line out.", index
                )
            elif allowed and value not in allowed:
                yield Wrong(key, f'"{value}" is no value of "{key}".', expected_one_of(value, allowed), index)


def holds(conditions: Mapping[str, tuple[str, ...]], facts: Facts) -> bool:
    """Whether every condition holds: for each key, at least one of its values is among the facts.

    A fact that was not seen makes its condition fail, so no rule acts on what is not known.
    """
    for key, values in conditions.items():
        seen = facts.get(key)
        if seen is None or seen.isdisjoint(values):
            return False
    return True


def yes(flag: bool) -> frozenset[str]:
    """A fact that is either so or not."""
    return frozenset(("yes" if flag else "no",))


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
