"""The report: what other programs read. Its fields are a contract, published as docs/report.schema.json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from recognizers.model import LifeStage, Role
from safeguard.policy.decisions import Action, Verdict

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What these operators put in holds nothing of what they took out.
_TELLS_NOTHING = frozenset({"label", "pseudonym", "remove"})


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Entry):
    """A stretch of one part as it was given; offsets count code points, markup included."""

    part: str
    index: int | None = Field(default=None, description="Which item, from 0, when the part is a list.")
    start: int
    end: int
    start_utf16: int = Field(description="`start` in UTF-16 units, as JavaScript and most editors count.")
    end_utf16: int
    path: str | None = Field(
        description="Where in the document: list item, JSON pointer, paragraph, element of the HTML."
    )


class Evidence(Span):
    """Words of the copy that speak for something."""

    text: str | None
    attribute: str = Field(description="What the words speak for: life_stage, role, relation, …")
    value: str | None = Field(description="What they say of it.")
    cue: str | None = Field(description="The vocabulary cue that read them.")


class Waived(_Entry):
    """A finding that somebody answers for: its text stands, and it asks for nobody."""

    by: str
    reason: str
    until: date


class Finding(Span):
    """One stretch that a recognizer marked, and what the policy made of it."""

    id: str
    entity_type: str
    text: str | None
    score: float
    recognizer: str
    person: str | None = Field(description="Id of the person it belongs to.")
    action: Action
    review: bool = Field(description="Somebody has to look at it, whatever the action.")
    rule: str
    title: str = Field(description="The rule's title: what it is about in a few words.")
    because: str
    source: list[str]
    operator: str | None = Field(description="The operator that made the replacement.")
    replacement: str | None = Field(description="What stands there in the safe copy; null when unchanged.")
    suggestion: str | None
    evidence: list[Evidence]
    related: list[str] = Field(description="Ids of the findings that the decision rests on.")
    also: list[str] = Field(description="Ids of further rules that had a say.")
    trial: list[str] = Field(description="Ids of rules on trial that hold here: reported, never acting.")
    fingerprint: str = Field(description="What a waiver names: rule, part and text, none of them readable.")
    waived: Waived | None = Field(default=None, description="Who set the finding aside, why and until when.")


class Person(_Entry):
    """One person whom the copy names."""

    id: str
    label: str | None
    names: list[str]
    life_stage: LifeStage
    roles: list[Role]
    relative_of: str | None
    relation: str | None
    deceased: bool
    waived: bool
    action: Action
    review: bool
    rule: str
    because: str
    evidence: list[Evidence]
    mentions: list[str] = Field(description="Ids of the findings that name them.")


class Warning(_Entry):
    """One category that the content warning names."""

    category: str
    severity: int
    text: str
    evidence: list[str] = Field(description="Ids of findings.")


class SupportBlock(Span):
    """A support block and whether it came out byte for byte."""

    helplines: list[str]
    intact: bool


class SupportProblem(Span):
    """A helpline's number, code or address that the registry does not bear out."""

    kind: str
    helpline: str | None
    suggestion: str | None
    finding: str | None = Field(description="Id of the finding.")


class Support(_Entry):
    """Helplines: blocks found, what is wrong with them, and whether the policy's own block was added."""

    blocks: list[SupportBlock]
    problems: list[SupportProblem]
    inserted: bool


class Insertion(_Entry):
    """A text of the policy that was put into the copy."""

    kind: Literal["warning", "support"]
    part: str
    index: int | None
    text: str


class Edit(Span):
    """What the safe copy has in the place of a stretch; an insertion where start and end are the same."""

    text: str


class PolicyVersion(_Entry):
    """The policy that decided."""

    name: str
    version: str
    sha256: str


class Versions(_Entry):
    """The programs that read the copy; they and the policy decide results."""

    safeguard: str
    presidio: str
    spacy: str
    model: str


class Report(_Entry):
    """What was found in one copy, what was decided and why, and the safe copy."""

    verdict: Verdict
    safe_copy: str | dict[str, str | list[str]] | None = Field(
        description="In the shape of the input; null when the copy could not be read to the end."
    )
    warnings: list[Warning]
    people: list[Person]
    findings: list[Finding]
    support: Support
    insertions: list[Insertion]
    edits: list[Edit] = Field(
        description="All that differs between the copy and the safe copy: in order, none overlapping."
    )
    problems: list[str] = Field(description="What did not work; where there is one, somebody has to look.")
    notes: list[str] = Field(
        description="What whoever keeps the policy should know: a review overdue, waivers that ended."
    )
    story: str | None = Field(description="What the newsroom calls the story, when it said so.")
    policy: PolicyVersion
    versions: Versions

    def without_copy(self) -> Report:
        """The same report with every text of the copy left out, fit for a log.

        Paths are left out as well: a key of a document can be a name.
        """
        support = self.support.model_copy(
            update={"blocks": _unplaced(self.support.blocks), "problems": _unplaced(self.support.problems)}
        )
        return self.model_copy(
            update={
                "safe_copy": None,
                "people": [
                    p.model_copy(update={"names": [], "evidence": _bare(p.evidence)}) for p in self.people
                ],
                "findings": [
                    f.model_copy(
                        update={
                            "text": None,
                            "path": None,
                            "evidence": _bare(f.evidence),
                            "replacement": f.replacement if f.operator in _TELLS_NOTHING else None,
                            "fingerprint": "",
                            "suggestion": f.suggestion if f.entity_type == "HELPLINE_PROBLEM" else None,
                        }
                    )
                    for f in self.findings
                ],
                "support": support,
                "edits": [],
            }
        )


def _bare(evidence: list[Evidence]) -> list[Evidence]:
    return [e.model_copy(update={"text": None, "value": None, "cue": None, "path": None}) for e in evidence]


def _unplaced(spans: Sequence[Span]) -> list[Span]:
    return [span.model_copy(update={"path": None}) for span in spans]


def report_schema() -> dict[str, Any]:
    """The JSON Schema of what `Report.model_dump_json()` prints."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": SCHEMA_DIALECT, **schema, "title": "safeguard report"}


if __name__ == "__main__":
    import json
    import sys

    sys.stdout.write(json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n")
