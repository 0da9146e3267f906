"""What the same copy costs as HTML or Markdown, beside what it costs as text."""

from __future__ import annotations

import html
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

Check = Callable[[str, str], object]

_ROUNDS = 3


def as_html(text: str) -> str:
    """The text as a content system makes a page of it: an article, paragraphs, a picture, entities."""
    paragraphs = [html.escape(p, quote=False).replace("\n", "<br>\n") for p in text.strip().split("\n\n")]
    body = "\n".join(
        f'<p class="paragraph" data-block="b{number}">{_curly(paragraph)}</p>'
        for number, paragraph in enumerate(paragraphs)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>News</title></head>\n<body>\n'
        '<header><a href="/">Home</a></header>\n<article>\n'
        '<figure><img src="/images/court.jpg" alt="A court building" width="800" height="450"></figure>\n'
        f"{body}\n</article>\n</body>\n</html>\n"
    )


def as_markdown(text: str) -> str:
    """The text as a static site keeps it: front matter, paragraphs, a picture."""
    paragraphs = [paragraph.replace("\n", "  \n") for paragraph in text.strip().split("\n\n")]
    return "\n\n".join(
        ["---\nlayout: article\n---", "![A court building](/images/court.jpg)", *paragraphs, ""]
    )


def _curly(paragraph: str) -> str:
    return paragraph.replace("’", "&rsquo;").replace("“", "&ldquo;").replace("”", "&rdquo;")


WRAPPERS: Mapping[str, Callable[[str], str]] = MappingProxyType({"html": as_html, "markdown": as_markdown})


@dataclass(frozen=True)
class Cost:
    """Medians over articles, in milliseconds of processor time, and of the ratios: 1 is as fast as text."""

    format: str
    articles: int
    text_median_ms: float
    wrapped_median_ms: float
    ratio_median: float
    ratio_p90: float


def cost_of(format: str, texts: Sequence[str], check: Check) -> Cost:
    """Time `check` on every text as it is and wrapped, in turn, the best of three each; `texts` not empty.

    Each side goes first every other time, so that neither gains from what the other warmed up. Processor time
    is counted, so that neither pays for a busy machine.
    """
    pairs: list[tuple[float, float]] = []
    for text in texts:
        sides = (text, "text"), (WRAPPERS[format](text), format)
        best = [float("inf"), float("inf")]
        for turn in range(_ROUNDS + 1):
            for side in (0, 1) if turn % 2 else (1, 0):
                start = time.process_time()
                check(*sides[side])
                spent = (time.process_time() - start) * 1000
                # The first round fills caches.
                best[side] = min(best[side], spent) if turn else best[side]
        pairs.append((best[0], best[1]))
    ratios = sorted(wrapped / plain for plain, wrapped in pairs)
    return Cost(
        format=format,
        articles=len(pairs),
        text_median_ms=statistics.median(plain for plain, _ in pairs),
        wrapped_median_ms=statistics.median(wrapped for _, wrapped in pairs),
        ratio_median=statistics.median(ratios),
        ratio_p90=ratios[min(len(ratios) - 1, int(len(ratios) * 0.9))],
    )


def describe_cost(cost: Cost) -> str:
    """The cost as the lines that are printed."""
    return (
        f"{cost.articles} articles\n"
        f"{'':<22}{'median ms':>10}\n"
        f"{'as text':<22}{cost.text_median_ms:>10.1f}\n"
        f"{'as ' + cost.format:<22}{cost.wrapped_median_ms:>10.1f}\n"
        f"ratio, article by article: median {cost.ratio_median:.2f}, p90 {cost.ratio_p90:.2f}\n"
    )
