"""Characters as recognizers want them: composed, with plain blanks and line breaks, none invisible.

"Zoë" with its accent typed apart, with a soft hyphen or a zero-width blank inside, is read as "Zoë". Curly
quotes and dashes stay: they are what copy is made of.
"""

from __future__ import annotations

import re
import unicodedata

from safeguard.formats.visible import Run, Visible

# Soft hyphen, grapheme joiner, zero-width and direction marks, invisible operators, byte-order mark,
# variation selectors and tag characters: nobody sees them, and one inside a name must not hide it.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"

_DROPPED = re.compile(f"[{_UNSEEN}]+")
_ODD = re.compile(f"(?P<line>\r\n?|[{_BREAKS}])|(?P<blank>[{_BLANKS}])|(?P<unseen>[{_UNSEEN}]+)")
# Below U+0300 nothing composes with what stands before it and nothing has another composed form.
_WIDE = re.compile(f"{_ODD.pattern}|(?P<wide>[^\x00-\u02ff])")


def read_characters(source: str) -> Visible:
    """The visible text of plain `source`; equals its composed form (NFC) less what nobody sees.

    Every offset counts code points. The map back is exact: see `Visible.source_span`.
    """
    composed = unicodedata.is_normalized("NFC", _DROPPED.sub("", source))
    reader = _Reader(source)
    done = 0
    for match in (_ODD if composed else _WIDE).finditer(source):
        start, end = match.span()
        reader.plain(done, start)
        done = end
        if match["line"]:
            reader.add(Run(start, end, "\n", exact=end - start == 1))
        elif match["blank"]:
            reader.add(Run(start, end, " ", exact=True))
        elif not match["unseen"]:
            reader.wide(start)
    reader.plain(done, len(source))
    return Visible.of(reader.finish())


class _Reader:
    """Gathers runs; marks join the character they stand on and are read as one with it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._marks_end = 0

    def plain(self, start: int, end: int) -> None:
        """Source that is its own text."""
        if start < end:
            self.add(Run(start, end, self._source[start:end], exact=True))

    def add(self, run: Run) -> None:
        """The next run; the one before it is complete now."""
        self._close()
        self._runs.append(run)

    def wide(self, at: int) -> None:
        """One character that may be a mark, or have another composed form."""
        character = self._source[at]
        if _joins(character) and self._runs:
            self._marks.append(character)
            self._marks_end = at + 1
            return
        text = unicodedata.normalize("NFC", character)
        self.add(Run(at, at + 1, text, exact=len(text) == 1))

    def finish(self) -> list[Run]:
        """All runs, in order."""
        self._close()
        return self._runs

    def _close(self) -> None:
        if not self._marks:
            return
        last = self._runs.pop()
        if last.exact and last.end - last.start > 1:
            self._runs.append(Run(last.start, last.end - 1, last.text[:-1], exact=True))
            last = Run(last.end - 1, last.end, last.text[-1], exact=True)
        text = unicodedata.normalize("NFC", last.text + "".join(self._marks))
        self._runs.append(Run(last.start, self._marks_end, text, exact=False))
        self._marks.clear()


def _joins(character: str) -> bool:
    """Whether a character may compose with the one before it: marks, and the letters that do (jamo)."""
    return (
        unicodedata.category(character).startswith("M")
        or "\u1161" <= character <= "\u11ff"
        or "\U00016d63" <= character <= "\U00016d6a"
    )
