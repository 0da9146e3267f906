"""How well the annotated samples come out, beside stock Presidio on the same model.

    python tests/benchmark/quality.py [--samples FOLDER ...] [--no-stock] [--json OUT] [--compare OLD.json]

Prints each miss (sample, kind, string), the figures by genre and by row of the decision tables, and a
table of the figures beside stock Presidio, which only rewrites: what it cannot do is "n/a". Documents (files
as newsrooms hold them) are a half of their own, by format; stock Presidio reads none of these. `--compare`
takes a file that `--json` wrote earlier and prints what was gained and lost since, sample by sample.
Nothing is downloaded.

Exit codes: 0 measured, 2 the work could not be done (one sentence says why).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import Results, by_format, by_genre, by_row, group_table, overall_table, sum_up
from sample_files import ROWS, Sample, SampleError, load_samples
from scoring import Engine, run
from speed import CannotMeasure

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "dev"
DOCUMENTS = SAMPLES.parent / "documents"
LEAKING = SAMPLES.parent / "leaking"
OURS, STOCK = "safeguard", "stock Presidio"

Misses = dict[str, list[str]]


def score(name: str, engine: Engine, samples: Sequence[Sample]) -> Results:
    """The checks of every sample under one engine, with progress on a terminal."""
    console = Console(stderr=True)
    steps = track(samples, name, console=console, transient=True, disable=not console.is_terminal)
    return {sample.id: run(sample, engine) for sample in steps}


def misses(results: Results) -> Misses:
    """Each sample's misses, as `kind: string`; samples without any are there with an empty list."""
    return {
        name: [f"{check.kind}: {check.string}" for check in checks if not check.passed]
        for name, checks in results.items()
    }


def print_comparison(console: Console, old: Misses, new: Misses) -> None:
    """Misses that are gone since (gained) and misses that are new (lost), sample by sample."""
    gained = lost = 0
    for name in sorted(set(old) & set(new)):
        crashed = any(miss.startswith("crash: ") for miss in new[name])  # what it hides is not gained
        better = [] if crashed else [miss for miss in old[name] if miss not in new[name]]
        worse = [miss for miss in new[name] if miss not in old[name]]
        for miss in better:
            _line(console, f"gained  {name}  {miss}")
        for miss in worse:
            _line(console, f"lost    {name}  {miss}")
        gained, lost = gained + len(better), lost + len(worse)
    for name in sorted(set(new) - set(old)):
        _line(console, f"new     {name}  {len(new[name])} misses")
    for name in sorted(set(old) - set(new)):
        _line(console, f"dropped {name}")
    _line(console, f"Gained {gained}, lost {lost} since the old figures.\n")


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _read_old(path: Path) -> Misses:
    try:
        old = json.loads(path.read_text(encoding="utf-8"))["misses"]
        return {str(name): [str(miss) for miss in missed] for name, missed in old.items()}
    except FileNotFoundError as error:
        raise CannotMeasure(f"There are no old figures at {path}.") from error
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotMeasure(f"{path} holds no figures of quality.py.") from error


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="quality.py", description="Scores safeguard on annotated samples.")
    parser.add_argument(
        "--samples", type=Path, nargs="+", metavar="FOLDER", help="default: samples/dev and every document"
    )
    parser.add_argument(
        "--stock", action=argparse.BooleanOptionalAction, default=True, help="stock Presidio beside ours"
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures to this file")
    parser.add_argument("--compare", type=Path, metavar="OLD", help="show what changed since this file")
    return parser.parse_args(argv)


def _chosen(folders: Sequence[Path] | None) -> list[Sample]:
    """The samples of the folders; without any, those of samples/dev and all documents, leaking or not."""
    if folders:
        return load_samples(*folders)
    leaking = [sample for sample in load_samples(LEAKING) if sample.document]
    return [*load_samples(SAMPLES, DOCUMENTS), *leaking]


def _measure(arguments: argparse.Namespace) -> None:
    out: Path | None = arguments.json
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise CannotMeasure(f"The figures cannot be written to {out}.")
    old = _read_old(arguments.compare) if arguments.compare else None
    samples = _chosen(arguments.samples)
    articles = [sample for sample in samples if not sample.document]
    documents = [sample for sample in samples if sample.document]
    # Imported here, so that a wrong path is reported at once and not after seconds of loading.
    from engines import load_safeguard, load_stock

    # Presidio looks its recognizers up by class name among all that are imported: it has to come first.
    stock = load_stock() if arguments.stock else None
    ours = score(OURS, load_safeguard(), samples)
    columns = {OURS: sum_up(ours[sample.id] for sample in articles)}
    if stock is not None:
        columns[STOCK] = sum_up(score(STOCK, stock, articles).values())
    formats = by_format(documents, ours)
    half = articles or documents
    genres, rows = by_genre(half, ours), by_row(half, ours, ROWS)

    console = Console(width=None if sys.stdout.isatty() else 120)
    missed = misses(ours)
    for name, strings in missed.items():
        for string in strings:
            _line(console, f"{name}  {string}")
    console.print(group_table("By genre", genres), group_table("By row", rows))
    if articles:
        console.print(overall_table(columns, "articles"))
    if documents:
        everything = sum_up(ours[sample.id] for sample in documents)
        console.print(group_table("By format", formats), overall_table({OURS: everything}, "documents"))
    if old is not None:
        print_comparison(console, old, missed)
    if out is not None:
        figures = {
            "engines": {name: column.as_json() for name, column in columns.items()},
            "genres": {name: group.as_json() for name, group in genres.items()},
            "rows": {name: group.as_json() for name, group in rows.items()},
            "misses": missed,
        }
        if documents:
            figures["documents"] = {OURS: everything.as_json()}
            figures["formats"] = {name: group.as_json() for name, group in formats.items()}
        try:
            out.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as error:
            raise CannotMeasure(f"The figures cannot be written to {out}: {error.strerror}.") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    try:
        _measure(_arguments(argv))
    except ImportError as error:
        sys.stderr.write(f"quality.py: {error.name} cannot be imported: pip install -e '.[test]'\n")
        return 2
    except (CannotMeasure, SampleError) as error:
        sys.stderr.write(f"quality.py: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
