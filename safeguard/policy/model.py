"""What a policy file may say, as Pydantic models. Keys are written with hyphens in YAML.

Every value arrives as the text that was typed (see `source`); these models give it its type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from safeguard.errors import PolicyError
from safeguard.policy.decisions import Action
from safeguard.policy.digest import digest
from safeguard.policy.problems import did_you_mean
from safeguard.policy.settings import Settings
from safeguard.policy.values import DayIfAny, Interval, IsoDate, Name, Strict, Text, Texts, YesNo, sentence

Status = Literal["draft", "trial", "live", "retired"]
Conditions = dict[str, Texts]
_EITHER = 'An example says either "catch" or "pass".'

# The short ways to write what a rule does.
_AND_REVIEW = re.compile(r"(\w+),?\s+and\s+review")


def _copy(given: Any) -> Any:
    """Text, or parts with text or lists of texts."""
    if isinstance(given, Mapping):
        return {
            str(part): value if isinstance(value, str) else tuple(_each(value))
            for part, value in given.items()
        }
    if not isinstance(given, str) or not given.strip():
        raise sentence("A piece of copy was expected here, or parts of one with their names.")
    return given.strip()


def _each(value: Any) -> Any:
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise sentence("A part of copy is text, or a list of texts.")
    return value


ExampleCopy = Annotated[str | dict[str, str | tuple[str, ...]], BeforeValidator(_copy)]


def _sets(given: Any) -> Any:
    """One set of conditions stands for a list with that set in it."""
    return [given] if isinstance(given, Mapping) else given


class Do(Strict):
    """What a rule does. `with` names a presidio-anonymizer operator, `params` is what it is given besides.

    A bare word is an action; "redact and review" sets `review` too.
    """

    action: Action
    review: YesNo = False
    operator: Annotated[Text, Field(alias="with")] = "label"
    params: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, given: Any) -> Any:
        if not isinstance(given, (str, Mapping, Do)):
            raise sentence(
                "What the rule does was expected here.", "Write, for example:   do: redact and review"
            )
        if not isinstance(given, str):
            return given
        both = _AND_REVIEW.fullmatch(given.strip())
        if both is None:
            return {"action": given.strip()}
        return {"action": "review"} if both[1] == "keep" else {"action": both[1], "review": "yes"}


class Override(Strict):
    """Who may set a finding of the rule aside, and whether they must say why."""

    who: Texts
    reason: Literal["required", "optional"] = "required"


class Listed(Strict):
    """What stands on the newsroom's own lists for one example, beside what the policy lists."""

    public_figures: Texts = ()
    newsroom_contacts: Texts = ()


class Example(Strict):
    """One piece of copy that the rule must `catch` (what is marked, what it becomes) or let `pass`.

    The copy is text, or parts with their names. `marks` are texts that the rule decides about, `becomes` is a
    stretch of the safe copy.
    """

    catch: ExampleCopy | None = None
    passes: Annotated[ExampleCopy | None, Field(alias="pass")] = None
    marks: Texts = ()
    becomes: Text | None = None
    context: dict[str, Text] = Field(default_factory=dict)
    listed: Listed = Field(default_factory=lambda: Listed())

    @property
    def copy_given(self) -> str | dict[str, str | list[str]]:
        """The copy, as it is checked."""
        given = self.catch if self.catch is not None else self.passes
        if isinstance(given, str):
            return given
        parts = given or {}
        return {part: text if isinstance(text, str) else list(text) for part, text in parts.items()}

    @model_validator(mode="before")
    @classmethod
    def _of_either_kind(cls, given: Any) -> Any:
        if not isinstance(given, (Mapping, Example)):
            raise sentence(_EITHER, "Write:   - pass: and the copy behind it.")
        return given

    @model_validator(mode="after")
    def _one_of_both(self) -> Example:
        if (self.catch is None) == (self.passes is None):
            raise sentence(_EITHER)
        return self


class Rule(Strict):
    """One rule: when every condition of `when` holds and none of the sets in `unless` does, `do`."""

    id: Name
    title: Text
    status: Status = "live"
    when: Conditions
    unless: Annotated[tuple[Conditions, ...], BeforeValidator(_sets)] = ()
    do: Do
    because: Text
    sources: Texts = ()
    override: Override | None = None
    examples: tuple[Example, ...] = ()

    @property
    def find(self) -> str:
        """What kind of thing the rule is about."""
        return self.when["find"][0]

    @cached_property
    def conditions(self) -> Mapping[str, tuple[str, ...]]:
        """`when` without `find`."""
        return {key: values for key, values in self.when.items() if key != "find"}


class OwnHelpline(Strict):
    """A helpline of the newsroom's own, in the form of the registry that comes with safeguard."""

    id: Name
    names: Texts
    weak_names: Texts = ()
    numbers: Texts = ()
    texts: Texts = ()
    emails: Texts = ()
    web: Texts = ()
    topics: Texts = ()
    audience: str = ""
    nation: str = "uk"
    support: YesNo = True
    last_checked: DayIfAny = ""
    confidence: str = ""
    retired: Texts = ()

    def entry(self) -> dict[str, Any]:
        """The helpline as `recognizers.helplines.registry.helpline_from` reads it."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self.model_dump().items()
        }


class PolicyFile(Strict):
    """One file, before what it extends is added."""

    safeguard: Literal["1"]
    id: Name
    version: Text
    title: Text
    owner: Text | None = None
    reviewed: IsoDate | None = None
    review_every: Interval | None = None
    extends: Text | None = None
    settings: Settings = Field(default_factory=Settings)
    helplines: tuple[OwnHelpline, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Policy:
    """A policy as it applies: its file laid over everything that it extends.

    `origins` tells which policy each rule was taken from. `vocabularies` are the word lists of its own
    categories.
    """

    id: str
    version: str
    title: str
    settings: Settings
    rules: tuple[Rule, ...]
    owner: str | None = None
    reviewed: date | None = None
    review_every: str | None = None
    helplines: tuple[OwnHelpline, ...] = ()
    extends: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    vocabularies: tuple[Path, ...] = ()
    vocabulary_digest: str = ""

    @cached_property
    def sha256(self) -> str:
        """Over all that decides: it stays the same when only comments or layout change."""
        return digest(
            {
                "id": self.id,
                "version": self.version,
                "title": self.title,
                "owner": self.owner,
                "reviewed": self.reviewed,
                "review-every": self.review_every,
                "settings": self.settings,
                "helplines": self.helplines,
                "rules": self.rules,
                "extends": self.extends,
                "vocabulary-digest": self.vocabulary_digest,
            }
        )

    @property
    def name(self) -> str:
        """What reports call the policy."""
        return self.id

    @cached_property
    def live(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that act, in order, by what they are about."""
        return self._by_find("live")

    @cached_property
    def trial(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules on trial: reported where they hold, and never acting."""
        return self._by_find("trial")

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id, whatever its status."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def rule_called(self, rule_id: str) -> Rule:
        """The rule of that id. Raises PolicyError, with the nearest id, for one not there."""
        found = self.rule(rule_id)
        if found is None:
            near = did_you_mean(rule_id, [rule.id for rule in self.rules])
            see = near or f"See: safeguard policy show {self.id}"
            raise PolicyError(f'There is no rule "{rule_id}" in {self.id}. {see}')
        return found

    def _by_find(self, status: Status) -> Mapping[str, tuple[Rule, ...]]:
        by_find: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.status == status:
                by_find.setdefault(rule.find, []).append(rule)
        return {find: tuple(rules) for find, rules in by_find.items()}
