"""What each signal of people recognition brings: the samples scored with one signal left out at a time.

    python tests/benchmark/ablation.py [--samples FOLDER ...]

The signals are the tagger's persons and places, the names list, the cues beside names (ages, kinship,
titles), the propagation of known names through the copy, and the second look at those whom no rule explains.
The parser is no row: recognition does not use it (docs/decisions/0001). Nothing is downloaded.

Exit codes: 0 measured, 2 the work could not be done (one sentence says why).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import overall_table, sum_up
from quality import SAMPLES, score
from sample_files import SampleError, load_samples


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = argparse.ArgumentParser(prog="ablation.py", description="Scores each signal by its absence.")
    parser.add_argument(
        "--samples", type=Path, nargs="+", default=[SAMPLES], metavar="FOLDER", help="default: samples/dev"
    )
    arguments = parser.parse_args(argv)
    try:
        samples = load_samples(*arguments.samples)
    except SampleError as error:
        sys.stderr.write(f"ablation.py: {error}\n")
        return 2
    # Imported here, so that a wrong path is reported at once and not after seconds of loading.
    from engines import load_safeguard

    from recognizers.people.component import SIGNALS

    columns = {"all signals": sum_up(score("all signals", load_safeguard(), samples).values())}
    for signal in SIGNALS:
        name = f"no {signal.replace('_', ' ')}"
        columns[name] = sum_up(score(name, load_safeguard(without=(signal,)), samples).values())
    Console(width=None if sys.stdout.isatty() else 160).print(overall_table(columns, "articles"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
