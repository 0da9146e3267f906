"""The report put together from copy, analysis, decisions and safe copy; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from recognizers.faults import fault
from recognizers.model import Evidence as Seen
from recognizers.model import Person as SeenPerson
from safeguard.analysis import Analysis
from safeguard.context import Context
from safeguard.copy import Copy
from safeguard.policy.decisions import PERSON_TYPES, VERDICTS, Decided, Decision, Decisions, Verdict
from safeguard.policy.waivers import Waived, fingerprint
from safeguard.recognition import Recognised
from safeguard.redaction.rewrite import Rewritten
from safeguard.report import (
    Edit,
    Evidence,
    Finding,
    Insertion,
    Person,
    PolicyVersion,
    Report,
    Support,
    SupportBlock,
    SupportProblem,
    Versions,
    Warning,
)
from safeguard.report import Waived as ReportedWaiver
from safeguard.spans import Spans

if TYPE_CHECKING:
    from safeguard.policy.model import Policy

# How much evidence each finding repeats. A name that stands in the copy a thousand times has what is known of
# the person in full under `people`; repeating it with every mention would make reports grow with its square.
_SHOWN = 8

_UNDECIDED = Decision("keep", "none", "No rule", "No rule of the policy speaks of this person.")


def make_report(
    copy: Copy,
    seen: Recognised,
    waived: Waived,
    safe: Rewritten,
    policy: Policy,
    versions: Versions,
    notes: Sequence[str] = (),
) -> Report:
    """Everything there is to say; findings are numbered in the order of the copy."""
    problems = [*seen.problems, *safe.problems]
    return _Assembly(copy, seen.analysis, waived, safe).report(problems, notes, policy, versions)


def fingerprints(copy: Copy, decisions: Decisions, context: Context) -> dict[int, str]:
    """The fingerprint of each decided thing that lies in some part, by its index."""
    found: dict[int, str] = {}
    for index, decided in enumerate(decisions.decided):
        seen = decided.observation
        places = copy.places(seen.start, seen.end)
        if places:
            text = copy.text[seen.start : seen.end]
            part = copy.fields[places[0].field].part
            found[index] = fingerprint(context.story or "", decided.decision.rule, part, text)
    return found


def unread_report(error: Exception, policy: Policy, versions: Versions) -> Report:
    """The report on a copy that could not be read to the end: nothing found is not nothing there."""
    problem = f"The check broke off ({fault(error)}): the copy is NOT checked."
    return Report(
        verdict="review",
        safe_copy=None,
        warnings=[],
        people=[],
        findings=[],
        support=Support(blocks=[], problems=[], inserted=False),
        insertions=[],
        edits=[],
        problems=[problem],
        notes=[],
        story=None,
        policy=_policy(policy),
        versions=versions,
    )


class _Assembly:
    """One report in the making: the ids that findings get, and spans in terms of parts."""

    def __init__(self, copy: Copy, analysis: Analysis, waived: Waived, safe: Rewritten) -> None:
        decisions = waived.decisions
        self._copy = copy
        self._analysis = analysis
        self._decisions = decisions
        self._waivers = waived.by_index
        self._prints = waived.fingerprints
        self._safe = safe
        self._spans = Spans(copy)
        placed = [
            index
            for index, decided in enumerate(decisions.decided)
            if copy.places(decided.observation.start, decided.observation.end)
        ]
        order = sorted(placed, key=lambda index: _place_in_copy(decisions.decided[index], index))
        self._ids = {index: f"f{number}" for number, index in enumerate(order, 1)}
        self._proof: dict[Seen, Evidence] = {}
        self._mentions: dict[str, list[str]] = {}
        for index, id_ in self._ids.items():
            decided = decisions.decided[index]
            seen = decided.observation
            # A blocked address is a second decision about a mention that is in the list already.
            if seen.person and seen.entity_type in PERSON_TYPES and decided.decision.action != "block":
                self._mentions.setdefault(seen.person, []).append(id_)

    def report(self, problems: list[str], notes: Sequence[str], policy: Policy, versions: Versions) -> Report:
        return Report(
            verdict=self._verdict(problems),
            safe_copy=self._safe.safe_copy,
            warnings=[
                Warning(
                    category=warning.category,
                    severity=warning.severity,
                    text=warning.text,
                    evidence=self._named(warning.evidence),
                )
                for warning in self._decisions.warnings
            ],
            people=[self._person(person) for person in self._analysis.people.persons if person.named],
            findings=[self._finding(index, self._decisions.decided[index]) for index in self._ids],
            support=self._support(),
            insertions=[
                Insertion(
                    kind=i.kind,
                    part=self._copy.fields[i.field].part,
                    index=self._copy.fields[i.field].index,
                    text=i.text,
                )
                for i in self._safe.insertions
            ],
            edits=[
                Edit(**self._spans.within(number, edit.start, edit.end), text=edit.text)
                for number, edits in enumerate(self._safe.edits)
                for edit in edits
            ],
            problems=problems,
            notes=list(notes),
            story=self._analysis.context.story,
            policy=_policy(policy),
            versions=versions,
        )

    def _verdict(self, problems: Sequence[str]) -> Verdict:
        verdict = self._decisions.verdict
        if verdict == "amended" and not self._safe.changed:
            verdict = "pass"  # the warning or support block asked for was there already
        return max(verdict, "review", key=VERDICTS.index) if problems else verdict

    def _finding(self, index: int, decided: Decided) -> Finding:
        seen, decision = decided.observation, decided.decision
        changed = decision.action == "redact"
        return Finding(
            **self._spans.read(seen.start, seen.end),
            id=self._ids[index],
            entity_type=seen.entity_type,
            text=self._spans.text(seen.start, seen.end),
            score=seen.score,
            recognizer=seen.recognizer,
            person=seen.person,
            action=decision.action,
            review=decision.review or decision.action in ("review", "block"),
            rule=decision.rule,
            title=decision.title,
            because=decision.because,
            source=list(decision.source),
            operator=(decision.operator or "label") if changed else None,
            replacement=self._safe.replacements.get(index, "") if changed else None,
            suggestion=seen.suggestion,
            evidence=self._evidence(seen.evidence[:_SHOWN]),
            related=self._named(decided.evidence),
            also=list(decision.also),
            trial=list(decision.trial),
            fingerprint=self._prints[index],
            waived=self._waived(index),
        )

    def _waived(self, index: int) -> ReportedWaiver | None:
        waiver = self._waivers.get(index)
        if waiver is None:
            return None
        return ReportedWaiver(by=waiver.by, reason=waiver.reason, until=waiver.until)

    def _person(self, person: SeenPerson) -> Person:
        decision = self._decisions.persons.get(person.id, _UNDECIDED)
        return Person(
            id=person.id,
            label=_label(decision),
            names=list(person.names),
            life_stage=person.life_stage,
            roles=sorted(person.roles),
            relative_of=person.relative_of,
            relation=person.relation,
            deceased=person.deceased,
            waived=person.waived,
            action=decision.action,
            review=decision.review or decision.action in ("review", "block"),
            rule=decision.rule,
            because=decision.because,
            evidence=self._evidence(person.evidence),
            mentions=self._mentions.get(person.id, []),
        )

    def _support(self) -> Support:
        wrong = {
            (d.observation.start, d.observation.end): self._ids[index]
            for index, d in enumerate(self._decisions.decided)
            if d.observation.entity_type == "HELPLINE_PROBLEM" and index in self._ids
        }
        blocks = [
            SupportBlock(
                **self._spans.within(b.field, b.start, b.end), helplines=list(b.helplines), intact=b.intact
            )
            for b in self._safe.blocks
        ]
        problems = [
            SupportProblem(
                **self._spans.read(p.start, p.end),
                kind=p.kind,
                helpline=p.helpline,
                suggestion=p.expected or None,
                finding=wrong.get((p.start, p.end)),
            )
            for p in self._analysis.support.problems
            if self._copy.places(p.start, p.end)
        ]
        inserted = any(i.kind == "support" for i in self._safe.insertions)
        return Support(blocks=blocks, problems=problems, inserted=inserted)

    def _named(self, indexes: Iterable[int]) -> list[str]:
        return [self._ids[index] for index in indexes if index in self._ids]

    def _evidence(self, evidence: Iterable[Seen]) -> list[Evidence]:
        shown: list[Evidence] = []
        for piece in evidence:
            if piece not in self._proof and self._copy.places(piece.start, piece.end):
                self._proof[piece] = Evidence(
                    **self._spans.read(piece.start, piece.end),
                    text=self._spans.text(piece.start, piece.end),
                    attribute=piece.attribute,
                    value=piece.value,
                    cue=piece.cue,
                )
            if piece in self._proof:
                shown.append(self._proof[piece])
        return shown


def _label(decision: Decision) -> str | None:
    """What stands for the person in the safe copy, when that is a label."""
    if decision.action != "redact" or (decision.operator or "label") != "label":
        return None
    label = decision.params.get("label")
    return label and decision.params.get("template", "[{label}]").replace("{label}", label)


def _place_in_copy(decided: Decided, index: int) -> tuple[int, int, str, int]:
    seen = decided.observation
    return seen.start, seen.end, seen.entity_type, index


def _policy(policy: Policy) -> PolicyVersion:
    return PolicyVersion(name=policy.name, version=policy.version, sha256=policy.sha256)
