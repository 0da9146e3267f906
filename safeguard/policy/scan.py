"""Slips of typing and pasting, told line by line before YAML's own parser can confuse matters.

Each slip is also mended in a copy of the text, so that what is wrong further down is told in the same run.
The mended text is for reading on only: nothing in it ever decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safeguard.policy.problems import Problem

_INDENT = re.compile(r"[ \t\u00a0\u2007\u202f\u3000]*")
_SETTING = re.compile(
    r"(?P<lead>\s*(?:- +)*)(?P<key>[\w.-]+|\"[^\"]*\"|'[^']*')\s*:(?P<gap>[ \u00a0\u202f]+|$)(?P<value>.*)$"
)
_ITEM = re.compile(r"(?P<lead>\s*(?:- +)+)(?P<value>.*)$")
_BLOCK = re.compile(r"[|>][+-]?\d?\s*(?:#.*)?$")
_SECOND_COLON = re.compile(r":(?= |$)")
_COMMENT = re.compile(r"\s#")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")
_IN_BRACKETS = re.compile(rf"(?<=[\[{{,: ])(?:{_QUOTED.pattern})")
_STRANGE = "\u00a0\u2007\u202f\u3000"
# A list entry as a word processor or another tool would have it, and a dash without its space.
_BULLET = re.compile(r"(?P<lead>\s*)(?P<mark>[–—•·*]|-(?=[\w\"'“][\w ]*:(?: |$)))(?P<gap>\s*)")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]+")
_STRANGE_IN_BRACKETS = re.compile(rf"(?<=[:,\[{{])\s*[{_STRANGE}]+\s*")
_GLUED_COMMENT = re.compile(r"\s#(?=[^\s#])")
_ALIAS = re.compile(r"[*&][\w-]+(?:\s|$)")
_CURLY = {"“": "”", "‘": "’", "„": "“"}


@dataclass(frozen=True, slots=True)
class Scanned:
    """The slips of a text, and the text with all of them mended."""

    problems: tuple[Problem, ...]
    mended: str


def scan(text: str, file: str) -> Scanned:
    """Every slip that is told from its line alone."""
    found: list[Problem] = []
    mended: list[str] = []
    lines = text.splitlines()
    block: int | None = None
    brackets = 0
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if block is not None and (not line.strip() or indent > block):
            mended.append(line.replace("\t", " ") if "\t" in line[:indent] else line)
            continue
        block = None
        fixed = line
        if line.strip() and not line.lstrip().startswith("#"):
            following = lines[number] if number < len(lines) else ""
            for slip, mend in _slips(line, following, _depth(mended), in_brackets=brackets > 0):
                found.append(Problem(file, number, *slip))
                fixed = mend
        mended.append(fixed)
        setting = _SETTING.match(fixed)
        if setting is not None and _BLOCK.match(setting["value"].strip()):
            block = len(setting["lead"])
        brackets = _brackets(fixed, setting, brackets)
    return Scanned(tuple(found), "\n".join(mended) + "\n")


Slip = tuple[int, str, str]


def _depth(above: list[str]) -> int:
    """How deep the settings on the last line above stand, past its dashes."""
    last = next((line for line in reversed(above) if line.strip()), "")
    return len(last) - len(last.lstrip(" -")) if last.strip() else 0


def _brackets(line: str, setting: re.Match[str] | None, brackets: int) -> int:
    """How many brackets are open behind a line, `brackets` before it; one inside plain text opens nothing."""
    item = _ITEM.match(line)
    value = line if brackets else (setting or item or {"value": ""})["value"].strip()
    if not brackets and not value.startswith(("[", "{")):
        return 0
    plain = _COMMENT.split(_IN_BRACKETS.sub("", f" {value}"))[0]
    return max(0, brackets + sum(map(plain.count, "[{")) - sum(map(plain.count, "]}")))


def _slips(line: str, following: str, depth: int, *, in_brackets: bool) -> Iterator[tuple[Slip, str]]:
    """Each slip of one line as (column, sentence, hint), with the line as mended so far.

    `depth` is how deep the line above stands: nobody can tell how many spaces a tab was to be. Of a line in
    brackets that an earlier one opened only the indentation is looked at: colons mean other things there.
    """
    slip = _indent(line)
    if slip is not None:
        indent = len(line) - len(line.lstrip())
        line = " " * (depth if "\t" in line[:indent] else indent) + line.lstrip()
        yield slip, line
    strange = _INVISIBLE.search(line)
    if strange is not None:
        line = _INVISIBLE.sub("", line)
        hint = "Delete it; it usually arrives by pasting."
        yield (strange.start() + 1, "There is an invisible character here.", hint), line
    if in_brackets:
        return
    bullet = _BULLET.match(line)
    if bullet is not None:
        mark, rest = bullet["mark"], line[bullet.end() :]
        line = f"{bullet['lead']}- {rest}"
        sentence = (
            "A space is missing behind this dash." if mark == "-" else f'"{mark}" begins no list entry.'
        )
        yield (bullet.start("mark") + 1, sentence, "Each entry begins with a hyphen and a space:   - "), line
    setting = _SETTING.match(line)
    item = _ITEM.match(line) if setting is None else None
    if setting is not None and set(setting["gap"]) - {" "}:
        line = line[: setting.start("gap")] + " " * len(setting["gap"]) + line[setting.end("gap") :]
        hint = "YAML cannot use it. Delete it and type an ordinary space."
        yield (setting.start("gap") + 1, 'Behind the colon is an invisible "no-break" space.', hint), line
        setting = _SETTING.match(line)
    if item is not None and item["value"] and item["value"][0] in _STRANGE:
        line = line[: item.start("value")] + item["value"].lstrip(_STRANGE + " ")
        hint = "YAML cannot use it. Delete it."
        yield (item.start("value") + 1, 'Behind the dash is an invisible "no-break" space.', hint), line
        item = _ITEM.match(line)
    part = setting or item
    if part is None or not part["value"].strip():
        return
    value, start = part["value"], part.start("value")
    for slip, mended in _value(value, start, following, setting is not None):
        yield slip, line[:start] + mended


def _value(value: str, start: int, following: str, is_setting: bool) -> Iterator[tuple[Slip, str]]:
    text = value.rstrip()
    if text[0] in _CURLY and text[-1] == _CURLY[text[0]] and len(text) > 1:
        hint = 'Type straight quotation marks (") instead; these come with text from Word or a web page.'
        yield (start + 1, "This text stands in typographic quotation marks.", hint), f'"{text[1:-1]}"'
        return
    if text[0] == "#" and len(text) > 1 and text[1] != " " and is_setting:
        hint = f'What follows a # is a comment. Put quotes round it:   "{text}"'
        yield (start + 1, "Nothing is set here.", hint), f'"{text}"'
        return
    if text[0] in "\"'":
        if _never_closed(text, following):
            hint = f"Add {text[0]} where the text ends."
            yield (start + 1, "A quotation mark is opened here and never closed.", hint), text + text[0]
            return
        quoted = _QUOTED.match(text)
        behind = text[quoted.end() :].lstrip() if quoted else ""
        if quoted and behind and not behind.startswith("#"):
            whole = _quoted_whole(text)
            sentence = "The quotation mark before this ends the text, and more of it follows."
            hint = f"Put quotes round all of it:   {_short(whole)}"
            yield (start + len(text) - len(behind) + 1, sentence, hint), whole
        return
    if text[0] in "[{" and (found := _STRANGE_IN_BRACKETS.search(_IN_BRACKETS.sub(_blanked, text))):
        at = found.start() + next(n for n, c in enumerate(found[0]) if c in _STRANGE)
        hint = "YAML cannot use it. Delete it and type an ordinary space."
        mended = _STRANGE_IN_BRACKETS.sub(" ", text)
        yield (start + at + 1, 'Here is an invisible "no-break" space.', hint), mended
        return
    if _no_text(text):
        hint = f'Put quotes round the text:   "{text}"'
        yield (start + 1, f'A text cannot start with "{text[0]}".', hint), f'"{text}"'
        return
    if text[0] in "[{|>&*":
        return
    glued = _GLUED_COMMENT.search(text)
    if glued is not None:
        hint = f"Put quotes round the text:   {_short(_quoted_whole(text))}   Or put a space behind the #."
        sentence = "What follows this # would be a comment, and left out."
        yield (start + glued.start() + 2, sentence, hint), _quoted_whole(text)
        return
    plain = _COMMENT.split(text)[0]
    colon = _SECOND_COLON.search(plain)
    if colon is not None and is_setting:
        whole = _quoted_whole(plain)
        sentence = "This line has a second colon, so half of it was read as a new setting."
        yield (start + colon.start() + 1, sentence, f"Put quotes round the text:   {_short(whole)}"), whole


def _no_text(text: str) -> bool:
    """Whether a text begins with a sign that means something else to YAML."""
    if text[0] in "|>":
        return _BLOCK.match(text) is None
    if text[0] in "*&":
        return _ALIAS.fullmatch(text) is None and _ALIAS.match(f"{text} ") is None
    return text[0] in "@`%!" or text.startswith(("? ", "- "))


def _blanked(quoted: re.Match[str]) -> str:
    return "x" * len(quoted[0])


def _quoted_whole(text: str) -> str:
    """All of a text in one pair of marks; marks inside it become single ones."""
    inner = text[1:-1] if text[0] in "\"'" and text[-1] == text[0] and len(text) > 1 else text
    return '"' + inner.replace('"', "'") + '"'


def _short(quoted: str) -> str:
    return f'{quoted[:41]}…"' if len(quoted) > 42 else quoted


def _never_closed(text: str, following: str) -> bool:
    """Whether a quoted text ends nowhere on its line, and the next line starts something else."""
    mark = text[0]
    rest = text[1:].replace(mark * 2, "") if mark == "'" else re.sub(r"\\.", "", text[1:])
    if mark in rest:
        return False
    new = _SETTING.match(following) or following.lstrip().startswith("- ") or not following.strip()
    return bool(new)


def _indent(line: str) -> Slip | None:
    match = _INDENT.match(line)
    indent = match[0] if match is not None else ""
    strange = indent.strip(" ")
    if not strange:
        return None
    count = sum(c != " " for c in indent)
    blanks = f'{count} invisible "no-break" spaces' if count > 1 else 'an invisible "no-break" space'
    what = "a tab" if "\t" in strange else blanks
    column = next(i for i, c in enumerate(indent, 1) if c != " ")
    spaces = len(indent)
    hint = f"YAML cannot use it. Delete it and type {spaces} ordinary space{'s' * (spaces != 1)}."
    if "\t" in strange:
        # How wide the tab was meant to be, only its writer knows.
        hint = (
            "YAML cannot use it. Delete it and type ordinary spaces, until the line begins in the column "
            "of the lines that belong with it."
        )
    return column, f"This line starts with {what}.", hint
