"""The pipeline: read, recognise, decide, rewrite, report. This is the whole of it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from safeguard.assembly import fingerprints, make_report, unread_report
from safeguard.context import Context
from safeguard.copy import Copy, SafeCopy
from safeguard.errors import SafeguardError
from safeguard.given import Formats, Paths, Shape
from safeguard.policy.decide import decide
from safeguard.policy.decisions import Decisions
from safeguard.policy.loader import load_policy, load_waivers, with_contacts
from safeguard.policy.model import Policy
from safeguard.policy.upkeep import review_due
from safeguard.policy.waivers import Waiver, honour
from safeguard.recognition import Engine, Recognised, recognise
from safeguard.redaction.errors import FixedPointError
from safeguard.redaction.rewrite import rewrite
from safeguard.redaction.support import yield_to_support
from safeguard.report import Report, Versions
from safeguard.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from presidio_anonymizer.operators import Operator

    from safeguard.redaction.operators import Operators


class Safeguard:
    """Checks copy against one policy. Make one, keep it, share it between threads.

    The language model is loaded when the first copy is checked, which takes a few seconds.
    """

    def __init__(
        self,
        policy: str | Path | Policy | None = None,
        settings: Settings | Mapping[str, Any] | None = None,
        operators: Iterable[type[Operator]] = (),
    ) -> None:
        """`policy` is the name of a bundled policy, the path of a policy file, or a loaded policy.

        Without one it is that of the settings (uk-news).

        `operators` are classes derived from presidio-anonymizer's Operator that the policy may name. Raises
        PolicyError or SettingsError, in words for the user.
        """
        self.settings = Settings.of(settings)
        self._asked = policy if policy is not None else self.settings.policy
        self._own_operators = tuple(operators)
        self._loading = threading.Lock()
        self._current = self._read()
        self._tools: _Tools | None = None

    @property
    def policy(self) -> Policy:
        """The policy that acts now."""
        return self._current.policy

    def check(
        self,
        copy: Shape,
        format: Formats = "auto",
        context: Mapping[str, Any] | Context | None = None,
        paths: Paths | None = None,
    ) -> Report:
        """Find, decide and rewrite; the report holds the safe copy.

        `copy` is text, or a mapping of part names to texts or lists of texts; `format` one of auto, text,
        markdown and html, or a mapping of part names to those. `context` holds facts that the copy does not
        state (see Context). `paths` tells where each text stands in the document that the copy was taken
        from, in the shape of the copy; spans in the report repeat it. Raises CopyError, ContextError,
        PolicyError or SettingsError, in words for the user and without a word of the copy. It fails closed: a
        copy that could not be read to the end has the verdict `review`, the reason in `problems`, and no safe
        copy.
        """
        facts = Context.of(context)
        text = Copy.of(copy, format, self.settings.max_bytes, paths)
        rules, tools = self._ready()
        today = facts.published or date.today()
        try:
            seen = recognise(text, facts, tools.engine)
            decisions = decisions_of(rules.policy, seen, text)
            waived = honour(
                decisions, fingerprints(text, decisions, facts), rules.waivers, facts.story or "", today
            )
            safe = rewrite(text, waived.decisions, seen.analysis, tools.operators)
            notes = [*rules.notes, *review_due(rules.policy, today), *waived.notes]
            return make_report(text, seen, waived, safe, rules.policy, tools.versions, notes)
        except (SafeguardError, FixedPointError):
            raise
        except Exception as error:  # whatever it is, its text may hold copy
            return unread_report(error, rules.policy, tools.versions)

    def recognise(
        self, copy: Shape, format: Formats = "auto", context: Mapping[str, Any] | Context | None = None
    ) -> tuple[Copy, Recognised]:
        """What is seen in copy before anything is decided, for those who ask several policies about it.

        Arguments and errors as in `check`; besides, whatever goes wrong in reading is raised.
        """
        text = Copy.of(copy, format, self.settings.max_bytes)
        _, tools = self._ready()
        return text, recognise(text, Context.of(context), tools.engine)

    def safe_copy(self, copy: Copy, seen: Recognised, decisions: Decisions) -> SafeCopy:
        """The copy after decisions made elsewhere, in the shape it was given in."""
        _, tools = self._ready()
        return rewrite(copy, decisions, seen.analysis, tools.operators).safe_copy

    def check_many(
        self,
        copies: Iterable[Shape],
        format: Formats = "auto",
        context: Mapping[str, Any] | Context | None = None,
    ) -> Iterator[Report]:
        """`check` for every copy, in order, each when its report is asked for.

        Nothing is read ahead: an error in one copy is raised where its report would have been.
        """
        facts = Context.of(context)
        return (self.check(copy, format, facts) for copy in copies)

    def reload(self) -> bool:
        """Read the policy and the waivers again; whether the new ones act now.

        The change is one step: a check under way ends with the rules it began with. A broken edit changes
        nothing but `notes`, which every report carries until a later reload succeeds.
        """
        with self._loading:
            try:
                fresh = self._read()
                tools = self._tools.under(fresh.policy, self._own_operators) if self._tools else None
            except SafeguardError as error:
                note = f"The policy was edited and cannot be used; the last good one still acts. {error}"
                self._current = replace(self._current, notes=(note,))
                return False
            self._current, self._tools = fresh, tools
        return True

    def _read(self) -> _Rules:
        policy = self._asked if isinstance(self._asked, Policy) else load_policy(self._asked)
        file = self.settings.waivers
        return _Rules(
            with_contacts(policy, self.settings.newsroom_contacts), load_waivers(file) if file else ()
        )

    def _ready(self) -> tuple[_Rules, _Tools]:
        """The rules and what checking needs, loaded once, whichever thread comes first."""
        with self._loading:
            if self._tools is None:
                policy = self._current.policy
                self._tools = _Tools.load(self.settings.model, policy, self._own_operators)
            return self._current, self._tools


def decisions_of(policy: Policy, seen: Recognised, copy: Copy) -> Decisions:
    """What a policy makes of what was seen; support blocks outrank everything it says."""
    return yield_to_support(decide(policy, seen.analysis), seen.analysis.support, copy)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What decides: swapped as one. `notes` are said in every report made under them."""

    policy: Policy
    waivers: tuple[Waiver, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tools:
    """The heavy things, made when the first copy is checked."""

    engine: Engine
    operators: Operators
    versions: Versions
    read_with: tuple[object, ...]

    @classmethod
    def load(cls, model: str, policy: Policy, own: tuple[type[Operator], ...]) -> _Tools:
        engine = Engine.load(model, tuple(h.entry() for h in policy.helplines), policy.vocabularies)
        versions = Versions(
            safeguard=_installed("safeguard-newsroom"),
            presidio=_installed("presidio-analyzer"),
            spacy=_installed("spacy"),
            model=f"{model} {engine.nlp.meta.get('version', '')}".strip(),
        )
        read_with = (model, policy.helplines, policy.vocabularies, policy.vocabulary_digest)
        return cls(engine, _operators(policy, own), versions, read_with)

    def under(self, policy: Policy, own: tuple[type[Operator], ...]) -> _Tools:
        """The same for another policy; the model is read again only when the policy brings other words."""
        model = str(self.read_with[0])
        if self.read_with[1:] != (policy.helplines, policy.vocabularies, policy.vocabulary_digest):
            return _Tools.load(model, policy, own)
        return replace(self, operators=_operators(policy, own))


def _operators(policy: Policy, own: tuple[type[Operator], ...]) -> Operators:
    from safeguard.redaction.operators import Operators

    operators = Operators(own)
    for rule in policy.rules:
        if rule.do.action == "redact":
            # The label itself comes from deciding; everything else has to be in the rule.
            operators.require(rule.do.operator, {"label": "-", "entity_type": "", **rule.do.params})
    return operators


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
