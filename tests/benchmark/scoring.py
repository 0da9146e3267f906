"""What an engine made of a sample, held against what the sample expects.

The test suite and `quality.py` both judge with `judge`, so a sample that passes in one passes in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from document_reading import shown
from document_scoring import judge_document
from matching import count_exact, find_all, leaks
from sample_files import Copy, Flag, Sample, texts

LOOKS = ("review", "block")

# In the order in which they are reported. Each holds one clear sentence for what went wrong.
SENTENCES = {
    "crash": "the check failed with {string}",
    "leak": "still in the safe copy, must be gone: {string!r}",
    "lost": "must stand as often as in the source: {string!r}",
    "broken": "no longer well-formed: {string}",
    "touched": "changed, though nothing in it must go: {string!r}",
    "support": "support block not byte-identical: {string!r}",
    "again": "a second run over what was written changes it: {string}",
    "unflagged": "no review or block finding on: {string}",
    "warning-missing": "warning category missing: {string}",
    "warning-extra": "warning category not expected: {string}",
    "insertion": "support block inserted: {string}",
    "verdict": "verdict: {string}",
}


@dataclass(frozen=True)
class Finding:
    """A finding as a report gives it; offsets are characters of the part."""

    part: str
    start: int
    end: int
    text: str
    action: str
    rule: str
    review: bool = False

    @property
    def asks(self) -> bool:
        """Whether it asks for a person: a name that is taken out may have to be looked at as well."""
        return self.review or self.action in LOOKS


@dataclass(frozen=True)
class Outcome:
    """What came out. An engine that only rewrites leaves ``decided`` off; the next four do not count then.

    ``written`` is the file that is written for a document, ``again`` what is written for that file.
    """

    safe_copy: Copy
    decided: bool = False
    verdict: str = ""
    warnings: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    support_inserted: bool = False
    written: bytes = b""
    again: bytes = b""


@dataclass(frozen=True)
class Check:
    """One thing that was asked of an engine, and whether it did it. ``row`` is empty where there is none."""

    kind: str
    string: str
    passed: bool
    row: str = ""

    @property
    def sentence(self) -> str:
        """What went wrong, for a person to read."""
        return SENTENCES[self.kind].format(string=self.string)


Engine = Callable[[Sample], Outcome]


def judge(sample: Sample, outcome: Outcome) -> list[Check]:
    """Every check of a sample, passed or not, in the order of `SENTENCES`."""
    rewriting = _written(sample, outcome) if sample.document else _rewriting(sample, outcome.safe_copy)
    return [*rewriting, *(_decisions(sample, outcome) if outcome.decided else ())]


def run(sample: Sample, engine: Engine) -> list[Check]:
    """`judge`, where an engine that raised is a miss. The exception's text is left out: it may be copy."""
    try:
        outcome = engine(sample)
    except ImportError:  # nothing was measured
        raise
    except Exception as error:
        return [Check("crash", type(error).__name__, passed=False)]
    return judge(sample, outcome)


def _rewriting(sample: Sample, safe_copy: Copy) -> Iterator[Check]:
    expect = sample.expect
    source = [text for _, text in texts(sample.copy)]
    safe = [text for _, text in texts(safe_copy)]
    searched = [_without(expect.support, text) for text in safe]
    for string in expect.gone:
        yield Check("leak", string, not any(leaks(string, text) for text in searched))
    for string in expect.kept:
        before = sum(count_exact(string, text) for text in source)
        yield Check("lost", string, sum(count_exact(string, text) for text in safe) == before)
    for string in expect.support:
        yield Check("support", string, any(string in text for text in safe), "support")


def _written(sample: Sample, outcome: Outcome) -> Iterator[Check]:
    assert sample.document is not None
    name, source = sample.document.name, sample.document.read_bytes()
    for kind, string, passed in judge_document(name, source, outcome.written, sample.expect):
        yield Check(kind, string, passed, "support" if kind == "support" else "")
    if outcome.decided:
        yield Check("again", name, outcome.written == outcome.again)


def _without(blocks: tuple[str, ...], text: str) -> str:
    # "Winston's Wish" in a block is a charity, also where a boy called Winston must be gone.
    for block in blocks:
        text = text.replace(block, "\n")
    return text


def _decisions(sample: Sample, outcome: Outcome) -> Iterator[Check]:
    expect = sample.expect
    for flag in expect.flagged:
        yield Check("unflagged", _describe(flag), _is_flagged(flag, sample, outcome.findings), flag.row)
    for category in sorted(expect.warnings):
        yield Check("warning-missing", category, category in outcome.warnings)
    for category in sorted(outcome.warnings - expect.warnings):
        yield Check("warning-extra", category, passed=False)
    if expect.support_inserted is not None:
        wanted, got = expect.support_inserted, outcome.support_inserted
        yield Check("insertion", f"expected {_yes(wanted)}, got {_yes(got)}", wanted == got, "support")
    yield Check(
        "verdict", f"expected {expect.verdict}, got {outcome.verdict}", expect.verdict == outcome.verdict
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _describe(flag: Flag) -> str:
    return f"{flag.text!r} ({flag.row})" if flag.text else f"anything of row {flag.row}"


def _is_flagged(flag: Flag, sample: Sample, findings: tuple[Finding, ...]) -> bool:
    looked_at = [finding for finding in findings if finding.asks]
    if not flag.text:
        return any(finding.rule.lower().startswith(f"{flag.row.lower()}-") for finding in looked_at)
    if sample.document is not None:
        # A document is split into parts by its reader: the texts of findings are all there is to go by.
        found = [" ".join(shown(finding.text).split()) for finding in looked_at]
        return any(text in flag.text or flag.text in text for text in found if text)
    return any(
        start < finding.end and finding.start < end
        for part, text in texts(sample.copy)
        for start, end in find_all(flag.text, text)
        for finding in looked_at
        # A part may be a list, whose items all have its name: the span must fit the item.
        if finding.part == part and text[finding.start : finding.end] == finding.text
    )
