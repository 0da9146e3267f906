"""What another policy would have made of past copy: every article is read once and decided twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from safeguard.copy import Copy
from safeguard.given import Formats, Shape
from safeguard.guard import Safeguard, decisions_of
from safeguard.policy.decisions import Decisions
from safeguard.policy.model import Policy
from safeguard.settings import Settings

SHOWN = 10
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the two policies decide differently; `before` and `after` are (action, rule)."""

    article: str
    entity_type: str
    text: str
    around: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(slots=True)
class Differences:
    """Counts over all articles, and the first few changes of each kind."""

    articles: int = 0
    changed: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[tuple[str, str], list[Change]] = field(default_factory=dict)

    def add(self, changes: Iterable[Change], before: str, after: str) -> None:
        """Take in one article."""
        self.articles += 1
        self.verdicts[before, after] += 1
        found = list(changes)
        self.changed += bool(found)
        for change in found:
            kind = change.before[0], change.after[0]
            self.kinds[kind] += 1
            if len(self.shown.setdefault(kind, [])) < SHOWN:
                self.shown[kind].append(change)


def reading_guard(old: Policy, new: Policy, settings: Settings) -> Safeguard:
    """A guard that reads with the words of both policies, so that one reading serves both."""
    helplines = {h.id: h for h in (*old.helplines, *new.helplines)}
    vocabularies = tuple(dict.fromkeys((*old.vocabularies, *new.vocabularies)))
    both = replace(old, helplines=tuple(helplines.values()), vocabularies=vocabularies)
    return Safeguard(policy=both, settings=settings)


def compare(
    guard: Safeguard, old: Policy, new: Policy, name: str, copy: Shape, formats: Formats, into: Differences
) -> None:
    """Read one article and add what the two policies decide differently about it."""
    text, seen = guard.recognise(copy, formats)
    one, other = decisions_of(old, seen, text), decisions_of(new, seen, text)
    into.add(_changes(name, text, one, other), one.verdict, other.verdict)


def _changes(name: str, text: Copy, one: Decisions, other: Decisions) -> Iterator[Change]:
    before, after = _by_place(one), _by_place(other)
    for key in sorted(before.keys() | after.keys()):
        entity, start, end, _ = key
        was, now = before.get(key, ("keep", "-")), after.get(key, ("keep", "-"))
        if was[0] != now[0]:
            around = text.text[max(0, start - _CONTEXT) : end + _CONTEXT]
            yield Change(name, entity, text.text[start:end], " ".join(around.split()), was, now)


def _by_place(decisions: Decisions) -> dict[tuple[str, int, int, str], tuple[str, str]]:
    return {
        (d.observation.entity_type, d.observation.start, d.observation.end, d.observation.person or ""): (
            d.decision.action,
            d.decision.rule,
        )
        for d in decisions.decided
    }
