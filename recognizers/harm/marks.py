"""What the reader knows of a copy besides its words, as marks that are weighed with them.

A copy that tells harm in plain scenes names it nowhere, but it has a child who was hurt, a case, a hint of
the harm here and there, and a helpline at its end. None of these says it alone; each has a weight for each
category, learned with the words' own by `scripts/learn_likeness.py`.
"""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING

from recognizers.harm.page import TOLD, WEAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recognizers.harm.page import Page, Trace
    from recognizers.model import People, Person

_MANY_CASES = 6  # sentences about a case: more of them say no more
_PARTS = frozenset({"victim", "complainant", "accused", "convicted", "witness"})


def marks_of(page: Page, people: People, help_for: Iterable[str]) -> dict[str, float]:
    """The marks of a copy, each with how much of it there is.

    `help_for` are the helplines that it sends readers to, and what these are for.
    """
    marks = {f"(speaks of {kind})": 1.0 for kind in page.kinds}
    marks |= {f"(opens with {kind})": 1.0 for kind in page.opening_kinds}
    marks |= {f"(help {name})": 1.0 for name in help_for}
    marks["(case)"] = min(page.cases, _MANY_CASES) / _MANY_CASES
    marks["(child throughout)"] = page.child_units / max(1, len(page.units))
    if page.violence_charged:
        marks["(violence charged)"] = 1.0
    for person in people.persons:
        marks |= {f"({what})": 1.0 for what in _of_person(person)}
    by_category: dict[str, list[Trace]] = defaultdict(list)
    for trace in page.traces:
        by_category[trace.category].append(trace)
    for category, traces in by_category.items():
        marks |= {f"({what} {category})": log(1 + n) for what, n in _counts(traces).items() if n}
    return marks


def _of_person(person: Person) -> set[str]:
    """What happened to somebody, and their part, each with how old they are."""
    young = person.life_stage == "minor" and not person.adult_now
    stage = "adult" if person.life_stage == "minor" and not young else person.life_stage
    found = {f"{stage} {what}" for what in (*person.circumstances, *(person.roles & _PARTS))}
    if person.sex_offence_complainant:
        found.add(f"{stage} sex offence")
    if person.special_offence_victim:
        found.add(f"{stage} special offence")
    if person.deceased:
        found.add(f"{stage} dead")
    if person.own_childhood:
        found.add("own childhood")
    return found


def _counts(traces: Iterable[Trace]) -> Mapping[str, int]:
    """How many different signs of one harm there are, and how many sentences hint at it, or tell it."""
    signs, hints, told, mentions = set(), set(), set(), set()
    for trace in traces:
        if trace.sign:
            signs.add(trace.words)
        elif trace.weight < WEAK:
            hints.add(trace.unit)
        elif trace.weight >= TOLD and trace.concrete:
            told.add(trace.unit)
        else:
            mentions.add(trace.unit)
    return {"signs of": len(signs), "hints at": len(hints), "tells": len(told), "mentions": len(mentions)}
