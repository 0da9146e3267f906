"""What the page shows of people: who they are, what was decided, and the words that speak for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from safeguard.reports.words import LEVELS, label_of

if TYPE_CHECKING:
    from safeguard.report import Evidence, Person
    from safeguard.reports import Checked
    from safeguard.reports.excerpt import Excerpts

_WIDTH = 160

# What words of the copy speak for, where the attribute's own name would not tell an editor.
_ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {
        "age": "age",
        "own_childhood": "speaks in the copy",
        "sex_offence_complainant": "complainant of a sexual offence",
    }
)


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person; `evidence` are words of the copy, where they stand, and what they speak for."""

    person: Person
    level: str
    word: str
    who: str
    evidence: tuple[tuple[str, str, str], ...]


def people(checked: Checked, excerpts: Excerpts) -> Iterator[PersonView]:
    """Everybody the copy names: first those who are protected or need a look."""
    found = checked.report.people
    for person in sorted(found, key=lambda p: p.action == "keep" and not p.review):
        level = "review" if person.review and person.action == "keep" else person.action
        evidence = tuple(dict.fromkeys(_said(excerpts, each) for each in person.evidence))
        yield PersonView(person, level, LEVELS[level], _who(checked, person), evidence)


def _who(checked: Checked, person: Person) -> str:
    stage = {"unknown": "age not known"}.get(person.life_stage, person.life_stage)
    facts = [stage, *(role.replace("_", " ") for role in person.roles if role != "relative")]
    if person.relation:
        whom = label_of(checked.report, person.relative_of)
        facts.append(f"{person.relation} of {whom}" if whom else person.relation)
    if person.deceased:
        facts.append("has died")
    if person.waived:
        facts.append("has waived anonymity")
    return ", ".join(facts)


def _said(excerpts: Excerpts, evidence: Evidence) -> tuple[str, str, str]:
    words = excerpts.of(evidence, _WIDTH)
    what = _ATTRIBUTES.get(evidence.attribute, evidence.attribute.replace("_", " "))
    value = "" if evidence.attribute in _ATTRIBUTES else (evidence.value or "").replace("_", " ")
    return words.marked, words.place, f"{what}: {value}" if value not in ("", "yes") else what
