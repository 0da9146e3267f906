"""Reading a policy file: every scalar stays the text that was typed, every node keeps its position.

YAML's own typing would turn 08001111 into a number, `no` into False and 9:00 into 540; its parser takes the
last of two equal keys without a word and reports a pasted no-break space somewhere else. Not so here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from safeguard.policy.problems import Problem
from safeguard.policy.scan import scan

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DASHES = re.compile(r"\s*(?:[-?:]\s+){20}")
_DEEPEST = 100

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A policy file as read: `data` holds mappings, lists and text.

    `keys` and `values` give the (line, column) of each node by its path, counted from 1.
    """

    file: str
    data: Any
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problem(self, path: Path, sentence: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem at the node of `path`, or at the nearest node above it that is in the file."""
        for end in range(len(path), -1, -1):
            here = path[:end]
            places = (self.keys, self.values) if at_key else (self.values, self.keys)
            found = places[0].get(here) or places[1].get(here)
            if found:
                return Problem(self.file, *found, sentence, hint)
        return Problem(self.file, 1, 1, sentence, hint)


def read_source(text: str, file: str) -> Source:
    """Read YAML text. What is wrong with its typing is in `problems`; nothing is raised for a broken file.

    Slips of typing are told first, and the text is read on as if they were mended, so that `data` is there
    for the other mistakes to be found; it is None where nothing can be made of the text.
    """
    text = text.removeprefix("\ufeff")
    scanned = scan(text, file)
    found = [*scanned.problems, *_too_deep(text, file)]
    if len(found) > len(scanned.problems):
        return Source(file, None, problems=tuple(found))
    try:
        node = yaml.compose(scanned.mended if found else text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # What the parser stumbles over behind a slip is mostly the slip again.
        return Source(file, None, problems=tuple(found) or (_unreadable(error, file),))
    except yaml.YAMLError:
        return Source(file, None, problems=tuple(found) or (_unusable(text, file),))
    if not isinstance(node, yaml.MappingNode):
        hint = "Start it with a line such as:   safeguard: 1"
        return Source(file, None, problems=(Problem(file, 1, 1, "This file has no settings in it.", hint),))
    walk = _Walk(file)
    data = walk.take(node, ())
    return Source(file, data, walk.keys, walk.values, (*found, *walk.problems))


class _Walk:
    """One way through the node tree, filling in positions."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def take(self, node: yaml.Node, path: Path) -> Any:
        self.values.setdefault(path, _position(node))
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if id(node) in self._seen:
            self._add(node, "This part is used in two places.", "Write it out instead of using * and &.")
            return ""
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.take(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        taken: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._add(key, "The name of a setting has to be plain text.")
                continue
            name = str(key.value)
            if name in taken:
                line = self.keys[(*path, name)][0]
                hint = f"It stands on line {line} already. Keep one of the two."
                self._add(key, f'"{name}" is set twice here.', hint)
                continue
            self.keys[(*path, name)] = _position(key)
            taken[name] = self.take(value, (*path, name))
        return taken

    def _add(self, node: yaml.Node, sentence: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, *_position(node), sentence, hint))


def _position(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _too_deep(text: str, file: str) -> list[Problem]:
    """Nesting that no policy needs and that the parser's own stack may not survive."""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        depth = max(0, depth + sum(map(line.count, "[{")) - sum(map(line.count, "]}")))
        if depth > _DEEPEST or _DASHES.match(line):
            hint = "Check the brackets and dashes."
            return [Problem(file, number, 1, "This is nested too deeply.", hint)]
    return []


def _unusable(text: str, file: str) -> Problem:
    """The first character that YAML does not allow anywhere."""
    hint = "Delete it; it usually arrives by pasting."
    for number, line in enumerate(text.splitlines(), 1):
        for column, character in enumerate(line, 1):
            if not (character.isprintable() or character in "\t\u0085\u00a0"):
                return Problem(file, number, column, "There is a character that YAML cannot use.", hint)
    return Problem(file, 1, 1, "There is a character that YAML cannot use.", hint)


def _unreadable(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if error.problem and "mapping values are not allowed" in error.problem:
        sentence = "This line has a second colon, so half of it was read as a new setting."
        return Problem(
            file, line, column, sentence, 'Put quotes round the text:   because: "Editors: readers …"'
        )
    if "another document" in (error.problem or ""):
        sentence = "A second document begins here, and a policy file has one."
        return Problem(file, line, column, sentence, "Take the line of hyphens out.")
    opened = error.context_mark
    if error.context and "quoted scalar" in error.context and opened is not None:
        hint = f"Add the same mark where the text ends. (It was only noticed on line {line}.)"
        sentence = "A quotation mark is opened here and never closed."
        return Problem(file, opened.line + 1, opened.column + 1, sentence, hint)
    context, problem = error.context or "", error.problem or ""
    if opened is not None and "flow" in context:
        sentence = "A bracket is opened here, and what follows it cannot be read."
        hint = f"Close it, and put a comma between its entries. (It was only noticed on line {line}.)"
        return Problem(file, opened.line + 1, opened.column + 1, sentence, hint)
    if opened is not None and "simple key" in context and "expected ':'" in problem:
        sentence = "This line is neither a setting nor a list entry: a colon and a space are missing."
        return Problem(file, opened.line + 1, opened.column + 1, sentence, "Write:   name: value")
    if opened is not None and "block" in context and "did not find expected" in problem:
        sentence = "This does not stand in line with what it belongs to."
        begins = f"Its group begins on line {opened.line + 1}."
        hint = f"Give it as many spaces as the other lines of its group. {begins}"
        return Problem(file, line, column, sentence, hint)
    sentence = "From here on the file cannot be read."
    return Problem(
        file, line, column, sentence, "Check the indentation, and the quotation marks of the lines above."
    )
