"""Plain words for what reports show: names of entity types and levels, and what to do about a finding."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from safeguard.formats.part_kinds import kind_of

if TYPE_CHECKING:
    from safeguard.report import Finding, Report
    from safeguard.reports import Checked

# Verdicts and actions as one word for the eye, and what each means for whoever has to publish.
VERDICTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pass": ("PASS", "Nothing was changed and nothing needs a look."),
        "amended": ("AMENDED", "The safe copy was changed; nobody has to decide anything."),
        "review": ("REVIEW", "Somebody has to look before this is published."),
        "block": ("BLOCK", "Do not publish, not even the safe copy, until this is settled."),
    }
)

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "pass": "bold green",
        "amended": "bold cyan",
        "review": "bold yellow",
        "block": "bold red",
        "redact": "bold cyan",
        "keep": "dim",
    }
)

LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "block": "BLOCK",
        "review": "REVIEW",
        "redact": "CHANGED",
        "keep": "KEPT",
        "protect": "PROTECTED",
        "warn": "WARNED",
    }
)

# Types that are a person's name; all others belong to a person or to nobody.
NAMES = frozenset({"NAMED_MINOR", "PROTECTED_PERSON", "PERSON", "NAME_CLASH"})
JIGSAW = frozenset({"AGE", "SCHOOL_YEAR", "RELATION", "SMALL_PLACE", "STAFF", "UNIQUE_EVENT"})

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "NAMED_MINOR": "child",
        "PROTECTED_PERSON": "protected person",
        "PERSON": "person",
        "NAME_CLASH": "name spelt two ways",
        "UK_NINO": "National Insurance number",
        "UK_NHS": "NHS number",
        "UK_PASSPORT": "passport number",
        "UK_POSTCODE": "postcode",
        "UK_VEHICLE_REGISTRATION": "vehicle registration",
        "SCHOOL": "school, nursery, club or surgery",
        "RELATION": "relation to a named person",
        "AGE": "exact age",
        "SMALL_PLACE": "place smaller than a town",
        "STAFF": "head or coach of a school or club",
        "UNIQUE_EVENT": "event that few families had",
        "HELPLINE_PROBLEM": "helpline detail that does not match the registry",
        "CHILD_HARM": "harm to a child",
    }
)

_LIFE_STAGES: Mapping[str, str] = MappingProxyType(
    {"minor": "a child", "adult": "an adult", "unknown": "somebody whose age is not known"}
)

_TODO: Mapping[str, str] = MappingProxyType(
    {
        "NAMED_MINOR": "Decide whether this child may be named here.",
        "PROTECTED_PERSON": "Decide whether this person may be named here.",
        "PERSON": "Find out how old this person is and whether they may be named.",
        "NAME_CLASH": "Find out which spelling is right and correct the other by hand.",
        "HELPLINE_PROBLEM": "Ring or look up the helpline, then correct the copy by hand.",
        "JIGSAW": "Take out enough of these that the rest no longer points at the person.",
    }
)


def verdict_line(checked: Checked) -> str:
    """One line: the verdict, the name of what was checked, what the verdict means."""
    return "  ".join((VERDICTS[checked.report.verdict][0], checked.name, VERDICTS[checked.report.verdict][1]))


def type_in_words(entity_type: str) -> str:
    """ "PHONE_NUMBER" as "phone number"; types that need more than that have words of their own."""
    return _TYPES.get(entity_type, entity_type.replace("_", " ").lower())


def label_of(report: Report, person_id: str | None) -> str:
    """What a report calls a person: the label that stands for them, else their name; "" for nobody."""
    if person_id is None:
        return ""
    person = next((p for p in report.people if p.id == person_id), None)
    if person is None:
        return "somebody the copy does not name"
    return person.label or (person.names[0] if person.names else "")


def whose_without_names(report: Report, finding: Finding) -> str:
    """The label that stands for a finding's person, or what kind of person they are; "" when it has none."""
    person = next((p for p in report.people if p.id == finding.person), None)
    if person is not None:
        return person.label or _LIFE_STAGES[person.life_stage]
    return "somebody the copy does not name" if finding.person else ""


def without_names(report: Report, finding: Finding) -> str:
    """What a finding is and whose, without anybody's name: "child: [Child A]", "exact age of an adult"."""
    what = type_in_words(finding.entity_type)
    whose = whose_without_names(report, finding)
    if not whose:
        return what
    return f"{what}: {whose}" if finding.entity_type in NAMES else f"{what} of {whose}"


def todo(finding: Finding) -> str:
    """What a person should do about a finding that stops publication or needs a decision."""
    if finding.action == "block":
        return "Settle this before anything is published: the safe copy leaves the choice to you."
    if finding.action == "redact":
        if kind_of(finding.part, finding.text or "") in ("slug", "file", "url"):
            return "Rename the page or file at home: its address carried the name."
        return "It was taken out; decide whether this copy is one that may say it."
    kind = "JIGSAW" if finding.entity_type in JIGSAW else finding.entity_type
    return _TODO.get(kind, "Look at this and decide whether it may stand.")
