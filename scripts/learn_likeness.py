"""Learn the weights of recognizers/people/copy_likeness.txt and person_likeness.txt, and those of
recognizers/harm/subject_likeness.txt, from the annotated samples.

Run by hand when samples were added or people recognition changed; the project ships only the result:

    pip install scikit-learn
    python scripts/learn_likeness.py [--samples FOLDER ...] [--subjects-only] [--check]

All are logistic regressions. The first weighs the words of a copy (how often, how rare) and asks whether
somebody's name must go; the second weighs the surroundings of a named person and asks whether it is theirs;
the third weighs words and marks of a copy and asks, for each warning, whether it is due. What samples want
gone, kept and warned of is the truth. samples/test is never read. `--check` writes nothing and prints how
they do on samples that they were not learned from (ten-fold cross-validation by article, of warnings by
writer). The same samples give the same files.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmark")]

import numpy as np  # noqa: E402
from sample_files import Sample, load_samples  # noqa: E402
from scipy.sparse import hstack  # noqa: E402
from sklearn.feature_extraction import DictVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GroupKFold  # noqa: E402
from sklearn.preprocessing import normalize  # noqa: E402

from recognizers.harm.likeness import LIKELY, UNLIKELY, SubjectLikeness  # noqa: E402
from recognizers.people.cast import Cast  # noqa: E402
from recognizers.people.copy_kind import CopyKind  # noqa: E402
from recognizers.people.lexicon import NameLexicon  # noqa: E402
from recognizers.people.likeness import CALM, HARMFUL, CopyLikeness  # noqa: E402
from recognizers.people.second_look import SURE, SecondLook, is_open  # noqa: E402
from recognizers.people.spans import Spans  # noqa: E402
from recognizers.people.surroundings import strength  # noqa: E402
from recognizers.weighing import small_words, stem  # noqa: E402
from safeguard import Safeguard  # noqa: E402

PEOPLE = ROOT / "recognizers" / "people"
HARM = ROOT / "recognizers" / "harm"
SAMPLES = (ROOT / "samples" / "dev", ROOT / "samples" / "leaking")
# A word or mark that fewer articles or people have is an accident.
FEWEST = 3
# Inverse strength of the penalty on weights: the best of 0.1 to 100 in cross-validation.
COPY_C, PERSON_C = 20.0, 0.1
FOLDS = 10
# A lighter mark changes nothing.
LEAST_WEIGHT = 0.005
LEAST_SUBJECT_WEIGHT = 0.05
# How much a mark of a copy counts beside its words: the best of 0.15 to 1 in cross-validation.
MARKS = 0.2
PROTECTED_ROWS = frozenset(["P1", "P2", "P3", "D3", "B1", "B2"])
HEAD = "# {what}\n# Learned by scripts/learn_likeness.py from the annotated samples: not written by hand.\n"


@dataclass(frozen=True)
class Seen:
    """One named figure of a sample: its marks, whether the sample wants the name gone, whether no rule
    explains it.
    """

    article: str
    marks: dict[str, float]
    gone: bool
    open: bool


class Recorder(SecondLook):
    """Looks, changes nothing, and remembers the marks of everybody."""

    def __init__(self, likeness: CopyLikeness, lexicon: NameLexicon) -> None:
        super().__init__(likeness, lexicon)
        self.seen: list[tuple[list[str], dict[str, float], bool]] = []
        self.clean = ""

    def look(self, cast: Cast, kind: CopyKind, elsewhere: Spans) -> bool:
        self.clean = clean = cast.scene.readable.clean
        around = self.surroundings(cast, kind, elsewhere)
        for figure in cast.scene.figures:
            if figure.cluster is not None and any(r.name for r in figure.refs):
                names = [clean[c.start : c.end].lower() for c in figure.cluster.mentions]
                self.seen.append((names, around.of(figure), is_open(cast, figure)))
        return False


def read(samples: Iterable[Sample]) -> tuple[dict[str, str], dict[str, bool], list[Seen]]:
    """The text of each article, whether it is about somebody protected, and the figures that it annotates."""
    guard = Safeguard("uk-news")
    component = guard._ready()[1].engine.nlp.get_pipe("safeguard_people")
    texts: dict[str, str] = {}
    about: dict[str, bool] = {}
    people: list[Seen] = []
    for sample in samples:
        if sample.document is not None or sample.policy != "uk-news":
            continue
        recorder = Recorder(component._likeness, component._lexicon)
        component._placing.second_look = recorder
        guard.check(sample.copy, context=dict(sample.context))
        texts[sample.id] = recorder.clean
        told_of = bool(PROTECTED_ROWS & set(sample.rows)) and bool(sample.expect.gone)
        # Copy that reports harm and names nobody whom it was done to speaks for neither side.
        if told_of or not sample.expect.warnings:
            about[sample.id] = told_of
        gone = {_plain(text) for text in sample.expect.gone}
        kept = [_plain(text) for text in sample.expect.kept]
        for names, marks, open_ in recorder.seen:
            if any(name in gone for name in names):
                people.append(Seen(sample.id, marks, True, open_))
            elif any(name in text for name in names for text in kept):
                people.append(Seen(sample.id, marks, False, open_))
    return texts, about, people


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


@dataclass
class Model:
    """A fitted regression over named columns; `rarity` scales columns and rows are then of length 1, if it
    is set.
    """

    columns: list[str]
    weights: np.ndarray
    bias: float
    rarity: np.ndarray | None = None

    def scores(self, rows: Sequence[dict[str, float]]) -> np.ndarray:
        place = {name: i for i, name in enumerate(self.columns)}
        out = np.full(len(rows), self.bias)
        for i, row in enumerate(rows):
            known = [(place[name], value) for name, value in row.items() if name in place]
            at = np.array([p for p, _ in known], dtype=int)
            values = np.array([v for _, v in known])
            if self.rarity is not None and len(at):
                values = values * self.rarity[at]
                values = values / (np.linalg.norm(values) or 1.0)
            out[i] += float(values @ self.weights[at]) if len(at) else 0.0
        return out


def fit(
    rows: Sequence[dict[str, float]],
    wanted: Sequence[bool],
    *,
    of_copy: bool,
    inverse_penalty: float = PERSON_C,
) -> Model:
    """The regression of what is wanted on the rows; of a copy's words the penalty is always the same."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows).tocsr()
    having = np.asarray((matrix != 0).sum(axis=0)).ravel()
    often = having >= FEWEST
    matrix = matrix[:, often]
    names = [str(name) for name, keep in zip(vectorizer.get_feature_names_out(), often, strict=True) if keep]
    rarity = None
    if of_copy:
        rarity = np.log((1 + len(rows)) / (1 + having[often])) + 1
        matrix = normalize(matrix.multiply(rarity).tocsr())
    regression = LogisticRegression(
        C=COPY_C if of_copy else inverse_penalty,
        class_weight="balanced" if of_copy else None,
        solver="liblinear",
        random_state=0,
        max_iter=5000,
    ).fit(matrix, np.array(wanted))
    return Model(names, regression.coef_[0], float(regression.intercept_[0]), rarity)


def mark_lines(model: Model) -> str:
    """The lines of a file of marks: the bias, then each mark that weighs anything."""
    marks = zip(model.columns, model.weights, strict=True)
    lines = [f"{mark}\t{weight:.3f}\n" for mark, weight in marks if abs(weight) >= LEAST_WEIGHT]
    return "".join([f"(bias)\t{model.bias:.3f}\n", *lines])


def word_counts(text: str) -> dict[str, float]:
    """The words of a copy, as CopyLikeness counts them."""
    return {word: 1 + log(count) for word, count in Counter(small_words(text)).items()}


def unseen_scores(texts: dict[str, str], about: dict[str, bool]) -> dict[str, float]:
    """The score of every article by weights that were not learned from it (cross-validation)."""
    fold = {name: i % FOLDS for i, name in enumerate(sorted(texts))}
    counts = {name: word_counts(text) for name, text in texts.items()}
    scores: dict[str, float] = {}
    for number in range(FOLDS):
        known = [n for n in sorted(about) if fold[n] != number]
        unseen = [n for n in sorted(texts) if fold[n] == number]
        model = fit([counts[n] for n in known], [about[n] for n in known], of_copy=True)
        scores.update(zip(unseen, map(float, model.scores([counts[n] for n in unseen])), strict=True))
    return scores


def check(texts: dict[str, str], about: dict[str, bool], people: list[Seen]) -> None:
    """Print what the two regressions find on articles that they were not learned from."""
    ids = sorted(about)
    scores = unseen_scores(texts, about)
    chances = np.zeros(len(people))
    groups = [person.article for person in people]
    rows, gone = [p.marks for p in people], np.array([p.gone for p in people])
    for known_at, unseen_at in GroupKFold(FOLDS).split(rows, gone, groups):
        model = fit([rows[i] for i in known_at], [bool(gone[i]) for i in known_at], of_copy=False)
        chances[unseen_at] = 1 / (1 + np.exp(-model.scores([rows[i] for i in unseen_at])))
    tell = sys.stdout.write
    tell(f"{len(ids)} articles, {sum(about.values())} of them about somebody protected\n")
    for least in sorted({-2.0, -1.0, 0.0, 0.2, 0.6, 0.8, 1.0, CALM, HARMFUL}):
        found = sum(about[n] and scores[n] >= least for n in ids)
        wrong = sum(not about[n] and scores[n] >= least for n in ids)
        tell(f"  score {least:.1f}: {found} found, {wrong} of {len(ids) - sum(about.values())} others\n")
    of_harm = np.array([scores[p.article] > CALM for p in people])
    open_ = np.array([p.open for p in people])
    tell(f"{len(people)} people, {int(gone.sum())} of them to go; of those whom no rule explains ")
    tell(f"{int((open_ & gone).sum())} to go, {int((open_ & ~gone).sum())} to stay\n")
    for least in sorted({0.15, 0.2, 0.25, 0.3, 0.4, 0.5, SURE}):
        taken = open_ & of_harm & (chances >= least)
        found, wrong = int((taken & gone).sum()), int((taken & ~gone).sum())
        tell(f"  chance {least:.2f}: {found} found, {wrong} wrongly taken\n")


class Listener(SubjectLikeness):
    """Weighs nothing, and remembers the words and the marks of the copy."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, float] = {}
        self.marks: dict[str, float] = {}

    def scores(self, text: str, marks: Mapping[str, float]) -> dict[str, float]:
        straight = text.replace("\u2019", "'")
        self.words = {word: 1 + log(n) for word, n in Counter(map(stem, small_words(straight))).items()}
        self.marks = {mark: much * MARKS for mark, much in marks.items()}
        return {}


@dataclass(frozen=True)
class Told:
    """A copy for the third regression: words, marks, the warnings that are due, and those that rules give."""

    writer: str
    words: dict[str, float]
    marks: dict[str, float]
    due: frozenset[str]
    ruled: frozenset[str]


def listen(samples: Iterable[Sample]) -> list[Told]:
    """What the third regression learns from."""
    guard = Safeguard("uk-news")
    component = guard._ready()[1].engine.nlp.get_pipe("safeguard_subjects")
    component._likeness = listener = Listener()
    found = []
    for sample in samples:
        if sample.document is None:
            report = guard.check(sample.copy, context=dict(sample.context))
            ruled = frozenset(warning.category for warning in report.warnings)
            due = frozenset(sample.expect.warnings)
            found.append(Told(sample.id.split("-")[0], listener.words, listener.marks, due, ruled))
    return found


def fit_subject(told: Sequence[Told], name: str) -> tuple[Model, Model]:
    """The regression of one category, as a model of words and one of marks; the bias is in the first."""
    vectors = DictVectorizer(), DictVectorizer()
    parts, columns = [], []
    for vectorizer, rows in zip(vectors, ([t.words for t in told], [t.marks for t in told]), strict=True):
        matrix = vectorizer.fit_transform(rows).tocsr()
        often = np.asarray((matrix != 0).sum(axis=0)).ravel() >= FEWEST
        names = vectorizer.get_feature_names_out()
        columns.append([str(word) for word, keep in zip(names, often, strict=True) if keep])
        parts.append(matrix[:, often])
    having = np.asarray((parts[0] != 0).sum(axis=0)).ravel()
    rarity = np.log((1 + len(told)) / (1 + having)) + 1
    parts[0] = normalize(parts[0].multiply(rarity).tocsr())
    regression = LogisticRegression(
        C=COPY_C, class_weight="balanced", solver="liblinear", random_state=0, max_iter=5000
    ).fit(hstack(parts).tocsr(), np.array([name in t.due for t in told]))
    weights, cut = regression.coef_[0], len(columns[0])
    words = Model(columns[0], weights[:cut], float(regression.intercept_[0]), rarity)
    return words, Model(columns[1], weights[cut:], 0.0)


def subject_lines(told: Sequence[Told]) -> list[str]:
    """The lines of subject_likeness.txt: a weight of each word and mark for each category of LIKELY."""
    names = sorted(LIKELY)
    models = [fit_subject(told, name) for name in names]
    words, marks = models[0]
    assert words.rarity is not None
    lines = [
        HEAD.format(what="Words and marks of copy, how rare each word is, and its weight for each category.")
    ]
    lines.append("\t".join(["(categories)", "0", *names]) + "\n")
    lines.append("\t".join(["(bias)", "0", *(f"{m.bias:.3f}" for m, _ in models)]) + "\n")
    for at, mark in enumerate(marks.columns):
        lines.append("\t".join([mark, "1", *(f"{m.weights[at] * MARKS:.2f}" for _, m in models)]) + "\n")
    for at, (word, rarity) in enumerate(zip(words.columns, words.rarity, strict=True)):
        weights = [m.weights[at] for m, _ in models]
        if max(map(abs, weights)) >= LEAST_SUBJECT_WEIGHT:
            lines.append("\t".join([word, f"{rarity:.3f}", *(f"{w:.2f}" for w in weights)]) + "\n")
    return lines


def check_subjects(told: Sequence[Told]) -> None:
    """Print what the rules find of each category, and what with the weighing, on writers not learned from."""
    tell = sys.stdout.write
    for name in sorted(LIKELY):
        due = np.array([name in t.due for t in told])
        ruled = np.array([name in t.ruled for t in told])
        scores = np.zeros(len(told))
        for known_at, unseen_at in GroupKFold(FOLDS).split(scores, groups=[t.writer for t in told]):
            models = fit_subject([told[i] for i in known_at], name)
            unseen = [told[i] for i in unseen_at]
            rows = [t.words for t in unseen], [t.marks for t in unseen]
            scores[unseen_at] = sum(model.scores(of) for model, of in zip(models, rows, strict=True))
        tell(f"{name}: due {due.sum()}, rules {(due & ruled).sum()} right {(~due & ruled).sum()} wrong\n")
        for least in sorted({-1.0, -0.5, 0.0, 0.5, 1.0, LIKELY[name]}):
            found = (ruled & (scores >= UNLIKELY)) | (scores >= least)
            right, wrong = int((due & found).sum()), int((~due & found).sum())
            f1 = 2 * right / (right + wrong + int(due.sum()))
            tell(f"  from {least:.2f}: {right} right, {wrong} wrong, F1 {f1:.3f}\n")


def main() -> None:
    """Learn and write, or check."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--samples", nargs="+", type=Path, default=list(SAMPLES))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--subjects-only", action="store_true")
    wanted = parser.parse_args()
    samples = [s for folder in wanted.samples for s in load_samples(folder)]
    told = listen(samples)
    if wanted.check:
        check_subjects(told)
    else:
        (HARM / "subject_likeness.txt").write_text("".join(subject_lines(told)), encoding="utf-8")
    if wanted.subjects_only:
        return
    copies_read, about, people = read(samples)
    # A copy's own words would make its score surer than that of any unseen one.
    scores = unseen_scores(copies_read, about)
    for person in people:
        person.marks["copy"] = strength(scores[person.article])
    if wanted.check:
        check(copies_read, about, people)
        return
    ids = sorted(about)
    copies = fit([word_counts(copies_read[n]) for n in ids], [about[n] for n in ids], of_copy=True)
    assert copies.rarity is not None
    lines = [HEAD.format(what="Words of copy, how rare each is, and its weight: see likeness.py.")]
    lines.append(f"(bias)\t0\t{copies.bias:.3f}\n")
    rows = zip(copies.columns, copies.rarity, copies.weights, strict=True)
    lines += [f"{word}\t{rarity:.3f}\t{weight:.3f}\n" for word, rarity, weight in rows]
    (PEOPLE / "copy_likeness.txt").write_text("".join(lines), encoding="utf-8")
    # The marks depend on the words that have a weight: read again with those just written.
    _, _, people = read(samples)
    for person in people:
        person.marks["copy"] = strength(scores[person.article])
    persons = fit([p.marks for p in people], [p.gone for p in people], of_copy=False)
    what = "Marks around a named person, and the weight of each: see surroundings.py."
    head = HEAD.format(what=what)
    (PEOPLE / "person_likeness.txt").write_text(head + mark_lines(persons), encoding="utf-8")


if __name__ == "__main__":
    main()
