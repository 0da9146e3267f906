"""Known names inside slugs, tags, handles, links and file names ("ellie-marsh", "elliemarsh09")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from recognizers.people.candidate import Candidate
from recognizers.people.clusters import Cluster
from recognizers.people.lexicon import fold
from recognizers.people.text import ReadableText

_SHORTEST_SURNAME = 4
_SHORTEST_GIVEN = 2
# Handles, hashtags, e-mail addresses, links and file names inside prose.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]+\.\w+|[@#]\w[\w.]*|\b[\w-]+(?:[_/.][\w-]+)+\b|\b[a-z]\w*\d+\b"
)
# "kezia-thorold" in a shortcode or a key: a whole name only, for "mark-up" is nobody.
_SLUG = re.compile(r"(?<![\w/.@#-])[a-z]+(?:-[a-z0-9]+)+(?![\w/@-])")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_COURTESY = ("mr", "mrs", "ms", "miss")
_ONE_WORD = re.compile(r"[a-z0-9]+|\w+(?:[-_]\w+)+")


def known_in_addresses(
    readable: ReadableText, clusters: list[Cluster]
) -> Iterator[tuple[Cluster, Candidate]]:
    """Name forms inside addresses, with whose they are."""
    forms = _Forms(clusters)
    if forms.lengths:
        for start, end in _address_spans(readable):
            yield from forms.match(readable.clean, start, end)
        for slug in _SLUG.finditer(readable.clean):
            if readable.is_prose(slug.start()):
                yield from forms.match(readable.clean, *slug.span(), whole=True)


class _Forms:
    """How the names of a copy look in addresses: letters only, run together.

    A form counts anywhere in an address when it is distinctive (a whole name), else only as a word of its
    own. One that several people share is the first's; a surname is an adult's before a child's.
    """

    def __init__(self, clusters: list[Cluster]) -> None:
        self._owners: dict[str, tuple[int, Cluster, bool]] = {}
        grown = [c for c in clusters if not c.looks_minor]
        young = [c for c in clusters if c.looks_minor]
        for cluster in clusters:
            self._put_names(cluster)
        for cluster in (*grown, *young):
            surname = _letters(cluster.surname)
            if len(surname) >= _SHORTEST_SURNAME:
                self._put(surname, cluster, False)
                for title in _COURTESY:
                    self._put(title + surname, cluster, False)
        for cluster in clusters:
            # "rosalies-law": the s of the genitive.
            given = _letters(cluster.given.split("-")[0])
            if len(given) >= _SHORTEST_SURNAME:
                self._put(given + "s", cluster, False)
        self.lengths = sorted({len(form) for form in self._owners}, reverse=True)

    def _put_names(self, cluster: Cluster) -> None:
        given, surname = _letters(cluster.given), _letters(cluster.surname)
        if given and surname:
            self._put(given + surname, cluster, True)
            self._put(surname + given, cluster, True)
            self._put(given[0] + surname, cluster, False)
        # "Mabel-Rose" is "mabel" in a file's name.
        halves = {_letters(cluster.given.split("-")[0])} if "-" in cluster.given else set()
        halves = {half for half in halves if len(half) >= _SHORTEST_SURNAME}
        for word in sorted({*map(_letters, cluster.givens), given, *halves}):
            if len(word) >= _SHORTEST_GIVEN:
                self._put(word, cluster, False)
        if cluster.moniker:
            self._put(_letters(cluster.moniker), cluster, True)

    def _put(self, form: str, cluster: Cluster, distinctive: bool) -> None:
        self._owners.setdefault(form, (len(self._owners), cluster, distinctive))

    def match(
        self, clean: str, start: int, end: int, *, whole: bool = False
    ) -> Iterator[tuple[Cluster, Candidate]]:
        """Forms inside the address [start, end), the longest first, none overlapping another.

        With `whole` only those of a whole name count.
        """
        letters = list(_spelled(clean, start, end))
        squeezed = "".join(c for _, _, c in letters)
        found = [
            (-length, owner[0], at, owner)
            for length in self.lengths
            for at in range(len(squeezed) - length + 1)
            if (owner := self._owners.get(squeezed[at : at + length])) is not None
        ]
        taken: set[int] = set()
        for negative, _, at, (_, cluster, distinctive) in sorted(found, key=lambda f: f[:3]):
            first, last = letters[at][0], letters[at - negative - 1][1]
            if first in taken or last - 1 in taken:
                continue
            if distinctive or (not whole and _bounded(clean, first, last, start, end)):
                taken.update(range(first, last))
                yield cluster, Candidate(first, last, (), "address")


def _letters(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


def _spelled(clean: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The letters and digits of an address, folded, with where each stands; "%C3%AD" is an í."""
    at = start
    for escaped in (*_PERCENT.finditer(clean, start, end), None):
        for i in range(at, escaped.start() if escaped else end):
            yield from ((i, i + 1, c) for c in fold(clean[i])[:1] if c.isalnum())
        if escaped is not None:
            at = escaped.end()
            text = unquote(escaped[0], errors="replace")
            yield from ((*escaped.span(), c) for ch in text for c in fold(ch)[:1] if c.isalnum())


def _address_spans(readable: ReadableText) -> Iterator[tuple[int, int]]:
    for segment in readable.reading.segments:
        tag = readable.clean[segment.start : segment.end].strip() if segment.kind == "tags" else ""
        # A tag written as one word is how it stands in the address of its page.
        if segment.kind not in ("prose", "tags") or _ONE_WORD.fullmatch(tag):
            yield segment.start, segment.end
    for match in _ADDRESS.finditer(readable.clean):
        if readable.is_prose(match.start()):
            yield match.span()


def _bounded(clean: str, start: int, end: int, lower: int, upper: int) -> bool:
    """Whether a word in an address stands between separators, digits or a change of case
    ("JusticeForEllie").
    """
    before = clean[start - 1] if start > lower else "-"
    after = clean[end] if end < upper else "-"
    left = not before.isalpha() or (clean[start].isupper() and before.islower())
    # "%20" in front ends in a digit, as it should; "%2F" and "%C3" do not.
    left = left or (start - 3 >= lower and _PERCENT.fullmatch(clean, start - 3, start) is not None)
    right = not after.isalpha() or (after.isupper() and clean[end - 1].islower())
    return left and right
