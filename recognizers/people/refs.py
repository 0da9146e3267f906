"""The places where a copy speaks of people, in text order, and the figures spoken of nearby."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from recognizers.people.figures import Figure, Ref

_PAGE = 4096
# Whoever is spoken of more pages away than this is not meant by "the boy" or "her son".
_PAGES_NEAR = 4
# The same distance in code points, for what is told at an offset.
REACH = _PAGE * _PAGES_NEAR


class RefLine:
    """Refs in text order, kept in pages of a few thousand code points, so that adding one moves only its
    page.
    """

    def __init__(self, length: int, refs: Iterable[Ref]) -> None:
        pages = length // _PAGE + 1
        self._refs: list[list[Ref]] = [[] for _ in range(pages)]
        self._starts: list[list[int]] = [[] for _ in range(pages)]
        for ref in sorted(refs, key=lambda r: (r.start, r.end)):
            self._refs[ref.start // _PAGE].append(ref)
            self._starts[ref.start // _PAGE].append(ref.start)

    def __iter__(self) -> Iterator[Ref]:
        for page in self._refs:
            yield from page

    def add(self, ref: Ref) -> None:
        """Put a ref in its place, in front of others that begin where it does."""
        page = ref.start // _PAGE
        at = bisect_left(self._starts[page], ref.start)
        self._refs[page].insert(at, ref)
        self._starts[page].insert(at, ref.start)

    def between(self, start: int, end: int) -> list[Ref]:
        """Refs that begin in [start, end)."""
        first = max(0, start) // _PAGE
        last = min(max(0, end) // _PAGE, len(self._refs) - 1)
        if first == last:
            starts = self._starts[first]
            return self._refs[first][bisect_left(starts, start) : bisect_left(starts, end)]
        found: list[Ref] = []
        for page in range(first, last + 1):
            starts = self._starts[page]
            low = bisect_left(starts, start) if page == first else 0
            high = bisect_left(starts, end) if page == last else len(starts)
            found += self._refs[page][low:high]
        return found

    def after(self, offset: int) -> Iterator[Ref]:
        """Refs that begin at `offset` or behind it, one by one."""
        page = offset // _PAGE
        if page >= len(self._refs):
            return
        yield from self._refs[page][bisect_left(self._starts[page], offset) :]
        for later in self._refs[page + 1 :]:
            yield from later

    def before(self, offset: int, count: int) -> list[Ref]:
        """The last `count` refs that begin before `offset`, nearest first."""
        page = min(offset // _PAGE, len(self._refs) - 1)
        at = bisect_left(self._starts[page], offset)
        found = self._refs[page][max(0, at - count) : at][::-1]
        while len(found) < count and page > 0:
            page -= 1
            refs = self._refs[page]
            found += refs[max(0, len(refs) - (count - len(found))) :][::-1]
        return found

    def near(self, offset: int) -> list[Ref]:
        """Refs on the page of `offset` and on those around it."""
        page = offset // _PAGE
        return [
            ref for refs in self._refs[max(0, page - _PAGES_NEAR) : page + _PAGES_NEAR + 1] for ref in refs
        ]


class Neighbourhood:
    """The figures spoken of around an offset, in the order they came up; all of them in a copy of usual
    length.

    Looked up page by page: the list for a page is made once and told of the figures that are added to it
    later.
    """

    def __init__(self, line: RefLine, length: int, figures: list[Figure]) -> None:
        self._line = line
        self._all = figures
        self._short = length <= REACH
        self._page = -1
        self._figures: list[Figure] = []

    def around(self, offset: int) -> list[Figure]:
        """Figures spoken of near `offset`."""
        if self._short:
            return self._all
        page = offset // _PAGE
        if page != self._page:
            self._page = page
            near = dict.fromkeys(ref.figure for ref in self._line.near(offset))
            self._figures = sorted(near, key=lambda f: f.number)
        return self._figures

    def add(self, figure: Figure) -> None:
        """Let a new figure, which has the highest number, be part of the page last asked for."""
        if not self._short:
            self._figures.append(figure)
