"""The inside of a paragraph of Markdown, with the true place of every mark: markdown-it's rules, traced."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from safeguard.formats.html_sections import ENTITY

Env = MutableMapping[str, Any]

# An escape or an entity in an address or a title, or a line break with the blanks around it.
WRITTEN = re.compile(rf"\\[!-/:-@\[-`{{-~]|{ENTITY.pattern}|[ \t]*\n[ \t]*")


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, strike-through and footnotes; inline rules run when `trace` asks for them."""
    markdown = MarkdownIt("commonmark", {"inline_definitions": True}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, move_to_end=False)
    markdown.core.ruler.disable(["inline", "text_join"])
    names = markdown.get_active_rules()["inline"]
    for name, rule in zip(names, markdown.inline.ruler.getRules(""), strict=True):
        if name != "text":
            markdown.inline.ruler.at(name, _traced(name, rule))
    return markdown


@dataclass(frozen=True, slots=True)
class Sign:
    """`start:end` of a paragraph's text, which is more than that text; `kind` says what it is.

    - break, escape, entity: it is read as `text`.
    - open, close: a mark of the pair named `text` (em, strong, s, code, autolink, link).
    - html: a tag or comment. footnote: a reference to one. note: one written where it belongs. image.

    `inner:inner_end` is what brackets hold: the text of a link (in its close), of a picture, a footnote.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    inner: int = 0
    inner_end: int = 0


def trace(text: str, env: Env) -> list[Sign]:
    """All signs of a paragraph's text, in order, none inside another."""
    state = _State(text, parser(), env, [])
    parser().inline.tokenize(state)
    for rule in parser().inline.ruler2.getRules(""):
        rule(state)
    for at, token in state.delimited:
        name, _, side = token.type.partition("_")
        if side:
            # Of two marks that make one, the parser keeps the inner.
            start = at - 1 if token.type == "strong_open" else at
            state.signs.append(Sign(side, start, start + len(token.markup), name))
    return sorted(state.signs, key=lambda sign: sign.start)


def unescaped(written: str) -> str:
    """What one match of WRITTEN stands for."""
    if written.startswith("\\"):
        return written[1:]
    return html.unescape(written) if written.startswith("&") else " "


class _State(StateInline):
    """The parser's own state, and what its rules made."""

    def __init__(self, text: str, markdown: MarkdownIt, env: Env, tokens: list[Token]) -> None:
        super().__init__(text, markdown, env, tokens)
        self.signs: list[Sign] = []
        self.delimited: list[tuple[int, Token]] = []


def _traced(name: str, rule: RuleFuncInlineType) -> RuleFuncInlineType:
    note = _NOTES.get(name)

    def traced(state: StateInline, silent: bool) -> bool:
        start = state.pos
        done = rule(state, silent)
        if done and not silent and note is not None and isinstance(state, _State):
            note(state, start, state.pos)
        return done

    return traced


def _delimiters(state: _State, start: int, end: int) -> None:
    # Which of them are marks is known when the paragraph has been read to its end.
    for token in reversed(state.tokens):
        if end <= start:
            return
        end -= len(token.content)
        state.delimited.append((end, token))


def _read_as(state: _State, start: int, end: int) -> None:
    token = state.tokens[-1]
    if token.type in ("softbreak", "hardbreak"):
        state.signs.append(Sign("break", start, end, " " if token.type == "softbreak" else "\n"))
    elif token.type == "text_special" and token.content != token.markup:
        state.signs.append(Sign(token.info, start, end, token.content))


def _code(state: _State, start: int, end: int) -> None:
    token = state.tokens[-1] if state.tokens else None
    if token is not None and token.type == "code_inline" and not state.pending:
        _pair(state, "code", start, end, len(token.markup))


def _autolink(state: _State, start: int, end: int) -> None:
    _pair(state, "autolink", start, end, 1)


def _pair(state: _State, name: str, start: int, end: int, width: int) -> None:
    state.signs.append(Sign("open", start, start + width, name))
    state.signs.append(Sign("close", end - width, end, name, start + width, end - width))


def _link(state: _State, start: int, end: int) -> None:
    closing = state.md.helpers.parseLinkLabel(_at(state, start), start, True)
    state.pos = end
    state.signs.append(Sign("open", start, start + 1, "link"))
    state.signs.append(Sign("close", closing, end, "link", start + 1, closing))


def _image(state: _State, start: int, end: int) -> None:
    closing = state.md.helpers.parseLinkLabel(_at(state, start), start + 1, False)
    state.pos = end
    state.signs.append(Sign("image", start, end, "", start + 2, closing))


def _at(state: _State, start: int) -> _State:
    state.pos = start
    return state


def _html(state: _State, start: int, end: int) -> None:
    state.signs.append(Sign("html", start, end))


def _footnote(state: _State, start: int, end: int) -> None:
    state.signs.append(Sign("footnote", start, end, "", start + 2, end - 1))


def _note(state: _State, start: int, end: int) -> None:
    state.signs.append(Sign("note", start, end, "", start + 2, end - 1))


_NOTES: Mapping[str, Callable[[_State, int, int], None]] = MappingProxyType(
    {
        "newline": _read_as,
        "escape": _read_as,
        "entity": _read_as,
        "backticks": _code,
        "strikethrough": _delimiters,
        "emphasis": _delimiters,
        "link": _link,
        "image": _image,
        "autolink": _autolink,
        "html_inline": _html,
        "footnote_ref": _footnote,
        "footnote_inline": _note,
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, in offsets of the paragraph; a part that is not there is None."""

    address: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    label: tuple[int, int] | None = None


def target(text: str, start: int, end: int) -> Target:
    """What `start:end`, the mark that closes a link or picture, says of where it leads."""
    if text.startswith("](", start):
        return definition(text, start + 2, end - 1)
    return Target(label=(start + 2, end - 1)) if end > start + 3 else Target()


def definition(text: str, start: int, end: int) -> Target:
    """The address and title in `start:end`, blanks around them."""
    helpers = parser().helpers
    start = _skipped(text, start, end)
    found = helpers.parseLinkDestination(text, start, end)
    if not found.ok:
        return Target()
    around = 1 if text.startswith("<", start) else 0
    address = (start + around, found.pos - around)
    begin = _skipped(text, found.pos, end)
    title = helpers.parseLinkTitle(text, begin, end)
    return Target(address, (begin + 1, title.pos - 1) if title.ok and begin > found.pos else None)


def label_key(label: str) -> str:
    """Labels of one key are one label."""
    return normalizeReference(label)


def _skipped(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t\n\r\x0b\x0c":
        start += 1
    return start
