"""Learn the weights of recognizers/details/institution_likeness.txt from the annotated samples.

Run by hand after `scripts/learn_likeness.py`, when samples were added or the recognizers of details changed;
the project ships only the result:

    pip install scikit-learn
    python scripts/learn_institutions.py [--samples FOLDER ...] [--check]

A logistic regression over what surrounds a school, club, nursery or surgery in copy about somebody protected
(`recognizers/details/setting.py`) asks whether its name must go. What samples want gone is the truth;
samples/test is never read. `--check` writes nothing and prints how it does on samples that it was not learned
from (ten-fold cross-validation by article). The same samples give the same file.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from learn_likeness import (
    FOLDS,
    HEAD,
    PROTECTED_ROWS,
    ROOT,
    SAMPLES,
    fit,
    load_samples,
    mark_lines,
    unseen_scores,
)
from sample_files import Sample
from sklearn.model_selection import GroupKFold

from recognizers.details.institution import InstitutionRecognizer
from recognizers.details.ownership import Ids
from recognizers.details.second_look import SURE, SecondLook
from recognizers.details.setting import Institution
from recognizers.details.view import View
from recognizers.people.surroundings import strength
from safeguard import Safeguard

WEIGHTS = ROOT / "recognizers" / "details" / "institution_likeness.txt"
# Inverse strength of the penalty on weights: the best of 0.1, 0.3 and 1 in cross-validation.
INVERSE_PENALTY = 0.3


@dataclass(frozen=True)
class Seen:
    """One institution of a sample: its marks, whether the sample wants its name gone or kept, whether no rule
    explains it.
    """

    article: str
    name: str
    marks: dict[str, float]
    gone: bool
    kept: bool
    open: bool


class Recorder(SecondLook):
    """Looks, finds nothing, and remembers the marks of every institution."""

    def __init__(self, look: SecondLook) -> None:
        self.__dict__.update(look.__dict__)
        self.seen: list[tuple[list[str], dict[str, float], bool]] = []
        self.text = ""

    def look(self, view: View, institutions: Sequence[Institution]) -> dict[int, Ids]:
        self.text = view.text
        if self.is_asked(view):
            setting = self.setting(view)
            for institution in institutions:
                names = [view.text[start:end] for start, end in institution.spans]
                self.seen.append((names, setting.of(institution), self.is_open(view, institution)))
        return {}


def read(samples: Iterable[Sample]) -> list[Seen]:
    """The institutions of all samples in which they are looked at."""
    guard = Safeguard("uk-news")
    guarded = guard._ready()[1].engine.analyzer.registry.recognizers
    recognizer = next(g._inner for g in guarded if isinstance(g._inner, InstitutionRecognizer))
    texts: dict[str, str] = {}
    about: dict[str, bool] = {}
    seen: list[Seen] = []
    for sample in samples:
        if sample.document is not None or sample.policy != "uk-news":
            continue
        recognizer.second_look = recorder = Recorder(recognizer.second_look)
        guard.check(sample.copy, context=dict(sample.context))
        texts[sample.id] = recorder.text.replace("’", "'")
        told_of = bool(PROTECTED_ROWS & set(sample.rows)) and bool(sample.expect.gone)
        if told_of or not sample.expect.warnings:
            about[sample.id] = told_of
        seen += [_seen(sample, *entry) for entry in recorder.seen]
    # A copy's own words would make its score surer than that of any unseen one.
    scores = unseen_scores(texts, about)
    for entry in seen:
        entry.marks["copy"] = strength(scores[entry.article])
    return seen


def _seen(sample: Sample, names: list[str], marks: dict[str, float], open_: bool) -> Seen:
    gone, kept = map(_plain, sample.expect.gone), [_plain(text) for text in sample.expect.kept]
    told = [_plain(name) for name in names]
    is_gone = any(_is_most_of(wanted, name) for wanted in gone for name in told)
    is_kept = not is_gone and any(name in text for name in told for text in kept)
    return Seen(sample.id, names[0], marks, is_gone, is_kept, open_)


def _is_most_of(wanted: str, name: str) -> bool:
    """Whether a string that must go is the name or most of it ("Hartley Vale" of "Hartley Vale Academy")."""
    inside = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", name) is not None
    return inside and 2 * len(wanted) >= len(name)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def check(seen: list[Seen], *, verbose: bool) -> None:
    """Print what the regression finds on articles that it was not learned from."""
    rows, gone = [s.marks for s in seen], np.array([s.gone for s in seen])
    chances = np.zeros(len(seen))
    for known_at, unseen_at in GroupKFold(FOLDS).split(rows, gone, [s.article for s in seen]):
        known, wanted = [rows[i] for i in known_at], [bool(gone[i]) for i in known_at]
        model = fit(known, wanted, of_copy=False, inverse_penalty=INVERSE_PENALTY)
        chances[unseen_at] = 1 / (1 + np.exp(-model.scores([rows[i] for i in unseen_at])))
    tell = sys.stdout.write
    open_, kept = np.array([s.open for s in seen]), np.array([s.kept for s in seen])
    tell(f"{len(seen)} institutions, {int(gone.sum())} of them to go; of those that no rule explains ")
    tell(f"{int((open_ & gone).sum())} to go, {int((open_ & ~gone).sum())} to stay\n")
    for least in sorted({0.5, 0.55, 0.6, 0.65, 0.75, 0.8, 0.9, SURE}):
        taken = open_ & (chances >= least)
        found, wrong = int((taken & gone).sum()), int((taken & ~gone).sum())
        tell(
            f"  chance {least:.2f}: {found} found, {wrong} wrongly taken ({int((taken & kept).sum())} kept)\n"
        )
    for at in np.argsort(-chances) if verbose else ():
        if open_[at]:
            entry = seen[at]
            state = "gone" if entry.gone else "kept" if entry.kept else ""
            tell(f"  {chances[at]:.2f} {state:4} {entry.article} | {entry.name}\n")


def main() -> None:
    """Learn and write, or check."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--samples", nargs="+", type=Path, default=list(SAMPLES))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="with --check: list all that no rule explains")
    wanted = parser.parse_args()
    seen = read(s for folder in wanted.samples for s in load_samples(folder))
    if wanted.check:
        check(seen, verbose=wanted.verbose)
        return
    rows, gone = [s.marks for s in seen], [s.gone for s in seen]
    model = fit(rows, gone, of_copy=False, inverse_penalty=INVERSE_PENALTY)
    what = "Marks around the name of an institution, and the weight of each: see setting.py."
    head = HEAD.format(what=what).replace("learn_likeness.py", "learn_institutions.py")
    WEIGHTS.write_text(head + mark_lines(model), encoding="utf-8")


if __name__ == "__main__":
    main()
