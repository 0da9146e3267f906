"""What is wrong with a policy file: where, in one sentence, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from safeguard.errors import PolicyError

# Below this likeness a suggestion confuses more than it helps.
_CLOSE = 0.75
# What of a line is marked as the mistake: a quoted text, or a word.
_MARKED = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\[\]{}#:]+")
_LONGEST_MARK = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `line` and `column` count from 1; `hint` says what was expected and what to do next."""

    file: str
    line: int
    column: int
    sentence: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}:{self.column}: {self.sentence}"
        return f"{text} {self.hint}" if self.hint else text


class BrokenPolicyError(PolicyError):
    """A policy file that does not load. Its text has one line a mistake, in the order of the file.

    `texts` are the texts of the files, for excerpts.
    """

    def __init__(self, problems: Iterable[Problem], texts: Mapping[str, str] | None = None) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.texts = dict(texts or {})
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(problem: Problem, text: str) -> str:
    """The mistake in several lines: place and sentence, the line with a caret under it, what to do."""
    parts = [f"{problem.file}:{problem.line}:{problem.column}: {problem.sentence}"]
    lines = text.splitlines()
    if 0 < problem.line <= len(lines):
        line = lines[problem.line - 1].replace("\t", " ").replace("\u00a0", " ")
        start = min(problem.column, len(line) + 1) - 1
        word = _MARKED.match(line, start)
        width = max(1, min(len(word[0]) if word else 1, _LONGEST_MARK))
        gutter = f"{problem.line:>6} | "
        parts += [gutter + line.rstrip(), " " * (len(gutter) - 2) + "| " + " " * start + "^" * width]
    if problem.hint:
        parts.append(f"    {problem.hint}")
    return "\n".join(parts)


def closest(word: str, known: Iterable[str], at_least: float = _CLOSE) -> str | None:
    """The known word that is most like `word`, None when none is close. Case and _ for - are forgiven.

    `at_least`, from 0 to 1, is how like it must be.
    """
    scored = [
        (SequenceMatcher(None, _plain(word), _plain(candidate)).ratio(), candidate) for candidate in known
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= at_least else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'Did you mean "because"?' or nothing."""
    found = closest(word, known)
    return f'Did you mean "{found}"?' if found else ""


def expected_one_of(word: str, known: Iterable[str]) -> str:
    """The suggestion, if there is a close one, and all that could have stood there."""
    names = list(known)
    return " ".join(filter(None, [did_you_mean(word, names), f"Expected one of: {', '.join(names)}."]))


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-").replace(" ", "-")
