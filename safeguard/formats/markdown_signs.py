"""Whether text is Markdown: signs that plain copy does not have, such as a link or a heading of its own."""

from __future__ import annotations

import re

from safeguard.formats.front_matter import front_matter

_EOL = r"(?:\r\n?|\n)"
_START = r"(?:\A\ufeff?|(?<=[\r\n])) {0,3}"

# Each alone is enough. A hash before a word, a star, a dash at the head of a line or a number are none.
_SIGNS = re.compile(
    "|".join(
        (
            # [text](address), ![picture](address "title")
            r"\[(?:[^\[\]\r\n]|\\.){0,300}\]\((?:https?://|mailto:|tel:|[./#<]|[\w-]+[/.])[^()\s]*"
            r"(?:[ \t]+[\"'(][^\r\n]*[\"')])?\)",
            # [label]: address, [^1]: a footnote
            rf"{_START}\[[^\[\]\r\n]{{1,300}}\]:[ \t]+(?:https?://|[/#<])\S",
            rf"{_START}\[\^[^\]\s]+\]:[ \t]+\S",
            # A line of its own that begins with hashes and a blank
            rf"(?:\A\ufeff?|(?<=\n\n)|(?<=\r\n\r\n))#{{1,6}}[ \t]+[^\s#].*(?:\Z|{_EOL}[ \t]*(?:{_EOL}|\Z))",
            # A fence
            rf"{_START}```[\w+-]*[ \t]*(?:{_EOL}|\Z)",
        )
    )
)
# **words** and __words__ are written in plain copy too, and there every line may be a paragraph of its own.
_BOLD = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])[^*\r\n]{1,300}(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=[^\W_])[^_\r\n]{1,300}(?<=\S)__(?!\w)"
)
_LINE_IS_PARAGRAPH = re.compile(rf"[^\r\n]{{40,}}[.!?:”\"’*_)]{_EOL}(?=\S)")


def looks_like_markdown(source: str) -> bool:
    """Whether the source has front matter, a link, a heading, a footnote, a fence or bold words."""
    if front_matter(source).end or _SIGNS.search(source):
        return True
    return bool(_BOLD.search(source)) and not _LINE_IS_PARAGRAPH.search(source)
