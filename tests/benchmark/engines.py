"""The two engines that are compared: safeguard, and stock Presidio on the same model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from sample_files import Copy, Sample
from scoring import Engine, Finding, Outcome
from speed import load_presidio

if TYPE_CHECKING:
    from safeguard import Report, Safeguard


def load_safeguard(without: Sequence[str] = ()) -> Engine:
    """Our whole check; one guard is loaded for each policy that a sample asks for.

    `without` leaves signals of people recognition out (see `recognizers.people.component.SIGNALS`).
    """
    from safeguard import Safeguard

    guards: dict[str, Safeguard] = {}

    def check(sample: Sample) -> Outcome:
        if sample.policy not in guards:
            guards[sample.policy] = Safeguard(policy=sample.policy)
            if without:
                nlp = guards[sample.policy]._ready()[1].engine.nlp
                nlp.replace_pipe("safeguard_people", "safeguard_people", config={"without": list(without)})
        guard, context = guards[sample.policy], dict(sample.context)
        if sample.document is None:
            report = guard.check(cast(Any, sample.copy), format="auto", context=context)
            written = again = b""
        else:
            report, written = _processed(guard, sample.document, context)
            again = _processed_again(guard, sample.document, written, context)
        findings = report.findings
        return Outcome(
            safe_copy=cast(Copy, report.safe_copy),
            decided=True,
            verdict=str(report.verdict),
            warnings=frozenset(str(warning.category) for warning in report.warnings),
            findings=tuple(
                Finding(f.part, f.start, f.end, f.text or "", str(f.action), f.rule or "", f.review)
                for f in findings
            ),
            support_inserted=report.support.inserted,
            written=written,
            again=again,
        )

    return check


def _processed(guard: Safeguard, document: Path, context: dict[str, str]) -> tuple[Report, bytes]:
    """The report on a file, and the bytes that `safeguard process` writes for it."""
    from safeguard.files import read_copy

    file = read_copy(str(document), guard.settings.max_bytes)
    report = guard.check(file.copy, file.formats, context, file.paths)
    if report.safe_copy is None:
        raise ValueError("no safe copy")
    return report, file.encode(report.edits)


def _processed_again(guard: Safeguard, document: Path, written: bytes, context: dict[str, str]) -> bytes:
    """The bytes that `safeguard process` writes for what it wrote."""
    with TemporaryDirectory() as folder:
        again = Path(folder) / document.name
        again.write_bytes(written)
        return _processed(guard, again, context)[1]


def load_stock() -> Engine:
    """Presidio's default recognizers and its default anonymizer, each part on its own as it has no parts."""
    from presidio_anonymizer import AnonymizerEngine

    analyze = cast(Callable[[str], list[Any]], load_presidio())
    anonymizer = cast(Any, AnonymizerEngine)()  # ships no type information

    def rewrite(text: str) -> str:
        return str(anonymizer.anonymize(text=text, analyzer_results=analyze(text)).text)

    def anonymise(sample: Sample) -> Outcome:
        if isinstance(sample.copy, str):
            return Outcome(rewrite(sample.copy))
        return Outcome(
            {
                part: rewrite(value) if isinstance(value, str) else [rewrite(item) for item in value]
                for part, value in sample.copy.items()
            }
        )

    return anonymise
