"""Waivers: one finding in one story that somebody answers for, until a day.

A waiver names a finding by its fingerprint, so that the file holds no name. It never covers what blocks
publication (B1, B2) or a support block.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from pydantic import ValidationError, ValidationInfo, field_validator

from safeguard.policy.decisions import PERSON_TYPES, Decided, Decision, Decisions
from safeguard.policy.explain import problems_of
from safeguard.policy.problems import BrokenPolicyError
from safeguard.policy.source import read_source
from safeguard.policy.values import IsoDate, Strict, Text, sentence

LONGEST_DAYS = 90
_NEVER = ("block", "protect", "warn")


class Waiver(Strict):
    """One waiver; `finding` is the fingerprint, `made` the day it was written."""

    story: Text
    rule: Text
    finding: Text
    reason: Text
    by: Text
    made: IsoDate
    until: IsoDate

    @field_validator("made")
    @classmethod
    def _was_made(cls, made: date) -> date:
        # A day of grace: the clocks of two offices may differ.
        if made > date.today() + timedelta(days=1):
            raise sentence(f"This waiver was made on {made}, a day to come.", "Write the day it was made.")
        return made

    @field_validator("until")
    @classmethod
    def _runs_not_too_long(cls, until: date, info: ValidationInfo) -> date:
        made = info.data.get("made")  # not there when it is no day itself, and told of as that
        if made is not None and until < made:
            raise sentence(f"This waiver ends on {until}, before it was made ({made}).", "Check both days.")
        if made is not None and (until - made).days > LONGEST_DAYS:
            raise sentence(
                f"This waiver runs for {(until - made).days} days; the most allowed is {LONGEST_DAYS}.",
                f"Expected a day up to {made + timedelta(days=LONGEST_DAYS)}. "
                "If it is meant to last, change the rule instead.",
            )
        return until


class WaiverFile(Strict):
    """A file of waivers."""

    safeguard: Literal["1"]
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Waived:
    """Decisions with the waivers honoured; `by_index` maps indexes of `decided` to what covers them, and
    `fingerprints` to what a waiver would call them.

    `notes` name the waivers that have expired and those that match nothing.
    """

    decisions: Decisions
    fingerprints: Mapping[int, str]
    by_index: Mapping[int, Waiver] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_waivers(text: str, file: str) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises PolicyError, one line for each mistake."""
    source = read_source(text, file)
    if source.data is None or source.problems:
        raise BrokenPolicyError(source.problems)
    try:
        return WaiverFile.model_validate(source.data).waivers
    except ValidationError as error:
        raise BrokenPolicyError(problems_of(error, source, WaiverFile)) from None


def fingerprint(story: str, rule: str, part: str, text: str) -> str:
    """What a waiver calls a finding: a digest of story, rule, part and normalised text.

    Case, spacing and the ways of typing one character do not count.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    whole = "\x1f".join((story, rule, part, plain))
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


def honour(
    decisions: Decisions,
    fingerprints: Mapping[int, str],
    waivers: Sequence[Waiver],
    story: str,
    today: date,
) -> Waived:
    """Decisions with every finding that a waiver of this story covers set aside; `fingerprints` by index."""
    mine = [waiver for waiver in waivers if waiver.story == story]
    if not mine:
        return Waived(decisions, fingerprints)
    current = {waiver.finding: waiver for waiver in mine if waiver.until >= today}
    covered = {
        index: current[print_]
        for index, print_ in fingerprints.items()
        for decision in [decisions.decided[index].decision]
        if print_ in current and may_be_waived(decision.action, decision.rule)
    }
    found = set(fingerprints.values())
    used = {waiver.finding for waiver in covered.values()}
    notes = [
        f"The waiver of {w.rule} by {w.by} ended on {w.until} and no longer counts: write a new one or "
        "change the copy."
        for w in mine
        if w.until < today
    ]
    notes += [
        f"The waiver of {w.rule} by {w.by} covers what cannot be waived: what blocks publication, content "
        "warnings and support blocks stay as they are."
        for w in current.values()
        if w.finding in found - used
    ]
    notes += [
        f"The waiver of {w.rule} by {w.by} matches nothing in this copy: take it out."
        for w in current.values()
        if w.finding not in found
    ]
    decided = tuple(
        replace(item, decision=_set_aside(item.decision, covered[index])) if index in covered else item
        for index, item in enumerate(decisions.decided)
    )
    persons = {
        person: _set_aside(decision, covered[indexes[0]])
        if (indexes := _mentions(decisions.decided, person)) and all(i in covered for i in indexes)
        else decision
        for person, decision in decisions.persons.items()
    }
    waived = replace(decisions, decided=decided, persons=persons)
    return Waived(waived, fingerprints, covered, tuple(notes))


def may_be_waived(action: str, rule: str) -> bool:
    """Whether a finding with this action, decided by the rule of this id, can be set aside."""
    return action not in _NEVER and not rule.startswith(("b1-", "b2-"))


def _set_aside(decision: Decision, waiver: Waiver) -> Decision:
    because = f"Waived by {waiver.by} until {waiver.until}: {waiver.reason}. Without it: {decision.because}"
    return replace(decision, action="keep", review=False, operator=None, params={}, because=because)


def _mentions(decided: Sequence[Decided], person: str) -> list[int]:
    return [
        index
        for index, item in enumerate(decided)
        if item.observation.person == person and item.observation.entity_type in PERSON_TYPES
    ]
