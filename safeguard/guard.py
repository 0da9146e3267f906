"""The pipeline: read, recognise, decide, rewrite, report. This is the whole of it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from safeguard.assembly import make_report, unread_report
from safeguard.context import Context
from safeguard.copy import Copy, Formats, Shape
from safeguard.errors import SafeguardError
from safeguard.policy.decide import decide
from safeguard.policy.loader import load_policy
from safeguard.policy.model import Policy
from safeguard.recognition import Engine, recognise
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
        policy: str | Path | Policy = "uk-news",
        settings: Settings | Mapping[str, Any] | None = None,
        operators: Iterable[type[Operator]] = (),
    ) -> None:
        """`policy` is the name of a bundled policy, the path of a policy file, or a loaded policy.

        `operators` are classes derived from presidio-anonymizer's Operator that the policy may name. Raises
        PolicyError or SettingsError, in words for the user.
        """
        self.settings = Settings.of(settings)
        self.policy = policy if isinstance(policy, Policy) else load_policy(policy)
        self._own_operators = tuple(operators)
        self._loading = threading.Lock()
        self._loaded: _Tools | None = None

    def check(
        self, copy: Shape, format: Formats = "auto", context: Mapping[str, Any] | Context | None = None
    ) -> Report:
        """Find, decide and rewrite; the report holds the safe copy.

        `copy` is text, or a mapping of part names to texts or lists of texts; `format` one of auto, text,
        markdown and html, or a mapping of part names to those. `context` holds facts that the copy does not
        state (see Context). Raises CopyError, ContextError, PolicyError or SettingsError, in words for the
        user and without a word of the copy. It fails closed: a copy that could not be read to the end has the
        verdict `review`, the reason in `problems`, and no safe copy.
        """
        facts = Context.of(context)
        text = Copy.of(copy, format, self.settings.max_bytes)
        tools = self._tools()
        try:
            seen = recognise(text, facts, tools.engine)
            decisions = yield_to_support(decide(self.policy, seen.analysis), seen.analysis.support)
            safe = rewrite(text, decisions, seen.analysis, tools.operators)
            return make_report(text, seen, decisions, safe, self.policy, tools.versions)
        except (SafeguardError, FixedPointError):
            raise
        except Exception as error:  # whatever it is, its text may hold copy
            return unread_report(error, self.policy, tools.versions)

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

    def _tools(self) -> _Tools:
        """What checking needs, loaded once, whichever thread comes first."""
        with self._loading:
            if self._loaded is None:
                self._loaded = _Tools.load(self.settings.model, self.policy, self._own_operators)
            return self._loaded


@dataclass(frozen=True, slots=True)
class _Tools:
    """The heavy things, made when the first copy is checked."""

    engine: Engine
    operators: Operators
    versions: Versions

    @classmethod
    def load(cls, model: str, policy: Policy, own: tuple[type[Operator], ...]) -> _Tools:
        from safeguard.redaction.operators import Operators

        operators = Operators(own)
        for rule in policy.rules:
            if rule.do.action == "redact":
                # The label itself comes from deciding; everything else has to be in the rule.
                operators.require(rule.do.operator, {"label": "-", "entity_type": "", **rule.do.params})
        engine = Engine.load(model, tuple(h.entry() for h in policy.helplines), policy.vocabularies)
        versions = Versions(
            safeguard=_installed("safeguard-newsroom"),
            presidio=_installed("presidio-analyzer"),
            spacy=_installed("spacy"),
            model=f"{model} {engine.nlp.meta.get('version', '')}".strip(),
        )
        return cls(engine, operators, versions)


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
